import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { compareDesigns } from '../../../core/model/compare.ts'
import { designDigest } from '../../../core/model/digest.ts'
import type { Design } from '../../../core/model/types.ts'
import { anyDesign, designOf, element, flow, requirement } from './designs.ts'
import { FULL } from './samples.ts'

const none = designOf()

describe('what differs between two states of a design', () => {
  test('says added, removed and changed, and names the changed fields once', () => {
    const before = designOf(
      element('E-00001'),
      element('E-00002', { data: { 'D-00001': true } }),
      flow('F-00001', 'E-00001', 'E-00002'),
    )
    const after = designOf(
      element('E-00001'),
      element('E-00002', { name: 'Ledger', data: { 'D-00002': true, 'D-00003': true } }),
      requirement('R-00001', 'The shop shall answer.'),
    )
    expect(compareDesigns(before, after)).toEqual([
      { kind: 'added', table: 'requirements', id: 'R-00001', fields: [] },
      { kind: 'changed', table: 'elements', id: 'E-00002', fields: ['data', 'name'] },
      { kind: 'removed', table: 'flows', id: 'F-00001', fields: [] },
    ])
  })

  test('an empty design against a whole one: everything was added', () => {
    expect(new Set(compareDesigns(none, FULL).map(one => one.kind))).toEqual(new Set(['added']))
    expect(compareDesigns(none, none)).toEqual([])
  })

  test('where things are drawn, remarks and the counter of openings are no difference', () => {
    const { design } = FULL.settings
    if (!design) throw new Error('the sample has no settings')
    const drawnElsewhere: Design = { ...FULL, layout: {}, diagrams: {}, comments: {} }
    expect(compareDesigns(FULL, drawnElsewhere)).toEqual([])
    expect(compareDesigns(FULL, { ...FULL, settings: { design: { ...design, epoch: design.epoch + 1 } } })).toEqual([])
  })

  test('nothing differs from itself, and turned around what was added is removed', () => {
    const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const
    const named = (one: { readonly table: string; readonly id: string }) => `${one.table}/${one.id}`
    fc.assert(
      fc.property(anyDesign, anyDesign, (a, b) => {
        expect(compareDesigns(a, a)).toEqual([])
        const there = new Map(compareDesigns(a, b).map(one => [named(one), one]))
        const back = new Map(compareDesigns(b, a).map(one => [named(one), { ...one, kind: turned[one.kind] }]))
        expect(back).toEqual(there)
      }),
      { numRuns: 300 },
    )
  })

  test('it is empty exactly when both have the same digest and exclude the same, and counts every row', () => {
    fc.assert(
      fc.property(anyDesign, anyDesign, (a, b) => {
        const found = compareDesigns(a, b)
        const isSame = designDigest(a) === designDigest(b) && canonicalJson(a.exclusions) === canonicalJson(b.exclusions)
        expect(found.length === 0).toBe(isSame)
        const rows = (design: Design) => found.filter(one => design[one.table][one.id] !== undefined).length
        expect(rows(b)).toBe(found.filter(one => one.kind !== 'removed').length)
        expect(rows(a)).toBe(found.filter(one => one.kind !== 'added').length)
        for (const one of found) expect(one.fields.length > 0).toBe(one.kind === 'changed')
      }),
      { numRuns: 300 },
    )
  })
})
