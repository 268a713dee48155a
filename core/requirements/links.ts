import type { Change, Fields } from '../model/change.ts'
import { rowIds, rowsOf } from '../model/table.ts'
import { TABLE_NAMES, TABLES } from '../model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../model/types.ts'

/** Takes every link away that names one of these ids, from all rows that stay. One patch for each row touched. */
export function unlinkChanges(design: Design, gone: ReadonlySet<string>): readonly Change[] {
  return TABLE_NAMES.filter(table => TABLES[table].maps.length > 0).flatMap(table => unlinkTable(design, table, gone))
}

function unlinkTable(design: Design, table: TableName, gone: ReadonlySet<string>): readonly Change[] {
  return rowsOf(design[table] as Table<AnyRow>).flatMap(row => {
    if (gone.has(row.id)) return []
    const fields = linksTo(table, row, gone)
    return Object.keys(fields).length > 0 ? [{ kind: 'patch', table, id: row.id, fields } satisfies Change] : []
  })
}

function linksTo(table: TableName, row: AnyRow, gone: ReadonlySet<string>): Fields {
  const fields: Record<string, undefined> = {}
  for (const field of TABLES[table].maps)
    for (const id of Object.keys((row as unknown as Readonly<Record<string, object | undefined>>)[field] ?? {}))
      if (gone.has(id)) fields[`${field}/${id}`] = undefined
  return fields
}

/** Removes drawings that hang on these ids. What people said about them stays: nobody's words go with an object. */
export function removeAttached(design: Design, gone: ReadonlySet<string>): readonly Change[] {
  const drawn = rowIds(design.layout).filter(id => id.split('.').some(part => gone.has(part)))
  return [...drawn].sort().map((id): Change => ({ kind: 'remove', table: 'layout', id }))
}
