import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Shell } from '../../electron/shell.ts'
import * as electron from '../support/electron-stub.ts'

const { restart, stub } = electron
const posted = vi.fn()
let shell: Shell

beforeEach(async () => {
  restart()
  vi.stubGlobal('window', { postMessage: posted, location: { origin: 'app://skeptic' } })
  vi.resetModules()
  vi.doMock('electron', () => electron)
  await import('../../electron/preload.ts')
  shell = stub.called('contextBridge.exposeInMainWorld')[0]?.[1] as Shell
})
afterEach(() => {
  vi.unstubAllGlobals()
  posted.mockReset()
})

const listener = (channel: string) =>
  stub.called('ipcRenderer.on').find(([name]) => name === channel)?.[1] as (...args: unknown[]) => void

test('the page gets three functions under one name and nothing of Electron', () => {
  expect(stub.called('contextBridge.exposeInMainWorld').map(([name]) => name)).toEqual(['skepticShell'])
  expect(Object.entries(shell).map(([name, value]) => [name, typeof value])).toEqual([
    ['connect', 'function'],
    ['call', 'function'],
    ['onCommand', 'function'],
  ])
})

test('what it asks goes over one channel each', async () => {
  shell.connect()
  await shell.call('link.open', { url: 'https://owasp.org/' })
  expect(stub.called('ipcRenderer.send')).toEqual([['skeptic:connect']])
  expect(stub.called('ipcRenderer.invoke')).toEqual([['skeptic:call', 'link.open', { url: 'https://owasp.org/' }]])
})

test('a port is handed on to our own origin only', () => {
  const port = {}
  listener('skeptic:port')({ ports: [port] })
  expect(posted.mock.calls).toEqual([['skeptic:port', 'app://skeptic', [port]]])
})

test('a command reaches the last listener, and none is no harm', () => {
  listener('skeptic:command')({}, 'edit.undo')
  const heard = vi.fn()
  shell.onCommand(vi.fn())
  shell.onCommand(heard)
  listener('skeptic:command')({}, 'edit.undo')
  expect(heard.mock.calls).toEqual([['edit.undo']])
})
