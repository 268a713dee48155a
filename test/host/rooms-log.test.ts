import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, rm, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { fileText } from '../../core/model/canonical.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { fileValueOf } from '../../core/model/parse.ts'
import type { Element } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { type Disk, nodeDisk } from '../../host/node/disk.ts'
import { openRoom, type Room, type RoomOptions } from '../../host/node/rooms.ts'
import { openFolder } from '../../host/node/store.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { type SharedModel, shareModel } from '../../ydoc/shared-model.ts'
import { joinRoom } from '../../ydoc/sync.ts'
import { AT, designFolder, element, put, STAMP, smallDesign } from './folders.ts'
import { handlersOf, roomOf } from './hosts.ts'

/** A room that writes no text file by itself. */
const SLOW: RoomOptions = { delay: 60_000 }

function windowIn(room: Room): SharedModel {
  const shared = shareModel()
  shared.load(fromBase64(room.state()) as Uint8Array)
  shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
  return shared
}

async function edit(room: Room, ...changes: readonly Change[]): Promise<void> {
  expect(windowIn(room).write(changes)).toMatchObject({ ok: true })
  expect(await room.durable()).toEqual({ ok: true, value: true })
}

/** Ends a room as a killed process does: nothing is written any more, and the lock is nobody's. */
async function kill(room: Room): Promise<void> {
  await rm(path.join(room.folder, '.skeptic/lock'), { force: true })
}

function name(id: string, text: string): Change {
  return { kind: 'patch', table: 'elements', id, fields: { name: text } }
}

function describeIt(id: string, text: string): Change {
  return { kind: 'patch', table: 'elements', id, fields: { description: text } }
}

/** Writes a row as somebody outside does, with an editor or a merge. */
async function outside(dir: string, row: Element): Promise<void> {
  await writeFile(path.join(dir, `elements/${row.id}.json`), fileText(fileValueOf('elements', row)))
}

function privateFiles(dir: string, folder = '.skeptic'): readonly string[] {
  return readdirSync(path.join(dir, folder)).sort()
}

describe('an edit that was acknowledged', () => {
  test('is there after the process was killed before any text file was written', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Shop'))
    await edit(room, put('E-0000C', 'Queue'))
    await kill(room)
    expect(await openFolder(dir)).toMatchObject({ value: { design: smallDesign() } })
    const again = await roomOf(dir)
    expect(again.id).toBe(room.id)
    expect(again.design()).toEqual(applyChanges(smallDesign(), [put('E-0000A', 'Shop'), put('E-0000C', 'Queue')]))
    await vi.waitFor(async () => expect(await openFolder(dir)).toMatchObject({ value: { design: again.design() } }))
    expect(again.conflicts()).toEqual([])
  })

  test('is told only when the disk has it, and taken once the disk has room again', async () => {
    const dir = await designFolder()
    let isFull = false
    const disk: Disk = {
      ...nodeDisk,
      openLog: async (file, how) => {
        const log = await nodeDisk.openLog(file, how)
        const write: typeof log.write = async (bytes, at) => {
          if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
          return log.write(bytes, at)
        }
        return { ...log, write }
      },
    }
    const room = await roomOf(dir, { ...SLOW, disk })
    const calls = handlersOf(room)
    const window = shareModel()
    window.load(fromBase64(room.state()) as Uint8Array)
    let update = ''
    window.onUpdate(bytes => {
      update = toBase64(bytes)
    })
    window.write([name('E-0000A', 'Shop')])
    isFull = true
    expect(await calls['room.push']({ update })).toMatchObject({ ok: false, problems: [{ code: 'disk.full' }] })
    expect(await calls['room.save']({})).toMatchObject({ value: { kind: 'failed', problem: { code: 'disk.full' } } })
    expect(await openFolder(dir)).toMatchObject({ value: { design: smallDesign() } })
    isFull = false
    expect(await calls['room.push']({ update })).toEqual({ ok: true, value: { accepted: true } })
    await kill(room)
    expect((await roomOf(dir)).design().elements['E-0000A']?.name).toBe('Shop')
  })

  test('of a window that was away while the host began anew is handed over', async () => {
    const dir = await designFolder()
    let room = await roomOf(dir, SLOW)
    let isAway = false
    const away = { ok: false, problems: [{ code: 'host.gone', severity: 'error', message: 'Away.' }] } as const
    const returns: (() => void)[] = []
    const joined = await joinRoom({
      join: async () => (isAway ? away : { ok: true, value: { state: room.state(), room: room.id } }),
      push: async update => (isAway ? away : room.receive(update)),
      onUpdate: () => () => {},
      onReturn: listener => {
        returns.push(listener)
        return () => {}
      },
    })
    if (!joined.ok) throw new Error('not joined')
    isAway = true
    joined.value.shared.write([name('E-0000B', 'Away')])
    await vi.waitFor(() => expect(joined.value.sync().kind).toBe('offline'))
    await edit(room, name('E-0000A', 'Here'))
    await kill(room)
    room = await roomOf(dir, SLOW)
    isAway = false
    for (const listener of returns) listener()
    await vi.waitFor(() => expect(joined.value.sync()).toEqual({ kind: 'synced', waiting: 0 }))
    expect(room.design()).toEqual(joined.value.shared.read())
    expect(Object.values(room.design().elements).map(row => row.name)).toEqual(['Here', 'Away'])
  })
})

