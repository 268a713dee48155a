import { applyChanges, type Change } from '../../model/change.ts'
import { hasRow, rowAt, rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Provenance, Table, TableName } from '../../model/types.ts'
import type { Problem } from '../../support/result.ts'
import { hashOf, provenanceIn } from './as-imported.ts'
import { type GoneRow, sortGone } from './gone.ts'
import { familyOf, type Groups } from './groups.ts'
import { identified } from './identity.ts'
import { calledRow } from './label.ts'
import { type MergeOptions, mergeRow } from './merge-row.ts'
import type { Conflict, Update } from './update.ts'

/** The changes that bring an import in, and what they leave alone. */
export type Into = { readonly changes: readonly Change[]; readonly update: Update; readonly problems: readonly Problem[] }

export type IntoOptions = {
  /** Whose value stays where a person and the file changed the same field; default: the design's. */
  readonly prefer?: 'design' | 'file'
  /** Whether it is a bundle of ours: its rows are known by their ids alone, and what it lacks says nothing. */
  readonly isOurs?: boolean
  /** Whether only a part of the file could be read: what it lacks says nothing then. */
  readonly isPartial?: boolean
}

/**
 * What brings an imported design into the present one. What is new is added; what is there already is brought up to date field by field,
 * and what people changed stays; what an earlier revision of the file had and this one lacks is removed when nobody touched it and
 * nothing hangs on it. Drawing is left as people tidied it: only new things get a place.
 */
export function changesInto(present: Design, imported: Design, options: IntoOptions = {}): Into {
  const { isOurs = false, isPartial = false, prefer = 'design' } = options
  const known = isOurs ? undefined : identified(present, imported)
  const file = known?.design ?? imported
  const { changes, ...update } = merged(present, file, { groups: known?.groups, prefer, isWhole: !isPartial && !isOurs })
  const next = applyChanges(present, changes)
  const isGone = known !== undefined && !isPartial ? missingIn(file, known.groups) : () => false
  const { removed, kept } = sortGone(next, candidates(next, isGone))
  const leaving: Change[] = removed.map(({ table, row }) => ({ kind: 'remove', table, id: row.id }))
  return {
    changes: [...stillShown(changes, new Set(kept.map(({ id }) => id))), ...leaving, ...undrawn(next, removed)],
    update: { ...update, removed: removed.length, gone: kept },
    problems: known?.problems ?? [],
  }
}

type Bringing = MergeOptions & { readonly groups: Groups | undefined }
type Brought = Omit<Update, 'removed' | 'gone'> & { readonly changes: readonly Change[] }

function merged(present: Design, file: Design, { groups, ...options }: Bringing): Brought {
  const changes: Change[] = []
  const conflicts: Conflict[] = []
  const count = { added: 0, changed: 0, kept: 0 }
  for (const table of TABLE_NAMES) {
    for (const row of rowsOf(file[table] as Table<AnyRow>)) {
      const mine = rowAt(present[table] as Table<AnyRow>, row.id)
      if (!mine) {
        changes.push({ kind: 'put', table, row } as Change)
        if (isCounted(table)) count.added++
        continue
      }
      if (!isMerged(table, mine, row)) continue
      const { fields, conflicts: found } = mergeRow(table, mine, row, options)
      const name = calledRow(mine)
      for (const one of found) conflicts.push({ table, id: mine.id, name, ...one })
      const isChanged = Object.keys(fields).length > 0
      const noted = isChanged || groups !== undefined ? noteFor(mine, row, options) : {}
      if (isChanged || Object.keys(noted).length > 0)
        changes.push({ kind: 'patch', table, id: mine.id, fields: { ...fields, ...noted } })
      if (!isCounted(table)) continue
      if (isChanged) count.changed++
      else count.kept++
    }
  }
  return { changes, conflicts, ...count }
}

function isCounted(table: TableName): boolean {
  return table !== 'layout' && table !== 'settings' && table !== 'policy'
}

/** Layout stays as people tidied it and policy is never a file's; name and purpose follow the file only where they came from one. */
function isMerged(table: TableName, mine: AnyRow, theirs: AnyRow): boolean {
  if (table === 'layout' || table === 'policy') return false
  if (table !== 'settings') return true
  const [from, to] = [provenanceIn(mine), provenanceIn(theirs)]
  return from !== undefined && to !== undefined && familyOf(from.tool) === familyOf(to.tool)
}

/** What the row says of its file from now on, when that is anything new; a row that came from elsewhere goes on saying so. */
function noteFor(mine: AnyRow, theirs: AnyRow, { isWhole }: MergeOptions): { readonly provenance?: Provenance } {
  const [before, now] = [provenanceIn(mine), provenanceIn(theirs)]
  if (before?.kind !== 'import' || now?.asImported === undefined || familyOf(before.tool) !== familyOf(now.tool)) return {}
  const asImported = isWhole ? now.asImported : { ...before.asImported, ...now.asImported }
  if (before.originalId === now.originalId && hashOf(before.asImported ?? null) === hashOf(asImported)) return {}
  const { confirmedBy, confirmedAt } = before
  const confirmed = {
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
  }
  return { provenance: { ...now, ...confirmed, asImported } }
}

/** Rows of earlier revisions that this one does not have. */
function missingIn(file: Design, groups: Groups): (table: TableName, row: AnyRow) => boolean {
  return (table, row) => table !== 'settings' && groups.isEarlier(row) && !hasRow(file[table] as Table<AnyRow>, row.id)
}

function candidates(design: Design, isGone: (table: TableName, row: AnyRow) => boolean): readonly GoneRow[] {
  return TABLE_NAMES.flatMap(table =>
    rowsOf(design[table] as Table<AnyRow>).flatMap(row => (isGone(table, row) ? [{ table, row }] : [])),
  )
}

/** What stays although the file lacks it stays on its diagrams as well. */
function stillShown(changes: readonly Change[], kept: ReadonlySet<string>): readonly Change[] {
  if (kept.size === 0) return changes
  return changes.map(change => {
    if (change.kind !== 'patch' || change.table !== 'diagrams') return change
    const left = Object.entries(change.fields).filter(
      ([path, value]) => value !== undefined || !kept.has(path.slice(path.indexOf('/') + 1)),
    )
    return { ...change, fields: Object.fromEntries(left) }
  })
}

/** Takes what goes off every diagram, and forgets where it stood. */
function undrawn(design: Design, removed: readonly GoneRow[]): readonly Change[] {
  if (removed.length === 0) return []
  const ids = new Set(removed.map(({ row }) => row.id))
  const changes: Change[] = []
  for (const diagram of rowsOf(design.diagrams)) {
    if (ids.has(diagram.id)) continue
    const shown = (['elements', 'flows', 'boundaries'] as const).flatMap(field =>
      Object.keys(diagram[field] ?? {}).flatMap(id => (ids.has(id) ? [[`${field}/${id}`, undefined] as const] : [])),
    )
    if (shown.length > 0) changes.push({ kind: 'patch', table: 'diagrams', id: diagram.id, fields: Object.fromEntries(shown) })
  }
  for (const { id } of rowsOf(design.layout)) {
    if (id.split('.').some(part => ids.has(part))) changes.push({ kind: 'remove', table: 'layout', id })
  }
  return changes
}
