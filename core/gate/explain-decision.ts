import type { WorkItem } from '../model/types.ts'
import { allows, type Decision } from './policy.ts'

/** Why the policy refuses a work item, and what would change that. */
export function explainDecision(decision: Decision, item: WorkItem): { readonly message: string; readonly cure: string } {
  const what =
    decision.level === 'forbidden'
      ? 'AI may not be used here'
      : `AI may explain and review here, but not ${item.operation === 'generate' ? 'write code' : `do "${item.operation}"`}`
  const against = refusing(decision, item)
  return {
    message: `Zone ${decision.level}: ${what}. ${against.map(sourceOf).join(' ')}`,
    cure: `${against.map(cureOf).join(' And: ')}${decision.level === 'advise-only' ? ' Or set the operation to design, review or docs.' : ''}`,
  }
}

/** Every voice that alone would refuse, the deciding one first: all of them have to change. */
function refusing({ floorFrom, levels }: Decision, { operation }: WorkItem): readonly string[] {
  const others = Object.entries(levels).filter(([from, level]) => from !== floorFrom && !allows(level, operation))
  return [floorFrom, ...others.map(([from]) => from)]
}

function sourceOf(from: string): string {
  if (from === 'default') return 'This is the default of the policy, and no rule stands instead of it here.'
  if (from === 'unknownWorkItem') return 'There is no such work item.'
  if (from === 'tool.none') return 'The policy lists the tools that may be used, and none of them may be used for this.'
  if (from.startsWith('floor.')) return `The built-in floor for ${from.slice(6)} code says so.`
  if (from.startsWith('tool.'))
    return `The tool ${from.slice(5)} is not approved for this model, or its approval has ended, or nobody listed it.`
  return `The policy rule ${from} says so.`
}

function cureOf(from: string): string {
  if (from === 'default') return 'Add a policy rule for these elements with "insteadOfDefault": true, or choose another default.'
  if (from === 'unknownWorkItem') return 'List the work items with: skeptic work'
  if (from.startsWith('tool.')) return 'Have the tool reviewed and approved again, or choose another.'
  return `Take these elements out of the work item, or waive ${from} with a second person and an expiry.`
}
