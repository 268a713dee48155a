import {
  Boxes,
  ClipboardCheck,
  FileText,
  Flag,
  Inbox,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  Radar,
  ScrollText,
  Shield,
  Sparkles,
} from 'lucide-react'
import { sizeOf } from '../../core/model/table.ts'
import { useFactsSoon } from '../state/facts-soon.tsx'
import { useWaiting } from '../state/said.ts'
import { useSession } from '../state/session.ts'
import { stateWords, stepStates } from '../state/step-states.ts'
import { type PipelineStep, STEPS, stepName } from '../state/steps.ts'
import { t } from '../words/translate.ts'
import styles from './rail.module.css'
import { StepDot } from './step-dot.tsx'

const ICONS: Readonly<Record<PipelineStep, LucideIcon>> = {
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

/** The nine steps: a map, not a wizard. All are open always; below them what waits for one's own hands. */
export function Rail() {
  const current = useSession(session => session.step)
  const facts = useFactsSoon()
  const states = stepStates(facts.design, facts)
  const asked = useWaiting().length
  const waiting = sizeOf(facts.design.workItems)
  return (
    <nav aria-label={t('Steps')} className={styles.rail}>
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
                  {step.number} {stepName(step.id)}
                </span>
              </a>
              <span id={`state-${step.id}`} className={styles.state}>
                <StepDot state={state} />
                <span className="visually-hidden">{stateWords(state)}</span>
              </span>
            </li>
          )
        })}
      </ol>
      <div className={styles.own}>
        <div className={styles.step}>
          <a
            href="#/work"
            aria-current={current === 'work' ? 'page' : undefined}
            className={styles.link}
            aria-describedby="state-work"
          >
            <Inbox size={16} aria-hidden />
            <span className={styles.name}>{stepName('work')}</span>
          </a>
          <span id="state-work" className={styles.state}>
            <span className={styles.count} aria-hidden>
              {waiting > 0 ? waiting : ''}
            </span>
            <span className="visually-hidden">{t('{{count}} work items', { count: waiting })}</span>
            {asked > 0 ? (
              <>
                <MessageSquare size={12} aria-hidden className={styles.asked} />
                <span className="visually-hidden">{t('{{count}} comments wait for you', { count: asked })}</span>
              </>
            ) : null}
          </span>
        </div>
      </div>
    </nav>
  )
}
