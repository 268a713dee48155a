import { rowsOf, sizeOf } from '../../core/model/table.ts'
import { counted } from '../state/words.ts'
import { type Command, type Context, plan, session } from './command.ts'
import { goToProblem } from './definitions/gate.ts'
import { goToObject } from './definitions/select.ts'

/** The one thing to do now, in words, and how it is begun. */
export type NextAction = { readonly text: string; readonly plan: Command['plan'] }

/** The first thing along the pipeline that is not done; a gate that is nearly open comes before polishing. */
export function nextAction({ design, facts }: Pick<Context, 'design' | 'facts'>): NextAction {
  if (sizeOf(design.requirements) === 0) return go('Write the first requirement', 'scope', 'new-requirement')
  if (sizeOf(design.elements) === 0) return go('Draw the first element', 'model', 'canvas')
  const asking = facts.asking()
  const [first] = asking
  if (first) {
    const text = `Triage ${counted(asking.length, 'finding')}`
    return { text, plan: now => goToObject.plan(now, first.lead.id) }
  }
  const undecided = facts.states().filter(state => state.response === 'open')
  const [threat] = undecided
  if (threat)
    return { text: `Decide ${counted(undecided.length, 'threat')}`, plan: now => goToObject.plan(now, threat.threat.id) }
  if (rowsOf(design.workItems).length === 0) return go('Add the first work item', 'prompts', 'new-work-item')
  const gate = facts.gate()
  const [blocking] = gate.problems
  if (blocking)
    return {
      text: `Open the gate: ${counted(gate.problems.length, 'thing')} to do`,
      plan: now => goToProblem.plan(now, blocking),
    }
  return go('Copy the prompt', 'prompts', 'copy')
}

function go(text: string, step: Context['session']['step'], focus: string): NextAction {
  return { text, plan: () => plan(session({ step }), { kind: 'focus', name: focus }) }
}
