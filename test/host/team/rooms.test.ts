import { readFileSync, realpathSync } from 'node:fs'
import { cp, readdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { newDesign } from '../../../core/model/create.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { rowAt } from '../../../core/model/table.ts'
import type { Room } from '../../../host/node/rooms.ts'
import { forgetHub, readHubPlace, tokenOf } from '../../../host/node/team/place.ts'
import { designFolder, put, temporaryFolder } from '../folders.ts'
import { hubOf, kindOf, must, ownConfig, teamRoom, twoMachines, until, windowIn } from './hub.ts'

function nameOf(room: Room, id: string): string | undefined {
  return rowAt(room.design().elements, id)?.name
}

test('what is done on one machine arrives on the other, in its window and in its files', async () => {
  const hub = await hubOf()
  const [a, b, , there] = await twoMachines(hub)
  const mine = windowIn(a)
  const theirs = windowIn(b)
  must(mine.write([put('E-0000A', 'Shop front')]))
  await until(() => expect(rowAt(theirs.read().elements, 'E-0000A')?.name).toBe('Shop front'))
  must(theirs.write([{ kind: 'patch', table: 'elements', id: 'E-0000A', fields: { technology: 'Go' } }]))
  await until(() => expect(rowAt(mine.read().elements, 'E-0000A')?.technology).toBe('Go'))
  await until(() => expect(readFileSync(path.join(there, 'elements/E-0000A.json'), 'utf8')).toContain('Shop front'))
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['connected', 'connected']))
  expect(a.design()).toEqual(b.design())
})

test('what both did without the hub is merged when it is back', async () => {
  const hub = await hubOf()
  const [a, b] = await twoMachines(hub)
  await hub.stop()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['offline', 'offline']))
  must(windowIn(a).write([put('E-0000A', 'Shop'), put('E-0000C', 'Queue')]))
  must(windowIn(b).write([{ kind: 'patch', table: 'elements', id: 'E-0000B', fields: { technology: 'SQL' } }]))
  must(windowIn(b).write([{ kind: 'remove', table: 'elements', id: 'E-0000A' }]))
  expect(a.team.state()).toMatchObject({ kind: 'offline', waiting: 1, problem: { code: 'hub.offline' } })
  await hub.start()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['connected', 'connected']))
  await until(() => expect(a.design()).toEqual(b.design()))
  expect(nameOf(a, 'E-0000C')).toBe('Queue')
  expect(rowAt(a.design().elements, 'E-0000B')?.technology).toBe('SQL')
  expect(a.team.state()).toMatchObject({ waiting: 0 })
})

test('edits made without the hub survive the end of the program, and go to the team with the next (R0FF10)', async () => {
  const hub = await hubOf()
  const [a, b, here] = await twoMachines(hub)
  await hub.stop()
  await until(() => expect(kindOf(a)).toBe('offline'))
  must(windowIn(a).write([put('E-0000C', 'Queue')]))
  must(windowIn(b).write([put('E-0000D', 'Cache')]))
  await a.close()
  const again = await teamRoom(here)
  expect(again.team.state()).toMatchObject({ waiting: 1 })
  await hub.start()
  await until(() => expect(nameOf(again, 'E-0000D')).toBe('Cache'))
  await until(() => expect(nameOf(b, 'E-0000C')).toBe('Queue'))
  expect(again.design()).toEqual(b.design())
})

test('a field that both changed without the hub has one of both values everywhere', async () => {
  const hub = await hubOf()
  const [a, b] = await twoMachines(hub)
  await hub.stop()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['offline', 'offline']))
  const rename = (name: string) => [{ kind: 'patch', table: 'elements', id: 'E-0000A', fields: { name } }] as const
  must(windowIn(a).write(rename('Mine')))
  must(windowIn(b).write(rename('Theirs')))
  await hub.start()
  await until(() => expect(nameOf(a, 'E-0000A')).toBe(nameOf(b, 'E-0000A')))
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['connected', 'connected']))
  expect(['Mine', 'Theirs']).toContain(nameOf(a, 'E-0000A'))
})

test('text files that a person changed while the program was closed go to the team', async () => {
  const hub = await hubOf()
  const [a, b, here] = await twoMachines(hub)
  await a.close()
  must(windowIn(b).write([{ kind: 'patch', table: 'elements', id: 'E-0000B', fields: { technology: 'SQL' } }]))
  const file = path.join(here, 'elements/E-0000A.json')
  await writeFile(file, readFileSync(file, 'utf8').replace('Browser', 'Phone'))
  const again = await teamRoom(here)
  await until(() => expect(nameOf(b, 'E-0000A')).toBe('Phone'))
  await until(() => expect(rowAt(again.design().elements, 'E-0000B')?.technology).toBe('SQL'))
  expect(again.design()).toEqual(b.design())
})

