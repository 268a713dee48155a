import { canonicalJson } from './canonical.ts'
import type { Change } from './change.ts'
import { hasRow, rowAt, rowIds } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Design, TableName } from './types.ts'

/** The shortest list of changes that turns one design into the other; map fields differ key by key. */
export function diffDesigns(from: Design, to: Design): readonly Change[] {
  return TABLE_NAMES.flatMap(table => (from[table] === to[table] ? [] : diffTables(table, from[table], to[table])))
}

function diffTables(table: TableName, from: Rows, to: Rows): Change[] {
  const removed = rowIds(from).filter(id => !hasRow(to, id))
  const kept = rowIds(to)
  return [
    ...removed.map((id): Change => ({ kind: 'remove', table, id })),
    ...kept.flatMap(id => diffRow(table, rowAt(from, id), to[id] as AnyRow)),
  ]
}

function diffRow(table: TableName, before: AnyRow | undefined, after: AnyRow): Change[] {
  if (before === after) return []
  if (!before) return [{ kind: 'put', table, row: after } as Change]
  const a = flatFields(table, before)
  const b = flatFields(table, after)
  const fields: Record<string, unknown> = {}
  for (const path of Object.keys(a)) if (!Object.hasOwn(b, path)) fields[path] = undefined
  for (const [path, value] of Object.entries(b)) if (!same(a[path], value)) fields[path] = value
  return Object.keys(fields).length > 0 ? [{ kind: 'patch', table, id: after.id, fields }] : []
}

/** The row as one flat record: map fields become `field/key`. The id is left out. */
export function flatFields(table: TableName, row: AnyRow): Readonly<Record<string, unknown>> {
  const maps = TABLES[table].maps
  const flat: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(row)) {
    if (field === 'id') continue
    if (!maps.includes(field)) flat[field] = value
    else for (const [key, inner] of Object.entries(value as object)) flat[`${field}/${key}`] = inner
  }
  return flat
}

/** Whether two values are written alike; undefined is none. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b)
}

type Rows = Readonly<Record<string, AnyRow>>
