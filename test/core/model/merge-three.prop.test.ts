import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import { diffDesigns, flatFields, same } from '../../../core/model/diff.ts'
import { type MergeConflict, mergeDesigns, sideOf } from '../../../core/model/merge-three.ts'
import { accepts } from '../../../core/model/parse.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import { runs } from '../../support/runs.ts'
import { anyChanges, anyDesign, validDesign } from './designs.ts'

/** Two designs that came from one. */
const three = fc
  .tuple(anyDesign, anyChanges, anyChanges)
  .map(([base, a, b]) => ({ base, ours: applyChanges(base, a), theirs: applyChanges(base, b) }))
/** The same, of rows that all fit their schemas. */
const fitting = fc.record({ base: validDesign, ours: validDesign, theirs: validDesign })

type Three = { readonly base: Design; readonly ours: Design; readonly theirs: Design }

function rowsBy(design: Design, table: TableName): Table<AnyRow> {
  return design[table] as Table<AnyRow>
}

/** Every edit of one side that neither stands in the merged design nor is the value of that side in a conflict. */
function lost({ base, ours, theirs }: Three): readonly string[] {
  const { merged, conflicts } = mergeDesigns(base, ours, theirs)
  const told = new Map(conflicts.map(one => [`${one.table} ${one.id} ${one.field ?? ''}`, one]))
  const missing: string[] = []
  for (const side of ['ours', 'theirs'] as const) {
    const changed = side === 'ours' ? ours : theirs
    for (const table of TABLE_NAMES) {
      const ids = new Set([base, changed].flatMap(design => rowsOf(rowsBy(design, table)).map(row => row.id)))
      for (const id of ids) {
        const [before, after, now] = [base, changed, merged].map(design => rowAt(rowsBy(design, table), id))
        const whole = told.get(`${table} ${id} `)
        if (whole && same(whole[side], after ?? null)) continue
        if (!after) {
          if (before && now) missing.push(`${side} removed ${table}/${id}`)
          continue
        }
        const [was, is, stands] = [before, after, now].map(row => (row ? flatFields(table, row) : {}))
        for (const field of new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])) {
          if (same(was?.[field], is?.[field])) continue
          if (same(stands?.[field], is?.[field])) continue
          const conflict = told.get(`${table} ${id} ${field}`)
          if (!conflict || !same(conflict[side], is?.[field] ?? null)) missing.push(`${side} ${table}/${id}:${field}`)
        }
      }
    }
  }
  return missing
}

function turned(conflicts: readonly MergeConflict[]): readonly MergeConflict[] {
  return conflicts.map(conflict => ({ ...conflict, ours: conflict.theirs, theirs: conflict.ours }))
}

describe('merging two designs that came from one', () => {
  test('no edit of either side is lost: it stands in the merged design, or in a conflict', () => {
    let conflicts = 0
    fc.assert(
      fc.property(fc.oneof(three, fitting), designs => {
        expect(lost(designs)).toEqual([])
        conflicts += mergeDesigns(designs.base, designs.ours, designs.theirs).conflicts.length
      }),
      { numRuns: runs(400, 20_000) },
    )
    expect(conflicts).toBeGreaterThan(100)
  })

  test('a side that did nothing leaves the other as it is', () => {
    fc.assert(
      fc.property(anyDesign, anyDesign, (base, x) => {
        expect(mergeDesigns(base, x, base)).toEqual({ merged: x, changes: [], conflicts: [] })
        expect(mergeDesigns(base, base, x)).toMatchObject({ merged: x, conflicts: [] })
        expect(mergeDesigns(base, x, structuredClone(x))).toEqual({ merged: x, changes: [], conflicts: [] })
      }),
      { numRuns: runs(100, 5000) },
    )
  })

  test('both directions agree, up to whose value stays at a conflict', () => {
    fc.assert(
      fc.property(fc.oneof(three, fitting), ({ base, ours, theirs }) => {
        const there = mergeDesigns(base, ours, theirs)
        const back = mergeDesigns(base, theirs, ours)
        expect(turned(back.conflicts)).toEqual(there.conflicts)
        for (const side of ['ours', 'theirs'] as const) {
          const other = side === 'ours' ? 'theirs' : 'ours'
          const one = applyChanges(there.merged, sideOf(there.conflicts, side))
          expect(diffDesigns(one, applyChanges(back.merged, sideOf(back.conflicts, other)))).toEqual([])
        }
      }),
      { numRuns: runs(200, 10_000) },
    )
  })

  test('the changes, applied to ours, are the merged design', () => {
    fc.assert(
      fc.property(three, ({ base, ours, theirs }) => {
        const { merged, changes } = mergeDesigns(base, ours, theirs)
        expect(applyChanges(ours, changes)).toEqual(merged)
      }),
      { numRuns: runs(100, 2000) },
    )
  })

  test('rows that fit their schema on both sides still do when merged', () => {
    fc.assert(
      fc.property(fitting, ({ base, ours, theirs }) => {
        const { merged } = mergeDesigns(base, ours, theirs)
        for (const table of TABLE_NAMES)
          for (const row of rowsOf(rowsBy(merged, table))) expect(accepts(table, row), `${table}/${row.id}`).toBe(true)
      }),
      { numRuns: runs(100, 5000) },
    )
  })
})
