import { rowAt, withRows } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, RowOf, Table, TableName } from './types.ts'

/** A field, or one key of a map field written `field/key`; undefined takes it away. */
export type Fields = { readonly [path: string]: unknown }

/** The only three things that can happen to a design. */
export type Change =
  | { readonly [T in TableName]: { readonly kind: 'put'; readonly table: T; readonly row: RowOf<T> } }[TableName]
  | { readonly kind: 'patch'; readonly table: TableName; readonly id: string; readonly fields: Fields }
  | { readonly kind: 'remove'; readonly table: TableName; readonly id: string }

export const EMPTY_DESIGN: Design = Object.freeze(Object.fromEntries(TABLE_NAMES.map(name => [name, {}]))) as unknown as Design

/** What changes mean, without Yjs; the shared document must agree with this. Untouched rows keep their identity, and so do untouched tables. */
export function applyChanges(design: Design, changes: readonly Change[]): Design {
  const edits = new Map<TableName, Map<string, AnyRow | undefined>>()
  for (const change of changes) {
    const id = change.kind === 'put' ? change.row.id : change.id
    const edited = edits.get(change.table)
    const row = edited?.has(id) ? edited.get(id) : rowAt(design[change.table] as Table<AnyRow>, id)
    if (!row && change.kind !== 'put') continue
    const next = change.kind === 'put' ? change.row : change.kind === 'patch' && row ? patchRow(row, change.fields) : undefined
    if (edited) edited.set(id, next)
    else edits.set(change.table, new Map([[id, next]]))
  }
  const tables = [...edits].map(([name, rows]) => [name, withRows(design[name] as Table<AnyRow>, rows)] as const)
  return tables.length > 0 ? { ...design, ...Object.fromEntries(tables) } : design
}

/** A copy of the row with the fields set; an emptied map field disappears with its last key. */
export function patchRow<Row extends object>(row: Row, fields: Fields): Row {
  const next = { ...row } as Record<string, unknown>
  for (const [path, value] of Object.entries(fields)) {
    const slash = path.indexOf('/')
    if (slash < 0) setOrDelete(next, path, value)
    else {
      const field = path.slice(0, slash)
      const map = { ...(next[field] as Record<string, unknown> | undefined) }
      setOrDelete(map, path.slice(slash + 1), value)
      setOrDelete(next, field, Object.keys(map).length > 0 ? map : undefined)
    }
  }
  return next as Row
}

function setOrDelete(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete target[key]
  // No field or id has this name; set, it would lend the target fields that are written nowhere.
  else if (key !== '__proto__') target[key] = value
}
