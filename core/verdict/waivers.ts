import type { LedgerState, NamedEntry } from '../model/ledger.ts'
import { isAgent } from './agents.ts'
import { nowOf } from './clock.ts'
import type { JudgedChecklist, Scene, VerdictContext } from './context.ts'
import { daysBetween } from './days.ts'
import { HANDS, type Hand, namesOfHand } from './makers.ts'
import type { Citation } from './record.ts'

export type Waiver = {
  readonly kind: 'waived' | 'not-applicable'
  readonly reason: string
  readonly until: string
  readonly by: readonly string[]
  readonly evidence: readonly Citation[]
}

/** The longest that a check may be set aside where the policy says nothing, in days. */
export const MOST_WAIVER_DAYS = 90

/** A check set aside: by two people with enrolled keys, none of whom made or asked for the change, with a reason and an end. */
export function waiverOf({ check, checklist, context }: Scene): Waiver | undefined {
  const grants = waiverEntries(checklist.workItem, context.ledger)
    .filter(({ entry }) => entry.payload.check === check.id)
    .filter(named => whyNoWaiver(named, checklist, context) === undefined)
    .map(({ hash, entry }) => ({
      kind: entry.payload.kind === 'not-applicable' ? ('not-applicable' as const) : ('waived' as const),
      reason: String(entry.payload.reason),
      until: String(entry.payload.until),
      by: entry.actor,
      hash,
      digest: entry.payloadDigest,
    }))
  for (const { kind } of grants) {
    const same = grants.filter(grant => grant.kind === kind)
    const by = [...new Set(same.map(grant => grant.by))]
    const [first] = same
    if (!first || new Set(by.map(name => name.toLowerCase())).size < 2) continue
    return {
      kind,
      reason: first.reason,
      until: same.map(grant => grant.until).sort()[0] ?? first.until,
      by,
      evidence: same.map(({ digest, hash }) => ({ digest, pointer: `ledger/${hash.replace('sha256:', '')}.json` })),
    }
  }
  return undefined
}

/** Entries that set checks of a work item aside, whether they count or not. */
export function waiverEntries(workItem: string, { entries }: Pick<LedgerState, 'entries'>): readonly NamedEntry[] {
  return entries.filter(({ entry }) => entry.type === 'waived' && entry.payload.workItem === workItem)
}

export const UNSIGNED = 'it is not signed with an enrolled key'

/** Why a grant counts for nothing, as the end of a sentence; undefined where it counts, once a second person grants the same. */
export function whyNoWaiver(
  { hash, entry }: NamedEntry,
  checklist: JudgedChecklist,
  context: VerdictContext,
): string | undefined {
  const { reason, until } = entry.payload
  if (!context.signed.has(hash)) return UNSIGNED
  if (typeof reason !== 'string' || reason.trim() === '') return 'it gives no reason'
  if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until)) return 'it has no end'
  if (until < nowOf(context).slice(0, 10)) return `it ended on ${until}`
  const most = context.mostWaiverDays ?? MOST_WAIVER_DAYS
  if (daysBetween(entry.at, `${until}T00:00:00Z`) > most) return `it is for more than the ${most} days that the policy allows`
  const names = [entry.actor, context.signers?.get(hash)?.email ?? ''].map(name => name.toLowerCase())
  if (names.some(name => isAgent(name, context.tools))) return 'a tool grants nothing'
  return WHO_MAY_NOT.map(hand => [hand, namesOfHand(hand, { checklist, context })] as const)
    .filter(([, kept]) => names.some(name => kept?.has(name)))
    .map(([hand]) => `they are the ${HANDS[hand]}`)[0]
}

const WHO_MAY_NOT: readonly Hand[] = ['commit.author', 'prompt.author']
