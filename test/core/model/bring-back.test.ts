import { describe, expect, test } from 'vitest'
import { objectBack, removedBack, stateBack } from '../../../core/model/bring-back.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { diffDesigns } from '../../../core/model/diff.ts'
import { isMassRemoval, removalOf, touchedRows } from '../../../core/model/removal.ts'
import type { Design } from '../../../core/model/types.ts'
import { runs } from '../../support/runs.ts'

const AT = '2026-11-22T16:00:00Z'
const provenance = { kind: 'human', at: AT } as const

const element = (id: string, name: string, more: object = {}) =>
  ({ kind: 'put', table: 'elements', row: { id, name, kind: 'process', provenance, ...more } }) as Change
const flow = (id: string, source: string, target: string) =>
  ({ kind: 'put', table: 'flows', row: { id, name: id, source, target, provenance } }) as Change
const remove = (table: 'elements' | 'flows' | 'layout' | 'comments' | 'boundaries', id: string): Change => ({
  kind: 'remove',
  table,
  id,
})

const THEN = applyChanges(EMPTY_DESIGN, [
  { kind: 'put', table: 'settings', row: { id: 'design', designId: 'ABM6MR9BHV', epoch: 1, format: 1, name: 'Shop' } } as Change,
  { kind: 'put', table: 'boundaries', row: { id: 'B-00001', name: 'Zone', kind: 'network', provenance } } as Change,
  element('E-00001', 'Browser'),
  element('E-00002', 'Ledger', { boundary: 'B-00001' }),
  flow('F-00001', 'E-00001', 'E-00002'),
  { kind: 'put', table: 'diagrams', row: { id: 'G-00001', name: 'Map', elements: { 'E-00002': true }, provenance } } as never,
  { kind: 'put', table: 'layout', row: { id: 'G-00001.E-00002', x: 1, y: 2, width: 3, height: 4 } } as never,
])

describe('bringing back', () => {
  test('a state: all of it in one list of changes, but remarks made since, the id and the counter of openings stay', () => {
    const remark = { kind: 'put', table: 'comments', row: { id: 'K-00001', on: 'E-00001', text: 'Why?', provenance } } as never
    const now = applyChanges(THEN, [
      element('E-00003', 'Queue'),
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Phone' } },
      { kind: 'patch', table: 'settings', id: 'design', fields: { epoch: 7, name: 'Store' } },
      remark,
    ])
    const back = applyChanges(now, stateBack(now, THEN))
    expect(back.elements).toEqual(THEN.elements)
    expect(back.settings.design).toMatchObject({ epoch: 7, name: 'Shop' })
    expect(Object.keys(back.comments)).toEqual(['K-00001'])
    expect(stateBack(THEN, THEN)).toEqual([])
  })

  test('one object: with its grounds, its places and the links to it, and nothing else', () => {
    const now = applyChanges(THEN, [
      remove('flows', 'F-00001'),
      remove('elements', 'E-00002'),
      remove('boundaries', 'B-00001'),
      remove('layout', 'G-00001.E-00002'),
      { kind: 'patch', table: 'diagrams', id: 'G-00001', fields: { 'elements/E-00002': undefined, name: 'Overview' } },
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Phone' } },
      element('E-00003', 'Queue'),
    ])
    const back = applyChanges(now, objectBack(now, THEN, 'F-00001'))
    expect(back.flows).toEqual(THEN.flows)
    expect(Object.keys(back.elements)).toEqual(['E-00001', 'E-00003', 'E-00002'])
    expect(back.elements['E-00001']?.name).toBe('Phone')
    expect(back.boundaries).toEqual(THEN.boundaries)
    expect(back.layout).toEqual(THEN.layout)
    expect(back.diagrams['G-00001']).toMatchObject({ name: 'Overview', elements: { 'E-00002': true } })
  })

  test('a changed object: its fields alone; what was not there then: nothing', () => {
    const now = applyChanges(THEN, [
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Phone' } },
      { kind: 'patch', table: 'elements', id: 'E-00002', fields: { name: 'Books' } },
      element('E-00003', 'Queue'),
    ])
    expect(objectBack(now, THEN, 'E-00001')).toEqual([
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Browser' } },
    ])
    expect(objectBack(now, THEN, 'E-00003')).toEqual([])
  })

  test('what was removed: every row and every link to it, while later edits stay', () => {
    const cut = applyChanges(THEN, [
      remove('flows', 'F-00001'),
      remove('elements', 'E-00002'),
      remove('layout', 'G-00001.E-00002'),
      { kind: 'patch', table: 'diagrams', id: 'G-00001', fields: { 'elements/E-00002': undefined } },
    ])
    const now = applyChanges(cut, [
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Phone' } },
      element('E-00003', 'Queue'),
    ])
    const back = applyChanges(now, removedBack(now, THEN))
    expect(diffDesigns(back, THEN)).toEqual([
      { kind: 'remove', table: 'elements', id: 'E-00003' },
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Browser' } },
    ])
  })

  test('what any random edit took away comes back whole', () => {
    for (let seed = 1; seed <= runs(100, 5000); seed++) {
      const random = numbers(seed)
      const then = randomDesign(random)
      const now = applyChanges(
        then,
        [...Object.keys(then.elements).map(id => ['elements', id]), ...Object.keys(then.flows).map(id => ['flows', id])]
          .filter(() => random() < 0.5)
          .map(([table, id]) => remove(table as 'elements', id as string)),
      )
      const back = applyChanges(now, removedBack(now, then))
      expect(diffDesigns(back, then)).toEqual([])
    }
  })
})