describe('text files that were changed while nobody had the design open', () => {
  test('come in beside edits that were not written yet', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    await outside(dir, { ...element('E-0000A', 'Browser'), description: 'Theirs' })
    await outside(dir, element('E-0000D', 'Theirs'))
    await unlink(path.join(dir, 'elements/E-0000B.json'))
    const again = await roomOf(dir)
    expect(again.design().elements).toEqual({
      'E-0000A': { ...element('E-0000A', 'Mine'), description: 'Theirs' },
      'E-0000D': element('E-0000D', 'Theirs'),
    })
    expect(again.conflicts()).toEqual([])
    expect(await again.save()).toEqual({ kind: 'saved', at: AT })
    expect(await openFolder(dir)).toMatchObject({ value: { design: again.design() } })
  })

  test.each(['ours', 'theirs'] as const)('and say the same differently wait for a decision, which may be %s', async take => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'), describeIt('E-0000B', 'Mine'))
    await kill(room)
    await outside(dir, element('E-0000A', 'Theirs'))
    await unlink(path.join(dir, 'elements/E-0000B.json'))
    const between = await roomOf(dir)
    await vi.waitFor(() => expect(between.saveState()).toEqual({ kind: 'saved', at: AT, conflicts: 2 }))
    await kill(between)
    // Another process finds them again, also after the files hold what is ours.
    const again = await roomOf(dir)
    const calls = handlersOf(again)
    const read = await calls['conflicts.read']({})
    const conflicts = read.ok ? read.value.conflicts : []
    expect(conflicts).toMatchObject([
      { table: 'elements', row: 'E-0000A', field: 'name', base: 'Browser', ours: 'Mine', theirs: 'Theirs', at: AT },
      { table: 'elements', row: 'E-0000B', field: null, theirs: null },
    ])
    const counts: number[] = []
    again.listen((event, payload) => event === 'conflicts.changed' && counts.push((payload as { count: number }).count))
    for (const { id } of conflicts) expect(await calls['conflicts.decide']({ id, take })).toMatchObject({ ok: true })
    expect(counts).toEqual([1, 0])
    expect(again.saveState()).toEqual({ kind: 'saved', at: AT })
    const expected = { 'E-0000A': element('E-0000A', 'Theirs') }
    const ours = {
      'E-0000A': element('E-0000A', 'Mine'),
      'E-0000B': { ...element('E-0000B', 'Ledger'), description: 'Mine' },
    }
    const wanted = take === 'theirs' ? expected : ours
    expect(again.design().elements).toEqual(wanted)
    expect(await openFolder(dir)).toMatchObject({ value: { design: { elements: wanted } } })
    expect(await calls['conflicts.decide']({ id: conflicts[0]?.id ?? '', take })).toMatchObject({
      ok: false,
      problems: [{ code: 'conflicts.unknown' }],
    })
    await kill(again)
    expect((await roomOf(dir)).conflicts()).toEqual([])
  })

  test('are told from files that were being written when the process was killed', async () => {
    const dir = await designFolder()
    let renames = Number.POSITIVE_INFINITY
    const rename: Disk['rename'] = async (from, to) => {
      if (to.includes('elements') && renames-- <= 0) throw Object.assign(new Error('failing'), { code: 'EIO' })
      return nodeDisk.rename(from, to)
    }
    const room = await roomOf(dir, { ...SLOW, disk: { ...nodeDisk, rename } })
    await edit(room, name('E-0000A', 'First'), name('E-0000B', 'First'), put('E-0000C', 'First'))
    renames = 2
    expect(await room.save()).toMatchObject({ kind: 'failed', problem: { code: 'disk.failing' } })
    await edit(room, name('E-0000A', 'Second'), { kind: 'remove', table: 'elements', id: 'E-0000B' })
    await kill(room)
    expect(readFileSync(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toContain('First')
    const again = await roomOf(dir)
    expect(again.conflicts()).toEqual([])
    expect(again.design().elements).toEqual({ 'E-0000A': element('E-0000A', 'Second'), 'E-0000C': element('E-0000C', 'First') })
    expect(await again.save()).toMatchObject({ kind: 'saved' })
    expect(await openFolder(dir)).toMatchObject({ value: { design: again.design() } })
  })

  test('and are broken open no room, and the log stays as it is', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    const text = readFileSync(path.join(dir, 'skeptic.json'), 'utf8')
    await writeFile(path.join(dir, 'skeptic.json'), text.slice(0, -10))
    expect(await openRoom(dir)).toMatchObject({ ok: false, problems: [{ at: expect.stringContaining('skeptic.json') }] })
    await writeFile(path.join(dir, 'skeptic.json'), text)
    expect((await roomOf(dir)).design().elements['E-0000A']?.name).toBe('Mine')
  })
})

