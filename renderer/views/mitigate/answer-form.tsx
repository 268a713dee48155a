import { useId, useState } from 'react'
import type { Acceptance } from '../../../core/model/types.ts'
import { type AcceptanceInput, answerThreat } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import styles from './answer.module.css'
import { endNote, halfYearAfter, knownPeople } from './mitigate-model.ts'

type Props = { readonly threat: string; readonly before?: Acceptance | undefined; readonly onDone: () => void }

/** Accepting, transferring or avoiding: who carries it, who agreed, why, and until when. */
export function AnswerForm({ threat, before, onDone }: Props) {
  const run = useRun()
  const id = useId()
  const context = useContextNow()
  const people = knownPeople(useDesign())
  const now = useSession(session => session.now)
  const [refusal, setRefusal] = useState<string>()
  const [input, setInput] = useState<AcceptanceInput>(() => ({
    threat,
    response: before?.response ?? 'accept',
    reason: before?.reason ?? '',
    owner: before?.owner ?? '',
    approver: before?.approver ?? '',
    expires: halfYearAfter(now),
  }))
  const set = (fields: Partial<AcceptanceInput>) => setInput({ ...input, ...fields })
  return (
    <form
      className={styles.form}
      aria-label={t('Accept, transfer or avoid {{id}}', { id: threat })}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
      onSubmit={event => {
        event.preventDefault()
        const planned = answerThreat.plan(context, input)
        if (!planned.ok) return setRefusal(`${planned.problems[0].message} ${planned.problems[0].cure ?? ''}`)
        run(answerThreat, input)
        onDone()
      }}
    >
      <Segments
        label={t('Answer')}
        value={input.response}
        choices={[
          { value: 'accept', label: t('Accept') },
          { value: 'transfer', label: t('Transfer') },
          { value: 'avoid', label: t('Avoid') },
        ]}
        onPick={response => set({ response })}
      />
      <FormField
        label={t('Reason')}
        value={input.reason}
        onText={reason => set({ reason })}
        required
        autoFocus
        note={
          {
            accept: t('Why what is left of the risk can stay.'),
            transfer: t('Who takes it over, and by what agreement.'),
            avoid: t('What is no longer done, so that it cannot happen.'),
          }[input.response]
        }
      />
      <div className={field.row}>
        <FormField label={t('Owner of the risk')} value={input.owner} list={id} onText={owner => set({ owner })} required />
        <FormField
          label={t('Approved by')}
          value={input.approver}
          list={id}
          onText={approver => set({ approver })}
          required
          note={t('Another person than the owner')}
        />
        <FormField
          label={t('Until')}
          type="date"
          value={input.expires}
          onText={expires => set({ expires })}
          required={input.response === 'accept'}
          note={endNote(input.expires)}
        />
      </div>
      <datalist id={id}>
        {people.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {refusal ? (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      ) : null}
      <div className={styles.end}>
        <Button onPress={onDone}>{t('Cancel')}</Button>
        <Button look="primary" type="submit">
          {t('Record')}
        </Button>
      </div>
    </form>
  )
}
