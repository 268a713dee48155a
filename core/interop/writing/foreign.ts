import { rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Provenance, Table } from '../../model/types.ts'
import type { Raw } from '../reading/json-fields.ts'
import { type Loss, many } from '../report.ts'

type Imported = { readonly provenance?: Provenance; readonly foreign?: Raw }

/** Whether a row came from a file of this format; `tool` is how its readers' names of tools begin. */
export function isFrom(tool: string, { provenance }: Imported): boolean {
  return provenance?.kind === 'import' && provenance.tool?.startsWith(tool) === true
}

/** What an import of the same format kept of a row; what other formats left on it is none of this one's business. */
export function foreignFrom(tool: string, row: Imported): Raw {
  return (isFrom(tool, row) && row.foreign) || {}
}

/** The id that a row had in a file of the same format. */
export function originalIdFrom(tool: string, row: Imported): string | undefined {
  return isFrom(tool, row) ? row.provenance?.originalId : undefined
}

/** Keys that other formats left on rows: one loss for all of them. */
export function foreignLost(design: Design, tool: string): readonly Loss[] {
  const rows = TABLE_NAMES.filter(table => table !== 'settings').flatMap(table => rowsOf(design[table] as Table<AnyRow>))
  const count = rows.filter(row => (row as Imported).foreign !== undefined && !isFrom(tool, row as Imported)).length
  if (count === 0) return []
  return [{ at: 'foreign', what: `Other keys of ${many(count, 'row')}`, why: 'They were kept from a file of another format.' }]
}
