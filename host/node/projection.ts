import { pathOf } from '../../core/model/parse.ts'
import { rowAt, rowIds, withRows } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, TableName } from '../../core/model/types.ts'
import type { Problem } from '../../core/support/result.ts'
import type { RowName } from '../../ydoc/layout.ts'
import type { SaveState } from '../contract.ts'
import { type Disk, diskProblem } from './disk.ts'
import type { Lock } from './lock.ts'
import { writeChanges } from './store.ts'
import type { Known } from './write-files.ts'

/** Keeps the text files equal to the shared document, at most `delay` milliseconds behind. */
export type Projection = {
  readonly state: () => SaveState
  /** The document changed: what differs will be written soon. */
  readonly noteChange: () => void
  /** Writes now what is not written yet, and answers how that went. */
  readonly save: () => Promise<SaveState>
}

export type ProjectionTools = {
  readonly dir: string
  readonly read: () => Design
  /** Rows that a peer broke: they are missing from `read()`, but no reason to delete their files. */
  readonly unfit: () => readonly RowName[]
  /** What the files hold. */
  readonly written: Design
  readonly known: Known
  readonly lock: Lock
  readonly disk: Disk
  readonly now: () => string
  readonly delay: number
  readonly tell: (state: SaveState) => void
}

export function projectTo(tools: ProjectionTools): Projection {
  const { dir, read, unfit, known, lock, disk, now, delay, tell } = tools
  let { written } = tools
  let state: SaveState = { kind: 'saved', at: now() }
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  function settle(next: SaveState): void {
    state = next.kind === 'saved' && timer ? { kind: 'saving' } : next
    tell(state)
  }

  async function writeOut(): Promise<void> {
    const broken = unfit()
    const isBroken = (table: TableName, id: string) => broken.some(row => row.table === table && row.id === id)
    const after = broken.length > 0 ? withOldRows(read(), written, isBroken) : read()
    if (after === written) return settle({ kind: 'saved', at: now() })
    if (!lock.isHeld()) return settle({ kind: 'failed', problem: LOST })
    settle({ kind: 'saving' })
    const answer = await writeChanges(dir, written, after, { disk, known })
    if (!answer.ok) return settle({ kind: 'failed', problem: answer.problems[0] })
    const { conflicts } = answer.value
    const left = new Set(conflicts.map(({ at }) => at))
    written = left.size > 0 ? withOldRows(after, written, (table, id) => left.has(pathOf(table, id))) : after
    const problem = conflictOf(conflicts)
    settle(problem ? { kind: 'failed', problem } : { kind: 'saved', at: now() })
  }

  async function save(): Promise<SaveState> {
    clearTimeout(timer)
    timer = undefined
    while (running) await running
    running = writeOut()
      .catch(error => settle({ kind: 'failed', problem: diskProblem(error, dir, 'save') }))
      .finally(() => {
        running = undefined
      })
    await running
    return state
  }

  return {
    state: () => state,
    save,
    noteChange: () => {
      if (timer) return
      if (state.kind !== 'saving') settle({ kind: 'saving' })
      timer = setTimeout(() => void save(), delay)
    },
  }
}

const LOST: Problem = {
  code: 'folder.lockLost',
  severity: 'error',
  message: 'Another program has taken this design over, so nothing is written any more.',
  cure: 'Copy what you need from this window, then open the design again.',
}

/** Rows whose files are left alone are as they were, so that the next save finds them again. */
function withOldRows(after: Design, before: Design, isLeft: (table: TableName, id: string) => boolean): Design {
  const tables = TABLE_NAMES.map(table => {
    const [old, now] = [before[table], after[table]] as [Rows, Rows]
    const ids = new Set([...rowIds(old), ...rowIds(now)])
    const left = [...ids].filter(id => isLeft(table, id))
    if (left.length === 0) return [table, now] as const
    return [table, withRows(now, new Map(left.map(id => [id, rowAt(old, id)] as const)))] as const
  })
  return Object.fromEntries(tables) as Record<TableName, Rows> as unknown as Design
}

function conflictOf(conflicts: readonly Problem[]): Problem | undefined {
  const [first] = conflicts
  if (!first || conflicts.length === 1) return first
  return { ...first, message: `${first.message} So it is with ${conflicts.length - 1} more.` }
}

type Rows = Readonly<Record<string, AnyRow>>
