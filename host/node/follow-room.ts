import { randomBytes } from 'node:crypto'
import { ok, type Problem, refuse } from '../../core/support/result.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import type { ConflictBook } from './conflicts.ts'
import type { Held } from './held.ts'
import { takeIn } from './intake.ts'
import { roomWith, type Voices } from './room-voices.ts'
import type { Room, RoomSettings } from './rooms.ts'
import { type OpenFolder, openFolder } from './store.ts'
import { openTeamDesk } from './team/desk.ts'
import { watchFolder } from './watch-folder.ts'

/** A read-only copy: it shows what the text files say, and follows them. */
export async function followRoom(
  text: OpenFolder,
  problem: Problem,
  voices: Voices,
  { disk, poll, now, team: options }: RoomSettings,
): Promise<Room> {
  const { dir } = text
  const shared = shareModel(text.design)
  const held: Held = { written: shared.read(), pending: [], known: new Map(text.texts), isMarked: true }
  let isBehind = false
  const stopWatching = watchFolder({
    ...{ dir, disk, poll, known: held.known },
    isWaiting: () => isBehind,
    onChange: async () => {
      const read = await openFolder(dir, { disk })
      isBehind = !read.ok
      if (read.ok) await takeIn({ shared, held, book: NO_BOOK }, read.value)
    },
  })
  voices.follow(shared)
  const { presence, listen, announce } = voices
  const save = async () => ({ kind: 'readOnly', problem }) as const
  const team = await openTeamDesk({
    ...{ folder: dir, shared, disk, now, presence, listen, announce, save, isWritable: false },
    options,
  })
  const refused = { ok: false, problems: [problem] } as const
  return roomWith(voices, {
    id: randomBytes(16).toString('hex'),
    folder: dir,
    shared,
    problems: () => [...text.problems, ...shared.problems()],
    readOnly: problem,
    receive: () => refused,
    durable: async () => refused,
    saveState: () => ({ kind: 'readOnly', problem }),
    save,
    keep: async () => undefined,
    team,
    conflicts: () => [],
    decide: async () => refuse(problem),
    close: async () => {
      await team.close()
      stopWatching()
      return { kind: 'readOnly', problem }
    },
  })
}

/** Nothing is edited here, so nothing can be in conflict. */
const NO_BOOK: ConflictBook = { list: () => [], holds: () => true, add: async () => ok(true), drop: async () => ok(true) }
