import type { GatePacks } from '../gate/links.ts'
import { decide } from '../gate/policy.ts'
import { notedUse, type PolicySince, policySince } from '../gate/policy-since.ts'
import type { LedgerState } from '../model/ledger.ts'
import type { Design } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { lastPrompt } from './last-prompt.ts'

/** How the policy of now is stricter than when the last prompt of a work item was issued; undefined where it is not, or no prompt went out. */
export function policySincePrompt(
  design: Design,
  packs: GatePacks,
  { workItem, at, ledger }: { readonly workItem: string; readonly at: string; readonly ledger: Pick<LedgerState, 'entries'> },
): PolicySince | undefined {
  const item = design.workItems[workItem]
  const payload = lastPrompt(workItem, ledger)?.entry.payload
  if (!item || !payload) return undefined
  return policySince(payload.decision, decide(design, packs, { workItem, at, use: notedUse(payload) }), item.operation)
}

/** The same as a remark: what was made stays as it is, and is stale. */
export function policyStricter(workItem: string, { before, now, from, added, refuses }: PolicySince): Problem {
  const level = now === before ? `the zone is still ${now}` : `the zone was ${before} and is ${now} by ${from}`
  const more = added.length > 0 ? `; asked for besides: ${added.join(', ')}` : ''
  return {
    code: 'policy.stricter',
    severity: 'warning',
    at: workItem,
    message: `The policy became stricter after the last prompt of this work item was issued: ${level}${more}.`,
    cure: refuses
      ? 'No new prompt would be made. Have a person decide what becomes of the change.'
      : 'Issue the prompt again; the checklist already asks for what the policy of now wants.',
  }
}
