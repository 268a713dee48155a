import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { policyOf } from '../../../core/model/lookup.ts'
import { nameOneApprover, removeOneApprover } from '../../commands/definitions/gate.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import { knownPeople } from '../mitigate/mitigate-model.ts'
import styles from './waivers-part.module.css'

const NOBODY = { name: '', role: '' }

/** Who may approve waivers, and in which role; where nobody is named, anyone but who asks. */
export function ApproversPart() {
  const id = useId()
  const design = useDesign()
  const run = useRun()
  const context = useContextNow()
  const [input, setInput] = useState(NOBODY)
  const [refusal, setRefusal] = useState<string>()
  const named = Object.entries(policyOf(design).waiverApprovers ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <section aria-label={t('Who may approve waivers')} className={styles.form}>
      <p className={styles.rule} aria-hidden>
        {t('Who may approve waivers')}
      </p>
      {named.length === 0 ? (
        <p className={styles.none}>{t('Nobody is named: anyone may approve a waiver but who asked for it.')}</p>
      ) : (
        <ul aria-label={t('People who may approve waivers')}>
          {named.map(([name, role]) => (
            <li
              key={name}
              className={styles.waiver}
              onKeyDown={event => {
                if (event.key === 'Delete') run(removeOneApprover, name)
              }}
            >
              <p className={styles.words}>
                {name} <span className={styles.note}>{role}</span>
              </p>
              <IconButton label={t('Remove {{name}}', { name })} chord="Delete" onPress={() => run(removeOneApprover, name)}>
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.form}
        aria-label={t('Name who may approve waivers')}
        onSubmit={event => {
          event.preventDefault()
          const planned = nameOneApprover.plan(context, input)
          if (!planned.ok) return setRefusal(`${planned.problems[0].message} ${planned.problems[0].cure ?? ''}`)
          run(nameOneApprover, input)
          setInput(NOBODY)
          setRefusal(undefined)
        }}
      >
        <div className={field.row}>
          <FormField label={t('Name')} value={input.name} list={id} onText={name => setInput({ ...input, name })} required />
          <FormField label={t('Role')} value={input.role} onText={role => setInput({ ...input, role })} required />
        </div>
        <datalist id={id}>
          {knownPeople(design).map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {refusal ? (
          <p role="alert" className={styles.refusal}>
            {refusal}
          </p>
        ) : null}
        <div className={styles.end}>
          <Button small type="submit">
            {t('Name this person')}
          </Button>
        </div>
      </form>
    </section>
  )
}
