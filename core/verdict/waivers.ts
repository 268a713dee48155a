import { isAgent } from './agents.ts'
import type { Scene } from './context.ts'
import type { Citation } from './record.ts'

export type Waiver = {
  readonly kind: 'waived' | 'not-applicable'
  readonly reason: string
  readonly until: string
  readonly by: readonly string[]
  readonly evidence: readonly Citation[]
}

/** A check set aside: by two people with enrolled keys, neither the author of the change, with a reason and an end. */
export function waiverOf({ check, checklist, context }: Scene): Waiver | undefined {
  const authors = new Set(
    (context.change.commits ?? []).flatMap(({ author, email }) => [author.toLowerCase(), email.toLowerCase()]),
  )
  const day = context.at.slice(0, 10)
  const grants = context.ledger.entries.flatMap(({ hash, entry }) => {
    const { workItem, check: id, kind, reason, until } = entry.payload
    if (entry.type !== 'waived' || workItem !== checklist.workItem || id !== check.id || !context.signed.has(hash)) return []
    if (typeof reason !== 'string' || reason.trim() === '' || typeof until !== 'string' || until < day) return []
    const email = context.signers?.get(hash)?.email.toLowerCase()
    if (authors.has(entry.actor.toLowerCase()) || isAgent(entry.actor, context.tools)) return []
    if (email !== undefined && authors.has(email)) return []
    return [
      {
        kind: kind === 'not-applicable' ? ('not-applicable' as const) : ('waived' as const),
        reason,
        until,
        by: entry.actor,
        hash,
        digest: entry.payloadDigest,
      },
    ]
  })
  for (const { kind } of grants) {
    const same = grants.filter(grant => grant.kind === kind)
    const by = [...new Set(same.map(grant => grant.by))]
    const [first] = same
    if (!first || by.length < 2) continue
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
