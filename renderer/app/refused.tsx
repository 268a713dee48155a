import type { Problem } from '../../core/support/result.ts'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import { Mark } from './mark.tsx'
import styles from './refused.module.css'

/** The window without a design: what is wrong and how to go on. Never an empty design instead. */
export function Refused({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <main className={styles.page}>
      <Mark />
      <h1>{t('This design cannot be opened')}</h1>
      <p>{t('Nothing was changed.')}</p>
      <ProblemList problems={problems} />
      <p>
        <a href={location.pathname}>{t('Try again')}</a>
      </p>
    </main>
  )
}
