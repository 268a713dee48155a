import { byText } from '../support/order.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf, digestOfText } from './digest.ts'
import type { LedgerEntry } from './types.ts'

export type EntryType = LedgerEntry['type']

/** An entry and the hash that names its file. */
export type NamedEntry = { readonly hash: string; readonly entry: LedgerEntry }

/** What the ledger says about itself: unreadable or unfitting files are problems of integrity. */
export type LedgerState = {
  readonly entries: readonly NamedEntry[]
  readonly heads: readonly string[]
  readonly ok: boolean
  readonly problems: readonly {
    readonly code: string
    readonly severity: 'error'
    readonly at: string
    readonly message: string
    readonly cure: string
    /** When the entry says it was written, as far as it can be read. */
    readonly when?: string
    /** The hash that is stated, by the name of the file or inside it, and the one that its content has. */
    readonly stated?: string
    readonly found?: string
  }[]
}

type Broken = LedgerState['problems'][number]

/** The earliest entry that does not hold; what cannot even be dated comes last. */
export function firstBroken({ problems }: Pick<LedgerState, 'problems'>): Broken | undefined {
  return [...problems].sort((a, b) => byText(a.when ?? '~', b.when ?? '~') || byText(a.at, b.at))[0]
}

/** When and by whom; with `seal`, signed: the hash covers the signature. */
export type EntryStamp = {
  readonly at: string
  readonly by: string
  readonly seal?: (entry: LedgerEntry) => NonNullable<LedgerEntry['signature']>
}

/** A new entry on top of all heads, and the text of its file. */
export function newEntry(
  heads: readonly string[],
  type: EntryType,
  payload: Readonly<Record<string, unknown>>,
  stamp: EntryStamp,
): NamedEntry & { readonly text: string } {
  const plain: LedgerEntry = {
    parents: [...heads].sort(byText),
    at: stamp.at,
    type,
    actor: stamp.by,
    payload,
    payloadDigest: digestOf(payload),
  }
  const entry = stamp.seal ? { ...plain, signature: stamp.seal(plain) } : plain
  const text = canonicalJson(entry)
  return { hash: digestOfText(text), entry, text }
}

/** Digest of the whole design that an entry was made from, where it names one. */
export function designNamedBy({ payload }: Pick<LedgerEntry, 'payload'>): string | undefined {
  const record = payload.record as { readonly design?: unknown } | null | undefined
  const named = payload.design ?? record?.design
  return typeof named === 'string' ? named : undefined
}

/** Name of an entry's file in `ledger/`. */
export function entryFile(hash: string): string {
  return `${hash.replace('sha256:', '')}.json`
}

/** How much of the ledger an entry or a note says it saw. */
export type Seen = { readonly entries: number; readonly heads: readonly string[] }

/** What the payload of a sign-off or a verdict says of the ledger it was made on. */
export function seenBy({ payload }: Pick<LedgerEntry, 'payload'>): Seen | undefined {
  const { entries, heads } = (payload.ledger ?? {}) as { readonly entries?: unknown; readonly heads?: unknown }
  if (typeof entries !== 'number' || !Array.isArray(heads)) return undefined
  return { entries, heads: heads.filter(head => typeof head === 'string') }
}

/** What is gone of a ledger that somebody saw; nothing when all of it is still there. */
export function missingOf(
  { entries, heads }: Seen,
  known: { readonly size: number; has: (hash: string) => boolean },
): string | undefined {
  const head = heads.find(one => !known.has(one))
  if (head !== undefined) return `the entry ${head.slice(7, 19)} is gone`
  return entries > known.size ? `${entries} entries were there, ${known.size} are` : undefined
}

/** Says why the signature of an entry does not hold. */
export type EntryCheck = (
  entry: LedgerEntry,
) => { readonly code: string; readonly message: string; readonly cure: string } | undefined

/**
 * Checks hashes, links and, given how, signatures of all entries: files by name, already parsed and fitting the schema.
 * Entries come back in an order in which parents stand before children.
 */
