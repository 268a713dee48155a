import path from 'node:path'
import { canonicalJson } from '../../core/model/canonical.ts'
import { rowsOf } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import type { Problem, Result } from '../../core/support/result.ts'
import { type SharedModel, shareModel } from '../../ydoc/shared-model.ts'
import type { SaveState } from '../contract.ts'
import type { ConflictBook } from './conflicts.ts'
import type { Disk } from './disk.ts'
import { fitDesign, type Held } from './held.ts'
import { type TakenIn, takeIn } from './intake.ts'
import type { KeptDocument } from './kept-document.ts'
import type { Lock } from './lock.ts'
import { LOST, projectTo } from './projection.ts'
import { type OpenFolder, openFolder } from './store.ts'
import { watchFolder } from './watch-folder.ts'

/** Everything that keeps one open document on the disk: its log, its text files, and the eye on what others do to them. */
export type Keeping = {
  readonly shared: SharedModel
  readonly state: () => SaveState
  readonly save: () => Promise<SaveState>
  /** Whether edits may be taken in: the design is still ours to write. */
  readonly mayEdit: () => Result<true>
  readonly durable: () => Promise<Result<true>>
  /** Tells where saving stands, as after a conflict was decided. */
  readonly tellAgain: () => void
  /** Whether the files hold all that the document does. */
  readonly isWritten: () => boolean
  readonly close: () => Promise<SaveState>
}

export type KeepingTools = {
  readonly dir: string
  readonly disk: Disk
  readonly lock: Lock
  readonly book: ConflictBook
  readonly now: () => string
  readonly delay: number
  /** Bytes the log may grow to, where twice the snapshot is less. */
  readonly logLimit: number
  /** Milliseconds between slow looks at the files. */
  readonly poll: number
  /** Problems besides those of the text. */
  readonly problems: readonly Problem[]
  /** Says what the next snapshot must say. */
  readonly expect: (design: Design) => void
  readonly tell: (state: SaveState) => void
  readonly onConflicts: () => void
}

/** Goes on with a document, after the text was held against it. */
export async function keep(tools: KeepingTools, document: KeptDocument, text: OpenFolder): Promise<Keeping> {
  const { dir, disk, lock, book } = tools
  const { shared, journal } = document
  const held: Held = { ...document.held, known: new Map() }
  let strays = text.problems
  let outside: Problem | undefined
  let compaction: Problem | undefined
  let isLogged = false
  let snapshotSize = 0
  const inTurn = turns()
  shared.onUpdate(update => {
    journal.append(update)
    isLogged = true
  })

  async function look(): Promise<Result<TakenIn>> {
    const read = await openFolder(dir, { disk })
    if (!read.ok) return read
    strays = read.value.problems
    const taken = await takeIn({ shared, held, book }, read.value)
    if (taken.ok && taken.value.conflicts > 0) tools.onConflicts()
    return taken
  }

  async function compactIfDue(isLast: boolean): Promise<void> {
    if (!isLogged || !lock.isHeld() || !isWritten()) return
    if (!isLast && journal.size() <= Math.max(tools.logLimit, 2 * snapshotSize)) return
    const state = shared.state()
    tools.expect(shared.read())
    isLogged = false
    const done = await journal.compact(state)
    compaction = done.ok ? undefined : done.problems[0]
    if (done.ok) snapshotSize = state.length
    else isLogged = true
  }

  function isWritten(): boolean {
    return held.isMarked && held.pending.length === 0 && held.written === shared.read()
  }

  const projection = projectTo({
    ...{ dir, shared, held, lock, disk, inTurn },
    ...{ now: tools.now, delay: tools.delay, tell: tools.tell },
    journal: {
      ...journal,
      mark: what => {
        journal.mark(what)
        isLogged = true
      },
    },
    lookOutside: look,
    onWritten: () => compactIfDue(false),
    notes: () => {
      const conflicts = book.list().length
      const told = [...tools.problems, ...document.problems, ...strays, ...(compaction ? [compaction] : [])]
      const notes = told.filter(({ severity }) => severity !== 'info')
      return { ...(conflicts > 0 ? { conflicts } : {}), ...(notes.length > 0 ? { notes } : {}) }
    },
  })

  const first = await takeIn({ shared, held, book }, text)
  // Left unread, the files are held against what the log says of them, so that none is written over.
  if (!first.ok) for (const [name, content] of folderOf(held.written)) held.known.set(name, content)
  const begun = await journal.durable()
  const failed = first.ok ? begun : first
  shared.subscribe(projection.noteChange)
  if (!failed.ok) projection.tellAgain(failed.problems[0])
  else if (isWritten()) projection.tellAgain()
  else projection.noteChange()

  const stopWatching = watchFolder({
    ...{ dir, disk, known: held.known, poll: tools.poll },
    isWaiting: () => outside !== undefined,
    onChange: () =>
      void inTurn(async () => {
        if (!lock.isHeld()) return projection.tellAgain(LOST)
        const taken = await look()
        outside = taken.ok ? undefined : taken.problems[0]
        if (outside) projection.tellAgain(outside)
        else projection.noteChange()
      }),
  })

  return {
    shared,
    state: projection.state,
    save: projection.save,
    durable: journal.durable,
    mayEdit: () => {
      if (lock.isHeld()) return { ok: true, value: true }
      projection.tellAgain(LOST)
      return { ok: false, problems: [LOST] }
    },
    tellAgain: () => projection.tellAgain(),
    isWritten: () => isWritten() && fitDesign(shared, held.written) === held.written,
    close: async () => {
      stopWatching()
      projection.stop()
      const last = await projection.save()
      await inTurn(() => compactIfDue(true)).catch(() => {})
      await journal.close().catch(() => {})
      return last
    },
  }
}

function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}

/** Whether a snapshot that was read back says what the design does. */
export function says(state: Uint8Array, design: Design | undefined): boolean {
  const scratch = shareModel()
  try {
    scratch.load(state)
    return design === undefined || jsonOf(scratch.read()) === jsonOf(design)
  } catch {
    return false
  } finally {
    scratch.destroy()
  }
}

function jsonOf(design: Design): string {
  return canonicalJson(TABLE_NAMES.map(table => rowsOf(design[table] as Table<AnyRow>)))
}

/** The private folder of a design. */
export function privatePlace(dir: string): string {
  return path.join(dir, '.skeptic')
}
