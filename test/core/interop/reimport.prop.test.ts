import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { givenFields, hashOf, isUntouched } from '../../../core/interop/reimport/as-imported.ts'
import { changesInto } from '../../../core/interop/reimport/into.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { accepts } from '../../../core/model/parse.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import { imported } from './imported.ts'
import { type Cell, cellsV2, modelV2, threat } from './models.ts'

/** Several things of a kind with threats on them, so that there is something to change in every table. */
const START: readonly Cell[] = [
  ...cellsV2(),
  ...Array.from({ length: 6 }, (_, i) => ({
    id: `00000000-0000-4000-8000-00000000000${i}`,
    shape: i % 2 ? 'process' : 'store',
    position: { x: 100 * i, y: 500 },
    size: { width: 60, height: 60 },
    data: {
      name: `Part ${i}`,
      threats: [threat({ id: `t-${i}`, title: `Threat ${i}`, mitigation: i % 3 ? `Answer ${i}` : '' })],
    },
  })),
]
const first = imported(modelV2(START)).design

type FileEdit =
  | { readonly kind: 'name' | 'description'; readonly at: number; readonly text: string }
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly text: string }

const word = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta')
const at = fc.nat(100)
const fileEdits = fc.array(
  fc.oneof<fc.Arbitrary<FileEdit>[]>(
    fc.record({ kind: fc.constantFrom('name' as const, 'description' as const), at, text: word }),
    fc.record({ kind: fc.constant('drop' as const), at }),
    fc.record({ kind: fc.constant('add' as const), at, text: word }),
  ),
  { maxLength: 6 },
)

function edited(edits: readonly FileEdit[]): Design {
  let cells = [...START]
  for (const edit of edits) {
    const at = edit.at % Math.max(cells.length, 1)
    if (edit.kind === 'drop') cells = cells.filter((_, i) => i !== at)
    else if (edit.kind === 'add')
      cells.push({ id: `99999999-0000-4000-8000-${edit.at}`, shape: 'process', data: { name: edit.text, threats: [] } })
    else
      cells = cells.map((cell, i) => (i === at ? { ...cell, data: { ...(cell.data as object), [edit.kind]: edit.text } } : cell))
  }
  return imported(modelV2(cells)).design
}

type Mine = { readonly table: TableName; readonly at: number; readonly field: string; readonly value: unknown }

const personEdits = fc.array(
  fc.oneof<fc.Arbitrary<Mine>[]>(
    fc.record({
      table: fc.constantFrom<TableName>('elements', 'flows'),
      at,
      field: fc.constantFrom('name', 'description', 'outOfScope'),
      value: word,
    }),
    fc.record({ table: fc.constant<TableName>('boundaries'), at, field: fc.constantFrom('name', 'description'), value: word }),
    fc.record({ table: fc.constant<TableName>('threats'), at, field: fc.constantFrom('statement', 'description'), value: word }),
    fc.record({
      table: fc.constant<TableName>('threats'),
      at,
      field: fc.constant('categories/repudiation'),
      value: fc.constant(true),
    }),
    fc.record({
      table: fc.constant<TableName>('mitigations'),
      at,
      field: fc.constant('status'),
      value: fc.constantFrom('planned', 'implemented'),
    }),
  ),
  { maxLength: 6 },
)

function decided(edits: readonly Mine[]): {
  readonly design: Design
  readonly decisions: readonly (Mine & { readonly id: string })[]
} {
  let design = first
  const decisions = new Map<string, Mine & { readonly id: string }>()
  for (const edit of edits) {
    const rows = rowsOf(first[edit.table] as Table<AnyRow>)
    const { id } = rows[edit.at % rows.length] as AnyRow
    design = applyChanges(design, [{ kind: 'patch', table: edit.table, id, fields: { [edit.field]: edit.value } } as Change])
    decisions.set(`${id} ${edit.field}`, { ...edit, id })
  }
  // What says the same as the file decides nothing.
  return { design, decisions: [...decisions.values()].filter(one => hashOf(field(first, one) ?? null) !== hashOf(one.value)) }
}

