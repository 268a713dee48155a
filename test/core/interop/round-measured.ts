import { expect } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { importModel } from '../../../core/interop/import.ts'
import type { Loss } from '../../../core/interop/report.ts'
import { differencesOf } from '../../../core/interop/writing/read-back.ts'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { plainTable } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import { expectSound, occasion, stamp } from './imported.ts'

/** A design written in a format, and what reading that gives. */
export type Round = {
  readonly text: string
  readonly losses: readonly Loss[]
  readonly back: Design
  readonly told: readonly Loss[]
}

/** Writes twice, which must give the same bytes, and reads back, which must give a sound design. */
export function roundOf(design: Design, format: string): Round {
  const written = exportModel(design, format, occasion)
  if (!written.ok) throw new Error(written.problems[0].message)
  const { text, losses } = written.value
  expect(exportModel(design, format, occasion)).toEqual(written)
  const read = importModel('model.json', text, { stamp, format })
  if (!read.ok) throw new Error(`${read.problems[0].message} ${text}`)
  expectSound(read.value.design)
  return { text, losses, back: read.value.design, told: read.value.summary.losses }
}

/** Which fields of which tables a format holds; an empty list: only that the row is there. */
export type Held = { readonly [table in TableName]?: readonly string[] }

/** Exactly the held fields of the held tables must come back, with the same ids. */
export function expectHeld(design: Design, back: Design, held: Held): void {
  for (const table of TABLE_NAMES) {
    const fields = held[table]
    if (fields) expect(heldOf(back[table] as Table<AnyRow>, fields)).toEqual(heldOf(design[table] as Table<AnyRow>, fields))
  }
}

function heldOf(table: Table<AnyRow>, fields: readonly string[]): unknown {
  return Object.fromEntries(
    Object.entries(plainTable(table)).map(([id, row]) => [
      id,
      Object.fromEntries(fields.map(field => [field, canonicalJson((row as Record<string, unknown>)[field] ?? {})])),
    ]),
  )
}

/** Places of losses, as `table` or `table/field`. */
export function placesOf(losses: readonly Loss[]): readonly string[] {
  return [...new Set(losses.map(({ at }) => at))].sort()
}

/** Every value comes back as it was, or its place is among the losses. */
export function expectToldOrSame(design: Design, format: string): Round {
  const round = roundOf(design, format)
  const { missing, fields } = differencesOf(design, round.back)
  const places = placesOf(round.losses)
  for (const { table } of missing) expect(places).toContain(table)
  for (const { table, field } of fields) expect(places).toContain(`${table}/${field}`)
  return round
}
