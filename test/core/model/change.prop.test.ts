import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { diffDesigns } from '../../../core/model/diff.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import { anyChanges, anyDesign } from './designs.ts'

describe('changes and differences', () => {
  test('a difference, applied, gives the other design', () => {
    fc.assert(
      fc.property(anyDesign, anyDesign, (a, b) => {
        expect(applyChanges(a, diffDesigns(a, b))).toEqual(b)
      }),
      { numRuns: 300 },
    )
  })

  test('nothing differs from itself, nor from a copy', () => {
    fc.assert(
      fc.property(anyDesign, a => {
        expect(diffDesigns(a, a)).toEqual([])
        expect(diffDesigns(a, structuredClone(a))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('the changes of a difference touch only what differs', () => {
    fc.assert(
      fc.property(anyDesign, anyChanges, (a, changes) => {
        const b = applyChanges(a, changes)
        const touched = new Set(diffDesigns(a, b).map(change => change.table))
        for (const table of TABLE_NAMES) if (!touched.has(table)) expect(b[table]).toEqual(a[table])
      }),
      { numRuns: 200 },
    )
  })

  test('changes in one go mean the same as one by one', () => {
    fc.assert(
      fc.property(anyDesign, anyChanges, (a, changes) => {
        const oneByOne = changes.reduce((design, change) => applyChanges(design, [change]), a)
        expect(applyChanges(a, changes)).toEqual(oneByOne)
      }),
      { numRuns: 200 },
    )
  })

  test('the design before is never touched, and untouched rows keep their identity', () => {
    fc.assert(
      fc.property(anyDesign, anyChanges, (a, changes) => {
        const copy = structuredClone(a)
        const b = applyChanges(a, changes)
        expect(a).toEqual(copy)
        const named = new Set(changes.map(change => `${change.table}/${change.kind === 'put' ? change.row.id : change.id}`))
        for (const table of TABLE_NAMES) {
          if (!changes.some(change => change.table === table)) expect(b[table]).toBe(a[table])
          for (const [id, row] of Object.entries(a[table])) if (!named.has(`${table}/${id}`)) expect(b[table][id]).toBe(row)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('a design differs from the empty one by puts alone', () => {
    fc.assert(
      fc.property(anyDesign, a => {
        expect(diffDesigns(EMPTY_DESIGN, a).every(change => change.kind === 'put')).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