const field = (
  design: Design,
  { table, id, field }: { readonly table: TableName; readonly id: string; readonly field: string },
) => {
  const row = rowAt(design[table] as Table<AnyRow>, id)
  return row && givenFields(table, row)[field]
}

describe('a file that comes in anew', () => {
  test('without changes changes nothing, whatever people did meanwhile', () => {
    fc.assert(
      fc.property(personEdits, mine => {
        const { design } = decided(mine)
        const { changes, update } = changesInto(design, imported(modelV2(START)).design)
        expect(changes).toEqual([])
        expect(update).toMatchObject({ added: 0, changed: 0, removed: 0, conflicts: [], gone: [] })
      }),
      { numRuns: 60 },
    )
  })

  test('makes of an untouched design what the file is now', () => {
    fc.assert(
      fc.property(fileEdits, edits => {
        const next = edited(edits)
        const after = applyChanges(first, changesInto(first, next).changes)
        for (const table of TABLE_NAMES.filter(name => name !== 'layout' && name !== 'settings'))
          expect(bare(after, table), table).toEqual(bare(next, table))
      }),
      { numRuns: 100 },
    )
  })

  test('loses nothing that a person decided, and says every conflict once', () => {
    fc.assert(
      fc.property(personEdits, fileEdits, (mine, theirs) => {
        const { design, decisions } = decided(mine)
        const next = edited(theirs)
        const { changes, update } = changesInto(design, next)
        const after = applyChanges(design, changes)
        for (const one of decisions) expect(field(after, one), `${one.id} ${one.field}`).toEqual(field(design, one))
        for (const conflict of update.conflicts) {
          expect(decisions).toContainEqual(expect.objectContaining({ id: conflict.id, field: conflict.field }))
          expect(hashOf(conflict.design)).not.toBe(hashOf(conflict.file))
        }
        const told = update.conflicts.map(({ id, field }) => `${id} ${field}`)
        expect(new Set(told).size).toBe(told.length)
        expect(integrityProblems(after)).toEqual(integrityProblems(design))
        for (const table of TABLE_NAMES)
          for (const row of rowsOf(after[table] as Table<AnyRow>)) expect(accepts(table, row), `${table}/${row.id}`).toBe(true)
        expect(changesInto(after, next).changes).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('with the file preferred, is the file wherever the file changed, and tells what it took', () => {
    fc.assert(
      fc.property(personEdits, fileEdits, (mine, theirs) => {
        const { design } = decided(mine)
        const { changes, update } = changesInto(design, edited(theirs), { prefer: 'file' })
        const after = applyChanges(design, changes)
        for (const conflict of update.conflicts) expect(field(after, conflict) ?? null).toEqual(conflict.file)
      }),
      { numRuns: 60 },
    )
  })
})

test('a row is untouched until somebody changes it', () => {
  fc.assert(
    fc.property(personEdits, mine => {
      const { design, decisions } = decided(mine)
      for (const table of ['elements', 'flows', 'boundaries', 'threats', 'mitigations'] as const)
        for (const row of rowsOf(design[table] as Table<AnyRow>)) {
          const isSame = decisions.every(one => one.id !== row.id)
          expect(isUntouched(table, row)).toBe(isSame)
        }
    }),
    { numRuns: 60 },
  )
})

test('an empty design becomes the imported one, with a mark that all its rows share', () => {
  const { changes } = changesInto(EMPTY_DESIGN, first)
  expect(applyChanges(EMPTY_DESIGN, changes)).toEqual(first)
  const marks = new Set(rowsOf(first.elements).map(row => row.provenance.asImported?.['/model']))
  expect([...marks]).toEqual([expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{6}$/)])
})

function bare(design: Design, table: TableName): unknown {
  return rowsOf(design[table] as Table<AnyRow>).map(row => ({ ...row, provenance: undefined }))
}

test('half a character in a value keeps nothing from being hashed', () => {
  for (const value of ['a\ud800', { deep: ['\udc00', 'x'] }]) expect(hashOf(value)).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
  expect(hashOf('😀')).not.toBe(hashOf('😁'))
})
