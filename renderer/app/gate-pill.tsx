import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { useFactsSoon } from '../state/use-commands.ts'
import styles from './gate-pill.module.css'

/** The gate in two words, on every screen. */
export function GatePill() {
  const gate = useFactsSoon().gate()
  const Icon = gate.open ? LockKeyholeOpen : LockKeyhole
  return (
    <a href="#/gate" className={`${styles.pill} ${gate.open ? styles.open : styles.closed}`}>
      <Icon size={13} aria-hidden />
      {gate.open ? 'Gate: open' : `Gate: ${gate.problems.length} blocking`}
    </a>
  )
}