describe('the tripwire', () => {
  const many = (count: number) =>
    applyChanges(
      EMPTY_DESIGN,
      Array.from({ length: count }, (_, n) => element(`E-${String(n).padStart(5, '0')}`, `Service ${n}`)),
    )
  const without = (design: Design, count: number) =>
    applyChanges(
      design,
      Object.keys(design.elements)
        .slice(0, count)
        .map(id => remove('elements', id)),
    )

  test.each([
    [100, 30, false],
    [100, 31, true],
    [20, 19, false],
    [20, 20, true],
    [1000, 300, false],
    [1000, 301, true],
  ])('of %i objects %i gone: %s', (of, removed, told) => {
    const before = many(of)
    const after = without(before, removed)
    expect(removalOf(before, after)).toEqual({ removed, of })
    expect(isMassRemoval(removalOf(before, after))).toBe(told)
  })

  test('a replaced object is no hidden one: what comes does not make up for what goes', () => {
    const before = many(60)
    const after = applyChanges(
      without(before, 40),
      [...Array(40).keys()].map(n => element(`E-9${String(n).padStart(4, '0')}`, 'x')),
    )
    expect(isMassRemoval(removalOf(before, after))).toBe(true)
    expect(touchedRows(before, after, 1000)).toBe(80)
    expect(touchedRows(before, after, 20)).toBe(20)
    expect(touchedRows(before, before, 20)).toBe(0)
  })
})

function numbers(seed: number): () => number {
  let state = seed * 2654435761
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0
    return ((state >>> 0) % 100_000) / 100_000
  }
}

function randomDesign(random: () => number): Design {
  const ids = Array.from({ length: 2 + Math.floor(random() * 10) }, (_, n) => `E-0000${n.toString(16).toUpperCase()}`)
  const pick = () => ids[Math.floor(random() * ids.length)] as string
  return applyChanges(EMPTY_DESIGN, [
    ...ids.map(id => element(id, id)),
    ...ids.map((_, n) => flow(`F-0000${n.toString(16).toUpperCase()}`, pick(), pick())),
    {
      kind: 'put',
      table: 'workItems',
      row: { id: 'W-00001', name: 'Work', elements: Object.fromEntries(ids.map(id => [id, true])), provenance },
    } as never,
  ])
}