describe('text files that are changed while the design is open', () => {
  test('come in as an edit that every window sees', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir)
    const window = windowIn(room)
    room.listen((event, payload) => {
      if (event === 'room.update') window.receive(fromBase64((payload as { update: string }).update) as Uint8Array)
    })
    await outside(dir, element('E-0000A', 'Theirs'))
    await outside(dir, element('E-0000D', 'New'))
    await vi.waitFor(() => expect(window.read().elements['E-0000D']?.name).toBe('New'), { timeout: 5000 })
    expect(window.read().elements['E-0000A']?.name).toBe('Theirs')
    await vi.waitFor(() => expect(room.saveState()).toEqual({ kind: 'saved', at: AT }))
  })

  test('come in before a save writes the same file', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, { ...SLOW, poll: 60_000 })
    await edit(room, name('E-0000A', 'Mine'), name('E-0000B', 'Mine'))
    await outside(dir, { ...element('E-0000A', 'Browser'), description: 'Theirs' })
    await outside(dir, element('E-0000B', 'Theirs'))
    expect(await room.save()).toEqual({ kind: 'saved', at: AT, conflicts: 1 })
    expect(room.design().elements['E-0000A']).toEqual({ ...element('E-0000A', 'Mine'), description: 'Theirs' })
    expect(room.conflicts()).toMatchObject([{ row: 'E-0000B', field: 'name', ours: 'Mine', theirs: 'Theirs' }])
    expect(await openFolder(dir)).toMatchObject({ value: { design: room.design() } })
  })

  test('are found by their times where the system tells of no changes', async () => {
    const dir = await designFolder()
    const told = { poll: 50 }
    await rm(path.join(dir, 'elements/E-0000B.json'))
    const room = await roomOf(dir, told)
    expect(room.design().elements['E-0000B']).toBeUndefined()
    await outside(dir, element('E-0000B', 'Back'))
    await vi.waitFor(() => expect(room.design().elements['E-0000B']?.name).toBe('Back'), { timeout: 5000 })
  })

  test('and broken are said, until they are mended', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir)
    const file = path.join(dir, 'elements/E-0000A.json')
    const text = readFileSync(file, 'utf8')
    await writeFile(file, '<<<<<<< ours')
    await vi.waitFor(() => expect(room.saveState()).toMatchObject({ kind: 'failed' }), { timeout: 5000 })
    expect(room.design()).toEqual(smallDesign())
    await writeFile(file, text)
    await vi.waitFor(() => expect(room.saveState()).toEqual({ kind: 'saved', at: AT }), { timeout: 5000 })
  })

  test('reach a second process, which reads along', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir)
    const second = await roomOf(dir)
    expect(second.saveState()).toMatchObject({ kind: 'readOnly', problem: { code: 'folder.readOnly' } })
    await edit(room, name('E-0000A', 'Shop'))
    await vi.waitFor(() => expect(second.design().elements['E-0000A']?.name).toBe('Shop'), { timeout: 5000 })
  })
})

