import { useDesign } from '../../state/workbench.ts'
import panel from '../../ui/panel.module.css'
import { Progress } from '../../ui/progress.tsx'
import { coverageOf } from './scope-model.ts'
import styles from './scope-view.module.css'

/** How far the requirements reach into the rest of the design. */
export function CoverageCard() {
  const coverage = coverageOf(useDesign())
  return (
    <section aria-label="Coverage" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>Coverage</h2>
      </div>
      <div className={styles.coverage}>
        {coverage.map(line => (
          <Progress key={line.label} {...line} />
        ))}
      </div>
    </section>
  )
}
