import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { settingsOf } from '../../core/model/lookup.ts'
import { TABLE_NAMES, TABLES } from '../../core/model/tables.ts'
import type { Design } from '../../core/model/types.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import type { EventName, HostEvents, KeptWhy, SaveState } from '../contract.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { lockFolder } from './lock.ts'
import { openPresence, type PresenceDesk } from './presence.ts'
import { projectTo } from './projection.ts'
import { keepStates } from './state-keeper.ts'
import { openFolder } from './store.ts'
import { openTeamDesk, type TeamDesk, type TeamOptions } from './team/desk.ts'

export type Announce = <N extends EventName>(name: N, payload: HostEvents[N]) => void

/** One open design: the shared document of all its windows, and the folder that follows it. */
export type Room = {
  /** Random name of this opening; a copy made under another name is of another document. */
  readonly id: string
  readonly folder: string
  readonly name: () => string
  readonly design: () => Design
  /** What reading the folder found, and rows that peers broke since. */
  readonly problems: () => readonly Problem[]
  /** The whole document in base64. */
  readonly state: () => string
  /** Takes in a window's update in base64, or refuses it and changes nothing. */
  readonly receive: (update: string, options?: { readonly isUndo: boolean }) => Result<true>
  /** Keeps the design as it is now on this machine; answers under which digest, or nothing where that cannot be. */
  readonly keep: (why: KeptWhy) => Promise<string | undefined>
  /** Nothing when the folder may be written; else who writes it. */
  readonly readOnly: Problem | undefined
  readonly saveState: () => SaveState
  readonly save: () => Promise<SaveState>
  readonly listen: (announce: Announce) => () => void
  readonly announce: Announce
  /** Who is here now; nothing of it is kept. */
  readonly presence: PresenceDesk
  /** The team hub that the design is joined to, if any. */
  readonly team: TeamDesk
  /** Writes what is left, then gives the folder free; answers how saving stood at the end. */
  readonly close: () => Promise<SaveState>
}

export type RoomOptions = {
  readonly disk?: Disk
  readonly now?: () => string
  /** Milliseconds between an edit and its file. */
  readonly delay?: number
  readonly team?: TeamOptions
}

const DELAY = 300

/** Opens a design folder for editing; a second process gets it read-only. */
export async function openRoom(dir: string, options: RoomOptions = {}): Promise<Result<Room>> {
  const { disk = nodeDisk, now = timeNow, delay = DELAY } = options
  const opened = await openFolder(dir, { disk })
  if (!opened.ok) return opened
  const { dir: folder, design, texts, problems } = opened.value
  const lock = await lockFolder(folder, disk)
  if (lock.ok) await clearLeftovers(folder, disk)
  const shared = shareModel(design)
  const announcers = new Set<Announce>()
  const presence = openPresence()
  const announce: Announce = (name, payload) => {
    for (const tell of [...announcers]) tell(name, payload)
  }
  const tools = {
    dir: folder,
    read: shared.read,
    unfit: shared.unfit,
    written: shared.read(),
    known: new Map(texts),
    disk,
    now,
    delay,
  }
  const projection = lock.ok ? projectTo({ ...tools, lock: lock.value, tell: state => announce('room.save', state) }) : undefined
  const readOnly = lock.ok ? undefined : lock.problems[0]
  shared.onUpdate(update => announce('room.update', { update: toBase64(update) }))
  if (projection) shared.subscribe(projection.noteChange)
  const tellRemoved = (removal: HostEvents['room.removed']) => announce('room.removed', removal)
  const keeper = lock.ok ? keepStates({ folder, read: shared.read, disk, now, removed: tellRemoved }) : undefined
  if (keeper) shared.subscribe(keeper.noteEdit)
  void keeper?.prune()
  const listen: Room['listen'] = tell => {
    announcers.add(tell)
    return () => void announcers.delete(tell)
  }
  const save = async () => (await projection?.save()) ?? saveState()
  const team = await openTeamDesk({
    folder,
    shared,
    disk,
    now,
    presence,
    listen,
    announce,
    save,
    isWritable: lock.ok,
    options: options.team,
  })
  const saveState = (): SaveState => projection?.state() ?? { kind: 'readOnly', problem: readOnly ?? UNKNOWN }
  return ok({
    id: randomBytes(16).toString('hex'),
    folder,
    name: () => settingsOf(shared.read())?.name ?? path.basename(folder),
    design: shared.read,
    problems: () => [...problems, ...shared.problems()],
    state: () => toBase64(shared.state()),
    receive: (update, { isUndo } = { isUndo: false }) => {
      if (readOnly) return { ok: false, problems: [readOnly] }
      const bytes = fromBase64(update)
      if (!bytes) return refuse(NOT_BASE64)
      const before = shared.read()
      const taken = shared.receive(bytes)
      if (taken.ok) keeper?.noteReceived(before, shared.read(), isUndo)
      return taken
    },
    keep: async why => keeper?.keep(why),
    readOnly,
    saveState,
    save,
    listen,
    announce,
    presence,
    team,
    close: async () => {
      const last = await save()
      await keeper?.close()
      await team.close()
      announcers.clear()
      presence.close()
      shared.destroy()
      if (lock.ok) await lock.value.release()
      return last
    },
  })
}

/** The clock of the host, in the form of the design: whole seconds, UTC. */
export function timeNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}

const UNKNOWN: Problem = {
  code: 'folder.readOnly',
  severity: 'error',
  message: 'Read-only copy.',
  cure: 'Open the design again.',
}
const NOT_BASE64 = {
  code: 'update.malformed',
  message: 'The edit is not base64.',
  cure: 'Nothing was changed. Join the design again.',
}

/** Temporary files of a process that was killed while writing; those of one that writes now are younger than a minute. */
async function clearLeftovers(dir: string, disk: Disk): Promise<void> {
  const folders = ['', 'ledger', ...TABLE_NAMES.flatMap(name => TABLES[name].folder ?? [])]
  for (const folder of folders.map(name => path.join(dir, name))) {
    try {
      for (const { name, kind } of disk.list(folder)) {
        const file = path.join(folder, name)
        if (kind === 'file' && LEFTOVER.test(name) && Date.now() - disk.modifiedAt(file) > 60_000) await disk.remove(file)
      }
    } catch {
      // not there, or not ours to clear: it does no harm
    }
  }
}

const LEFTOVER = /^\..+\.tmp$/
