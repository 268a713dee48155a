import type { TableName } from '../../model/types.ts'

/** A row by its table and id, and what people call it. */
export type RowNamed = { readonly table: TableName; readonly id: string; readonly name: string }

/** A field that a person and the newer file both changed, differently. Values are those of the design and of the file; null is none. */
export type Conflict = RowNamed & { readonly field: string; readonly design: unknown; readonly file: unknown }

/** What an import does to a design that holds an earlier revision of the same model, or nothing of it. */
export type Update = {
  /** Rows that are new. Drawing alone (layout) is not counted. */
  readonly added: number
  /** Rows of which at least one field becomes what the file says now. */
  readonly changed: number
  /** Rows that the file no longer has and that nobody had touched. */
  readonly removed: number
  /** Rows that stay as they are. */
  readonly kept: number
  readonly conflicts: readonly Conflict[]
  /** Rows that the file no longer has, kept because people changed them or something of people's hangs on them. */
  readonly gone: readonly RowNamed[]
}

export const NO_UPDATE: Update = { added: 0, changed: 0, removed: 0, kept: 0, conflicts: [], gone: [] }

/** What several imports did, one after the other. */
export function both(a: Update, b: Update): Update {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    removed: a.removed + b.removed,
    kept: a.kept + b.kept,
    conflicts: [...a.conflicts, ...b.conflicts],
    gone: [...a.gone, ...b.gone],
  }
}
