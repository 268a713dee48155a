import { rowAt, rowIds, withRows } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, TableName } from '../../core/model/types.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'
import type { Known } from './write-files.ts'

/** What the text files hold, as far as is known here. */
export type Held = {
  /** What they said when they were last read, or written without a fault. */
  written: Design
  /** States that were about to be written since: a file that says what one of them says was written by us. */
  pending: readonly Design[]
  readonly known: Known
  /** Whether the log says of `written` that the files hold it. */
  isMarked: boolean
}

/** What the files ought to hold: the document, with the old text of every row that a peer broke. */
export function fitDesign({ read, unfit }: Pick<SharedModel, 'read' | 'unfit'>, written: Design): Design {
  const broken = unfit()
  if (broken.length === 0) return read()
  return withOldRows(read(), written, (table, id) => broken.some(row => row.table === table && row.id === id))
}

/** Rows whose files are left alone are as they were, so that the next save finds them again. */
export function withOldRows(after: Design, before: Design, isLeft: (table: TableName, id: string) => boolean): Design {
  const tables = TABLE_NAMES.map(table => {
    const [old, now] = [before[table], after[table]] as [Rows, Rows]
    const ids = new Set([...rowIds(old), ...rowIds(now)])
    const left = [...ids].filter(id => isLeft(table, id))
    if (left.length === 0) return [table, now] as const
    return [table, withRows(now, new Map(left.map(id => [id, rowAt(old, id)] as const)))] as const
  })
  return Object.fromEntries(tables) as Record<TableName, Rows> as unknown as Design
}

type Rows = Readonly<Record<string, AnyRow>>