export function readLedger(
  files: readonly { readonly name: string; readonly text: string; readonly entry: LedgerEntry | undefined }[],
  check?: EntryCheck,
): LedgerState {
  const problems: Broken[] = []
  const broken = (
    code: string,
    at: string,
    message: string,
    more: Partial<Pick<Broken, 'when' | 'stated' | 'found' | 'cure'>> = {},
  ) =>
    problems.push({
      code,
      severity: 'error',
      at: `ledger/${at}`,
      message,
      cure: 'Restore the file from version control; entries are never edited.',
      ...more,
    })
  const known = new Map<string, LedgerEntry>()
  for (const { name, text, entry } of files) {
    const hash = digestOfText(text.trimEnd())
    if (!entry) broken('ledger.unreadable', name, 'The entry cannot be read.')
    else if (entryFile(hash) !== name)
      broken(
        'ledger.hash',
        name,
        `The content has the hash ${hash.slice(7, 19)}; the file is named otherwise: it was changed after it was written.`,
        { when: entry.at, stated: `sha256:${name.replace(/\.json$/, '')}`, found: hash },
      )
    else if (digestOf(entry.payload) !== entry.payloadDigest)
      broken('ledger.payload', name, 'The payload does not have the digest that the entry states.', {
        when: entry.at,
        stated: entry.payloadDigest,
        found: digestOf(entry.payload),
      })
    else known.set(hash, entry)
  }
  for (const [hash, entry] of known)
    for (const parent of entry.parents)
      if (!known.has(parent))
        broken('ledger.parent', entryFile(hash), `Its parent ${parent.slice(7, 19)} is missing.`, {
          when: entry.at,
          stated: parent,
        })
  for (const [hash, entry] of known) {
    const fault = check?.(entry)
    if (fault) broken(fault.code, entryFile(hash), fault.message, { when: entry.at, cure: fault.cure })
    const seen = entry.payload.ledger === undefined ? undefined : seenBy(entry)
    const missing = seen && missingOf(seen, known)
    if (missing !== undefined)
      broken('ledger.head', entryFile(hash), `Of the ledger that it was made on, ${missing}.`, { when: entry.at })
  }
  const parents = new Set([...known.values()].flatMap(entry => entry.parents))
  return {
    entries: ordered(known),
    heads: [...known.keys()].filter(hash => !parents.has(hash)).sort(byText),
    ok: problems.length === 0,
    problems: problems.sort((a, b) => byText(a.at, b.at)),
  }
}

/** Parents before children; among what may come next, the earlier first. Costs n log n, for a ledger only grows. */
function ordered(known: ReadonlyMap<string, LedgerEntry>): NamedEntry[] {
  const children = new Map<string, string[]>()
  const open = new Map<string, number>()
  for (const [hash, entry] of known) {
    const parents = [...new Set(entry.parents)].filter(parent => known.has(parent))
    open.set(hash, parents.length)
    for (const parent of parents) {
      const siblings = children.get(parent)
      if (siblings) siblings.push(hash)
      else children.set(parent, [hash])
    }
  }
  const isLater = (a: string, b: string) => byText(known.get(b)?.at ?? '', known.get(a)?.at ?? '') || byText(b, a)
  const next = [...known.keys()].filter(hash => open.get(hash) === 0).sort(isLater)
  const result: NamedEntry[] = []
  for (let hash = next.pop(); hash !== undefined; hash = next.pop()) {
    result.push({ hash, entry: known.get(hash) as LedgerEntry })
    for (const child of children.get(hash) ?? []) {
      const left = (open.get(child) ?? 0) - 1
      open.set(child, left)
      if (left === 0) next.splice(placeIn(next, child, isLater), 0, child)
    }
  }
  return result
}

function placeIn(sorted: readonly string[], value: string, order: (a: string, b: string) => number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (order(sorted[middle] as string, value) < 0) low = middle + 1
    else high = middle
  }
  return low
}
