import { fileText } from './canonical.ts'
import { fileValueOf, pathOf } from './parse.ts'
import { hasRow, rowAt, rowIds, rowsOf } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, TableName } from './types.ts'

/** Every file of the design folder: path to text. */
export function folderOf(design: Design): ReadonlyMap<string, string> {
  return new Map(TABLE_NAMES.flatMap(table => filesOf(design, table)))
}

/** The files that differ between two states of a design: text to write, or undefined to delete. */
export function changedFiles(before: Design, after: Design): ReadonlyMap<string, string | undefined> {
  const changed = new Map<string, string | undefined>()
  for (const table of TABLE_NAMES) {
    if (before[table] === after[table]) continue
    const from = before[table] as Rows
    const to = after[table] as Rows
    for (const id of rowIds(from)) if (!hasRow(to, id)) changed.set(pathOf(table, id), undefined)
    for (const row of rowsOf(to))
      if (rowAt(from, row.id) !== row) changed.set(pathOf(table, row.id), fileText(fileValueOf(table, row)))
  }
  return changed
}

/** The design as one text, for mail and tickets. */
export function bundleOf(design: Design): string {
  const files = TABLE_NAMES.flatMap(table =>
    rowsOf(design[table] as Rows).map(row => [pathOf(table, row.id), fileValueOf(table, row)] as const),
  )
  return fileText({ skeptic: 'bundle', files: Object.fromEntries(files) })
}

function filesOf(design: Design, table: TableName): [string, string][] {
  return rowsOf(design[table] as Rows).map(row => [pathOf(table, row.id), fileText(fileValueOf(table, row))])
}

type Rows = Readonly<Record<string, AnyRow>>
