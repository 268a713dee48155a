import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { MessagePortMain } from 'electron'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type DesignHost, openHost } from '../../electron/host-port.ts'
import { type ClientPort, hostOverPort } from '../../host/client/port.ts'
import type { Host } from '../../host/contract.ts'
import { designFolder, temporaryFolder } from '../host/folders.ts'
import { type MainPort, MessageChannelMain } from '../support/electron-stub.ts'

async function opened(folder: string | undefined): Promise<DesignHost> {
  const host = await openHost(folder)
  onTestFinished(host.close)
  return host
}

/** What a page holds once it was given the other end. */
function pageOf(host: DesignHost): { readonly page: Host; readonly end: MainPort } {
  const { port1, port2 } = new MessageChannelMain()
  host.connect(port1 as unknown as MessagePortMain)
  const page = hostOverPort(port2.inner as unknown as ClientPort)
  onTestFinished(page.close)
  return { page, end: port2 }
}

describe('a design behind a port of Electron', () => {
  test('is joined, in its own folder or in the one around it', async () => {
    const folder = await designFolder()
    const { page } = pageOf(await opened(path.dirname(folder)))
    expect(await page.call('room.join', {})).toMatchObject({ ok: true, value: { name: 'Shop', folder, save: { kind: 'saved' } } })
  })

  test('answers a page that was loaded again on a port of its own', async () => {
    const host = await opened(await designFolder())
    const first = pageOf(host)
    expect((await first.page.call('room.join', {})).ok).toBe(true)
    first.end.close()
    expect((await pageOf(host).page.call('room.join', {})).ok).toBe(true)
  })

  test('lets go of the folder when it is closed', async () => {
    const folder = await designFolder()
    const lock = path.join(folder, '.skeptic', 'lock')
    const host = await openHost(folder)
    expect(existsSync(lock)).toBe(true)
    await host.close()
    expect(existsSync(lock)).toBe(false)
  })

  test.each([
    [{ id: 1, name: 'constructor', input: {} }, 'host.unknownCall'],
    [{ id: 1, name: 'room.push', input: { update: 7 } }, 'host.input'],
  ])('refuses %j', async (message, code) => {
    const { port1, port2 } = new MessageChannelMain()
    ;(await opened(await designFolder())).connect(port1 as unknown as MessagePortMain)
    const heard = new Promise(done =>
      port2.on('message', ({ data }) => ((data as { readonly reply?: number }).reply === undefined ? undefined : done(data))),
    )
    port2.start()
    for (const noise of [null, 'text', 7, {}, { id: 'x', name: 'room.join', input: {} }]) port2.postMessage(noise)
    port2.postMessage(message)
    expect(await heard).toMatchObject({ reply: 1, result: { ok: false, problems: [{ code }] } })
    port2.close()
  })
})

describe('a folder that holds no design', () => {
  test('is no failure: every call is told why', async () => {
    const folder = path.join(await temporaryFolder(), 'nothing')
    const host = await opened(folder)
    expect(host.isOpen).toBe(false)
    const { page } = pageOf(host)
    for (const name of ['room.join', 'room.save', 'ledger.read'] as const)
      expect(await page.call(name, {})).toMatchObject({ ok: false, problems: [{ code: 'folder.missing', at: folder }] })
  })
})

describe('no folder', () => {
  test('shows a copy of the sample, which is gone afterwards; the sample stays as it was', async () => {
    const host = await openHost(undefined)
    const joined = await pageOf(host).page.call('room.join', {})
    if (!joined.ok) throw new Error(joined.problems[0].message)
    const { folder, isSample } = joined.value
    expect(isSample).toBe(true)
    const sample = path.resolve(import.meta.dirname, '../../packs/samples/bank-transfer/threat-model')
    expect(folder).not.toContain(sample)
    expect(readFileSync(path.join(folder, 'skeptic.json'))).toEqual(readFileSync(path.join(sample, 'skeptic.json')))
    await host.close()
    await vi.waitFor(() => expect(existsSync(path.dirname(folder))).toBe(false))
    expect(existsSync(path.join(sample, '.skeptic', 'lock'))).toBe(false)
  })
})
