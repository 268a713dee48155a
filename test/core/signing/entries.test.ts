import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { digestOfText } from '../../../core/model/digest.ts'
import { entryFile, newEntry, readLedger } from '../../../core/model/ledger.ts'
import type { LedgerEntry } from '../../../core/model/types.ts'
import { entryFault, sealedBy, signedEntries } from '../../../core/signing/entries.ts'
import { PAYLOAD_TYPES } from '../../../core/signing/envelope.ts'
import { signatureOf, standingOf } from '../../../core/signing/standing.ts'
import { verifyEd25519 } from '../../../host/node/keys/ed25519.ts'
import { person } from './signers.ts'

const ann = person('Ann')
const ben = person('Ben')
const trust = { keys: [ann.key, ben.key], verify: verifyEd25519 }
const at = (day: number) => `2026-11-${day}T00:00:00Z`

function signed(by = ann, day = 10, parents: readonly string[] = []) {
  return newEntry(parents, 'signed-off', { n: day }, { at: at(day), by: by.key.name, seal: sealedBy(by.signer) })
}
/** The ledger of these entries as files, each named by what it now holds. */
function stateOf(...entries: readonly LedgerEntry[]) {
  const files = entries.map(entry => {
    const text = canonicalJson(entry)
    return { name: entryFile(digestOfText(text)), text, entry }
  })
  return readLedger(files, entry => entryFault(entry, trust))
}
const codes = (...entries: readonly LedgerEntry[]) => stateOf(...entries).problems.map(({ code }) => code)
const { entry } = signed()
const signature = entry.signature ?? { key: '', value: '' }
/** The same text with another first letter, whichever that is: keys are new in every run. */
const turned = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`

describe('signed entries', () => {
  test('a signed entry is whole, and its hash covers the signature', () => {
    const one = signed()
    expect(codes(one.entry)).toEqual([])
    expect(one.hash).toBe(digestOfText(canonicalJson(one.entry)))
    expect(one.hash).not.toBe(newEntry([], 'signed-off', { n: 10 }, { at: at(10), by: 'Ann' }).hash)
    expect([...signedEntries([one], trust)]).toEqual([[one.hash, ann.key]])
  })

  test('an entry without a signature is legal and counts as nobody signed it', () => {
    const plain = newEntry([], 'signed-off', {}, { at: at(10), by: 'Ann' })
    expect(codes(plain.entry)).toEqual([])
    expect(signedEntries([plain], trust).size).toBe(0)
  })

  test.each<[string, LedgerEntry, string]>([
    ['another time', { ...entry, at: at(11) }, 'ledger.signature'],
    ['another name', { ...entry, actor: 'Ben' }, 'ledger.signature'],
    ['another type', { ...entry, type: 'waived' }, 'ledger.signature'],
    ['other parents', { ...entry, parents: [`sha256:${'0'.repeat(64)}`] }, 'ledger.signature'],
    ['another first letter', { ...entry, signature: { ...signature, value: turned(signature.value) } }, 'ledger.signature'],
    ['a short one', { ...entry, signature: { ...signature, value: '' } }, 'ledger.signature'],
    ['the key of another', { ...entry, signature: { ...signature, key: ben.key.id } }, 'ledger.signature'],
    ['a key nobody knows', { ...entry, signature: { ...signature, key: `sha256:${'1'.repeat(64)}` } }, 'ledger.signer'],
    ["a name that is not the key's", forged(), 'ledger.actor'],
  ])('with %s the ledger is broken', (_name, changed, code) => {
    expect(codes(changed)).toContain(code)
    const hash = digestOfText(canonicalJson(changed))
    expect(signedEntries([{ hash, entry: changed }], trust).size).toBe(0)
  })

  test('a signature for another purpose does not hold', () => {
    const { signature: _, ...plain } = entry
    for (const type of [PAYLOAD_TYPES.sidecar, PAYLOAD_TYPES.statement]) {
      const other = { ...plain, signature: signatureOf(type, plain, ann.signer) }
      expect(standingOf(type, other, trust).state).toBe('holds')
      expect(codes(other)).toEqual(['ledger.signature'])
    }
  })

  test('a revoked key vouches for what was entered before, and breaks nothing', () => {
    const revoked = { ...trust, keys: [{ ...ann.key, revokedAt: at(15) }] }
    const [before, after] = [signed(ann, 14), signed(ann, 16)]
    expect([...signedEntries([before, after], revoked).keys()]).toEqual([before.hash])
    expect(entryFault(after.entry, revoked)).toBeUndefined()
  })

  test('dating back behind the end of a key does not help on top of what came later', () => {
    const revoked = { ...trust, keys: [{ ...ann.key, revokedAt: at(15) }, ben.key] }
    const later = signed(ben, 16)
    const datedBack = signed(ann, 14, [later.hash])
    expect([...signedEntries([later, datedBack], revoked).keys()]).toEqual([later.hash])
  })
})

function forged(): LedgerEntry {
  return newEntry([], 'signed-off', {}, { at: at(10), by: 'Ben', seal: sealedBy(ann.signer) }).entry
}

describe('what an entry says it saw', () => {
  const [one, two] = [signed(ann, 10), signed(ben, 11)]
  const seeing = (ledger: object) => newEntry([one.hash, two.hash], 'verdict', { ledger }, { at: at(12), by: 'Ann' }).entry

  test('all of it is there', () => {
    expect(codes(one.entry, two.entry, seeing({ entries: 2, heads: [one.hash, two.hash] }))).toEqual([])
  })

  test('a head that is gone, and entries that are fewer, break it', () => {
    const gone = signed(ben, 13)
    expect(codes(one.entry, two.entry, seeing({ entries: 3, heads: [one.hash, gone.hash] }))).toEqual(['ledger.head'])
    expect(codes(one.entry, two.entry, seeing({ entries: 30, heads: [] }))).toEqual(['ledger.head'])
  })
})
