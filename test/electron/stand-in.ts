import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser, BrowserContext, Page, Request as PageRequest } from '@playwright/test'
import * as electron from '../support/electron-stub.ts'
import { type FromPage, standIn } from './stand-in-page.ts'

/** Chromium knows no `app:` scheme unless Electron taught it one; a secure origin that is never looked up takes its place. */
const SHOWN = 'https://skeptic.invalid'
const OURS = 'app://skeptic'

type InPage = { readonly __fromMain: Readonly<Record<string, (...args: unknown[]) => void>> }

export type StandIn = {
  readonly page: Page
  /** Addresses the page asked for that are not its own. */
  readonly strangers: readonly string[]
  /** What the page's console called an error, every violation of the policy among it. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/**
 * The built main bundle in this process on top of the recording stub, the built preload and the built workbench in a real Chromium,
 * and the messages between them carried across. What it cannot show is Electron itself: see desktop-real.spec.ts.
 */
export async function standInFor(browser: Browser, dist: string, words: readonly string[]): Promise<StandIn> {
  electron.restart()
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } })
  const page = await context.newPage()
  const strangers: string[] = []
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  electron.stub.load = async (window, url) => {
    await bridge(window, page)
    await page.goto(url.replace(OURS, SHOWN))
  }
  await context.route('**/*', async route => {
    const request = route.request()
    if (!request.url().startsWith(SHOWN)) {
      strangers.push(request.url())
      return route.abort()
    }
    const response = await serve(request)
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })
  runMain(dist, words)
  electron.stub.becomeReady()
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= quit(context)
    return closing
  }
  return { page, strangers, complaints, close }
}

/** The built bundle asks for `electron` with `require`; it gets the stub. */
function runMain(dist: string, words: readonly string[]): void {
  const main = path.join(dist, 'electron', 'main.cjs')
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown }
  const load = loader._load
  const argv = process.argv
  loader._load = (name, ...rest) => (name === 'electron' ? electron : load(name, ...rest))
  process.argv = ['/opt/skeptic/skeptic', ...words]
  try {
    const require = createRequire(import.meta.url)
    delete require.cache[main]
    // Each bundle brings its own Yjs, which complains when it finds the one of an earlier test.
    delete (globalThis as Record<string, unknown>)['__ $YJS$ __']
    require(main)
  } finally {
    loader._load = load
    process.argv = argv
  }
}

async function serve(request: PageRequest): Promise<Response> {
  const [call] = electron.stub.called('protocol.handle')
  const handler = call?.[1] as (question: { readonly url: string; readonly method: string }) => Promise<Response>
  return handler({ url: request.url().replace(SHOWN, OURS), method: request.method() })
}

const bridged = new WeakSet<electron.BrowserWindow>()

async function bridge(shown: electron.BrowserWindow, page: Page): Promise<void> {
  if (bridged.has(shown)) return
  bridged.add(shown)
  const contents = shown.webContents
  const ports: electron.MainPort[] = []
  const tell = (kind: string, ...args: readonly unknown[]) =>
    page
      .evaluate(([what, rest]) => (window as unknown as InPage).__fromMain[what]?.(...rest), [kind, args] as const)
      .catch(() => {})
  await page.exposeBinding('__toMain', ({ frame }, { kind, channel, args }: FromPage) => {
    if (kind === 'port') return ports[Number(channel)]?.postMessage(args[0])
    const senderFrame = { url: frame.url().replace(SHOWN, OURS), origin: OURS, parent: frame.parentFrame() }
    return contents.receive(channel, { senderFrame }, ...args)
  })
  contents.on('stub:send', (channel: string, ...args: unknown[]) => tell('send', channel, args))
  contents.on('stub:post', (channel: string, _message: unknown, [port]: electron.MainPort[]) => {
    if (port === undefined) return
    const name = ports.push(port) - 1
    port.on('message', ({ data }: { data: unknown }) => tell('deliver', name, data))
    void tell('open', channel, name).then(() => port.start())
  })
  const preload = readFileSync((shown.options.webPreferences as { readonly preload: string }).preload, 'utf8')
  await page.addInitScript(`(${standIn})(function (require) { ${preload}\n})`)
}

async function quit(context: BrowserContext): Promise<void> {
  await context.close()
  for (const window of electron.stub.windows) window.close()
  const ended = new Promise<void>(done => {
    electron.stub.onExit = done
  })
  electron.app.emit('will-quit', { preventDefault: () => {} })
  await ended
}
