import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { mergeDesigns, sideOf } from '../../../core/model/merge-three.ts'
import type { Design, Element, Provenance, Threat } from '../../../core/model/types.ts'
import { designOf, element } from './designs.ts'
import { FULL, ROWS } from './samples.ts'

const base = designOf(element('E-00001', { name: 'API', description: 'Old.', paths: { 'src/**': true } }))

function patched(design: Design, fields: Readonly<Record<string, unknown>>, id = 'E-00001'): Design {
  return applyChanges(design, [{ kind: 'patch', table: 'elements', id, fields }])
}

function removed(design: Design): Design {
  return applyChanges(design, [{ kind: 'remove', table: 'elements', id: 'E-00001' }])
}

describe('what a merge keeps and what it asks', () => {
  test('different fields, and different keys of one map, of the same row', () => {
    const ours = patched(base, { name: 'Orders', 'paths/lib/**': true })
    const theirs = patched(base, { description: 'New.', 'paths/src/**': undefined, 'paths/app/**': true })
    const { merged, conflicts } = mergeDesigns(base, ours, theirs)
    expect(conflicts).toEqual([])
    expect(merged.elements['E-00001']).toMatchObject({ name: 'Orders', description: 'New.' })
    expect(merged.elements['E-00001']?.paths).toEqual({ 'lib/**': true, 'app/**': true })
  })

  test('the same field: ours stays, and the conflict has all three values', () => {
    const { merged, conflicts } = mergeDesigns(base, patched(base, { name: 'Orders' }), patched(base, { name: 'Payments' }))
    expect(merged.elements['E-00001']?.name).toBe('Orders')
    expect(conflicts).toEqual([
      { table: 'elements', id: 'E-00001', field: 'name', base: 'API', ours: 'Orders', theirs: 'Payments' },
    ])
    expect(applyChanges(merged, sideOf(conflicts, 'theirs')).elements['E-00001']?.name).toBe('Payments')
  })

  test('a field taken away here and changed there', () => {
    const { merged, conflicts } = mergeDesigns(
      base,
      patched(base, { description: undefined }),
      patched(base, { description: 'New.' }),
    )
    expect(merged.elements['E-00001']).not.toHaveProperty('description')
    expect(conflicts).toMatchObject([{ field: 'description', base: 'Old.', ours: null, theirs: 'New.' }])
  })

  test('a row taken away on one side and changed on the other stays as it was changed, whichever side that is', () => {
    const changed = patched(base, { name: 'Orders' })
    for (const [ours, theirs] of [
      [changed, removed(base)],
      [removed(base), changed],
    ] as const) {
      const { merged, conflicts } = mergeDesigns(base, ours, theirs)
      expect(merged.elements['E-00001']?.name).toBe('Orders')
      expect(conflicts).toMatchObject([{ table: 'elements', id: 'E-00001', field: null }])
      expect(applyChanges(merged, sideOf(conflicts, 'ours')).elements).toEqual(ours.elements)
      expect(applyChanges(merged, sideOf(conflicts, 'theirs')).elements).toEqual(theirs.elements)
    }
  })

  test('a row taken away on both sides, or made alike on both, asks nothing', () => {
    expect(mergeDesigns(base, removed(base), removed(base))).toMatchObject({ merged: { elements: {} }, conflicts: [] })
    expect(mergeDesigns(EMPTY_DESIGN, base, structuredClone(base)).conflicts).toEqual([])
  })

  test('one id made on both sides is asked field by field', () => {
    const [a, b] = [
      element('E-00002', { name: 'A', technology: 'Go' }),
      element('E-00002', { name: 'B', description: 'Second.' }),
    ]
    const { merged, conflicts } = mergeDesigns(base, designOf(element('E-00001'), a), designOf(element('E-00001'), b))
    expect(conflicts.filter(({ id }) => id === 'E-00002')).toEqual([
      { table: 'elements', id: 'E-00002', field: 'name', base: null, ours: 'A', theirs: 'B' },
    ])
    expect(merged.elements['E-00002']).toMatchObject({ name: 'A', technology: 'Go', description: 'Second.' })
  })

  test('fields that no longer hold together are asked as a whole row', () => {
    const both: Threat = { ...ROWS.threats, categories: { spoofing: true, tampering: true } }
    const take = (category: string): Design =>
      applyChanges(designOf(both), [
        { kind: 'patch', table: 'threats', id: both.id, fields: { [`categories/${category}`]: undefined } },
      ])
    const { merged, conflicts } = mergeDesigns(designOf(both), take('spoofing'), take('tampering'))
    expect(merged.threats[both.id]?.categories).toEqual({ tampering: true })
    expect(conflicts).toMatchObject([
      { field: null, ours: { categories: { tampering: true } }, theirs: { categories: { spoofing: true } } },
    ])
  })

  test('the counter of rebuilds is the higher one', () => {
    const at = (epoch: number): Design =>
      applyChanges(FULL, [{ kind: 'patch', table: 'settings', id: 'design', fields: { epoch } }])
    expect(mergeDesigns(at(1), at(2), at(5))).toMatchObject({ merged: { settings: { design: { epoch: 5 } } }, conflicts: [] })
    expect(mergeDesigns(at(1), at(5), at(2)).changes).toEqual([])
  })

  test('names that every object answers to are ordinary keys', () => {
    const ours = patched(base, { 'tags/constructor': true })
    const { merged, conflicts } = mergeDesigns(base, ours, patched(base, { name: 'Orders', 'tags/toString': true }))
    expect(conflicts).toEqual([])
    expect(merged.elements['E-00001']).toMatchObject({ name: 'Orders' })
    expect(Object.keys((merged.elements['E-00001'] as { readonly tags?: object }).tags ?? {}).sort()).toEqual([
      'constructor',
      'toString',
    ])
  })
})

