import { CircleAlert, X } from 'lucide-react'
import { dismissTrouble } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { t } from '../words/translate.ts'
import styles from './trouble.module.css'

/** The last problem a deed ran into: what, where and the cure. It stays until it is read. */
export function Trouble() {
  const trouble = useSession(session => session.trouble)
  const run = useRun()
  if (!trouble) return null
  return (
    <div role="alert" className={styles.trouble}>
      <CircleAlert size={16} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <p>
          <strong>{trouble.message}</strong>
        </p>
        {trouble.cure ? <p>{trouble.cure}</p> : null}
      </div>
      <IconButton label={t('Dismiss')} onPress={() => run(dismissTrouble)}>
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  )
}
