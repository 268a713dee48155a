import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import type { Review } from './use-review.ts'
import { VERDICT_NAMES, VERDICT_TONES } from './verify-model.ts'
import styles from './verify-view.module.css'

/** What the evidence says about the check in view, sentence by sentence, with where it says so. */
export function EvidencePart({ review }: { readonly review: Review }) {
  const verdict = review.shown?.verdict
  if (!review.isRevealed)
    return (
      <div className={styles.part} tabIndex={-1} data-focus="evidence">
        <p className={panel.sub}>Hidden until every file was looked at, or you ask for it.</p>
      </div>
    )
  if (!verdict)
    return (
      <div className={styles.part} tabIndex={-1} data-focus="evidence">
        <p className={panel.sub}>No verdict yet. Run verify.</p>
      </div>
    )
  const parts = verdict.parts.length > 1 ? verdict.parts : []
  return (
    <section aria-label="What the evidence says" className={styles.part} tabIndex={-1} data-focus="evidence">
      <p className={styles.verdict}>
        <Badge tone={VERDICT_TONES[verdict.verdict]}>{VERDICT_NAMES[verdict.verdict]}</Badge>
        {verdict.selfReported ? <Badge tone="warn">Self-reported</Badge> : null}
        <span className={panel.sub}>{verdict.reason}</span>
      </p>
      <p>{verdict.sentence}</p>
      {parts.length > 0 ? (
        <ul className={styles.parts}>
          {parts.map(part => (
            <li key={part.path}>
              <Badge tone={VERDICT_TONES[part.verdict]}>{VERDICT_NAMES[part.verdict]}</Badge> {part.sentence}
            </li>
          ))}
        </ul>
      ) : null}
      {verdict.evidence.length > 0 ? (
        <ul className={styles.cited}>
          {verdict.evidence.map(cited => (
            <li key={`${cited.digest} ${cited.pointer}`}>
              <code>
                {cited.digest.slice(7, 13)} {cited.pointer}
              </code>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
