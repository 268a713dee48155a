import { designNamedBy } from '../../core/model/ledger.ts'
import { isMassRemoval, removalOf, touchedRows } from '../../core/model/removal.ts'
import type { Design } from '../../core/model/types.ts'
import type { HostEvents, KeptWhy } from '../contract.ts'
import type { Disk } from './disk.ts'
import { dropStates, keepNoted, keptStates } from './kept-states.ts'
import { readLedgerFolder } from './ledger.ts'
import { LONGEST, MOST_BYTES, statesToDrop } from './states-to-drop.ts'

/** Keeps states of the open design by itself: once edits have settled, and before much is changed at once. */
export type StateKeeper = {
  /** The design changed, whoever changed it. */
  readonly noteEdit: () => void
  /** A window's edit turned the one design into the other. */
  readonly noteReceived: (before: Design, after: Design, isUndo: boolean) => void
  /** Keeps the design as it is now; answers its digest once that is done, or nothing. */
  readonly keep: (why: KeptWhy) => Promise<string | undefined>
  /** Lets go what is older or larger than may be kept. */
  readonly prune: () => Promise<void>
  /** Keeps what was edited since, and waits for all that is under way. */
  readonly close: () => Promise<void>
}

export type KeeperTools = {
  readonly folder: string
  readonly read: () => Design
  readonly disk: Disk
  readonly now: () => string
  readonly removed: (removal: HostEvents['room.removed']) => void
}

/** Edits have settled after so many milliseconds of quiet, or after so many edits. */
const QUIET = 5 * 60_000
const MOST_EDITS = 50

/** Edits nearer to each other than so many milliseconds count as one: large ones travel in pieces, and nobody removes much by halves. */
const BURST = 10_000

/** From so many rows on, an edit is large. */
const MANY = 20

type Burst = { base: Design; last: number; kept: Promise<string | undefined> | undefined; told: number }

export function keepStates({ folder, read, disk, now, removed }: KeeperTools): StateKeeper {
  let edits = 0
  let timer: NodeJS.Timeout | undefined
  let burst: Burst | undefined
  let last: { readonly design: Design; readonly kept: Promise<string | undefined> } | undefined
  let tail: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    // A state that cannot be kept stops nothing: saving says what is wrong with the disk.
    const done = tail.then(work).catch(() => undefined)
    tail = done
    return done
  }

  function settled(why: KeptWhy): Promise<string | undefined> {
    clearTimeout(timer)
    timer = undefined
    edits = 0
    return keepThis(read(), why)
  }

  function keepThis(design: Design, why: KeptWhy): Promise<string | undefined> {
    const at = now()
    const kept = inTurn(() => keepNoted(folder, design, { at, why, disk }))
    last = { design, kept }
    return kept
  }

  function noteReceived(before: Design, after: Design, isUndo: boolean): void {
    const at = Date.parse(now())
    if (!burst || at - burst.last > BURST) burst = { base: before, last: at, kept: undefined, told: 0 }
    burst.last = at
    const removal = removalOf(burst.base, after)
    const isMass = isMassRemoval(removal)
    if (!burst.kept && (isMass || touchedRows(burst.base, after, MANY) >= MANY))
      // What was just kept on purpose, as before bringing back, keeps its own reason.
      burst.kept = last?.design === burst.base ? last.kept : keepThis(burst.base, isMass ? 'removal' : 'many')
    if (isUndo) {
      burst = { base: after, last: at, kept: undefined, told: 0 }
      return
    }
    if (!isMass || removal.removed <= burst.told) return
    burst.told = removal.removed
    void burst.kept?.then(state => removed({ ...removal, ...(state === undefined ? {} : { state }) }))
  }

  return {
    noteEdit: () => {
      edits++
      clearTimeout(timer)
      timer = undefined
      if (edits >= MOST_EDITS) return void settled('settled')
      timer = setTimeout(() => void settled('settled'), QUIET)
      timer.unref()
    },
    noteReceived,
    keep: settled,
    prune: async () => void (await inTurn(() => prune(folder, Date.parse(now()), disk))),
    close: async () => {
      if (edits > 0) await settled('closed')
      clearTimeout(timer)
      await tail
    },
  }
}

async function prune(folder: string, now: number, disk: Disk): Promise<void> {
  const states = keptStates(folder, disk)
  if (states.length === 0) return
  const ledger = await readLedgerFolder(folder)
  // Without the ledger nobody knows what it names.
  if (!ledger.ok) return
  const recent = ledger.value.entries.filter(({ entry }) => now - Date.parse(entry.at) <= LONGEST)
  const named = new Set(recent.flatMap(({ entry }) => designNamedBy(entry) ?? []))
  await dropStates(folder, statesToDrop(states, { now, named, most: MOST_BYTES }), disk)
}
