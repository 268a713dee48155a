import { canonicalJson } from '../../core/model/canonical.ts'
import { diffDesigns } from '../../core/model/diff.ts'
import { type MergedDesign, mergeDesigns } from '../../core/model/merge-three.ts'
import { rowAt, withRows } from '../../core/model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../core/model/types.ts'

export type Sides = {
  /** What the text files held when they last held everything. */
  readonly base: Design
  /** States that were about to be written since, of which some files may have come into place. */
  readonly pending: readonly Design[]
  /** The document. */
  readonly ours: Design
  /** What the text files hold now. */
  readonly theirs: Design
}

/** What others did to the text files, as changes of the document, and where both changed the same. */
export function outsideEdits({ base, pending, ours, theirs }: Sides): MergedDesign {
  return mergeDesigns(base, ours, withoutOwn({ base, pending, theirs }))
}

/** The files as they would be had we written nothing since the base. */
function withoutOwn({ base, pending, theirs }: Omit<Sides, 'ours'>): Design {
  if (pending.length === 0) return theirs
  const own = new Map<TableName, Map<string, AnyRow | undefined>>()
  for (const change of diffDesigns(base, theirs)) {
    const { table } = change
    const id = change.kind === 'put' ? change.row.id : change.id
    const at = (design: Design) => rowAt(design[table] as Table<AnyRow>, id)
    if (!pending.some(state => isSameRow(at(state), at(theirs)))) continue
    const rows = own.get(table) ?? new Map<string, AnyRow | undefined>()
    own.set(table, rows.set(id, at(base)))
  }
  const tables = [...own].map(([table, rows]) => [table, withRows(theirs[table] as Table<AnyRow>, rows)] as const)
  return { ...theirs, ...Object.fromEntries(tables) }
}

function isSameRow(a: AnyRow | undefined, b: AnyRow | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))
}
