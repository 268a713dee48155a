import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import type { Review } from './use-review.ts'
import { VERDICT_NAMES, VERDICT_TONES } from './verify-model.ts'
import styles from './verify-view.module.css'

/** The verdict as a whole and its numbers, once the change was looked at. */
export function Summary({ review }: { readonly review: Review }) {
  const { record, isRevealed } = review
  if (review.isReading) return <span className={panel.sub}>Reading the change…</span>
  if (!record) return null
  if (!isRevealed) return <span className={panel.sub}>Look at the change first; then the evidence speaks.</span>
  const { counts } = record
  return (
    <p className={styles.summary} role="status">
      <Badge tone={VERDICT_TONES[record.verdict]}>{VERDICT_NAMES[record.verdict]}</Badge>
      <span>
        {counts.pass} pass, {counts.fail} fail, {counts.inconclusive} cannot tell
      </span>
    </p>
  )
}
