import { expect, onTestFinished, test, vi } from 'vitest'
import type { Host } from '../../host/contract.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { joinPresence, type Present, stampedUpdate } from '../../ydoc/presence.ts'
import { designFolder } from './folders.ts'
import { overHttp, overPort, roomOf } from './hosts.ts'

type Here = { readonly key: string; readonly client: number; readonly number: number }

/** A window that shows itself through the contract alone. */
async function enter(host: Host, selection: readonly string[] = []) {
  const here = await new Promise<Here>(done => void host.on('presence.here', done))
  const presence = joinPresence({
    client: here.client,
    send: update => void host.call('presence.show', { key: here.key, update: toBase64(update) }),
    changed: () => {},
  })
  host.on('presence.update', ({ update }) => presence.receive(fromBase64(update) as Uint8Array))
  onTestFinished(presence.leave)
  presence.show({ step: 'model', selection })
  const others = (): readonly Partial<Present>[] => presence.others().map(({ client: _client, ...rest }) => rest)
  return { here, presence, others }
}

for (const [name, open] of [
  ['message port', overPort],
  ['HTTP and WebSocket', overHttp],
] as const) {
  test(`over ${name}, windows see who is here, where, and who left`, async () => {
    const { host, again } = await open({ room: await roomOf(await designFolder()) })
    const second = await again()
    const mine = await enter(host, ['E-0000A'])
    const theirs = await enter(second)
    await vi.waitFor(() =>
      expect(theirs.others()).toEqual([{ number: 1, person: 'security lead', step: 'model', selection: ['E-0000A'] }]),
    )
    await vi.waitFor(() => expect(mine.others()).toMatchObject([{ number: 2, selection: [] }]))
    theirs.presence.show({ step: 'threats', selection: ['F-0000A'] })
    await vi.waitFor(() => expect(mine.others()).toMatchObject([{ step: 'threats', selection: ['F-0000A'] }]))
    await second.close()
    await vi.waitFor(() => expect(mine.others()).toEqual([]))
    const third = await enter(await again())
    expect(third.here.number).toBe(2)
    await vi.waitFor(() => expect(third.others()).toMatchObject([{ number: 1 }]))
  })

  test(`over ${name}, nobody speaks for another window, under another name, or at length`, async () => {
    const { host, again } = await open({ room: await roomOf(await designFolder()) })
    const [mine, theirs] = [await enter(host), await enter(await again())]
    const show = (key: string, update: Uint8Array) => host.call('presence.show', { key, update: toBase64(update) })
    const as = (client: number, selection: readonly string[]) =>
      stampedUpdate({ step: 'model', selection }, { client, number: 9, person: 'the boss' }, 99)
    expect(await show(mine.here.key, as(theirs.here.client, []))).toMatchObject({ problems: [{ code: 'presence.malformed' }] })
    expect(await show('0'.repeat(32), as(theirs.here.client, []))).toMatchObject({ problems: [{ code: 'presence.notHere' }] })
    expect(await show(mine.here.key, new Uint8Array(2049))).toMatchObject({ ok: false })
    expect(await show(mine.here.key, as(mine.here.client, Array(51).fill('E-0000A')))).toMatchObject({ ok: false })
    expect(await show(mine.here.key, as(mine.here.client, ['<b>']))).toMatchObject({ ok: false })
    expect(await show(mine.here.key, Uint8Array.from([1, 255, 255, 255]))).toMatchObject({ ok: false })
    expect((await show(mine.here.key, as(mine.here.client, ['E-0000B']))).ok).toBe(true)
    await vi.waitFor(() =>
      expect(theirs.others()).toMatchObject([{ number: 1, person: 'security lead', selection: ['E-0000B'] }]),
    )
  })
}

test('what a host would send is read as carefully as what a window sends', () => {
  const presence = joinPresence({ client: 7, send: () => {}, changed: () => {} })
  onTestFinished(presence.leave)
  for (const bytes of [[], [0], [1, 8], [1, 8, 1, 200], [2, 8, 1, 2, 123, 125], [1, 8, 1, 1, 123]])
    presence.receive(Uint8Array.from(bytes))
  presence.receive(stampedUpdate({ step: 'model', selection: [] }, { client: 7, number: 1, person: 'me' }, 5))
  expect(presence.others()).toEqual([])
  presence.receive(stampedUpdate({ step: 'model', selection: [] }, { client: 8, number: 2, person: 'architect' }, 5))
  expect(presence.others()).toHaveLength(1)
})
