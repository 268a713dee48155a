import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { folderOf } from '../../core/model/write.ts'
import type { SaveState } from '../../host/contract.ts'
import { type Disk, nodeDisk } from '../../host/node/disk.ts'
import { openRoom, type Room } from '../../host/node/rooms.ts'
import { openFolder } from '../../host/node/store.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { type SharedModel, shareModel } from '../../ydoc/shared-model.ts'
import { AT, designFolder, put, smallDesign } from './folders.ts'
import { roomOf } from './hosts.ts'

/** A window of the room, wired by hand. */
function windowIn(room: Room): SharedModel {
  const shared = shareModel()
  shared.load(fromBase64(room.state()) as Uint8Array)
  shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
  return shared
}

function statesOf(room: Room): SaveState[] {
  const states: SaveState[] = []
  room.listen((name, payload) => name === 'room.save' && states.push(payload as SaveState))
  return states
}

/** A disk that is full until `isFull` says no more. */
function fullDisk(isFull: () => boolean): Disk {
  return {
    ...nodeDisk,
    create: async file => {
      if (isFull()) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      return nodeDisk.create(file)
    },
  }
}

test('an edit reaches its file on its own, and the files of other rows are not touched', async () => {
  const dir = await designFolder()
  const room = await roomOf(dir, { delay: 300 })
  const other = path.join(dir, 'elements/E-0000B.json')
  await utimes(other, 1, 1)
  const states = statesOf(room)
  windowIn(room).write([put('E-0000A', 'Shop')])
  expect(states).toEqual([{ kind: 'saving' }])
  const file = path.join(dir, 'elements/E-0000A.json')
  const expected = folderOf(applyChanges(smallDesign(), [put('E-0000A', 'Shop')])).get('elements/E-0000A.json')
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe(expected), { timeout: 10_000, interval: 10 })
  await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'saved', at: AT }))
  expect(nodeDisk.modifiedAt(other)).toBe(1000)
})

test('many edits in a row are one write, not one each', async () => {
  const dir = await designFolder()
  let writes = 0
  const create: Disk['create'] = file => {
    writes++
    return nodeDisk.create(file)
  }
  const room = await roomOf(dir, { disk: { ...nodeDisk, create }, delay: 50 })
  writes = 0
  const shared = windowIn(room)
  for (let n = 0; n < 20; n++) shared.write([put('E-0000A', `Shop ${n}`)])
  await vi.waitFor(() => expect(room.saveState()).toMatchObject({ kind: 'saved' }))
  expect(writes).toBe(1)
})

test('a full disk is said, nothing is half-written, and saving again after it was freed succeeds', async () => {
  const dir = await designFolder()
  let isFull = true
  const room = await roomOf(dir, { disk: fullDisk(() => isFull) })
  const shared = windowIn(room)
  shared.write([put('E-0000A', 'Shop'), put('E-0000C', 'Queue')])
  await vi.waitFor(() =>
    expect(room.saveState()).toMatchObject({
      kind: 'failed',
      problem: { code: 'disk.full', cure: expect.stringContaining('Free') },
    }),
  )
  expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: smallDesign() } })
  isFull = false
  expect(await room.save()).toEqual({ kind: 'saved', at: AT })
  expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: shared.read(), problems: [] } })
})

