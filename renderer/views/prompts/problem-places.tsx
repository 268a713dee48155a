import { CornerDownRight } from 'lucide-react'
import { entityOf } from '../../../core/model/lookup.ts'
import type { Problem } from '../../../core/support/result.ts'
import { goToPromptLine } from '../../commands/definitions/prompts.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { t } from '../../words/translate.ts'
import styles from './prompt-side.module.css'
import { type GutterLine, lineOf } from './prompts-model.ts'

type Props = {
  readonly title: string
  readonly clean: string
  readonly count: string
  readonly problems: readonly Problem[]
  readonly lines: readonly GutterLine[]
}

/** What a check of the text found, each with the way to its line or to the object that holds the words. */
export function ProblemPlaces({ title, clean, count, problems, lines }: Props) {
  const design = useDesign()
  const run = useRun()
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>
        {title}
        {problems.length === 0 ? <Badge tone="good">{clean}</Badge> : <Badge tone={toneOf(problems)}>{count}</Badge>}
      </h2>
      {problems.length === 0 ? null : (
        <ul className={styles.problems}>
          {problems.map(problem => {
            const line = lineOf(problem, lines)
            return (
              <li key={`${problem.code} ${problem.at} ${problem.message}`} className={styles[problem.severity]}>
                <p className={styles.message}>
                  <code className={styles.code}>{problem.code}</code> {problem.message}
                </p>
                {problem.cure ? <p className={styles.mute}>{problem.cure}</p> : null}
                <p className={styles.places}>
                  {line === undefined ? null : (
                    <button type="button" className={styles.place} onClick={() => run(goToPromptLine, line)}>
                      <CornerDownRight size={12} aria-hidden /> {t('Line {{line}}', { line })}
                    </button>
                  )}
                  {problem.at && entityOf(design, problem.at) ? <Chip id={problem.at} /> : null}
                </p>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

function toneOf(problems: readonly Problem[]): 'bad' | 'warn' {
  return problems.some(problem => problem.severity === 'error') ? 'bad' : 'warn'
}
