import type { ReactNode } from 'react'
import styles from './empty.module.css'

/** What stands where nothing is yet: what belongs here and the one thing to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  )
}
