import { useId, useState } from 'react'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { approversText } from '../../../core/gate/waivers.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { waiveRule } from '../../commands/definitions/gate.ts'
import { useSession } from '../../state/session.ts'
import { useDesign } from '../../state/workbench.ts'
import { DeedForm } from '../../ui/deed-form.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { WordsList } from '../../ui/words-list.tsx'
import { t } from '../../words/translate.ts'
import { knownPeople } from '../mitigate/mitigate-model.ts'
import { ruleWords } from './rule-words.ts'
import styles from './waivers-part.module.css'

type Props = { readonly problem: GateProblem; readonly onDone: () => void }

/** Lets one rule not count at one place for a while: why, who asks, who agrees, until when. */
export function WaiverForm({ problem, onDone }: Props) {
  const id = useId()
  const design = useDesign()
  const people = knownPeople(design)
  const policy = policyOf(design)
  const named = approversText(policy)
  const approvers = named === '' ? people : Object.keys(policy.waiverApprovers ?? {}).sort()
  const { now, preferences } = useSession()
  const [input, setInput] = useState(() => ({
    rule: problem.code,
    scope: problem.at ?? '',
    reason: '',
    by: preferences.person,
    approver: '',
    expires: monthAfter(now),
  }))
  const set = (fields: Partial<typeof input>) => setInput({ ...input, ...fields })
  return (
    <DeedForm
      label={t('Waive {{rule}}', { rule: ruleWords(problem.code) })}
      deed={waiveRule}
      input={input}
      send={t('Waive')}
      small
      onDone={onDone}
    >
      <p className={styles.note}>
        {t('The rule will not count for {{at}} until that day. It is listed here and in every report.', { at: input.scope })}
      </p>
      <FormField label={t('Reason')} value={input.reason} onText={reason => set({ reason })} required autoFocus />
      <div className={field.row}>
        <FormField label={t('Asked for by')} value={input.by} list={id} onText={by => set({ by })} required />
        <FormField
          label={t('Approved by')}
          value={input.approver}
          list={`${id}-approvers`}
          onText={approver => set({ approver })}
          required
          note={named === '' ? t('Another person than who asks') : t('The policy names {{people}}', { people: named })}
        />
        <FormField label={t('Until')} type="date" value={input.expires} onText={expires => set({ expires })} required />
      </div>
      <WordsList id={id} words={people} />
      <WordsList id={`${id}-approvers`} words={approvers} />
    </DeedForm>
  )
}

/** Thirty days on: long enough to cure most things, short enough to be looked at again. */
function monthAfter(now: string): string {
  const date = new Date(`${now.slice(0, 10)}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 30)
  return date.toISOString().slice(0, 10)
}
