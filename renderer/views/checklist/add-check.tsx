import { useState } from 'react'
import { labelOf } from '../../../core/model/lookup.ts'
import { addCheck } from '../../commands/definitions/checklist.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './checklist-view.module.css'

/** A check in own words. It must prove something: it hangs on a mitigation of this checklist, and goes where that goes. */
export function AddCheck({ mitigations }: { readonly mitigations: readonly string[] }) {
  const design = useDesign()
  const run = useRun()
  const [chosen, setChosen] = useState<string>()
  const mitigation = chosen !== undefined && mitigations.includes(chosen) ? chosen : mitigations[0]
  if (mitigation === undefined)
    return <p className={styles.none}>{t('A check of your own proves a mitigation; this work item has none yet.')}</p>
  return (
    <div className={styles.add}>
      <AddLine
        label={t('Add check')}
        placeholder={t('Add a check: one sentence a stranger answers with yes, no or cannot tell')}
        focus="new-check"
        onAdd={statement => run(addCheck, { mitigation, statement })}
      />
      <div className={styles.addProves}>
        <Pick
          label={t('It proves')}
          value={mitigation}
          choices={mitigations.map(id => ({ value: id, label: `${id} ${labelOf(design, id)}` }))}
          onPick={setChosen}
        />
      </div>
    </div>
  )
}