describe('the log', () => {
  test('is compacted as it grows and when the room is closed; nothing is lost', async () => {
    const dir = await designFolder()
    const room = await openRoom(dir, { now: () => AT, delay: 60_000, logLimit: 2000 })
    if (!room.ok) throw new Error('not opened')
    const window = windowIn(room.value)
    for (let n = 0; n < 60; n++) {
      window.write([name('E-0000A', `Name ${n}`), describeIt('E-0000B', 'd'.repeat(n * 10))])
      if (n % 5 === 0) expect(await room.value.save()).toMatchObject({ kind: 'saved' })
    }
    const files = privateFiles(dir).filter(file => /snapshot|updates/.test(file))
    expect(files).toHaveLength(4)
    expect(Number(files[0]?.split('.')[1])).toBeGreaterThan(2)
    expect(await room.value.close()).toMatchObject({ kind: 'saved' })
    const newest = Math.max(...privateFiles(dir).map(file => Number(/snapshot\.(\d+)/.exec(file)?.[1] ?? 0)))
    expect(readFileSync(path.join(dir, `.skeptic/updates.${newest}.log`)).length).toBeLessThan(500)
    const again = await roomOf(dir, SLOW)
    expect(again.design()).toEqual(window.read())
    expect(again.id).toBe(room.value.id)
    expect(privateFiles(dir).filter(file => file.endsWith('.tmp'))).toEqual([])
  })

  test('of another design is kept aside, and the text is opened', async () => {
    const [dir, other] = [await designFolder(), await designFolder(applyChanges(smallDesign(), newDesign('Other', STAMP)))]
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    await writeFile(path.join(dir, 'skeptic.json'), readFileSync(path.join(other, 'skeptic.json')))
    const again = await roomOf(dir)
    expect(again.id).not.toBe(room.id)
    expect(again.design().elements).toEqual(smallDesign().elements)
    expect(again.saveState()).toMatchObject({ kind: 'saved', notes: [{ code: 'journal.other' }] })
    expect(privateFiles(dir, '.skeptic/recovery')).toEqual([
      expect.stringMatching(/^snapshot\.1\.bin\./),
      expect.stringMatching(/^updates\.1\.log\./),
    ])
  })

  test('that cannot be read is kept aside, and the text is opened', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    await writeFile(path.join(dir, '.skeptic/snapshot.1.bin'), 'x')
    const again = await roomOf(dir)
    expect(again.design()).toEqual(smallDesign())
    expect(again.saveState()).toMatchObject({ kind: 'saved', notes: [{ code: 'journal.unread' }] })
    expect(privateFiles(dir, '.skeptic/recovery')).toHaveLength(2)
    await edit(again, name('E-0000A', 'Anew'))
    await kill(again)
    expect((await roomOf(dir)).design().elements['E-0000A']?.name).toBe('Anew')
  })

  test('that the disk does not give opens a read-only copy, and is continued when it does', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    const readBytes: Disk['readBytes'] = (file, limit) => {
      if (file.endsWith('.log')) throw Object.assign(new Error('failing'), { code: 'EIO' })
      return nodeDisk.readBytes(file, limit)
    }
    const failing = await openRoom(dir, { disk: { ...nodeDisk, readBytes } })
    expect(failing.ok && failing.value.saveState()).toMatchObject({ kind: 'readOnly', problem: { code: 'disk.failing' } })
    if (failing.ok) await failing.value.close()
    expect(existsSync(path.join(dir, '.skeptic/lock'))).toBe(false)
    expect((await roomOf(dir)).design().elements['E-0000A']?.name).toBe('Mine')
  })

  test('with a torn end goes on from the last whole edit, and edits that were not written yet stay', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await edit(room, name('E-0000A', 'Mine'))
    await kill(room)
    const file = path.join(dir, '.skeptic/updates.1.log')
    await writeFile(file, Buffer.concat([readFileSync(file), Buffer.from([9, 0, 0, 0, 1])]))
    const again = await roomOf(dir, SLOW)
    expect(again.design().elements['E-0000A']?.name).toBe('Mine')
    await kill(again)
    const third = await roomOf(dir)
    expect(third.design().elements['E-0000A']?.name).toBe('Mine')
    expect(third.conflicts()).toEqual([])
    await vi.waitFor(async () => expect(await openFolder(dir)).toMatchObject({ value: { design: third.design() } }))
  })

  test('gives way to a new document of the same design when too many wrote in it', async () => {
    const dir = await designFolder()
    const room = await openRoom(dir, SLOW)
    if (!room.ok) throw new Error('not opened')
    for (let n = 0; n < 501; n++) windowIn(room.value).write([name('E-0000A', `Name ${n}`)])
    await room.value.close()
    const again = await roomOf(dir)
    expect(again.id).not.toBe(room.value.id)
    expect(again.design().settings.design?.epoch).toBe(2)
    expect(again.design().elements['E-0000A']?.name).toBe('Name 500')
    expect(windowIn(again).clients()).toBeLessThan(5)
    expect(await again.save()).toMatchObject({ kind: 'saved' })
    expect(await openFolder(dir)).toMatchObject({ value: { design: again.design() } })
    await again.close()
    expect((await roomOf(dir)).id).toBe(again.id)
  })
})

