import type { ReactNode } from 'react'
import styles from './badge.module.css'

/** What a badge is about; its colour follows. */
export type Tone = 'plain' | 'bad' | 'warn' | 'good' | 'info' | 'accent'

/** A short word about a state; the colour only repeats what the word says. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>
}
