import { describe, expect, test } from 'vitest'
import { countingKeys, enrolKey, keyNamed, keysText, readKeys, revokeKey, vouches } from '../../../core/signing/enrolled.ts'
import { person } from './signers.ts'

const { id: _, ...ann } = person('Ann').key
const { id: __, ...ben } = person('Ben').key
const NOW = '2026-11-20T00:00:00Z'

function enrolled(...rows: readonly (typeof ann)[]) {
  return rows.reduce<ReturnType<typeof keysOf>>((keys, row) => keysOf(enrolKey(keys, row)), [])
}
function keysOf(result: ReturnType<typeof enrolKey>) {
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}
const codeOf = (result: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  result.problems?.[0]?.code

describe('keys.json', () => {
  test('what is enrolled is read again, whatever the order', () => {
    expect(keysOf(readKeys(keysText(enrolled(ann, ben))))).toEqual(enrolled(ben, ann))
  })

  test('keys that were exchanged under their ids refuse the file', () => {
    const text = keysText(enrolled(ann, ben)).replaceAll(ann.publicKey, '#').replaceAll(ben.publicKey, ann.publicKey)
    const read = readKeys(text.replaceAll('#', ben.publicKey))
    expect(read).toMatchObject({
      ok: false,
      problems: [{ code: 'keys.broken', at: expect.stringMatching(/^keys\.json:\/keys\/sha256:/) }],
    })
  })

  test.each([
    ['no JSON', '{', 'json.syntax'],
    ['another shape', '{"format":1,"keys":{"x":{}}}', 'keys.broken'],
    ['a key twice', '{"format":1,"format":1,"keys":{}}', 'json.duplicateKey'],
  ])('%s is refused', (_name, text, code) => {
    expect(codeOf(readKeys(text))).toBe(code)
  })

  test('one person may have two keys; two names for one address are refused, also when written by hand', () => {
    const second = { ...ann, publicKey: ben.publicKey }
    expect(enrolled(ann, second)).toHaveLength(2)
    for (const row of [
      { ...second, name: 'Anna' },
      { ...second, email: 'other@example.org' },
    ]) {
      expect(codeOf(enrolKey(enrolled(ann), row))).toBe('keys.person')
      expect(codeOf(readKeys(keysText([...enrolled(ann), ...enrolled(row)])))).toBe('keys.broken')
    }
  })

  test.each([
    ['no key', { publicKey: 'AAAA' }, 'keys.public'],
    ['no address', { email: 'ann' }, 'keys.row'],
    ['a role in words', { roles: ['Head of all'] }, 'keys.row'],
  ])('%s is refused', (_name, fields, code) => {
    expect(codeOf(enrolKey([], { ...ann, ...fields }))).toBe(code)
  })

  test('a key is enrolled once', () => {
    expect(codeOf(enrolKey(enrolled(ann), ann))).toBe('keys.enrolled')
  })
})

describe('revoking', () => {
  const [key] = enrolled(ann)
  const id = key?.id ?? ''

  test('a revoked key vouches up to that instant and no longer', () => {
    const [revoked] = keysOf(revokeKey(enrolled(ann), id.slice(7, 19), { at: NOW, reason: 'Lost.' }))
    expect(revoked).toMatchObject({ revokedAt: NOW, reason: 'Lost.' })
    expect([NOW, '2026-11-20T00:00:00.001Z'].map(at => revoked && vouches(revoked, at))).toEqual([true, false])
  })

  test('an earlier end stays, a still earlier one may be set', () => {
    const revoked = keysOf(revokeKey(enrolled(ann), id, { at: NOW }))
    expect(codeOf(revokeKey(revoked, id, { at: '2026-11-21T00:00:00Z' }))).toBe('keys.revoked')
    expect(keysOf(revokeKey(revoked, id, { at: '2026-11-10T00:00:00Z' }))[0]?.revokedAt).toBe('2026-11-10T00:00:00Z')
  })

  test('an id too short or of no key is refused', () => {
    expect(codeOf(keyNamed(enrolled(ann), ''))).toBe('keys.unknown')
    expect(codeOf(keyNamed(enrolled(ann), '0'.repeat(12)))).toBe('keys.unknown')
  })

  test('a change brings no keys of its own, and what it revokes is revoked at once', () => {
    const before = enrolled(ann)
    const now = keysOf(revokeKey(enrolled(ann, ben), id, { at: NOW }))
    expect(countingKeys(before, now)).toEqual([{ ...key, revokedAt: NOW }])
    expect(countingKeys([], now)).toEqual([])
    expect(countingKeys(now, before).find(one => one.id === id)?.revokedAt).toBe(NOW)
  })
})
