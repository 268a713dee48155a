import type { NamedEntry } from '../model/ledger.ts'
import type { LedgerEntry } from '../model/types.ts'
import { type EnrolledKey, shortKey, vouches } from './enrolled.ts'
import { PAYLOAD_TYPES, type Signature } from './envelope.ts'
import { type Signer, signatureOf, standingOf, type Trust } from './standing.ts'

/** Signs an entry before it is named by its hash. */
export function sealedBy(signer: Signer): (entry: LedgerEntry) => Signature {
  return entry => signatureOf(PAYLOAD_TYPES.entry, entry, signer)
}

/** Why the signature of an entry breaks the ledger: it does not hold, nobody knows whose it is, or it goes under another name. */
export function entryFault(
  entry: LedgerEntry,
  trust: Trust,
): { readonly code: string; readonly message: string; readonly cure: string } | undefined {
  const standing = standingOf(PAYLOAD_TYPES.entry, entry, trust)
  if (standing.state === 'unsigned') return undefined
  if (standing.state === 'unknown')
    return {
      code: 'ledger.signer',
      message: `It is signed with the key ${shortKey(standing.id)}, which keys.json does not list.`,
      cure: 'Restore keys.json from version control: keys are revoked there, never taken out.',
    }
  const { key } = standing
  if (standing.state === 'bad')
    return {
      code: 'ledger.signature',
      message: `Its signature is not one of ${key.name} (key ${shortKey(key.id)}) over this entry.`,
      cure: 'Restore the file from version control; entries are never edited.',
    }
  if (key.name !== entry.actor)
    return {
      code: 'ledger.actor',
      message: `It goes under the name of ${entry.actor} and is signed with the key of ${key.name}.`,
      cure: 'Find out who wrote it, and revoke the key if it was not its owner.',
    }
  return undefined
}

/**
 * The entries that a key of these vouches for, by hash. An entry counts as entered no earlier than what it stands upon, so that nobody
 * dates a new one back behind the end of a revoked key.
 */
export function signedEntries(entries: readonly NamedEntry[], trust: Trust): ReadonlyMap<string, EnrolledKey> {
  const entered = new Map<string, string>()
  const signed = new Map<string, EnrolledKey>()
  for (const { hash, entry } of entries) {
    const at = entry.parents.reduce((latest, parent) => later(latest, entered.get(parent)), entry.at)
    entered.set(hash, at)
    const standing = standingOf(PAYLOAD_TYPES.entry, entry, trust)
    if (standing.state === 'holds' && standing.key.name === entry.actor && vouches(standing.key, at))
      signed.set(hash, standing.key)
  }
  return signed
}

function later(a: string, b: string | undefined): string {
  return b !== undefined && Date.parse(b) > Date.parse(a) ? b : a
}
