import type { ReactNode } from 'react'
import styles from './inspector.module.css'

/** A titled part of an inspector panel. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.group}>
      <h3 className={styles.groupTitle}>{title}</h3>
      {children}
    </section>
  )
}
