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
  }[]
}

/** A new entry on top of all heads, and the text of its file. */
export function newEntry(
  heads: readonly string[],
  type: EntryType,
  payload: Readonly<Record<string, unknown>>,
  stamp: { readonly at: string; readonly by: string },
): NamedEntry & { readonly text: string } {
  const entry: LedgerEntry = {
    parents: [...heads].sort(byText),
    at: stamp.at,
    type,
    actor: stamp.by,
    payload,
    payloadDigest: digestOf(payload),
  }
  const text = canonicalJson(entry)
  return { hash: digestOfText(text), entry, text }
}

/** Name of an entry's file in `ledger/`. */
export function entryFile(hash: string): string {
  return `${hash.replace('sha256:', '')}.json`
}

/**
 * Checks hashes and links of all entries: files by name, already parsed and fitting the schema.
 * Entries come back in an order in which parents stand before children.
 */
export function readLedger(
  files: readonly { readonly name: string; readonly text: string; readonly entry: LedgerEntry | undefined }[],
): LedgerState {
  const problems: LedgerState['problems'][number][] = []
  const broken = (code: string, at: string, message: string) =>
    problems.push({
      code,
      severity: 'error',
      at: `ledger/${at}`,
      message,
      cure: 'Restore the file from version control; entries are never edited.',
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
      )
    else if (digestOf(entry.payload) !== entry.payloadDigest)
      broken('ledger.payload', name, 'The payload does not have the digest that the entry states.')
    else known.set(hash, entry)
  }
  for (const [hash, entry] of known)
    for (const parent of entry.parents)
      if (!known.has(parent)) broken('ledger.parent', entryFile(hash), `Its parent ${parent.slice(7, 19)} is missing.`)
  const parents = new Set([...known.values()].flatMap(entry => entry.parents))
  return {
    entries: ordered(known),
    heads: [...known.keys()].filter(hash => !parents.has(hash)).sort(byText),
    ok: problems.length === 0,
    problems: problems.sort((a, b) => byText(a.at, b.at)),
  }
}

function ordered(known: ReadonlyMap<string, LedgerEntry>): NamedEntry[] {
  const waiting = [...known].sort(([a, x], [b, y]) => byText(x.at, y.at) || byText(a, b))
  const done = new Set<string>()
  const result: NamedEntry[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex(([, entry]) => entry.parents.every(parent => done.has(parent) || !known.has(parent)))
    const [item] = waiting.splice(Math.max(0, next), 1)
    if (!item) break
    done.add(item[0])
    result.push({ hash: item[0], entry: item[1] })
  }
  return result
}
