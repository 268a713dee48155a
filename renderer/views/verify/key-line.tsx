import { useSession } from '../../state/session.ts'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import styles from './verify-view.module.css'

/** The keys of the review in one line, while single letters count. */
export function KeyLine() {
  const isOn = useSession(session => session.preferences.singleKeys)
  if (!isOn) return null
  const keys: readonly (readonly [string, string])[] = [
    ['J', t('next')],
    ['K', t('previous')],
    ['1', t('yes')],
    ['2', t('no')],
    ['3', t('cannot tell')],
    ['V', t('file looked at')],
    ['E', t('evidence')],
    ['C', t('write')],
    ['Shift+Enter', t('finish')],
  ]
  return (
    <p className={styles.keyLine}>
      {keys.map(([chord, word]) => (
        <span key={chord}>
          <Keys chord={chord} /> {word}
        </span>
      ))}
    </p>
  )
}
