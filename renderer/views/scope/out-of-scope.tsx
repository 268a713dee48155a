import { rowsOf } from '../../../core/model/table.ts'
import { useDesign } from '../../state/workbench.ts'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import styles from './scope-view.module.css'

/** What was left out on purpose, and why. */
export function OutOfScope() {
  const design = useDesign()
  const rows = [...rowsOf(design.elements), ...rowsOf(design.flows)].filter(row => row.outOfScope !== undefined)
  return (
    <section aria-label="Out of scope" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>Out of scope</h2>
        <span className={panel.count}>{rows.length}</span>
      </div>
      {rows.length === 0 ? (
        <p className={`${styles.out} ${panel.mute}`}>
          Nothing is out of scope. An element is taken out in its inspector, with a reason.
        </p>
      ) : null}
      {rows.length > 0 ? (
        <ul>
          {rows.map(row => (
            <li key={row.id} className={styles.out}>
              <Chip id={row.id} named />
              <p className={panel.mute}>{row.outOfScope}</p>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
