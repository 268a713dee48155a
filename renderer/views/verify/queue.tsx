import { CircleCheck, CircleCheckBig, CircleDashed, CircleHelp, CircleX, MessageSquareText } from 'lucide-react'
import { restsOn } from '../../../core/verdict/rests-on.ts'
import { showCheck } from '../../commands/definitions/review.ts'
import { VERDICT_NAMES } from '../../commands/definitions/review-verdict.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import type { QueueLine } from './verify-model.ts'
import styles from './verify-view.module.css'

const ICONS = {
  pass: CircleCheckBig,
  bare: CircleCheck,
  fail: CircleX,
  inconclusive: CircleHelp,
  waived: CircleDashed,
  'not-applicable': CircleDashed,
  waiting: CircleDashed,
} as const

/** How a check looks: a pass nothing stands behind is not drawn like one that can be read again. */
function lookOf({ verdict }: QueueLine, isRevealed: boolean): keyof typeof ICONS {
  if (!verdict || !isRevealed) return 'waiting'
  return verdict.verdict === 'pass' && restsOn(verdict) !== 'evidence' ? 'bare' : verdict.verdict
}

/** The checks in order: J and K walk, what each says shows once the change was looked at. */
export function Queue({ review }: { readonly review: Review }) {
  return (
    <nav aria-label={t('Checks')} className={styles.queue}>
      <ol>
        {review.queue.map(line => (
          <li key={line.check.id}>
            <Line review={review} line={line} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Line({ review, line }: { readonly review: Review; readonly line: QueueLine }) {
  const run = useRun()
  const { check, verdict } = line
  const look = lookOf(line, review.isRevealed)
  const Icon = ICONS[look]
  const answers = review.people(line)?.answers.length ?? 0
  const isWaiting = review.told?.waivers.some(one => one.check === check.id && one.state === 'waiting')
  return (
    <button
      type="button"
      className={styles.line}
      aria-current={check.id === review.shown?.check.id}
      data-focus={`check ${check.id}`}
      onClick={() => run(showCheck, check.id)}
    >
      <Icon size={15} aria-hidden className={styles[look]} />
      <span className={styles.statement}>{check.statement}</span>
      <span className={styles.lineMore}>
        <code>{check.id}</code>
        <span>{stateWords(line, look)}</span>
        {verdict?.selfReported && look !== 'waiting' ? <span>{t('self-reported')}</span> : null}
        {isWaiting ? <span>{t('waiver waits for a second person')}</span> : null}
        {answers > 0 ? (
          <span className={styles.answered}>
            <MessageSquareText size={11} aria-hidden />
            {t('{{count}} answers', { count: answers })}
          </span>
        ) : null}
      </span>
    </button>
  )
}

function stateWords({ check, verdict }: QueueLine, look: keyof typeof ICONS): string {
  if (look === 'waiting' || !verdict) return check.how === 'machine' ? t('evidence decides') : t('a person decides')
  return look === 'bare' ? t('Pass without evidence') : VERDICT_NAMES[verdict.verdict]
}
