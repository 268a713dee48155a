import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { useState } from 'react'
import { useFactsSoon } from '../state/facts-soon.tsx'
import { t } from '../words/translate.ts'
import styles from './gate-pill.module.css'

/** The gate in two words, on every screen; that it opened or closed is said aloud wherever one is. */
export function GatePill() {
  const gate = useFactsSoon().gate()
  const [{ wasOpen, said }, setLast] = useState({ wasOpen: gate.open, said: '' })
  if (wasOpen !== gate.open) {
    const model = gate.digest.slice(7, 13)
    setLast({
      wasOpen: gate.open,
      said: gate.open ? t('Gate open, model {{model}} sealed', { model }) : t('Gate closed again'),
    })
  }
  const Icon = gate.open ? LockKeyholeOpen : LockKeyhole
  return (
    <>
      <a href="#/gate" className={`${styles.pill} ${gate.open ? styles.open : styles.closed}`}>
        <Icon size={13} aria-hidden />
        {gate.open ? t('Gate: open') : t('Gate: {{count}} blocking', { count: gate.problems.length })}
      </a>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  )
}
