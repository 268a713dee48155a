import { X } from 'lucide-react'
import { useState } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { type AcceptanceInput, answerThreat, removeAnswer } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { halfYearAfter, RESPONSE_NAMES } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'

const RESPONSES: readonly { readonly value: AcceptanceInput['response']; readonly label: string }[] = [
  { value: 'accept', label: 'Accept' },
  { value: 'transfer', label: 'Transfer' },
  { value: 'avoid', label: 'Avoid' },
]

/** The other answer: living with what remains, knowingly, in somebody's name and for a time. */
export function Answer({ state }: { readonly state: ThreatState }) {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const { acceptance } = state
  return (
    <section aria-label="Accept, transfer or avoid" className={styles.part}>
      <h2 className={styles.partTitle}>Accept, transfer or avoid</h2>
      {acceptance ? (
        <div className={styles.accepted}>
          <Chip id={acceptance.id} />
          <p>
            <strong>{RESPONSE_NAMES[state.response]}</strong>: {acceptance.reason} Owner {acceptance.owner}
            {acceptance.approver ? `, agreed by ${acceptance.approver}` : ''}
            {acceptance.expires ? `, until ${acceptance.expires}` : ''}.
          </p>
          <IconButton label={`Remove ${acceptance.id}`} onPress={() => run(removeAnswer, acceptance.id)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ) : null}
      {isOpen ? (
        <AnswerForm threat={state.threat.id} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>{acceptance ? 'Replace…' : 'Accept…'}</Button>
        </div>
      )}
    </section>
  )
}

function AnswerForm({ threat, onDone }: { readonly threat: string; readonly onDone: () => void }) {
  const run = useRun()
  const now = useSession(session => session.now)
  const [input, setInput] = useState<AcceptanceInput>({
    threat,
    response: 'accept',
    reason: '',
    owner: '',
    approver: '',
    expires: halfYearAfter(now),
  })
  const set = (fields: Partial<AcceptanceInput>) => setInput({ ...input, ...fields })
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        run(answerThreat, input)
        onDone()
      }}
    >
      <Segments label="Answer" value={input.response} choices={RESPONSES} onPick={response => set({ response })} />
      <FormField label="Reason" value={input.reason} onText={reason => set({ reason })} required autoFocus />
      <div className={field.row}>
        <FormField label="Owner of the risk" value={input.owner} onText={owner => set({ owner })} required />
        <FormField
          label="Approved by"
          value={input.approver}
          onText={approver => set({ approver })}
          required
          note="Another person than the owner"
        />
        <FormField
          label="Until"
          type="date"
          value={input.expires}
          onText={expires => set({ expires })}
          required={input.response === 'accept'}
        />
      </div>
      <div className={styles.formEnd}>
        <Button onPress={onDone}>Cancel</Button>
        <Button look="primary" type="submit">
          Record
        </Button>
      </div>
    </form>
  )
}
