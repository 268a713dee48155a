import { isSamePerson } from '../mitigations/acceptance.ts'
import type { NamedEntry } from '../model/ledger.ts'
import type { EnrolledKey } from '../signing/enrolled.ts'
import type { JudgedChecklist, VerdictContext } from './context.ts'
import { type Waiver, waiverEntries, whyNoWaiver } from './waivers.ts'

/** Who granted a waiver, and whether an enrolled key vouches for it. */
export type Grantor = { readonly name: string; readonly at: string; readonly signed: boolean }

/** Why somebody cannot be the second: it is theirs, they made the change or asked for it, or their key does not count here. */
export type NoSecond = 'samePerson' | 'maker' | 'noKey' | 'notYet' | 'refused'

/** A check that somebody wants set aside, and how far that is. */
export type WaiverStanding = Pick<Waiver, 'kind' | 'reason' | 'until'> & {
  readonly check: string
  /** The entry that proposed it. */
  readonly entry: string
  readonly state: 'counts' | 'waiting' | 'refused'
  /** Why it counts for nothing, as the end of a sentence. */
  readonly why?: string
  /** Who proposed it first, then who signed second. */
  readonly by: readonly Grantor[]
  /** Why whoever sits here cannot sign it as the second; absent: they can. Only while it waits. */
  readonly notBy?: NoSecond
}

/** Whoever would sign here. */
export type Me = Pick<EnrolledKey, 'id' | 'name' | 'email' | 'roles'>

/** The waivers of a work item, counted ones and others, in the order in which they were proposed. */
export function waiverStandings(
  checklist: JudgedChecklist,
  context: VerdictContext,
  me: Me | undefined,
  keys: readonly EnrolledKey[],
): readonly WaiverStanding[] {
  const groups = new Map<string, NamedEntry[]>()
  for (const named of waiverEntries(checklist.workItem, context.ledger)) {
    const { check } = named.entry.payload
    const kind = kindOf(named)
    const why = whyNoWaiver(named, checklist, context)
    // Two grants of one kind count together whatever their words, as the verdict has it; what counts for nothing stands alone.
    const key = why === undefined ? JSON.stringify([check, kind]) : JSON.stringify([check, kind, rootOf(named), why])
    groups.set(key, [...(groups.get(key) ?? []), named])
  }
  return [...groups.values()].flatMap(group => standingOf(group, checklist, context, { me, keys }))
}

type Here = { readonly me: Me | undefined; readonly keys: readonly EnrolledKey[] }

function standingOf(
  group: readonly NamedEntry[],
  checklist: JudgedChecklist,
  context: VerdictContext,
  here: Here,
): readonly WaiverStanding[] {
  const [first] = group
  if (!first) return []
  const why = whyNoWaiver(first, checklist, context)
  const { check, reason } = first.entry.payload
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const untils = group.map(({ entry }) => text(entry.payload.until)).sort()
  const by = group.map(({ hash, entry }) => ({ name: entry.actor, at: entry.at, signed: context.signed.has(hash) }))
  const head = {
    check: text(check),
    kind: kindOf(first),
    reason: text(reason),
    until: untils[0] ?? '',
    entry: first.hash,
    by,
  }
  if (why !== undefined) return [{ ...head, state: 'refused', why }]
  if (new Set(by.map(({ name }) => name.toLowerCase())).size > 1) return [{ ...head, state: 'counts' }]
  const notBy = whyNotSecond(first, checklist, context, here)
  return [{ ...head, state: 'waiting', ...(notBy === undefined ? {} : { notBy }) }]
}

function whyNotSecond(
  first: NamedEntry,
  checklist: JudgedChecklist,
  context: VerdictContext,
  { me, keys }: Here,
): NoSecond | undefined {
  if (!me) return 'noKey'
  const proposer = context.signers?.get(first.hash)
  if (isSamePerson(first.entry.actor, me.name) || isSamePerson(proposer?.email ?? '', me.email)) return 'samePerson'
  if (!keys.some(({ id, revokedAt }) => id === me.id && revokedAt === undefined)) return 'notYet'
  const hash = `sha256:${'0'.repeat(64)}`
  const would = { hash, entry: { ...first.entry, at: context.at, actor: me.name } }
  const why = whyNoWaiver(would, checklist, { ...context, signed: new Set([hash]), signers: new Map([[hash, me]]) })
  if (why === undefined) return undefined
  return why.startsWith('they are ') ? 'maker' : 'refused'
}

function kindOf({ entry }: NamedEntry): Waiver['kind'] {
  return entry.payload.kind === 'not-applicable' ? 'not-applicable' : 'waived'
}

/** The proposal that an entry belongs to. */
function rootOf({ hash, entry }: NamedEntry): string {
  return typeof entry.payload.seconds === 'string' ? entry.payload.seconds : hash
}
