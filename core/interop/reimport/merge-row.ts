import type { AnyRow, TableName } from '../../model/types.ts'
import { baseOf, givenFields, hashOf, MODEL, provenanceIn } from './as-imported.ts'

/** A field that both sides changed; null is none. */
export type FieldConflict = { readonly field: string; readonly design: unknown; readonly file: unknown }

/** What becomes of a row that is on both sides. */
export type Merged = { readonly fields: Readonly<Record<string, unknown>>; readonly conflicts: readonly FieldConflict[] }

export type MergeOptions = {
  readonly prefer: 'design' | 'file'
  /** Whether the file was read whole: what a damaged file lacks, it may only have lost. */
  readonly isWhole: boolean
}

/**
 * Field by field: who changed it since the last import keeps it, and where both did, differently, `prefer` decides and it is told.
 * Without a note of the last import nobody knows who changed what: what differs is told, and what only the design says stays.
 */
export function mergeRow(table: TableName, mine: AnyRow, theirs: AnyRow, { prefer, isWhole }: MergeOptions): Merged {
  const ours = givenFields(table, mine)
  const given = givenFields(table, theirs)
  const base = provenanceIn(mine)?.asImported ?? {}
  const fields: Record<string, unknown> = {}
  const conflicts: FieldConflict[] = []
  const paths = new Set([...Object.keys(ours), ...Object.keys(given), ...Object.keys(base).filter(path => path !== MODEL)])
  for (const path of [...paths].sort()) {
    const [my, their] = [hashIn(ours, path), hashIn(given, path)]
    if (my === their || (their === undefined && !isWhole)) continue
    const before = baseOf(table, mine, path)
    if (before === their) continue
    if (before === my) fields[path] = given[path]
    else if (before !== 'unknown' || isDifference(path, their)) {
      conflicts.push({ field: path, design: ours[path] ?? null, file: given[path] ?? null })
      if (prefer === 'file') fields[path] = given[path]
    }
  }
  return { fields, conflicts }
}

/** A field that a format cannot hold is no field that somebody took away, and what it needs for itself is no decision. */
function isDifference(path: string, their: string | undefined): boolean {
  return their !== undefined && path !== 'foreign'
}

function hashIn(fields: Readonly<Record<string, unknown>>, path: string): string | undefined {
  return Object.hasOwn(fields, path) && fields[path] !== undefined ? hashOf(fields[path]) : undefined
}