describe('what the status bar must say', () => {
  test('copies of a sync service are no rows, and are told with the cure', async () => {
    const dir = await designFolder()
    const copies = ['E-0000A (conflicted copy).json', 'E-0000A 2.json', 'E-0000B.sync-conflict-20261122-160000-ABCDEFG.json']
    for (const file of copies) await writeFile(path.join(dir, 'elements', file), 'anything')
    const room = await roomOf(dir)
    expect(room.design()).toEqual(smallDesign())
    const notes = copies.map(file => ({ code: 'folder.copy', at: `elements/${file}`, cure: expect.stringContaining('Compare') }))
    const state = room.saveState()
    expect(
      state.kind === 'saved' && [...(state.notes ?? [])].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1)),
    ).toMatchObject(notes.sort((a, b) => (a.at < b.at ? -1 : 1)))
    await edit(room, name('E-0000A', 'Shop'))
    expect(await room.save()).toMatchObject({ kind: 'saved' })
    expect((await readdir(path.join(dir, 'elements'))).sort()).toEqual([...copies, 'E-0000A.json', 'E-0000B.json'].sort())
  })

  test('a folder that may not be written opens as a read-only copy', async () => {
    const dir = await designFolder()
    await rm(path.join(dir, '.skeptic'), { recursive: true })
    const makeFolder: Disk['makeFolder'] = async () => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' })
    }
    const room = await roomOf(dir, { disk: { ...nodeDisk, makeFolder } })
    expect(room.saveState()).toMatchObject({ kind: 'readOnly', problem: { code: 'disk.readOnly' } })
    expect(room.design()).toEqual(smallDesign())
  })

  test('a room that lost its lock takes no edit, and writes to nobody’s log', async () => {
    const dir = await designFolder()
    const room = await roomOf(dir, SLOW)
    await kill(room)
    const other = await openRoom(dir)
    onTestFinished(async () => void (other.ok && (await other.value.close())))
    const log = readFileSync(path.join(dir, '.skeptic/updates.1.log'))
    windowIn(room).write([name('E-0000A', 'Late')])
    expect(room.saveState()).toMatchObject({ kind: 'failed', problem: { code: 'folder.lockLost' } })
    await room.durable()
    expect(readFileSync(path.join(dir, '.skeptic/updates.1.log'))).toEqual(log)
    expect(folderOf(room.design())).toEqual(folderOf(smallDesign()))
  })
})
