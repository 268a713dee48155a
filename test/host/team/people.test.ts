import { expect, onTestFinished, test } from 'vitest'
import type { Host } from '../../../host/contract.ts'
import { fromBase64, toBase64 } from '../../../ydoc/base64.ts'
import { joinPresence, readElsewhere, stampedUpdate } from '../../../ydoc/presence.ts'
import { overPort } from '../hosts.ts'
import { hubOf, kindOf, twoMachines, until } from './hub.ts'

async function enter(host: Host, selection: readonly string[]) {
  const here = await new Promise<{ readonly key: string; readonly client: number }>(done => void host.on('presence.here', done))
  const presence = joinPresence({
    client: here.client,
    send: update => void host.call('presence.show', { key: here.key, update: toBase64(update) }),
    changed: () => {},
  })
  host.on('presence.update', ({ update }) => presence.receive(fromBase64(update) as Uint8Array))
  onTestFinished(presence.leave)
  presence.show({ step: 'model', selection })
  return presence
}

test('windows of two machines see each other, and no longer when the line is gone', async () => {
  const hub = await hubOf()
  const [a, b] = await twoMachines(hub)
  const mine = await enter((await overPort({ room: a })).host, ['E-0000A'])
  const theirs = await enter((await overPort({ room: b })).host, ['E-0000B'])
  const seen = { step: 'model', person: 'security lead' }
  await until(() => expect(mine.others()).toMatchObject([{ ...seen, selection: ['E-0000B'] }]))
  await until(() => expect(theirs.others()).toMatchObject([{ ...seen, selection: ['E-0000A'] }]))
  expect(a.team.state()).toMatchObject({ people: 1 })
  theirs.show({ step: 'threats', selection: [] })
  await until(() => expect(mine.others()).toMatchObject([{ step: 'threats', selection: [] }]))
  await hub.stop()
  await until(() => expect(mine.others()).toEqual([]))
  expect(a.team.state()).toMatchObject({ people: 0 })
  await hub.start()
  await until(() => expect([kindOf(a), kindOf(b)]).toEqual(['connected', 'connected']))
  await until(() => expect(mine.others()).toMatchObject([{ step: 'threats' }]))
})

test('of what a hub says about people only what can be read is taken', () => {
  const shown = { step: 'model', selection: ['E-0000A'] }
  const good = stampedUpdate(shown, { client: 7, number: 1, person: 'Kim' }, 3)
  expect(readElsewhere(good)).toEqual([{ client: 7, person: 'Kim', shown }])
  expect(readElsewhere(new Uint8Array([255, 255, 255, 255, 15]))).toEqual([])
  expect(readElsewhere(new Uint8Array(300_000))).toEqual([])
  const wild = stampedUpdate({ step: '<b>', selection: [] }, { client: 7, number: 1, person: 'Kim' }, 3)
  expect(readElsewhere(wild)).toEqual([])
})
