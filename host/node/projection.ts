import { pathOf } from '../../core/model/parse.ts'
import type { Problem, Result } from '../../core/support/result.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'
import type { SaveState } from '../contract.ts'
import { type Disk, diskProblem } from './disk.ts'
import { fitDesign, type Held, withOldRows } from './held.ts'
import type { Journal } from './journal/journal.ts'
import type { Lock } from './lock.ts'
import { writeChanges } from './store.ts'

/** Keeps the text files equal to the shared document, at most `delay` milliseconds behind. */
export type Projection = {
  readonly state: () => SaveState
  /** The document changed: what differs will be written soon. */
  readonly noteChange: () => void
  /** Writes now what is not written yet, and answers how that went: saved is durable, in the log and in the files. */
  readonly save: () => Promise<SaveState>
  /** Tells the state anew, as when a conflict was decided, or failed for another reason than writing. */
  readonly tellAgain: (problem?: Problem) => void
  readonly stop: () => void
}

export type SavedNotes = Pick<Extract<SaveState, { kind: 'saved' }>, 'conflicts' | 'notes'>

export type ProjectionTools = {
  readonly dir: string
  readonly shared: SharedModel
  readonly held: Held
  readonly journal: Journal
  readonly lock: Lock
  readonly disk: Disk
  readonly now: () => string
  readonly delay: number
  readonly tell: (state: SaveState) => void
  /** Takes in what others did to the files, where they did. */
  readonly lookOutside: () => Promise<Result<unknown>>
  /** Runs one thing after the other. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** What a person should know although everything is saved. */
  readonly notes: () => SavedNotes
  /** Called when everything is written and nothing newer is there. */
  readonly onWritten: () => Promise<void>
}

/** How often outside edits may come between before a save gives up. */
const ROUNDS = 3

export function projectTo(tools: ProjectionTools): Projection {
  const { dir, shared, held, journal, lock, disk, now, delay, tell, notes } = tools
  let state: SaveState = saved()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function saved(): SaveState {
    return { kind: 'saved', at: now(), ...notes() }
  }

  function settle(next: SaveState): void {
    const isBehind = timer !== undefined && fitDesign(shared, held.written) !== held.written
    if (next.kind === 'saved' && !isBehind) {
      clearTimeout(timer)
      timer = undefined
    }
    state = next.kind === 'saved' && isBehind ? { kind: 'saving' } : next
    tell(state)
  }

  function fail(problem: Problem): void {
    settle({ kind: 'failed', problem })
  }

  async function writeOut(round = 0): Promise<void> {
    const after = fitDesign(shared, held.written)
    if (after === held.written && held.isMarked) {
      const kept = await journal.durable()
      return kept.ok ? settle(saved()) : fail(kept.problems[0])
    }
    if (!lock.isHeld()) return fail(LOST)
    settle({ kind: 'saving' })
    // In the log before a file changes: what a crash leaves of this is then known to be ours.
    journal.mark('projecting')
    held.pending = [...held.pending, after]
    const ready = await journal.durable()
    if (!ready.ok) return fail(ready.problems[0])
    const answer = await writeChanges(dir, held.written, after, { disk, known: held.known })
    if (!answer.ok) return fail(answer.problems[0])
    const left = answer.value.conflicts
    if (left.length === 0) {
      held.written = after
      held.pending = []
      held.isMarked = true
      journal.mark('projected')
      await tools.onWritten()
      return settle(saved())
    }
    if (round < ROUNDS && (await tools.lookOutside()).ok) return writeOut(round + 1)
    const names = new Set(left.map(({ at }) => at))
    held.written = withOldRows(after, held.written, (table, id) => names.has(pathOf(table, id)))
    held.isMarked = false
    fail(conflictOf(left))
  }

  async function save(): Promise<SaveState> {
    clearTimeout(timer)
    timer = undefined
    await tools.inTurn(async () => {
      await writeOut().catch(error => fail(diskProblem(error, dir, 'save')))
    })
    return state
  }

  return {
    state: () => state,
    save,
    noteChange: () => {
      if (timer || isStopped) return
      timer = setTimeout(() => void save(), delay)
      if (state.kind !== 'saving') settle({ kind: 'saving' })
    },
    tellAgain: problem => {
      if (problem) fail(problem)
      else if (state.kind === 'saved') settle(saved())
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      isStopped = true
    },
  }
}

export const LOST: Problem = {
  code: 'folder.lockLost',
  severity: 'error',
  message: 'Another program has taken this design over, so nothing is written any more.',
  cure: 'Copy what you need from this window, then open the design again.',
}

function conflictOf(conflicts: readonly Problem[]): Problem {
  const [first = LOST] = conflicts
  if (conflicts.length === 1) return first
  return { ...first, message: `${first.message} So it is with ${conflicts.length - 1} more.` }
}
