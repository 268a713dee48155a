import { randomBytes } from 'node:crypto'
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, MessageChannelMain, type WebContents } from 'electron'
import { chooseDesign, openLink, readWords } from './dialogs.ts'
import { newHandles } from './handles.ts'
import { type DesignHost, openHost } from './host-port.ts'
import { showMenu } from './menu.ts'
import { isTrustedSender, START_URL } from './policy.ts'
import { fieldsOf } from './read.ts'
import { CHANNELS, type ShellWords } from './shell.ts'
import { openWindow } from './window.ts'

/** A window, the design in it, and what is open on its behalf. */
type Workbench = {
  readonly window: BrowserWindow
  folder: string | undefined
  host?: Promise<DesignHost>
  disconnect?: () => void
  words?: ShellWords
}

const benches = new Map<WebContents, Workbench>()
const closing = new Set<Promise<unknown>>()
const handles = newHandles(() => randomBytes(16).toString('hex'))

/** Brings the window of a design to the front, or opens one; without a folder, any window will do. */
export function openWorkbench(folder: string | undefined): void {
  const present = [...benches.values()].find(bench => folder === undefined || bench.folder === folder)
  if (present) bringForward(present.window)
  else showWorkbench(folder)
}

export function hasWindows(): boolean {
  return benches.size > 0
}

function showWorkbench(folder: string | undefined): void {
  const window = openWindow()
  const contents = window.webContents
  const bench: Workbench = { window, folder }
  benches.set(contents, bench)
  contents.ipc.on(CHANNELS.connect, event => isTrusted(event) && connect(bench))
  contents.ipc.handle(CHANNELS.call, (event, name, input) => (isTrusted(event) ? answer(bench, name, fieldsOf(input)) : null))
  window.on('closed', () => {
    benches.delete(contents)
    release(bench)
  })
}

/** A link that wants a window of its own; asked only once the page has given the words to ask with. */
export function whenLinkIsClicked(contents: WebContents, url: string): void {
  const bench = benches.get(contents)
  if (bench?.words) void openLink(bench.window, bench.words, url)
}

/** Settled when everything that was open has been written and let go. */
export async function closeAll(): Promise<void> {
  for (const bench of benches.values()) release(bench)
  await settled()
}

async function settled(): Promise<void> {
  await Promise.allSettled(closing)
}

async function connect(bench: Workbench): Promise<void> {
  // The same folder may have just been let go of: it is opened again only once that is done.
  bench.host ??= settled().then(() => openHost(bench.folder))
  const host = await bench.host
  if (bench.window.isDestroyed()) return
  const { port1, port2 } = new MessageChannelMain()
  if (!host.isOpen) delete bench.host // loading the page again tries again
  bench.disconnect?.() // a page that was loaded again has left its port behind
  bench.disconnect = host.connect(port1)
  bench.window.webContents.postMessage(CHANNELS.port, null, [port2])
}

async function answer(bench: Workbench, name: unknown, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { window, words } = bench
  if (name === 'shell.dress') return dress(bench, input)
  if (name === 'design.choose') return words ? chooseDesign(window, words, handles) : null
  if (name === 'design.open') return openDesign(bench, handles.folderOf(input.handle))
  if (name === 'link.open') return words ? openLink(window, words, input.url) : false
  return null
}

function dress(bench: Workbench, input: Readonly<Record<string, unknown>>): boolean {
  const words = readWords(input.words)
  if (words === undefined) return false
  bench.words = words
  return showMenu(input.menu, command => {
    const window = BrowserWindow.getFocusedWindow() ?? bench.window
    window.webContents.send(CHANNELS.command, command)
  })
}

/** Another design in the same window: the old one is let go of, and the page starts afresh. */
async function openDesign(bench: Workbench, folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return false
  release(bench)
  bench.folder = folder
  await bench.window.loadURL(START_URL)
  return true
}

function release(bench: Workbench): void {
  const { host } = bench
  delete bench.host
  if (host === undefined) return
  const done = host.then(open => open.close()).finally(() => closing.delete(done))
  closing.add(done)
  done.catch(() => {})
}

function isTrusted({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return isTrustedSender(
    senderFrame ? { url: senderFrame.url, origin: senderFrame.origin, isTop: senderFrame.parent === null } : undefined,
  )
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}