test('a token lies with the person, readable by them alone, and nowhere in the folder', async () => {
  const hub = await hubOf({ token: 'a-secret-token' })
  await ownConfig()
  const dir = await designFolder()
  const room = await teamRoom(dir)
  expect(await room.team.join({ address: hub.address(), token: 'wrong' })).toMatchObject({
    ok: false,
    problems: [{ code: 'hub.denied' }],
  })
  must(await room.team.join({ address: hub.address(), token: 'a-secret-token' }))
  expect(readFileSync(path.join(dir, '.skeptic/hub.json'), 'utf8')).not.toContain('secret')
  const folder = path.join(process.env.XDG_CONFIG_HOME as string, 'skeptic', 'hubs')
  const [file] = await readdir(folder)
  expect((await stat(path.join(folder, file as string))).mode & 0o777).toBe(0o600)
})

describe('several folders of one design on one machine', () => {
  const tokens = async () => (await readdir(path.join(process.env.XDG_CONFIG_HOME as string, 'skeptic', 'hubs'))).length
  const isKept = async (dir: string) => {
    const place = must(await readHubPlace(dir))
    return place ? must(await tokenOf(place)) : 'left'
  }

  test('have a token each: leaving one ends no other, and the last leaves nothing', async () => {
    const hub = await hubOf()
    const [a, b, , second] = await twoMachines(hub)
    expect(await tokens()).toBe(2)
    must(await a.team.leave())
    expect(await tokens()).toBe(1)
    await b.close()
    const again = await teamRoom(second)
    await until(() => expect(kindOf(again)).toBe('connected'))
    must(await again.team.leave())
    expect(await tokens()).toBe(0)
  })

  test('a copy that is left without ever being opened takes nothing from its original', async () => {
    const hub = await hubOf()
    const [a, , first] = await twoMachines(hub)
    const copy = path.join(await temporaryFolder(), 'threat-model')
    await cp(first, copy, { recursive: true })
    expect(must(await forgetHub(copy))?.address).toBe(must(await readHubPlace(first))?.address)
    expect([await isKept(first), await isKept(copy)]).toEqual(['token', 'left'])
    expect(kindOf(a)).toBe('connected')
  })

  test('a copy and a moved folder have keys of their own once they were opened', async () => {
    const hub = await hubOf()
    const [a, , first] = await twoMachines(hub)
    await a.close()
    const [copy, moved] = [path.join(await temporaryFolder(), 'copy'), path.join(await temporaryFolder(), 'moved')]
    await cp(first, copy, { recursive: true })
    const opened = await teamRoom(copy)
    await until(() => expect(kindOf(opened)).toBe('connected'))
    expect(await tokens()).toBe(3)
    must(await forgetHub(first))
    expect([await tokens(), await isKept(copy)]).toEqual([2, 'token'])
    await opened.close()
    await rename(copy, moved)
    const there = await teamRoom(moved)
    await until(() => expect(kindOf(there)).toBe('connected'))
    expect([await tokens(), must(await readHubPlace(moved))?.folder]).toEqual([2, realpathSync(moved)])
    must(await there.team.leave())
    expect(await tokens()).toBe(1)
  })

  test('one that was refused leaves no token', async () => {
    const hub = await hubOf()
    await twoMachines(hub)
    const room = await teamRoom(await designFolder())
    expect((await room.team.join({ address: hub.address(), token: 'wrong' })).ok).toBe(false)
    expect(await tokens()).toBe(2)
  })
})

test('another design under the address is refused, and nothing of it is taken in', async () => {
  const hub = await hubOf()
  await twoMachines(hub)
  const stamp = { at: '2026-11-22T16:00:00Z', by: 'lead', random: randomFrom('other') }
  const dir = await designFolder(applyChanges(EMPTY_DESIGN, newDesign('Bank', stamp)))
  const room = await teamRoom(dir)
  const refused = await room.team.join({ address: hub.address(), token: 'token', prefer: 'team' })
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'hub.otherDesign' }] })
  expect(room.name()).toBe('Bank')
  expect(room.team.state()).toEqual({ kind: 'alone' })
})

test('who may only read gets what others do, and is told that their own edits stay here', async () => {
  const options = { readOnly: false }
  const hub = await hubOf(options)
  const [a, b] = await twoMachines(hub)
  await hub.stop()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['offline', 'offline']))
  options.readOnly = true
  await hub.start()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['connected', 'connected']))
  must(windowIn(a).write([put('E-0000C', 'Queue')]))
  expect(a.team.state()).toMatchObject({ kind: 'behind', waiting: 1, problem: { code: 'hub.readOnly' } })
  expect(nameOf(b, 'E-0000C')).toBeUndefined()
})
