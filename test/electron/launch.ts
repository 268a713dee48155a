import { vi } from 'vitest'
import * as electron from '../support/electron-stub.ts'

const { restart, stub } = electron

/** What Electron says about the frame a message came from. */
export const OUR_FRAME = { url: 'app://skeptic/index.html', origin: 'app://skeptic', parent: null }

/** Runs main.ts from its first line, as a packaged program with these words behind its name. */
export async function launch(words: readonly string[] = [], { isReady = true, isFirstInstance = true } = {}): Promise<void> {
  restart()
  stub.isFirstInstance = isFirstInstance
  const before = process.argv
  process.argv = ['/opt/skeptic/skeptic', ...words]
  vi.stubGlobal('__FILES__', {})
  vi.resetModules()
  vi.doMock('electron', () => electron)
  await import('../../electron/main.ts')
  process.argv = before
  if (isReady) stub.becomeReady()
  await vi.waitFor(() => {
    if (isReady && isFirstInstance && stub.called('BrowserWindow').length === 0 && stub.called('app.exit').length === 0)
      throw new Error('no window yet')
  })
}

export function onlyWindow(): electron.BrowserWindow {
  const [window, ...more] = stub.windows
  if (window === undefined || more.length > 0) throw new Error(`${stub.windows.length} windows`)
  return window
}

/** What happens in main when the page of a window sends a message. */
export async function fromPage(window: electron.BrowserWindow, channel: string, ...args: readonly unknown[]): Promise<unknown> {
  return window.webContents.receive(channel, { senderFrame: OUR_FRAME }, ...args)
}
