import { readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { type Disk, nodeDisk } from '../../host/node/disk.ts'
import { openRoom } from '../../host/node/rooms.ts'
import { openFolder } from '../../host/node/store.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { runs } from '../support/runs.ts'
import { faultyDisk } from './faulty-disk.ts'
import { AT, designFolder, put, smallDesign } from './folders.ts'

const EDITS: readonly (readonly Change[])[] = [
  [put('E-0000A', 'Shop'), put('E-0000C', 'Queue')],
  [{ kind: 'patch', table: 'elements', id: 'E-0000A', fields: { description: 'd'.repeat(4000) } }],
  [{ kind: 'remove', table: 'elements', id: 'E-0000B' }, put('E-0000D', 'Cache')],
  [put('E-0000C', 'Topic')],
]

/** What the design is after each number of edits. */
const STATES: readonly Design[] = [0, 1, 2, 3, 4].map(many => applyChanges(smallDesign(), EDITS.slice(0, many).flat()))

/** A person's session on a disk: opens, edits, saves, edits, compacts, closes. Answers how many edits were acknowledged. */
async function session(dir: string, disk: Disk): Promise<number> {
  const room = await openRoom(dir, { disk, now: () => AT, delay: 60_000, poll: 60_000, logLimit: 1000 })
  if (!room.ok) return 0
  const { receive, durable, save, state, close } = room.value
  const window = shareModel()
  window.load(fromBase64(state()) as Uint8Array)
  window.onUpdate(update => void receive(toBase64(update)))
  let acknowledged = 0
  for (const [i, edit] of EDITS.entries()) {
    window.write(edit)
    if ((await durable()).ok && !room.value.readOnly) acknowledged = i + 1
    if (i > 0) await save()
  }
  await close()
  return acknowledged
}

async function touchesOf(dir: string): Promise<number> {
  const counting = faultyDisk(nodeDisk)
  expect(await session(dir, counting.disk)).toBe(EDITS.length)
  return counting.touches()
}

function temporaryFiles(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.tmp'))
}

/** The daily run takes every third touch, each code another third. */
const CODES = ['ENOSPC', 'EIO', 'EACCES']

test.each(CODES)(
  '%s at any touch of the disk destroys no file, and what was acknowledged is there once it is gone',
  async code => {
    const touches = await touchesOf(await designFolder())
    expect(touches).toBeGreaterThan(60)
    const step = runs(3, 1)
    const allowed = new Map<string, Set<string>>()
    for (const state of STATES)
      for (const [name, text] of folderOf(state)) allowed.set(name, (allowed.get(name) ?? new Set()).add(text))
    for (let at = 1 + CODES.indexOf(code); at <= touches; at += step) {
      for (const disk of [faultyDisk(nodeDisk, { at, code }).disk, brokenFrom(at, code)]) {
        const dir = await designFolder()
        const acknowledged = await session(dir, disk)
        const text = await openFolder(dir)
        expect(text, `touch ${at}`).toMatchObject({ ok: true, value: { problems: [] } })
        if (text.ok)
          for (const [name, content] of text.value.texts) expect(allowed.get(name), `touch ${at}: ${name}`).toContain(content)
        const room = await openRoom(dir)
        if (!room.ok) throw new Error(room.problems[0].message)
        const design = room.value.design()
        const found = STATES.findLastIndex(state => same(state, design))
        expect(found, `touch ${at}: ${acknowledged} edits were acknowledged`).toBeGreaterThanOrEqual(acknowledged)
        expect(room.value.conflicts(), `touch ${at}`).toEqual([])
        expect(await room.value.save(), `touch ${at}`).toMatchObject({ kind: 'saved' })
        await room.value.close()
        expect(await openFolder(dir), `touch ${at}`).toMatchObject({ ok: true, value: { design } })
        expect(temporaryFiles(path.join(dir, '.skeptic')), `touch ${at}`).toEqual([])
        await rm(dir, { recursive: true })
      }
    }
  },
  600_000,
)

function same(a: Design, b: Design): boolean {
  const [x, y] = [folderOf(a), folderOf(b)]
  return x.size === y.size && [...x].every(([name, text]) => y.get(name) === text)
}

/** A disk of which everything fails from the n-th touch on. */
function brokenFrom(at: number, code: string): Disk {
  let count = 0
  const guard = <T>(work: () => Promise<T>): Promise<T> =>
    ++count >= at ? Promise.reject(Object.assign(new Error(code), { code })) : work()
  return {
    ...nodeDisk,
    create: file =>
      guard(async () => {
        const handle = await nodeDisk.create(file)
        return { ...handle, write: content => guard(() => handle.write(content)), sync: () => guard(() => handle.sync()) }
      }),
    openLog: (file, how) =>
      guard(async () => {
        const log = await nodeDisk.openLog(file, how)
        return { ...log, write: (bytes, to) => guard(() => log.write(bytes, to)), sync: () => guard(() => log.sync()) }
      }),
    rename: (from, to) => guard(() => nodeDisk.rename(from, to)),
    remove: file => guard(() => nodeDisk.remove(file)),
    makeFolder: folder => guard(() => nodeDisk.makeFolder(folder)),
    syncFolder: folder => guard(() => nodeDisk.syncFolder(folder)),
  }
}
