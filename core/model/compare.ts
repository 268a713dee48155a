import { canonicalJson } from './canonical.ts'
import { diffDesigns } from './diff.ts'
import { counted } from './digest.ts'
import { rowAt } from './table.ts'
import { isSpoken } from './tables.ts'
import type { AnyRow, Design, Provenance, Table, TableName } from './types.ts'

/** What became of one row between two states of a design. */
export type RowDifference = {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly table: TableName
  readonly id: string
  /** Names of the changed fields in order; a map is named once, however many of its keys changed. None unless changed. */
  readonly fields: readonly string[]
}

/** What says nothing here: where things are drawn, remarks, and the counter of openings. */
const EPOCH = 'epoch'

/** Every row that says something else in the later design; empty exactly when both have the same digest and exclude the same of frameworks. By table, then removed before others, then id. */
export function compareDesigns(before: Design, after: Design): readonly RowDifference[] {
  return diffDesigns(before, after).flatMap((change): readonly RowDifference[] => {
    const { table } = change
    if (!isSpoken(table)) return []
    if (change.kind === 'put') return [{ kind: 'added', table, id: change.row.id, fields: [] }]
    if (change.kind === 'remove') return [{ kind: 'removed', table, id: change.id, fields: [] }]
    const fields = fieldsOf(Object.keys(change.fields)).filter(
      field => (table !== 'settings' || field !== EPOCH) && (field !== 'provenance' || differs(before, after, change)),
    )
    return fields.length === 0 ? [] : [{ kind: 'changed', table, id: change.id, fields }]
  })
}

/** Whether anything of the provenance differs that counts: what a file once gave does not. */
function differs(before: Design, after: Design, { table, id }: { readonly table: TableName; readonly id: string }): boolean {
  const [a, b] = [before, after].map(design => {
    const row = rowAt(design[table] as Table<AnyRow>, id)
    return row && (counted(row) as { readonly provenance?: Provenance }).provenance
  })
  return canonicalJson(a ?? null) !== canonicalJson(b ?? null)
}

function fieldsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map(path => path.split('/')[0] ?? path))].sort()
}
