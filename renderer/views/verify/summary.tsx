import { passesWithoutEvidence } from '../../../core/verdict/rests-on.ts'
import { VERDICT_NAMES } from '../../commands/definitions/review-verdict.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { ProgressBar } from '../../ui/progress.tsx'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import { decidedOf, VERDICT_TONES } from './verify-model.ts'
import styles from './verify-view.module.css'

/** How far the review is and what it says so far, once the change was looked at. */
export function Summary({ review }: { readonly review: Review }) {
  const { record, isRevealed, queue } = review
  if (review.isReading) return <span className={panel.sub}>{t('Reading the change…')}</span>
  if (!record) return null
  if (!isRevealed) return <span className={panel.sub}>{t('Look at the change first; then the evidence speaks.')}</span>
  const { counts } = record
  const bare = passesWithoutEvidence(record).length
  const decided = decidedOf(queue)
  return (
    <div className={styles.summary} role="status">
      <Badge tone={VERDICT_TONES[record.verdict]}>{VERDICT_NAMES[record.verdict]}</Badge>
      <span className={styles.howFar}>
        {t('{{done}}/{{count}} decided', { done: decided, count: queue.length })}
        <ProgressBar label={t('Checks decided')} done={decided} of={queue.length} />
      </span>
      <span className={styles.counts}>
        <span>{t('{{count}} pass', { count: counts.pass - bare })}</span>
        {bare > 0 ? <span>{t('{{count}} pass without evidence', { count: bare })}</span> : null}
        <span className={counts.fail > 0 ? styles.countBad : ''}>{t('{{count}} fail', { count: counts.fail })}</span>
        <span>{t('{{count}} cannot tell', { count: counts.inconclusive })}</span>
        {counts.waived + counts['not-applicable'] > 0 ? (
          <span>{t('{{count}} set aside', { count: counts.waived + counts['not-applicable'] })}</span>
        ) : null}
      </span>
    </div>
  )
}
