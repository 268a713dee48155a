import { changedIds, hasRow, rowAt, rowIds, sizeOf } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, Table, TableName } from './types.ts'

/** Objects of one edit from which on its removals are told, and the part of the design they must be. */
const FEWEST = 20
const PART = 0.3

/** Places on a drawing go with what they place, and are no objects of their own. */
const OBJECT_TABLES: readonly TableName[] = TABLE_NAMES.filter(table => table !== 'layout')

/** How much of a design is gone. */
export type Removal = { readonly removed: number; readonly of: number }

/** Objects of the earlier state that the later one does not have, and how many there were. */
export function removalOf(before: Design, after: Design): Removal {
  let [removed, of] = [0, 0]
  for (const table of OBJECT_TABLES) {
    const [was, is] = [before[table], after[table]] as readonly [Table<AnyRow>, Table<AnyRow>]
    of += sizeOf(was)
    if (was === is) continue
    for (const id of changedIds(was, is) ?? rowIds(was)) if (hasRow(was, id) && !hasRow(is, id)) removed++
  }
  return { removed, of }
}

/** Whether so much is gone that a person must hear of it: at least 20 objects, and more than 30 % of all. */
export function isMassRemoval({ removed, of }: Removal): boolean {
  return removed >= FEWEST && removed > PART * of
}

/** Rows that came, went or are others, drawing included; it stops counting at `most`. */
export function touchedRows(before: Design, after: Design, most: number): number {
  let touched = 0
  for (const table of TABLE_NAMES) {
    const [was, is] = [before[table], after[table]] as readonly [Table<AnyRow>, Table<AnyRow>]
    if (was === is) continue
    const ids = changedIds(was, is) ?? new Set([...rowIds(was), ...rowIds(is)])
    for (const id of ids) {
      if (rowAt(was, id) !== rowAt(is, id)) touched++
      if (touched >= most) return touched
    }
  }
  return touched
}
