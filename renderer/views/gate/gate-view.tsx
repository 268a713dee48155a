import { useState } from 'react'
import { hasRow, rowsOf } from '../../../core/model/table.ts'
import { useFacts } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { GateGroup } from './gate-group.tsx'
import { groupsOf, ruleWords } from './gate-model.ts'
import styles from './gate-view.module.css'
import { Seal } from './seal.tsx'

/** Step 5: may this be prompted? Never a bare no: the shortest list that would open it. */
export function GateView() {
  const design = useDesign()
  const facts = useFacts()
  const items = rowsOf(design.workItems)
  const [scope, setScope] = useState('')
  const gate = hasRow(design.workItems, scope) ? facts.gateFor(scope) : facts.gate()
  const groups = groupsOf(gate.problems)
  return (
    <section aria-label="Gate" className={panel.page}>
      <div className={styles.column}>
        <div className={panel.head}>
          <h1 className={panel.title}>Gate</h1>
          <span className={panel.grow} />
          {items.length > 0 ? (
            <div className={styles.scope}>
              <Pick
                label="Examine"
                hideLabel
                value={scope}
                empty="The whole design"
                choices={items.map(item => ({ value: item.id, label: `${item.id} ${item.name}` }))}
                onPick={setScope}
              />
            </div>
          ) : null}
        </div>
        <Seal gate={gate} />
        {groups.map(group => (
          <GateGroup key={group.code} group={group} />
        ))}
        {gate.warnings.length > 0 ? (
          <section aria-label="Warnings" className={styles.block}>
            <h2 className={styles.blockTitle}>{counted(gate.warnings.length, 'warning')}, none of them blocks</h2>
            {groupsOf(gate.warnings).map(group => (
              <GateGroup key={group.code} group={group} />
            ))}
          </section>
        ) : null}
        <details className={styles.passed} open={gate.open}>
          <summary>
            {counted(gate.passed.length, 'rule')} passed, {gate.waived.length} waived
          </summary>
          <ul>
            {gate.passed.map(code => (
              <li key={code}>
                ✓ {ruleWords(code)} <code>{code}</code>
              </li>
            ))}
            {gate.waived.map(id => (
              <li key={id}>⊘ waiver {id}</li>
            ))}
          </ul>
        </details>
      </div>
    </section>
  )
}
