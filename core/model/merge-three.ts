import { byText } from '../support/order.ts'
import { applyChanges, type Change, type Fields, patchRow } from './change.ts'
import { diffDesigns, flatFields, same } from './diff.ts'
import { mergeProvenance } from './merge-provenance.ts'
import { accepts } from './parse.ts'
import { rowAt } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, Provenance, Table, TableName } from './types.ts'

/** What both sides made of the same place, differently. */
export type MergeConflict = {
  readonly table: TableName
  readonly id: string
  /** A field, or one key of a map field as `field/key`; null is the whole row: one side took it away, or its parts do not fit together. */
  readonly field: string | null
  /** The three values, or rows where the field is null; null is none. */
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export type MergedDesign = {
  /** Ours with everything that theirs did besides; at a conflict ours stays, and of a row that one side took away the changed one. */
  readonly merged: Design
  /** Ours, with these applied, is the merged design. */
  readonly changes: readonly Change[]
  /** By table, id and field. */
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Merges two designs that came from one, row by row and field by field, maps key by key. Both having done the same is no conflict.
 * Nothing is lost in silence: a value that does not stand in the merged design was changed by the other side alone, or is in a conflict.
 */
export function mergeDesigns(base: Design, ours: Design, theirs: Design): MergedDesign {
  const mine = new Map(diffDesigns(base, ours).map(change => [keyOf(change), change]))
  const changes: Change[] = []
  const conflicts: MergeConflict[] = []
  for (const their of diffDesigns(base, theirs)) {
    if (!mine.has(keyOf(their))) {
      changes.push(their)
      continue
    }
    const { table } = their
    const id = idOf(their)
    const at = (design: Design) => rowAt(design[table] as Table<AnyRow>, id)
    const row = mergeRow(table, id, { base: at(base), ours: at(ours), theirs: at(theirs) })
    if (row.change) changes.push(row.change)
    conflicts.push(...row.conflicts)
  }
  return { merged: applyChanges(ours, changes), changes, conflicts: conflicts.sort(inOrder) }
}

/** What gives every conflict the value of one side; applied to the merged design. */
export function sideOf(conflicts: readonly MergeConflict[], side: 'ours' | 'theirs'): readonly Change[] {
  return conflicts.map(conflict => {
    const { table, id, field } = conflict
    const value = conflict[side] ?? undefined
    if (field !== null) return { kind: 'patch', table, id, fields: { [field]: value } }
    return value === undefined ? { kind: 'remove', table, id } : ({ kind: 'put', table, row: value } as Change)
  })
}

type Sides<T> = { readonly base: T | undefined; readonly ours: T | undefined; readonly theirs: T | undefined }
type MergedRow = { readonly change: Change | undefined; readonly conflicts: readonly MergeConflict[] }

/** Of a row that both sides touched. */
function mergeRow(table: TableName, id: string, rows: Sides<AnyRow>): MergedRow {
  const { ours, theirs } = rows
  if (ours && theirs) return mergeFields(table, id, { ...rows, ours, theirs })
  if (!ours && !theirs) return { change: undefined, conflicts: [] }
  const back = theirs ? ({ kind: 'put', table, row: theirs } as Change) : undefined
  return { change: back, conflicts: [conflictOf(table, id, null, rows)] }
}

function mergeFields(
  table: TableName,
  id: string,
  rows: Sides<AnyRow> & { readonly ours: AnyRow; readonly theirs: AnyRow },
): MergedRow {
  const flat = {
    base: rows.base ? flatFields(table, rows.base) : {},
    ours: flatFields(table, rows.ours),
    theirs: flatFields(table, rows.theirs),
  }
  const fields: Record<string, unknown> = {}
  const conflicts: MergeConflict[] = []
  for (const field of new Set([...Object.keys(flat.base), ...Object.keys(flat.ours), ...Object.keys(flat.theirs)])) {
    const values = { base: own(flat.base, field), ours: own(flat.ours, field), theirs: own(flat.theirs, field) }
    if (same(values.ours, values.theirs) || same(values.base, values.theirs)) continue
    const agreed = same(values.base, values.ours) ? { value: values.theirs } : agreement(table, field, values)
    if (!agreed) conflicts.push(conflictOf(table, id, field, values))
    else if (!same(agreed.value, values.ours)) fields[field] = agreed.value
  }
  if (!holdsTogether(table, rows, fields)) return { change: undefined, conflicts: [conflictOf(table, id, null, rows)] }
  const change: Change = { kind: 'patch', table, id, fields }
  return { change: Object.keys(fields).length > 0 ? change : undefined, conflicts }
}

/** Fields that two sides changed differently and nobody needs to decide: a counter, and where a row came from. */
function agreement(
  table: TableName,
  field: string,
  { base, ours, theirs }: Sides<unknown>,
): { readonly value: unknown } | undefined {
  const isCounter = table === 'settings' && field === 'epoch'
  if (isCounter && typeof ours === 'number' && typeof theirs === 'number') return { value: Math.max(ours, theirs) }
  if (field !== 'provenance' || !ours || !theirs) return undefined
  const value = mergeProvenance(base as Provenance | undefined, ours as Provenance, theirs as Provenance)
  return value && { value }
}

/** Whether the fields of two rows that each fit their schema still do together, as a set that each side emptied by half may not. */
function holdsTogether(
  table: TableName,
  { ours, theirs }: { readonly ours: AnyRow; readonly theirs: AnyRow },
  fields: Fields,
): boolean {
  return accepts(table, patchRow(ours, fields)) || !accepts(table, ours) || !accepts(table, theirs)
}

function conflictOf(table: TableName, id: string, field: string | null, { base, ours, theirs }: Sides<unknown>): MergeConflict {
  return { table, id, field, base: base ?? null, ours: ours ?? null, theirs: theirs ?? null }
}

/** Keys come from people: what every object answers to is no field. */
function own(fields: Fields, field: string): unknown {
  return Object.hasOwn(fields, field) ? fields[field] : undefined
}

function idOf(change: Change): string {
  return change.kind === 'put' ? change.row.id : change.id
}

function keyOf(change: Change): string {
  return `${change.table}/${idOf(change)}`
}

function inOrder(a: MergeConflict, b: MergeConflict): number {
  const table = TABLE_NAMES.indexOf(a.table) - TABLE_NAMES.indexOf(b.table)
  return table || byText(a.id, b.id) || byText(a.field ?? '', b.field ?? '')
}
