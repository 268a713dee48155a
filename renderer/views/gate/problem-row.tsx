import { ArrowRight, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { goToProblem } from '../../commands/definitions/gate.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { t } from '../../words/translate.ts'
import { canWaive, fixFor } from './gate-model.ts'
import { LargeFixer } from './large-fixers.tsx'
import styles from './problem-list.module.css'
import { SmallFixer } from './small-fixers.tsx'
import { WaiverForm } from './waiver-form.tsx'

type Props = {
  readonly number: number
  readonly problem: GateProblem
  readonly isTyped: boolean
  readonly onTyped: (isTyped: boolean) => void
}

/** One problem: what it is, what cures it, how long that takes, and the cure itself. */
export function ProblemRow({ number, problem, isTyped, onTyped }: Props) {
  const run = useRun()
  const [open, setOpen] = useState<'fix' | 'waive'>()
  const fix = fixFor(problem)
  const isLarge = fix !== undefined && 'opens' in fix
  const { at, message } = problem
  const close = () => setOpen(undefined)
  return (
    <li data-row className={`${styles.row} ${isTyped ? styles.typed : ''}`}>
      <span className={styles.place} aria-hidden>
        {number}
      </span>
      <div className={styles.words}>
        <p className={styles.message}>{message}</p>
        <p className={styles.cure}>{problem.cure}</p>
        <div className={styles.more}>
          {at && /^[A-Z]-/.test(at) ? <Chip id={at} named={/^[EFBD]-/.test(at)} /> : null}
          {canWaive(problem) && open !== 'waive' ? (
            <button
              type="button"
              className={styles.quiet}
              aria-label={t('Waive: {{problem}}', { problem: message })}
              onClick={() => setOpen('waive')}
            >
              {t('Waive…')}
            </button>
          ) : null}
        </div>
      </div>
      <span className={styles.effort}>{t('{{minutes}} min', { minutes: problem.effort })}</span>
      <div className={styles.fix} data-fix>
        {isLarge ? (
          <Button
            small
            aria-expanded={open === 'fix'}
            aria-label={t('Decide: {{problem}}', { problem: message })}
            onPress={() => setOpen(open === 'fix' ? undefined : 'fix')}
          >
            {t('Decide')} <ChevronDown size={13} aria-hidden className={open === 'fix' ? styles.turned : styles.chevron} />
          </Button>
        ) : fix ? (
          <SmallFixer fix={fix} problem={problem} onTyped={onTyped} />
        ) : (
          <Button small onPress={() => run(goToProblem, problem)} aria-label={t('Go to: {{problem}}', { problem: message })}>
            {t('Go')} <ArrowRight size={13} aria-hidden className={styles.chevron} />
          </Button>
        )}
      </div>
      {open === 'fix' && isLarge ? (
        <div className={styles.large}>
          <LargeFixer fix={fix} problem={problem} onDone={close} />
        </div>
      ) : null}
      {open === 'waive' ? (
        <div className={styles.large}>
          <WaiverForm problem={problem} onDone={close} />
        </div>
      ) : null}
    </li>
  )
}
