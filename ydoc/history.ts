import type { TableName } from '../core/model/types.ts'
import { type Cell, type CellValue, cellAt, type Roots, type RowName, splitKey } from './layout.ts'

/** What the next undo and redo would take back or do again, by label; the object changes only when that does. */
export type Steps = { readonly undo: string | undefined; readonly redo: string | undefined }

/** What an undo or redo did. `kept` counts what stayed as it is because someone else has changed it since. */
export type Step = {
  readonly label: string
  readonly touched: readonly RowName[]
  readonly kept: number
  /** Where the person was when the step was made, as whoever wrote it put it. */
  readonly place: unknown
}

/**
 * One person's own steps. Each remembers, for every cell, the state it found and the state it left; undo acts on a
 * cell only while it is in exactly that left state, so that nothing another person did since is ever taken back.
 * Yjs' own undo manager does not hold this: it writes an older value over a peer's edit that a later undo brought back.
 */
export type History = {
  readonly steps: () => Steps
  /** Writes the cells as one step, or as more of the last one while that is the one given. */
  readonly record: (label: string, cells: readonly Cell[], place?: unknown, onto?: Recorded) => Recorded
  readonly undo: () => Step | undefined
  readonly redo: () => Step | undefined
  /** A cell now holds what someone else wrote. */
  readonly overtake: (table: TableName, key: string) => void
}

type Entry = { readonly cell: CellName; readonly before: State; readonly after: State }
type CellName = { readonly table: TableName; readonly key: string }
/** A token names one state of one cell: positive when this person made it. */
type State = { readonly token: number; readonly value: CellValue }
export type Recorded = { readonly label: string; readonly entries: readonly Entry[]; readonly place: unknown }

const LIMIT = 1000

export type HistoryTools = {
  readonly roots: Roots
  /** Performs the writes in one transaction; `also` runs inside it, before anyone is told. */
  readonly write: (cells: readonly Cell[], also: () => void) => void
  /** Fields of a row in cells of their own, by path. */
  readonly fieldsOf: (table: TableName, id: string) => ReadonlyMap<string, unknown> | undefined
}

export function historyOf({ roots, write, fieldsOf }: HistoryTools): History {
  const tokens = new Map<string, number>()
  const done: Recorded[] = []
  const undone: Recorded[] = []
  let last = 0
  let steps: Steps = { undo: undefined, redo: undefined }

  function noteSteps(): void {
    const next = { undo: done.at(-1)?.label, redo: undone.at(-1)?.label }
    if (next.undo !== steps.undo || next.redo !== steps.redo) steps = next
  }

  function tokenOf(cell: CellName): number {
    const name = nameOf(cell)
    const token = tokens.get(name) ?? -++last
    tokens.set(name, token)
    return token
  }

  function entryFor({ table, key, to }: Cell): Entry {
    const cell = { table, key }
    return { cell, before: { token: tokenOf(cell), value: cellAt(roots, table, key) }, after: { token: ++last, value: to } }
  }

  /** Rows that would vanish while they hold a field someone else set since: those stay. */
  function rowsToKeep(entries: readonly Entry[], to: 'before' | 'after'): ReadonlySet<string> {
    const covered = new Set(entries.map(entry => nameOf(entry.cell)))
    const vanishing = entries.filter(({ cell, [to]: state }) => !state.value.live && splitKey(cell.key).path === undefined)
    const kept = vanishing.filter(({ cell: { table, key: id } }) =>
      [...(fieldsOf(table, id)?.keys() ?? [])].some(path => {
        const name = nameOf({ table, key: `${id}/${path}` })
        return !covered.has(name) && (tokens.get(name) ?? -1) < 0
      }),
    )
    return new Set(kept.map(({ cell }) => nameOf(cell)))
  }

  function move(from: 'before' | 'after', to: 'before' | 'after'): Step | undefined {
    const [source, target] = to === 'before' ? [done, undone] : [undone, done]
    const step = source.pop()
    if (!step) return undefined
    const current = step.entries.filter(entry => tokens.get(nameOf(entry.cell)) === entry[from].token)
    const keep = rowsToKeep(current, to)
    const acting = current.filter(({ cell }) => !keep.has(nameOf({ table: cell.table, key: splitKey(cell.key).id })))
    const also = () => {
      for (const entry of acting) tokens.set(nameOf(entry.cell), entry[to].token)
      if (acting.length > 0) target.push(step)
      noteSteps()
    }
    write(
      acting.map(entry => ({ ...entry.cell, to: entry[to].value })),
      also,
    )
    return { label: step.label, touched: rowNames(acting), kept: step.entries.length - acting.length, place: step.place }
  }

  return {
    steps: () => steps,
    record: (label, cells, place, onto) => {
      const entries = cells.map(entryFor)
      const goesOn = onto !== undefined && done.at(-1) === onto
      const step = { label, entries: goesOn ? joined(onto.entries, entries) : entries, place }
      write(cells, () => {
        for (const { cell, after } of entries) tokens.set(nameOf(cell), after.token)
        if (goesOn) done.pop()
        done.push(step)
        if (done.length > LIMIT) done.shift()
        undone.length = 0
        noteSteps()
      })
      return step
    },
    undo: () => move('after', 'before'),
    redo: () => move('before', 'after'),
    overtake: (table, key) => {
      const name = nameOf({ table, key })
      if (tokens.has(name)) tokens.set(name, -++last)
    },
  }
}

/** A cell that was written twice goes from what it was at first to what it is now. */
function joined(earlier: readonly Entry[], later: readonly Entry[]): readonly Entry[] {
  const entries = new Map(earlier.map(entry => [nameOf(entry.cell), entry]))
  for (const entry of later) {
    const first = entries.get(nameOf(entry.cell))
    entries.set(nameOf(entry.cell), first?.after.token === entry.before.token ? { ...entry, before: first.before } : entry)
  }
  return [...entries.values()]
}

function nameOf({ table, key }: CellName): string {
  return `${table}:${key}`
}

function rowNames(entries: readonly Entry[]): readonly RowName[] {
  const names = new Map<string, RowName>()
  for (const { cell } of entries) {
    const { id } = splitKey(cell.key)
    names.set(nameOf({ table: cell.table, key: id }), { table: cell.table, id })
  }
  return [...names.values()]
}
