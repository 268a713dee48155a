import {
  Boxes,
  ClipboardCheck,
  FileText,
  Flag,
  ListChecks,
  type LucideIcon,
  Radar,
  ScrollText,
  Shield,
  Sparkles,
} from 'lucide-react'
import { useSession } from '../state/session.ts'
import { STATE_WORDS, stepStates } from '../state/step-states.ts'
import { STEPS, type StepId } from '../state/steps.ts'
import { useFactsSoon } from '../state/use-commands.ts'
import styles from './rail.module.css'
import { StepDot } from './step-dot.tsx'

const ICONS: Readonly<Record<StepId, LucideIcon>> = {
  scope: FileText,
  model: Boxes,
  threats: Radar,
  mitigate: Shield,
  gate: Flag,
  prompts: Sparkles,
  checklist: ListChecks,
  verify: ClipboardCheck,
  reports: ScrollText,
}

/** The nine steps: a map, not a wizard. All are open always. */
export function Rail() {
  const current = useSession(session => session.step)
  const facts = useFactsSoon()
  const states = stepStates(facts.design, facts)
  return (
    <nav aria-label="Steps" className={styles.rail}>
      <ol>
        {STEPS.map(step => {
          const Icon = ICONS[step.id]
          const state = states[step.id]
          return (
            <li key={step.id} className={styles.step}>
              <a
                href={`#/${step.id}`}
                aria-current={step.id === current ? 'page' : undefined}
                className={styles.link}
                aria-describedby={`state-${step.id}`}
              >
                <Icon size={16} aria-hidden />
                <span className={styles.name}>
                  {step.number} {step.name}
                </span>
              </a>
              <span id={`state-${step.id}`} className={styles.state}>
                <StepDot state={state} />
                <span className="visually-hidden">{STATE_WORDS[state]}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
