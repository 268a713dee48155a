import type * as Y from 'yjs'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import { rowAt, withRows } from '../core/model/table.ts'
import { TABLE_NAMES } from '../core/model/tables.ts'
import type { AnyRow, Design, TableName } from '../core/model/types.ts'
import { byText } from '../core/support/order.ts'
import type { Problem } from '../core/support/result.ts'
import { type ReadRow, type Roots, type RowName, readRow, splitKey } from './layout.ts'

/** The plain image of the shared document; only rows, tables and problems that were touched are new objects. */
export type Mirror = {
  readonly read: () => Design
  readonly problems: () => readonly Problem[]
  /** The rows the problems are about. */
  readonly unfit: () => readonly RowName[]
  /** One row as it reads now, without building the table it stands in. */
  readonly row: (table: TableName, id: string) => AnyRow | undefined
  /** The fields of a row that stand in cells of their own. */
  readonly fieldsOf: (table: TableName, id: string) => ReadonlyMap<string, unknown> | undefined
}

type TableMirror = {
  readonly read: () => { readonly rows: Rows; readonly faults: ReadonlyMap<string, Problem> }
  readonly now: (id: string) => ReadRow
  readonly fieldsOf: (id: string) => ReadonlyMap<string, unknown> | undefined
}
type Rows = Readonly<Record<string, AnyRow>>

export function mirrorOf(roots: Roots): Mirror {
  const tables = TABLE_NAMES.map(name => [name, mirrorTable(name, roots[name])] as const)
  const byName = new Map(tables)
  const tableOf = (name: TableName) => byName.get(name) as TableMirror
  let design: Design = EMPTY_DESIGN
  let faults: readonly ReadonlyMap<string, Problem>[] = []
  let problems: readonly Problem[] = []
  return {
    read: () => {
      const now = tables.map(([name, table]) => [name, table.read().rows] as const)
      if (now.some(([name, rows]) => design[name] !== rows)) design = Object.fromEntries(now) as unknown as Design
      return design
    },
    problems: () => {
      const now = tables.map(([, table]) => table.read().faults)
      if (now.some((found, i) => found !== faults[i])) {
        faults = now
        problems = now.flatMap(found => [...found.keys()].sort(byText).map(id => found.get(id) as Problem))
      }
      return problems
    },
    unfit: () => tables.flatMap(([table, { read }]) => [...read().faults.keys()].map(id => ({ table, id }))),
    row: (table, id) => {
      const now = tableOf(table).now(id)
      return now.kind === 'row' ? now.row : undefined
    },
    fieldsOf: (table, id) => tableOf(table).fieldsOf(id),
  }
}

function mirrorTable(name: TableName, root: Y.Map<unknown>): TableMirror {
  const fields = new Map<string, Map<string, unknown>>()
  const stale = new Set<string>()
  let rows: Rows = EMPTY_DESIGN[name]
  let faults: ReadonlyMap<string, Problem> = new Map()

  function note(key: string): void {
    const { id, path } = splitKey(key)
    stale.add(id)
    if (path === undefined) return
    const known = fields.get(id)
    if (root.has(key)) (known ?? fields.set(id, new Map()).get(id))?.set(path, root.get(key))
    else if (known?.delete(path) && known.size === 0) fields.delete(id)
  }

  function readAgain(): void {
    const edits = new Map<string, AnyRow | undefined>()
    const nextFaults = new Map(faults)
    for (const id of stale) {
      const now = readRow(name, id, root.get(id), fields.get(id))
      edits.set(id, now.kind === 'row' ? now.row : undefined)
      if (now.kind === 'unfit') nextFaults.set(id, now.problem)
      else nextFaults.delete(id)
    }
    stale.clear()
    rows = withRows(rows, edits)
    if (nextFaults.size > 0 || faults.size > 0) faults = nextFaults
  }

  for (const key of root.keys()) note(key)
  root.observe(event => {
    for (const key of event.keysChanged as ReadonlySet<string | null>) if (key !== null) note(key)
  })
  return {
    read: () => {
      if (stale.size > 0) readAgain()
      return { rows, faults }
    },
    now: id => {
      if (stale.has(id)) return readRow(name, id, root.get(id), fields.get(id))
      const row = rowAt(rows, id)
      return row ? { kind: 'row', row } : { kind: 'none' }
    },
    fieldsOf: id => fields.get(id),
  }
}