describe('where a row came from', () => {
  const first: Provenance = {
    kind: 'import',
    at: '2026-11-01T00:00:00Z',
    by: 'architect',
    tool: 'T',
    asImported: { name: '000000' },
  }
  const second: Provenance = { ...first, at: '2026-11-02T00:00:00Z', asImported: { name: '000002' } }
  const third: Provenance = { ...first, at: '2026-11-03T00:00:00Z', by: 'developer', asImported: { name: '000003' } }
  const confirmed = { confirmedBy: 'security lead', confirmedAt: '2026-11-04T00:00:00Z' }

  function merge(before: Provenance | undefined, ours: Provenance, theirs: Provenance) {
    const designed = (provenance: Provenance): Design => designOf({ ...element('E-00001'), provenance } as Element)
    const { merged, conflicts } = mergeDesigns(before ? designed(before) : EMPTY_DESIGN, designed(ours), designed(theirs))
    return { provenance: merged.elements['E-00001']?.provenance, conflicts }
  }

  test('of two imports the later counts, with what its file gave, in both directions', () => {
    expect(merge(first, second, third)).toEqual({ provenance: third, conflicts: [] })
    expect(merge(first, third, second)).toEqual({ provenance: third, conflicts: [] })
    expect(merge(undefined, second, third)).toEqual({ provenance: third, conflicts: [] })
  })

  test('a confirmation here and an import there both stand', () => {
    expect(merge(first, { ...first, ...confirmed }, third)).toEqual({ provenance: { ...third, ...confirmed }, conflicts: [] })
    expect(merge(first, third, { ...first, ...confirmed })).toEqual({ provenance: { ...third, ...confirmed }, conflicts: [] })
  })

  test('two people who stand in for one row, and two origins, are asked', () => {
    const other = { ...first, ...confirmed, confirmedBy: 'developer' }
    expect(merge(first, { ...first, ...confirmed }, other).conflicts).toMatchObject([{ field: 'provenance', base: first }])
    const human: Provenance = { kind: 'human', at: first.at, by: 'architect' }
    expect(merge(undefined, human, { ...human, by: 'developer' }).conflicts).toMatchObject([{ field: 'provenance' }])
    expect(merge(first, human, third).conflicts).toMatchObject([{ field: 'provenance', ours: human, theirs: third }])
  })
})

test('what a merge brings in is applied in one step, row by row', () => {
  const theirs = patched(applyChanges(base, [{ kind: 'put', table: 'elements', row: element('E-00002') } as Change]), {
    name: 'Orders',
  })
  expect(mergeDesigns(base, patched(base, { description: 'New.' }), theirs).changes).toEqual([
    { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Orders' } },
    { kind: 'put', table: 'elements', row: element('E-00002') },
  ])
})