test('what changed outside is kept, also over several saves and a deletion, while all else is saved', async () => {
  const dir = await designFolder()
  const room = await roomOf(dir)
  const shared = windowIn(room)
  await writeFile(path.join(dir, 'elements/E-0000A.json'), 'theirs')
  await unlink(path.join(dir, 'elements/E-0000B.json'))
  const changes: Change[] = [{ kind: 'remove', table: 'elements', id: 'E-0000A' }, put('E-0000B', 'Mine'), put('E-0000C', 'New')]
  shared.write(changes)
  for (let n = 0; n < 3; n++)
    expect(await room.save()).toMatchObject({
      kind: 'failed',
      problem: { code: 'file.conflict', message: expect.stringContaining('1 more') },
    })
  expect(readFileSync(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toBe('theirs')
  expect((await readdir(path.join(dir, 'elements'))).sort()).toEqual(['E-0000A.json', 'E-0000C.json'])
})

test('closing writes what waits and gives the folder free', async () => {
  const dir = await designFolder()
  const room = await openRoom(dir, { delay: 60_000 })
  if (!room.ok) throw new Error('not opened')
  const shared = windowIn(room.value)
  shared.write([put('E-0000A', 'Shop')])
  expect(await room.value.close()).toMatchObject({ kind: 'saved' })
  expect(await openFolder(dir)).toMatchObject({ value: { design: shared.read() } })
  expect(existsSync(path.join(dir, '.skeptic/lock'))).toBe(false)
})

test('a room that lost its lock writes no more and says so', async () => {
  const dir = await designFolder()
  const room = await roomOf(dir)
  await writeFile(path.join(dir, '.skeptic/lock'), JSON.stringify({ pid: 1, machine: 'elsewhere', token: 'x' }))
  windowIn(room).write([put('E-0000A', 'Shop')])
  await vi.waitFor(() => expect(room.saveState()).toMatchObject({ kind: 'failed', problem: { code: 'folder.lockLost' } }))
  expect(await openFolder(dir)).toMatchObject({ value: { design: smallDesign() } })
})

test('a broken folder opens no room and leaves no lock', async () => {
  const dir = await designFolder()
  await writeFile(path.join(dir, 'policy.json'), '{')
  expect(await openRoom(dir)).toMatchObject({ ok: false, problems: [{ at: 'policy.json:1:2' }] })
  expect(existsSync(path.join(dir, '.skeptic/lock'))).toBe(false)
})

test('what a killed process left half-written is cleared, what another writes now is not', async () => {
  const dir = await designFolder()
  await mkdir(path.join(dir, 'ledger'))
  const [old, young] = [path.join(dir, 'ledger/.a.json.1.tmp'), path.join(dir, 'elements/.b.json.2.tmp')]
  await writeFile(old, '{')
  await writeFile(young, '{')
  await utimes(old, 1, 1)
  await roomOf(dir)
  expect([existsSync(old), existsSync(young)]).toEqual([false, true])
})

test('a row a window broke is missing from the design, keeps its file, and is said', async () => {
  const dir = await designFolder()
  const room = await roomOf(dir)
  const rogue = new Y.Doc()
  Y.applyUpdate(rogue, fromBase64(room.state()) as Uint8Array)
  const before = Y.encodeStateVector(rogue)
  rogue.getMap('elements').set('E-0000A/kind', 'wizard')
  expect(room.receive(toBase64(Y.encodeStateAsUpdate(rogue, before)))).toEqual({ ok: true, value: true })
  expect(Object.keys(room.design().elements)).toEqual(['E-0000B'])
  expect(room.problems()).toMatchObject([{ code: 'shared.unfit', at: 'E-0000A' }])
  windowIn(room).write([put('E-0000B', 'Mine')])
  expect(await room.save()).toMatchObject({ kind: 'saved' })
  expect(await openFolder(dir)).toMatchObject({ value: { design: applyChanges(smallDesign(), [put('E-0000B', 'Mine')]) } })
})

test('a window that states a newer format is refused, in words, and the folder stays readable', async () => {
  const dir = await designFolder()
  const room = await roomOf(dir)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, fromBase64(room.state()) as Uint8Array)
  const before = Y.encodeStateVector(doc)
  doc.getMap('settings').set('design/format', 2)
  expect(room.receive(toBase64(Y.encodeStateAsUpdate(doc, before)))).toMatchObject({
    ok: false,
    problems: [{ code: 'update.format', message: expect.stringContaining('format 2, and the design has format 1') }],
  })
  windowIn(room).write([put('E-0000A', 'Shop')])
  expect(await room.save()).toMatchObject({ kind: 'saved' })
  expect(JSON.parse(readFileSync(path.join(dir, 'skeptic.json'), 'utf8'))).toMatchObject({ format: 1 })
  await room.close()
  expect((await openFolder(dir)).ok).toBe(true)
})
