import { X } from 'lucide-react'
import { toggleDrawer } from '../commands/definitions/app.ts'
import { goToProblem } from '../commands/definitions/gate.ts'
import { useProblems, useRun } from '../state/use-commands.ts'
import { counted } from '../state/words.ts'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './drawer.module.css'

const SHOWN = 300

/** Everything that asks for a look, the gate apart; a line goes to its place. */
export function Drawer() {
  const problems = useProblems()
  const run = useRun()
  return (
    <section aria-label="Problems" className={styles.drawer} tabIndex={-1} data-focus="problems">
      <div className={styles.head}>
        <h2>Problems</h2>
        <span className={styles.count}>{counted(problems.length, 'problem')}</span>
        <IconButton label="Close the drawer" chord="Mod+J" onPress={() => run(toggleDrawer)}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {problems.length === 0 ? <Empty title="Nothing asks for a look." /> : null}
      <ul className={styles.list}>
        {problems.slice(0, SHOWN).map(problem => (
          <li key={`${problem.code} ${problem.at} ${problem.message}`}>
            <button type="button" className={styles.line} onClick={() => run(goToProblem, problem)}>
              <span className={styles[problem.severity]}>{WORDS[problem.severity]}</span>
              <span className={styles.message}>{problem.message}</span>
              <code className={styles.at}>{problem.at}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const WORDS = { error: 'Error', warning: 'Warning', info: 'Question' } as const
