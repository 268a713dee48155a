import { expect } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { type Imported, importModel } from '../../../core/interop/import.ts'
import type { Loss } from '../../../core/interop/report.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import { expectSound, occasion, stamp } from './imported.ts'

/** Ours -> theirs -> ours. */
export type Round = { readonly before: Design; readonly text: string; readonly losses: readonly Loss[]; readonly after: Imported }

/** Writes a design and reads what was written; both must work, and the same must be written twice. */
export function round(before: Design, format: string): Round {
  const written = exportModel(before, format, occasion)
  if (!written.ok) throw new Error(written.problems[0].message)
  const { text, losses } = written.value
  expect(exportModel(before, format, occasion)).toEqual(written)
  const after = importModel(`model${written.value.ending}`, text, { stamp, format })
  if (!after.ok) throw new Error(after.problems[0].message)
  expectSound(after.value.design)
  return { before, text, losses, after: after.value }
}

/** A field that did not come back as it was, or a row that did not come back at all. */
export type Difference = { readonly table: TableName; readonly id: string; readonly field?: string }

const ASIDE = new Set(['provenance', 'foreign'])

/** Everything of the first design that the second does not hold; provenance and what files keep of themselves aside. */
export function differences(before: Design, after: Design, tables: readonly TableName[]): readonly Difference[] {
  return tables.flatMap(table =>
    rowsOf(before[table] as Table<AnyRow>).flatMap((row): Difference[] => {
      const other = rowAt(after[table] as Table<AnyRow>, row.id)
      if (!other) return [{ table, id: row.id }]
      const extra = table === 'layout' ? [] : Object.keys(other) // a place that was computed is no difference
      const fields = [...new Set([...Object.keys(row), ...extra])].filter(field => !ASIDE.has(field))
      return fields.flatMap(field => (same(at(row, field), at(other, field)) ? [] : [{ table, id: row.id, field }]))
    }),
  )
}

function at(row: AnyRow, field: string): unknown {
  return (row as unknown as Readonly<Record<string, unknown>>)[field]
}

/** An answer "unknown" is no answer, and an empty map is none. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}

function plain(value: unknown): unknown {
  if (value === 'unknown' || value === false) return undefined
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const)
  const said = entries.filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

/** Which fields a format holds: `always`, or unless the loss report says otherwise; what is not named here it never holds. */
export type Held = { readonly [table in TableName]?: Readonly<Record<string, 'always' | 'unless told'>> }

export type Telling = {
  readonly held: Held
  readonly tables: readonly TableName[]
  /** Under which other places a difference may be told. */
  readonly told?: (difference: Difference) => readonly string[]
  /** Places that tell of no difference: what the other program shows otherwise. */
  readonly also?: readonly string[]
}

/** Every difference must be told in the report, none may lie in a field that is always held, and nothing else may be told. */
export function expectTold({ before, losses, after }: Round, { held, tables, told = () => [], also = [] }: Telling): void {
  const places = new Set(losses.map(loss => loss.at))
  const found = differences(before, after.design, tables).map(difference => {
    const { table, field, id } = difference
    const fields = field === undefined ? Object.keys(before[table][id] ?? {}) : [field]
    return {
      difference,
      at: [table, ...fields.map(one => `${table}/${one}`), ...fields.flatMap(one => told({ table, id, field: one }))],
    }
  })
  const untold = found.filter(({ difference: { table, field }, at }) => {
    if (field === undefined) return !(table === 'layout' ? at : [table]).some(place => places.has(place))
    return held[table]?.[field] === 'always' || !at.slice(1).some(place => places.has(place))
  })
  expect(untold.map(({ difference }) => difference)).toEqual([])
  const meant = new Set([...found.flatMap(({ at }) => at), ...also])
  expect(losses.filter(loss => !meant.has(loss.at))).toEqual([])
  for (const { what, why } of losses) {
    expect(what).toMatch(/^\p{Lu}|^\d|^"/u)
    expect(why).toMatch(/\.$/)
  }
}
