import { labelOf } from '../../../core/model/lookup.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** What the check rests on in the design, and the evidence at hand. */
export function Basis({ review }: { readonly review: Review }) {
  const design = useDesign()
  const from = review.shown?.check.from ?? []
  return (
    <aside aria-label="What it rests on" className={styles.basis}>
      <section aria-label="Comes from">
        <h2 className={styles.sideTitle}>Comes from</h2>
        <ul className={styles.origins}>
          {from.map(id => (
            <li key={id}>
              {/^[A-Z]-/.test(id) ? (
                <>
                  <Chip id={id} />
                  <p className={styles.origin}>{labelOf(design, id)}</p>
                </>
              ) : (
                <code>{id}</code>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="Evidence at hand">
        <h2 className={styles.sideTitle}>Evidence at hand</h2>
        {review.evidence.length === 0 ? (
          <p className={panel.sub}>None. Reports lie in the design folder under .skeptic/evidence.</p>
        ) : null}
        <ul className={styles.origins}>
          {review.evidence.map(item => (
            <li key={`${item.slot} ${item.file}`} className={styles.evidence}>
              <span className={styles.evidenceFile}>{item.file}</span>
              <span className={panel.sub}>{item.slot}</span>
              <Badge tone={item.binding === 'bound' ? 'good' : 'warn'}>{item.binding}</Badge>
            </li>
          ))}
        </ul>
      </section>
      {review.record && review.isRevealed && review.record.problems.length > 0 ? (
        <section aria-label="Remarks">
          <h2 className={styles.sideTitle}>Remarks</h2>
          <ul className={styles.origins}>
            {review.record.problems.map(problem => (
              <li key={`${problem.code} ${problem.at}`} className={panel.sub}>
                {problem.message}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </aside>
  )
}
