import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './fold.module.css'

type Props = {
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly children: ReactNode
  /** Name commands move focus to. */
  readonly focus?: string
}

/** The line that opens and closes what stands below it. */
export function Fold({ isOpen, onToggle, children, focus }: Props) {
  return (
    <button type="button" className={styles.fold} aria-expanded={isOpen} data-focus={focus} onClick={onToggle}>
      <ChevronRight size={14} aria-hidden className={styles.arrow} />
      <span>{children}</span>
    </button>
  )
}
