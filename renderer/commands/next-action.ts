import type { GateProblem } from '../../core/gate/evaluate.ts'
import type { ThreatState } from '../../core/mitigations/derive.ts'
import { RISK_LEVELS } from '../../core/mitigations/risk.ts'
import { rowsOf, sizeOf } from '../../core/model/table.ts'
import { riskName } from '../state/risk-name.ts'
import type { StepId } from '../state/steps.ts'
import { t } from '../words/translate.ts'
import { type Command, type Context, type Effect, plan, session } from './command.ts'
import { goToProblem } from './definitions/gate.ts'
import { toFirstAsking } from './definitions/home.ts'
import { answerOneThreat } from './definitions/mitigate.ts'
import { workItemShown } from './definitions/prompts.ts'
import { goToObject } from './definitions/select.ts'
import { nextInDesign, nextToBuild, nextToReview } from './next-work.ts'

/** What the next action is found in: views derive it later than they draw, so it asks for no more than this. */
export type Seen = Pick<Context, 'design' | 'facts'> & {
  readonly session: Pick<Context['session'], 'preferences' | 'workItem' | 'recorded' | 'teamTemplates'>
}

/** The one thing to do now, in words, and how it is begun. */
export type NextAction = { readonly text: string; readonly plan: Command['plan'] }

/** The weakest spot for this person: a role's own work while the gate lets it, else what the design lacks most. */
export function nextAction(context: Seen): NextAction {
  return ownWork(context) ?? weakestSpot(context)
}

/** What a developer or a reviewer came for, where it can be done. */
function ownWork(seen: Seen): NextAction | undefined {
  const { role, person } = seen.session.preferences
  if (role !== 'build' && role !== 'review') return undefined
  const items = rowsOf(seen.design.workItems)
  const own = [...items.filter(item => item.assignee === person), ...items.filter(item => item.assignee !== person)]
  return role === 'review' ? nextToReview(seen, own) : nextToBuild(seen, own)
}

/** The first of: what is missing altogether, a grave threat nobody answered, a crossing nobody described, what was not looked at. */
function weakestSpot(context: Seen): NextAction {
  const { design, facts } = context
  if (sizeOf(design.requirements) === 0) return go(t('Write the first requirement'), 'scope', 'new-requirement')
  if (sizeOf(design.elements) === 0) return go(t('Draw the first element'), 'model', 'canvas')
  const undecided = byGravity(facts.states().filter(state => state.response === 'open'))
  const [gravest] = undecided
  if (gravest && gravityOf(gravest) >= GRAVE) return decide(gravest)
  const gate = facts.gate()
  const crossing = gate.problems.find(problem => problem.code in CROSSINGS)
  if (crossing) return describe(crossing)
  const asking = facts.asking()
  if (asking.length > 0) return { text: t('Triage {{count}} findings', { count: asking.length }), plan: toFirstAsking }
  if (gravest) return decide(gravest)
  if (rowsOf(design.workItems).length === 0) return go(t('Add the first work item'), 'prompts', 'new-work-item')
  // The list there is in order, each entry with what cures it: one goes to the list, not to its first object.
  if (gate.problems.length > 0)
    return go(t('Open the gate: {{count}} things to do', { count: gate.problems.length }), 'gate', 'main')
  return ofWorkItem(context) ?? nextInDesign(context)
}

/** What the work item in view still lacks, while the design itself lacks nothing. */
function ofWorkItem({ design, facts, session: now }: Seen): NextAction | undefined {
  const id = workItemShown({ design, session: now })
  const problems = id === undefined ? [] : facts.gateFor(id).problems
  const [first] = problems
  if (id === undefined || !first) return undefined
  const text = t('Complete {{id}}: {{count}} things to do', { id, count: problems.length })
  return { text, plan: context => goToProblem.plan(context, first) }
}

const GRAVE = RISK_LEVELS.indexOf('high')

function gravityOf({ inherent }: ThreatState): number {
  return inherent ? RISK_LEVELS.indexOf(inherent.level) : -1
}

function byGravity(states: readonly ThreatState[]): readonly ThreatState[] {
  return states.toSorted((a, b) => gravityOf(b) - gravityOf(a))
}

/** "T-004 High has no decision", and to where it is decided. */
function decide({ threat, inherent }: ThreatState): NextAction {
  const { id } = threat
  const text = inherent
    ? t('{{id}} {{risk}} has no decision', { id, risk: riskName(inherent.level) })
    : t('{{id}} has no decision', { id })
  return { text, plan: now => answerOneThreat.plan(now, id) }
}

type Crossing = { readonly field: string; readonly words: (id: string) => string }

const CROSSINGS: Readonly<Record<string, Crossing>> = {
  'gate.crossing.protocolUnknown': { field: 'protocol', words: id => t('{{id}} protocol unknown', { id }) },
  'gate.crossing.authenticationUnknown': { field: 'authentication', words: id => t('{{id}} authentication unknown', { id }) },
  'gate.crossing.encryptionUnknown': { field: 'encryption', words: id => t('{{id}} encryption unknown', { id }) },
}

/** "F-4 protocol unknown", and to the field that says it. */
function describe({ code, at, fix }: GateProblem): NextAction {
  const id = fix?.id ?? at ?? ''
  const crossing = CROSSINGS[code]
  const field: Effect = { kind: 'focus', name: `field ${id} ${crossing?.field}` }
  return {
    text: crossing?.words(id) ?? id,
    plan: now => {
      const planned = goToObject.plan(now, id)
      return planned.ok ? plan(...planned.value, session({ inspectorTab: 'info' }), field) : planned
    },
  }
}

function go(text: string, step: StepId, focus: string): NextAction {
  return { text, plan: () => plan(session({ step }), { kind: 'focus', name: focus }) }
}
