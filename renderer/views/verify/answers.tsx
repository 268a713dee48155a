import type { LedgerState } from '../../../core/model/ledger.ts'
import { ANSWER_NAMES, type Answer } from '../../commands/definitions/review.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { answersTo } from './verify-model.ts'
import styles from './verify-view.module.css'

type Props = { readonly ledger: LedgerState | undefined; readonly workItem: string; readonly check: string }

/** What people have answered to this check so far. */
export function Answers({ ledger, workItem, check }: Props) {
  const answers = answersTo(ledger, workItem, check)
  if (answers.length === 0) return null
  return (
    <section aria-label="Answers" className={styles.part}>
      <ul className={styles.parts}>
        {answers.map(one => (
          <li key={`${one.at} ${one.by} ${one.observation}`}>
            <Badge tone={one.answer === 'pass' ? 'good' : one.answer === 'fail' ? 'bad' : 'warn'}>
              {ANSWER_NAMES[one.answer as Answer] ?? one.answer}
            </Badge>{' '}
            {one.observation}{' '}
            <span className={panel.sub}>
              {one.by}, {one.at.slice(0, 16).replace('T', ' ')} UTC
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
