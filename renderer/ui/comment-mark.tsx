import { MessageSquare } from 'lucide-react'
import { useOpenComments } from '../state/said.ts'
import { t } from '../words/translate.ts'
import styles from './comment-mark.module.css'

/** How many open threads an object has; takes no room where there is none. */
export function CommentMark({ id, onCanvas = false }: { readonly id: string; readonly onCanvas?: boolean }) {
  const open = useOpenComments(id)
  if (open === 0) return null
  const words = t('{{count}} open comments', { count: open })
  return (
    <span className={onCanvas ? `${styles.mark} ${styles.onCanvas}` : styles.mark} title={words}>
      <MessageSquare size={onCanvas ? 11 : 12} aria-hidden />
      <span aria-hidden data-text={open} className={styles.count} />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}
