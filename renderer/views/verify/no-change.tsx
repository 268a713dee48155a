import { readAgain } from '../../commands/definitions/review-verdict.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** Why there is no change to look at, and exactly what to run. */
export function NoChange({ review }: { readonly review: Review }) {
  const run = useRun()
  if (review.isReading) return <p className={styles.none}>{t('Reading the change…')}</p>
  const isFolder = review.record?.change.source === 'folder'
  const hasBase = review.record?.change.files !== undefined
  return (
    <div className={styles.none}>
      <p className={styles.noneTitle}>
        {hasBase ? t('Nothing changed yet.') : t('There is nothing to compare with, so nobody knows what changed.')}
      </p>
      <p>
        {isFolder && !hasBase
          ? t(
              'The code beside the design is in no git repository. Make it one before the work begins, or keep a copy of the code as it was:',
            )
          : t(
              'Work on a branch of its own; the change is everything since it left the default branch, committed or not. Another range is judged on the command line:',
            )}
      </p>
      <pre className={styles.run}>
        {isFolder && !hasBase
          ? 'git init && git add -A && git commit -m "Before the change"'
          : `git switch -c my-change\nskeptic verify ${review.workItem ?? 'W-…'} --base main --head my-change`}
      </pre>
      <Button small onPress={() => run(readAgain)}>
        {t('Read again')}
      </Button>
    </div>
  )
}
