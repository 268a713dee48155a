import { rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Table } from '../../model/types.ts'

/** Ids by the ids they take the place of. */
export type Renames = ReadonlyMap<string, string>

/** What the file itself says is kept as it was; it knows no ids of ours. */
const KEPT: ReadonlySet<string> = new Set(['foreign', 'provenance'])

/** The design with rows under other ids, and everything that names them. */
export function renamed(design: Design, ids: Renames): Design {
  if (ids.size === 0) return design
  const tables = TABLE_NAMES.map(table => {
    const rows = rowsOf(design[table] as Table<AnyRow>).map(row => rowRenamed(row, ids))
    return [table, Object.fromEntries(rows.map(row => [row.id, row]))]
  })
  return Object.fromEntries(tables) as Design
}

function rowRenamed(row: AnyRow, ids: Renames): AnyRow {
  const fields = Object.entries(row).map(([key, value]) => [key, KEPT.has(key) ? value : valueRenamed(value, ids)])
  return Object.fromEntries(fields) as AnyRow
}

function valueRenamed(value: unknown, ids: Renames): unknown {
  if (typeof value === 'string') return idRenamed(value, ids)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(one => valueRenamed(one, ids))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [idRenamed(key, ids), valueRenamed(inner, ids)]))
}

/** The place of a thing on a diagram has both ids in its own. */
function idRenamed(text: string, ids: Renames): string {
  const known = ids.get(text)
  if (known !== undefined || text.length !== PLACE) return known ?? text
  const [diagram = '', thing = ''] = text.split('.')
  return ids.has(diagram) || ids.has(thing) ? `${ids.get(diagram) ?? diagram}.${ids.get(thing) ?? thing}` : text
}

const PLACE = 'G-00000.E-00000'.length
