import { useState } from 'react'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { t } from '../../words/translate.ts'
import { keyOf } from './gate-model.ts'
import styles from './problem-list.module.css'
import { ProblemRow } from './problem-row.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

const SHOWN = 10

type Props = {
  readonly label: string
  readonly problems: readonly GateProblem[]
  readonly typed: ReadonlySet<string>
  readonly onTyped: (key: string, isTyped: boolean) => void
}

/** What is in the way, cheapest first, each with its cure in place; what is answered leaves and focus goes to the next. */
export function ProblemList({ label, problems, typed, onTyped }: Props) {
  const [all, setAll] = useState(false)
  const shown = all ? problems : problems.slice(0, SHOWN)
  const kept = useKeptFocus(shown.map(keyOf).join('\n'))
  return (
    <section aria-label={label} className={styles.card}>
      <ol {...kept}>
        {shown.map((problem, i) => {
          const key = keyOf(problem)
          return (
            <ProblemRow
              key={key}
              number={i + 1}
              problem={problem}
              isTyped={typed.has(key)}
              onTyped={isTyped => onTyped(key, isTyped)}
            />
          )
        })}
      </ol>
      {problems.length > SHOWN ? (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show {{count}} more', { count: problems.length - SHOWN })}
        </button>
      ) : null}
    </section>
  )
}
