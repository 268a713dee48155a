import { t } from '../words/translate.ts'
import styles from './progress.module.css'

type Props = { readonly label: string; readonly done: number; readonly of: number }

/** So many of so many, as numbers first and as a bar beside them. */
export function Progress({ label, done, of }: Props) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <span className={styles.numbers}>{t('{{done}} of {{of}}', { done, of })}</span>
      <ProgressBar label={label} done={done} of={of} />
    </div>
  )
}

/** The bar alone, where the numbers stand beside it in a sentence. */
export function ProgressBar({ label, done, of }: Props) {
  return <progress className={styles.bar} value={done} max={Math.max(1, of)} aria-label={label} />
}
