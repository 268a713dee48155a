import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newEntry } from '../../../core/model/ledger.ts'
import type { EnrolledKey } from '../../../core/signing/enrolled.ts'
import { waiverStandings } from '../../../core/verdict/waiver-standings.ts'
import { AT, changeOf, checklistOf, checkOf, contextOf, judge, ledgerOf } from './scenes.ts'

const commits = [{ id: 'c', author: 'developer', email: 'dev@example.org', trailers: [] }]
const change = changeOf({ commits })
const keyOf = (name: string): EnrolledKey => ({
  ...{ id: `sha256:${name}`, name, email: `${name}@example.org`, roles: ['reviewer'] },
  ...{ publicKey: '', enrolledAt: AT },
})
const waived = (by: string, rest: object = {}) =>
  newEntry(
    [],
    'waived',
    { workItem: 'W-00001', check: 'C-00000001', reason: 'Replaced next week.', until: '2026-12-01', ...rest },
    { at: AT, by },
  )
type Entries = readonly ReturnType<typeof waived>[]
const ground = (entries: Entries, signed: Entries = entries) => ({
  ledger: ledgerOf(...entries),
  signed: new Set(signed.map(({ hash }) => hash)),
  signers: new Map(signed.map(({ hash, entry }) => [hash, keyOf(entry.actor)])),
  change,
})
const standings = (entries: Entries, signed = entries, me: EnrolledKey | undefined = undefined, keys = ['ann', 'ben']) =>
  waiverStandings(checklistOf(checkOf(undefined)), contextOf(ground(entries, signed)), me, keys.map(keyOf))

describe('how far a waiver is', () => {
  test('one person proposed it: it waits, and names who, why and until when', () =>
    expect(standings([waived('ann')])).toMatchObject([
      { state: 'waiting', check: 'C-00000001', kind: 'waived', reason: 'Replaced next week.', until: '2026-12-01' },
    ]))
  test('a second person makes it count until the earlier of both days', () =>
    expect(standings([waived('ann'), waived('ben', { until: '2026-11-30' })])).toMatchObject([
      { state: 'counts', until: '2026-11-30', by: [{ name: 'ann', signed: true }, { name: 'ben' }] },
    ]))
  test('the same person twice still waits', () =>
    expect(standings([waived('ann'), waived('ann', { reason: 'Again.' })])).toMatchObject([{ state: 'waiting' }]))
  test('what counts for nothing says why, and takes nothing from what counts', () => {
    const [a, b, unsigned] = [waived('ann'), waived('ben'), waived('cem')]
    expect(standings([unsigned, a, b], [a, b])).toMatchObject([
      { state: 'refused', why: 'it is not signed with an enrolled key', by: [{ name: 'cem', signed: false }] },
      { state: 'counts' },
    ])
    expect(standings([waived('ann', { until: '2026-11-21' })])).toMatchObject([
      { state: 'refused', why: 'it ended on 2026-11-21' },
    ])
  })
  test('of another work item it is none', () => expect(standings([waived('ann', { workItem: 'W-00002' })])).toEqual([]))

  test('counts exactly where the verdict sets the check aside', () => {
    const one = fc.record({
      by: fc.constantFrom('ann', 'Ann', 'ben', 'developer'),
      kind: fc.constantFrom(undefined, 'waived', 'not-applicable'),
      until: fc.constantFrom('2026-12-01', '2026-11-21', 'soon'),
      signed: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), some => {
        const all = some.map(({ by, kind, until, signed }, at) => ({
          entry: waived(by, { until, reason: `Reason ${at}.`, ...(kind ? { kind } : {}) }),
          signed,
        }))
        const entries = all.map(({ entry }) => entry)
        const signed = all.filter(one => one.signed).map(({ entry }) => entry)
        const counted = standings(entries, signed).filter(({ state }) => state === 'counts')
        const { verdict } = judge(checkOf(undefined), [], ground(entries, signed))
        expect(counted.some(({ kind }) => kind === verdict)).toBe(verdict === 'waived' || verdict === 'not-applicable')
        if (verdict !== 'waived' && verdict !== 'not-applicable') expect(counted).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('who may be the second', () => {
  const proposed = [waived('ann')]
  const notBy = (me: EnrolledKey | undefined, keys?: readonly string[]) =>
    standings(proposed, proposed, me, keys ? [...keys] : undefined)[0]?.notBy
  test.each([
    ['another person with a key that counts', keyOf('ben'), undefined, undefined],
    ['nobody without a key', undefined, undefined, 'noKey'],
    ['not who proposed it', keyOf('ann'), undefined, 'samePerson'],
    ['not who proposed it under another name', { ...keyOf('ben'), email: 'ann@example.org' }, undefined, 'samePerson'],
    ['not a key that the change itself enrols', keyOf('ben'), ['ann'], 'notYet'],
    ['not the author of the change', keyOf('developer'), ['ann', 'developer'], 'maker'],
    ['not its author by address', { ...keyOf('ben'), email: 'DEV@example.org' }, undefined, 'maker'],
  ])('%s', (_name, me, keys, expected) => expect(notBy(me, keys)).toBe(expected))
})
