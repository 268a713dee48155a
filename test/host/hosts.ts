import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { WebSocket as Line } from 'ws'
import { type HttpTools, hostOverHttp } from '../../host/client/http.ts'
import { type ClientPort, hostOverPort } from '../../host/client/port.ts'
import type { Handlers, Host } from '../../host/contract.ts'
import type { Report } from '../../host/node/dispatch.ts'
import { createHandlers } from '../../host/node/handlers.ts'
import { openRoom, type Room, type RoomOptions } from '../../host/node/rooms.ts'
import { type HttpHost, serveHttp } from '../../host/node/serve-http.ts'
import { type PortLike, servePort } from '../../host/node/serve-port.ts'
import { readSite } from '../../host/node/site.ts'
import { AT, temporaryFolder } from './folders.ts'

/** A room that is closed when the test ends. */
export async function roomOf(dir: string, options: RoomOptions = {}): Promise<Room> {
  const room = await openRoom(dir, { now: () => AT, delay: 20, ...options })
  if (!room.ok) throw new Error(room.problems[0].message)
  onTestFinished(async () => void (await room.value.close()))
  return room.value
}

export type Served = { readonly room: Room; readonly handlers?: Handlers; readonly report?: Report }

/** The same contract over each transport; a second window is opened with `again`. */
export type Opened = { readonly host: Host; readonly again: () => Promise<Host> }

export async function overPort({ room, handlers = handlersOf(room), report = () => {} }: Served): Promise<Opened> {
  const again = async () => {
    const { port1, port2 } = new MessageChannel()
    servePort(port2 as unknown as PortLike, { room, handlers, report })
    return closedAfter(hostOverPort(port1 as unknown as ClientPort))
  }
  return { host: await again(), again }
}

export async function overHttp(served: Served): Promise<Opened> {
  const server = await serverOf(served)
  const again = () => windowOf(server)
  return { host: await again(), again }
}

export async function serverOf({ room, handlers = handlersOf(room), report = () => {} }: Served): Promise<HttpHost> {
  const served = await serveHttp({ room, handlers, report, site: readSite(await builtSite()) })
  if (!served.ok) throw new Error(served.problems[0].message)
  onTestFinished(served.value.close)
  return served.value
}

export async function windowOf({ origin, token }: HttpHost, tools: Partial<HttpTools> = browserOf(origin)): Promise<Host> {
  const host = await hostOverHttp(origin, token, tools)
  if (!host.ok) throw new Error(host.problems[0].message)
  return closedAfter(host.value)
}

/** What a browser adds by itself: its cookies and the Origin of the page. */
export function browserOf(origin: string): Pick<HttpTools, 'fetch' | 'openLine'> {
  let cookie = ''
  return {
    fetch: async (url, init) => {
      const headers = { ...(init?.headers as Record<string, string>), origin, cookie }
      const response = await fetch(url, { ...init, headers })
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
      return response
    },
    openLine: url => new Line(url, { origin, headers: { cookie } }) as unknown as WebSocket,
  }
}

export function handlersOf(room: Room): Handlers {
  return createHandlers(room, { by: 'security lead', now: () => AT })
}

/** A folder as the build leaves it. */
export async function builtSite(): Promise<string> {
  const folder = await temporaryFolder()
  await mkdir(path.join(folder, 'assets'))
  await mkdir(path.join(folder, '.vite'))
  const files = {
    'index.html': '<!doctype html><title>Skeptic</title><script type="module" src="./assets/main.js"></script>',
    'mermaid-host.html': '<!doctype html><title>Diagram</title>',
    'assets/main.js': 'export {}',
    'assets/worker-a1.js': 'self',
    'assets/look.css': 'a{}',
    'assets/font.woff2': 'x',
    'assets/main.js.map': '{}',
    '.vite/manifest.json': '{}',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

function closedAfter(host: Host): Host {
  onTestFinished(host.close)
  return host
}
