import { readFileSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { join } from '../../cli/commands/join.ts'
import { leave } from '../../cli/commands/leave.ts'
import { tellTeam } from '../../cli/design-write.ts'
import type { Command, World } from '../../cli/frame.ts'
import { rowAt } from '../../core/model/table.ts'
import { openFolder } from '../../host/node/store.ts'
import { AT, designFolder, temporaryFolder } from '../host/folders.ts'
import { hubOf, machines, must, until } from '../host/team/hub.ts'

function world(cwd: string, said: string[] = []): World {
  return {
    cwd,
    design: undefined,
    at: AT,
    by: 'security lead',
    random: Math.random,
    version: '0',
    say: line => void said.push(line),
    stopped: async () => {},
  }
}

function run(command: Command, cwd: string, args: readonly string[], texts: Readonly<Record<string, string>> = {}) {
  const options = { text: (name: string) => texts[name], many: () => [], on: () => false }
  return command.run({ args, options, world: world(cwd) })
}

test('join makes a folder of the design of the team, an edit of a command reaches the team, and leave keeps the folder', async () => {
  const hub = await hubOf()
  const [machine] = await machines(hub, 1)
  const room = machine?.room
  if (!room) throw new Error('no machine')
  vi.stubEnv('SKEPTIC_HUB_TOKEN', 'token')
  const cwd = await temporaryFolder()
  must(await run(join, cwd, [hub.address(), 'shop']))
  const dir = path.join(cwd, 'shop')
  expect(must(await openFolder(dir)).design).toEqual(room.design())

  const file = path.join(dir, 'elements/E-0000A.json')
  await writeFile(file, readFileSync(file, 'utf8').replace('Browser', 'Phone'))
  const said: string[] = []
  await tellTeam(world(cwd, said), dir)
  expect(said).toEqual(['With the team: the hub has stored it.'])
  await until(() => expect(rowAt(room.design().elements, 'E-0000A')?.name).toBe('Phone'))

  await hub.stop()
  await writeFile(file, readFileSync(file, 'utf8').replace('Phone', 'Tablet'))
  await tellTeam(world(cwd, said), dir)
  expect(said[1]).toBe('Not with the team yet; it goes with the next connection. The team hub cannot be reached.')
  await hub.start()
  await tellTeam(world(cwd, said), dir)
  await until(() => expect(rowAt(room.design().elements, 'E-0000A')?.name).toBe('Tablet'))

  must(await run(leave, dir, []))
  expect(must(await openFolder(dir)).design).toEqual(room.design())
  await tellTeam(world(cwd, said), dir)
  expect(said).toHaveLength(3)
})

test('a folder that differs from the hub is not joined before somebody says whose values stand', async () => {
  const hub = await hubOf()
  const original = await designFolder()
  const other = path.join(await temporaryFolder(), 'threat-model')
  await cp(original, other, { recursive: true })
  vi.stubEnv('SKEPTIC_HUB_TOKEN', 'token')
  vi.stubEnv('XDG_CONFIG_HOME', await temporaryFolder())
  must(await run(join, original, [hub.address()]))
  const file = path.join(other, 'elements/E-0000A.json')
  await writeFile(file, readFileSync(file, 'utf8').replace('Browser', 'Phone'))
  expect(await run(join, other, [hub.address()])).toMatchObject({ ok: false, problems: [{ code: 'hub.differs' }] })
  must(await run(join, other, [hub.address()], { prefer: 'mine' }))
  const said: string[] = []
  await tellTeam(world(original, said), original)
  expect(readFileSync(path.join(original, 'elements/E-0000A.json'), 'utf8')).toContain('Phone')
  expect(await run(join, other, [hub.address()])).toMatchObject({ ok: false, problems: [{ code: 'team.joined' }] })
})

test.each([
  ['not an address', 'hub.address'],
  ['wss://hub.example/sync', 'hub.address'],
  ['ws://hub.example/sync#Qm3xY7kP2a', 'hub.plain'],
  ['https://name:word@hub.example/#Qm3xY7kP2a', 'hub.address'],
])('an address that cannot be joined is refused with the reason: %s', async (address, code) => {
  vi.stubEnv('SKEPTIC_HUB_TOKEN', 'token')
  expect(await run(join, await designFolder(), [address])).toMatchObject({ ok: false, problems: [{ code }] })
})

test('without a token nobody is asked', async () => {
  vi.stubEnv('SKEPTIC_HUB_TOKEN', '')
  expect(await run(join, await designFolder(), ['wss://hub.example/sync#Qm3xY7kP2a'])).toMatchObject({
    ok: false,
    problems: [{ code: 'join.token' }],
  })
})
