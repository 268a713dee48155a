import { setRole } from '../../commands/definitions/home.ts'
import { ROLES, type Role } from '../../state/preferences.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import styles from './role-choice.module.css'

const ROLE_WORDS: Readonly<Record<Role, () => string>> = {
  model: () => t('model'),
  build: () => t('build'),
  review: () => t('review'),
}

/** Asked once and never in the way: what is seen first follows from it, nothing else. */
export function RoleChoice() {
  const role = useSession(session => session.preferences.role)
  const run = useRun()
  return (
    <fieldset className={styles.roles}>
      <legend className={styles.legend}>{t('I mostly')}</legend>
      {ROLES.map(one => (
        <label key={one} className={styles.role}>
          <input type="radio" name="role" className={styles.radio} checked={role === one} onChange={() => run(setRole, one)} />
          <span className={styles.face}>{ROLE_WORDS[one]()}</span>
        </label>
      ))}
    </fieldset>
  )
}
