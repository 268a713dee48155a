import { useId, useState } from 'react'
import type { Acceptance } from '../../../core/model/types.ts'
import { type AcceptanceInput, answerThreat } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useDesign } from '../../state/workbench.ts'
import { DeedForm } from '../../ui/deed-form.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { WordsList } from '../../ui/words-list.tsx'
import { t } from '../../words/translate.ts'
import { endNote, halfYearAfter, knownPeople } from './mitigate-model.ts'

type Props = { readonly threat: string; readonly before?: Acceptance | undefined; readonly onDone: () => void }

/** Accepting, transferring or avoiding: who carries it, who agreed, why, and until when. */
export function AnswerForm({ threat, before, onDone }: Props) {
  const id = useId()
  const design = useDesign()
  const now = useSession(session => session.now)
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
    <DeedForm
      label={t('Accept, transfer or avoid {{id}}', { id: threat })}
      deed={answerThreat}
      input={input}
      send={t('Record')}
      onDone={onDone}
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
      <WordsList id={id} words={knownPeople(design)} />
    </DeedForm>
  )
}
