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

/** What changes mean, without Yjs; the shared document must agree with this. Untouched rows keep their identity. */
export function applyChanges(design: Design, changes: readonly Change[]): Design {
  return changes.reduce(applyChange, design)
}

function applyChange(design: Design, change: Change): Design {
  const table = design[change.table] as Readonly<Record<string, AnyRow>>
  switch (change.kind) {
    case 'put':
      return { ...design, [change.table]: { ...table, [change.row.id]: change.row } }
    case 'patch': {
      const row = table[change.id]
      return row ? { ...design, [change.table]: { ...table, [change.id]: patchRow(row, change.fields) } } : design
    }
    case 'remove': {
      if (!Object.hasOwn(table, change.id)) return design
      const { [change.id]: _gone, ...rest } = table
      return { ...design, [change.table]: rest }
    }
  }
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
  else target[key] = value
}
