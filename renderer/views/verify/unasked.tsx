import { TriangleAlert } from 'lucide-react'
import { goToFile } from '../../commands/definitions/review-files.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** The most that are named; the files below carry the same mark. */
const MOST = 8

/** Files outside the work item, on top of everything else. */
export function Unasked({ review }: { readonly review: Review }) {
  const run = useRun()
  const { unasked } = review
  if (unasked.length === 0) return null
  return (
    <section aria-label={t('Files nobody asked for')} className={styles.unasked}>
      <p className={styles.unaskedTitle}>
        <TriangleAlert size={14} aria-hidden />
        {t('{{count}} files nobody asked for', { count: unasked.length })}
      </p>
      <ul className={styles.unaskedList}>
        {unasked.slice(0, MOST).map(({ path, why }) => (
          <li key={path}>
            <button type="button" className={styles.link} onClick={() => run(goToFile, path)}>
              <code>{path}</code>
            </button>{' '}
            {why === 'forbidden' ? t('is to be left alone') : t('is not among the files the work item names')}
          </li>
        ))}
        {unasked.length > MOST ? <li>{t('and {{count}} more', { count: unasked.length - MOST })}</li> : null}
      </ul>
    </section>
  )
}
