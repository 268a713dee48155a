import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, RowOf, TableName } from './types.ts'

/** A field, or one key of a map field written `field/key`; undefined takes it away. */
export type Fields = { readonly [path: string]: unknown }

/** The only three things that can happen to a design. */
export type Change =
  | { readonly [T in TableName]: { readonly kind: 'put'; readonly table: T; readonly row: RowOf<T> } }[TableName]
  | { readonly kind: 'patch'; readonly table: TableName; readonly id: string; readonly fields: Fields }
  | { readonly kind: 'remove'; readonly table: TableName; readonly id: string }

export const EMPTY_DESIGN: Design = Object.freeze(Object.fromEntries(TABLE_NAMES.map(name => [name, {}]))) as unknown as Design

/** What changes mean, without Yjs; the shared document must agree with this. Untouched rows keep their identity, each table is copied at most once. */
export function applyChanges(design: Design, changes: readonly Change[]): Design {
  const copies: { [T in TableName]?: Record<string, AnyRow> } = {}
  for (const change of changes) {
    const id = change.kind === 'put' ? change.row.id : change.id
    const rows: Readonly<Record<string, AnyRow>> = copies[change.table] ?? design[change.table]
    const row = Object.hasOwn(rows, id) ? rows[id] : undefined
    if (!row && change.kind !== 'put') continue
    const copy = copies[change.table] ?? { ...rows }
    copies[change.table] = copy
    setOrDelete(
      copy,
      id,
      change.kind === 'put' ? change.row : change.kind === 'patch' && row ? patchRow(row, change.fields) : undefined,
    )
  }
  return Object.keys(copies).length > 0 ? ({ ...design, ...copies } as Design) : design
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
