import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { useFacts } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import styles from './gate-pill.module.css'

/** The gate in two words, on every screen. */
export function GatePill() {
  const gate = useFacts().gate()
  const Icon = gate.open ? LockKeyholeOpen : LockKeyhole
  return (
    <a href="#/gate" className={`${styles.pill} ${gate.open ? styles.open : styles.closed}`}>
      <Icon size={13} aria-hidden />
      {gate.open ? t('Gate: open') : t('Gate: {{number}} blocking', { number: gate.problems.length })}
    </a>
  )
}
