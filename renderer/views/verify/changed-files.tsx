import { reveal, toggleViewed } from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { Diff } from './diff.tsx'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** The change itself, file by file, before anybody says anything about it. */
export function ChangedFiles({ review }: { readonly review: Review }) {
  const run = useRun()
  const viewed = useSession(session => session.viewed)
  const { files } = review
  const seen = files.filter(file => viewed.includes(file.path)).length
  return (
    <section aria-label="The change" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>The change</h2>
        <span className={panel.count}>
          {seen} of {files.length} files looked at
        </span>
        <span className={panel.grow} />
        {review.isRevealed ? null : (
          <Button small onPress={() => run(reveal)}>
            Show what the evidence says <Keys chord="E" />
          </Button>
        )}
      </div>
      {files.length === 0 ? (
        <p className={styles.none}>
          {review.isReading
            ? 'Reading the change…'
            : 'No changed file is known here: either nothing changed, or there is nothing to compare with.'}
        </p>
      ) : null}
      {files.map(file => (
        <details key={file.path} className={styles.file} open={!viewed.includes(file.path)}>
          <summary className={styles.fileHead}>
            <code className={styles.path}>{file.path}</code>
            <span className={panel.count}>
              {file.before === undefined ? 'added' : file.after === undefined ? 'removed' : 'changed'}
            </span>
          </summary>
          <label className={styles.viewed}>
            <input type="checkbox" checked={viewed.includes(file.path)} onChange={() => run(toggleViewed, file.path)} />
            Looked at<span className="visually-hidden"> {file.path}</span>
          </label>
          <Diff file={file} />
        </details>
      ))}
    </section>
  )
}
