import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { goToProblem } from '../../commands/definitions/gate.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { fixFor, type ProblemGroup } from './gate-model.ts'
import styles from './gate-view.module.css'
import { InlineFixer } from './inline-fixer.tsx'

const SHOWN = 6

/** Problems of one kind: each can be answered here, or leads to its place. */
export function GateGroup({ group }: { readonly group: ProblemGroup }) {
  const run = useRun()
  const [all, setAll] = useState(false)
  const shown = all ? group.problems : group.problems.slice(0, SHOWN)
  return (
    <div className={styles.group}>
      <ul>
        {shown.map(problem => {
          const fix = fixFor(problem)
          return (
            <li key={`${problem.code} ${problem.at} ${problem.message}`} className={styles.problem}>
              <div className={styles.words}>
                <p className={styles.message}>{problem.message}</p>
                <p className={styles.cure}>{problem.cure}</p>
                {problem.at && /^[A-Z]-/.test(problem.at) ? <Chip id={problem.at} named /> : null}
              </div>
              <span className={styles.effort}>{problem.effort} min</span>
              <div className={styles.fix}>
                {fix && problem.fix ? <InlineFixer fix={fix} id={problem.fix.id} /> : null}
                {fix?.kind === 'approve' || !fix ? (
                  <Button small onPress={() => run(goToProblem, problem)} aria-label={`Go to ${problem.message}`}>
                    Go <ArrowRight size={13} aria-hidden />
                  </Button>
                ) : null}
              </div>
            </li>
          )
        })}
      </ul>
      {group.problems.length > SHOWN ? (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${group.problems.length - SHOWN} more of this kind`}
        </button>
      ) : null}
    </div>
  )
}
