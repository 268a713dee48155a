import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MessagePortMain } from 'electron'
import type { Handlers } from '../host/contract.ts'
import { createHandlers } from '../host/node/handlers.ts'
import { openRoom } from '../host/node/rooms.ts'
import { findSample } from '../host/node/samples.ts'
import { type PortLike, servePort } from '../host/node/serve-port.ts'
import { findDesign } from '../host/node/store.ts'
import { importApart } from './import-apart.ts'
import { fieldsOf } from './read.ts'

/** An open design, or the reason there is none; a page is told either through its port. */
export type DesignHost = {
  readonly isOpen: boolean
  readonly connect: (port: MessagePortMain) => void
  readonly close: () => Promise<void>
}

/** The sample people meet first. */
const SAMPLE = 'bank-transfer'

/** Opens a design, or a copy of the sample that is gone afterwards. Never fails: a refusal is what the page is answered. */
export async function openHost(folder: string | undefined): Promise<DesignHost> {
  const copy = folder === undefined ? await copySample() : undefined
  const place = folder ?? copy ?? process.cwd()
  const by = process.env.SKEPTIC_USER ?? process.env.USER ?? process.env.USERNAME ?? 'unknown'
  const opened = await openRoom(findDesign(place) ?? place)
  if (!opened.ok) return { isOpen: false, connect: port => refuseAll(plainPort(port), opened), close: async () => {} }
  const room = opened.value
  const handlers: Handlers = { ...createHandlers(room, { by }), 'import.read': importApart(room, by) }
  return {
    isOpen: true,
    connect: port => void servePort(plainPort(port), { room, handlers }),
    close: async () => {
      await room.close()
      if (copy !== undefined) await rm(copy, { recursive: true, force: true })
    },
  }
}

/** A port of Electron as the host knows one: what arrives is the message itself, not an event around it. */
function plainPort(port: MessagePortMain): PortLike {
  return {
    postMessage: message => port.postMessage(message),
    on: (event, listener) =>
      event === 'message' ? port.on('message', ({ data }) => listener(data)) : port.on('close', () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  }
}

function refuseAll(port: PortLike, refusal: unknown): void {
  port.on('message', message => {
    const { id } = fieldsOf(message)
    if (typeof id === 'number') port.postMessage({ reply: id, result: refusal })
  })
  port.start?.()
}

async function copySample(): Promise<string | undefined> {
  const source = findSample(SAMPLE)
  if (source === undefined) return undefined
  const copy = mkdtempSync(path.join(tmpdir(), 'skeptic-sample-'))
  await copyFolder(source, copy)
  return copy
}

/** By hand, because the copy of Node cannot read from the archive the app is packaged in. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    else await writeFile(target, await readFile(source))
  }
}
