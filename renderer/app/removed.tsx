import { ListX, Undo2, X } from 'lucide-react'
import { dismissRemoved, restoreRemoved } from '../commands/definitions/history.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import styles from './status-bar.module.css'

/** That an edit took away much of the design, whoever made it: it stays for the session, with the way back beside it. */
export function Removed() {
  const removed = useSession(session => session.removed)
  const run = useRun()
  if (!removed) return null
  return (
    <>
      <span className={`${styles.item} ${styles.bad}`}>
        <ListX size={13} aria-hidden /> {t('{{count}} objects were removed', { count: removed.removed })}
      </span>
      {removed.state === undefined ? null : (
        <button type="button" className={styles.button} onClick={() => run(restoreRemoved)}>
          <Undo2 size={12} aria-hidden /> {t('Restore')}
        </button>
      )}
      <button
        type="button"
        className={styles.button}
        aria-label={t('Dismiss what was removed')}
        onClick={() => run(dismissRemoved)}
      >
        <X size={13} aria-hidden />
      </button>
    </>
  )
}
