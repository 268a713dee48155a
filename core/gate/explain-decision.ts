import type { WorkItem } from '../model/types.ts'
import type { Decision } from './policy.ts'

/** Why the policy refuses a work item, and what would change that. */
export function explainDecision(decision: Decision, item: WorkItem): { readonly message: string; readonly cure: string } {
  const what =
    decision.level === 'forbidden'
      ? 'AI may not be used here'
      : `AI may explain and review here, but not ${item.operation === 'generate' ? 'write code' : `do "${item.operation}"`}`
  return {
    message: `Zone ${decision.level}: ${what}. ${sourceOf(decision.floorFrom)}`,
    cure: `${cureOf(decision)}${decision.level === 'advise-only' ? ' Or set the operation to design, review or docs.' : ''}`,
  }
}

function sourceOf(from: string): string {
  if (from === 'default') return 'No rule names it, and this is the default of the policy.'
  if (from.startsWith('floor.')) return `The built-in floor for ${from.slice(6)} code says so.`
  if (from.startsWith('tool.')) return `The tool ${from.slice(5)} is not approved, or its approval has ended.`
  return `The policy rule ${from} says so.`
}

function cureOf(decision: Decision): string {
  const { floorFrom } = decision
  if (floorFrom === 'default') return 'Add a policy rule that names these elements.'
  if (floorFrom.startsWith('tool.')) return 'Have the tool reviewed and approved again, or choose another.'
  return `Take these elements out of the work item, or waive ${floorFrom} with a second person and an expiry.`
}
