import { rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import { isUntouched } from './as-imported.ts'
import { calledRow } from './label.ts'
import type { RowNamed } from './update.ts'

export type GoneRow = { readonly table: TableName; readonly row: AnyRow }

/** Rows the file no longer has: those that may go, and those that stay because of what people did. */
export type Gone = { readonly removed: readonly GoneRow[]; readonly kept: readonly RowNamed[] }

/** A picture of a thing does not hold it: it goes with it. */
const DRAWING: ReadonlySet<TableName> = new Set(['diagrams', 'layout'])

/**
 * Sorts the rows that the newer file lacks. One stays when a person changed it, or when something that stays names it: a decision, a work
 * item, a remark, a flow that a person drew. `design` is what it will be with everything else of the import done.
 */
export function sortGone(design: Design, candidates: readonly GoneRow[]): Gone {
  const going = new Map(candidates.filter(({ table, row }) => isUntouched(table, row)).map(one => [one.row.id, one]))
  const held = candidates.filter(({ row }) => !going.has(row.id))
  const open: AnyRow[] = []
  for (const table of TABLE_NAMES)
    if (!DRAWING.has(table)) for (const row of rowsOf(design[table] as Table<AnyRow>)) if (!going.has(row.id)) open.push(row)
  for (let row = open.pop(); row !== undefined; row = open.pop())
    for (const id of namedIn(row)) {
      const one = going.get(id)
      if (!one || DRAWING.has(one.table)) continue
      going.delete(id)
      held.push(one)
      open.push(one.row)
    }
  return { removed: [...going.values()], kept: held.map(({ table, row }) => ({ table, id: row.id, name: calledRow(row) })) }
}

/** Every id a row may name, in values and in keys; what a file said of it names nothing here. */
function namedIn(row: AnyRow): readonly string[] {
  const named: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.length === ID) named.push(value)
    } else if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (key.length === ID) named.push(key)
        walk(inner)
      }
  }
  for (const [key, value] of Object.entries(row)) if (key !== 'foreign' && key !== 'provenance' && key !== 'id') walk(value)
  return named
}

const ID = 'E-00000'.length
