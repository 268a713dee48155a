import type { Problem } from '../../core/support/result.ts'
import { t } from '../words/translate.ts'
import styles from './problem-list.module.css'

/** Problems as a person can act on them: what, where, why and the cure. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={styles.list}>
      {problems.map(problem => (
        <li key={`${problem.code} ${problem.at} ${problem.message}`} className={styles[problem.severity]}>
          <p className={styles.message}>{problem.message}</p>
          {problem.at ? (
            <p className={styles.at}>
              {t('at')} <code>{problem.at}</code>
            </p>
          ) : null}
          {problem.cure ? <p className={styles.cure}>{problem.cure}</p> : null}
        </li>
      ))}
    </ul>
  )
}
