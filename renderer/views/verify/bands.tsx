import { readOnlyBecause } from '../../commands/definitions/review.ts'
import { runVerify } from '../../commands/definitions/review-verdict.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import { JudgedBefore } from './judged-before.tsx'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** What a reviewer must know before anything else: a copy that takes no answers, a broken record, a design that moved on. */
export function Bands({ review }: { readonly review: Review }) {
  const run = useRun()
  const readOnly = useSession(readOnlyBecause)
  const [broken] = review.record?.integrity ?? []
  return (
    <div className={styles.bands}>
      {readOnly ? (
        <p className={styles.bandPlain}>
          {readOnly} {t('You can read the review; nothing you answer is noted.')}
        </p>
      ) : null}
      {broken ? (
        <p className={styles.bandBad} role="alert">
          {t('Integrity is broken, so nothing here may be relied on: {{why}}', { why: `${broken.at ?? ''} ${broken.message}` })}
        </p>
      ) : null}
      <JudgedBefore review={review} />
      {review.isStale ? (
        <div className={styles.bandWarn}>
          <span>{t('The design changed since this was judged.')}</span>
          <Button small onPress={() => run(runVerify)}>
            {t('Judge again')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
