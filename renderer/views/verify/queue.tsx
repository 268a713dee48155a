import { CircleCheck, CircleDashed, CircleHelp, CircleX } from 'lucide-react'
import { showCheck } from '../../commands/definitions/review.ts'
import { useRun } from '../../state/use-commands.ts'
import type { Review } from './use-review.ts'
import { answersTo, VERDICT_NAMES } from './verify-model.ts'
import styles from './verify-view.module.css'

const ICONS = {
  pass: CircleCheck,
  fail: CircleX,
  inconclusive: CircleHelp,
  waived: CircleDashed,
  'not-applicable': CircleDashed,
} as const

/** The checks in order: J and K walk, what each says shows once the change was looked at. */
export function Queue({ review }: { readonly review: Review }) {
  const run = useRun()
  return (
    <nav aria-label="Checks" className={styles.queue}>
      <ol>
        {review.queue.map(({ check, verdict }) => {
          const isShown = check.id === review.shown?.check.id
          const shown = review.isRevealed ? verdict?.verdict : undefined
          const Icon = shown ? ICONS[shown] : CircleDashed
          const answered = review.workItem !== undefined && answersTo(review.ledger, review.workItem, check.id).length > 0
          return (
            <li key={check.id}>
              <button
                type="button"
                className={styles.line}
                aria-current={isShown}
                data-focus={`check ${check.id}`}
                onClick={() => run(showCheck, check.id)}
              >
                <Icon size={15} aria-hidden className={styles[shown ?? 'waiting']} />
                <span className={styles.statement}>{check.statement}</span>
                <span className={styles.lineMore}>
                  <code>{check.id}</code>{' '}
                  {shown ? VERDICT_NAMES[shown] : check.how === 'machine' ? 'evidence decides' : 'a person decides'}
                  {verdict?.selfReported && shown ? ', self-reported' : ''}
                  {answered ? ', answered' : ''}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
