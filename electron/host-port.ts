import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
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
import { type Refusal, refusal } from './refusal.ts'

/** An open design, or the reason there is none; a page is told either through its port. */
export type DesignHost = {
  readonly isOpen: boolean
  /** Answers on this port until the function it returns is called. */
  readonly connect: (port: MessagePortMain) => () => void
  readonly close: () => Promise<void>
}

/** Where a design lies; a copy is gone once it is closed. */
type Place = { readonly ok: true; readonly folder: string; readonly copy?: string }

/** The sample people meet first. */
const SAMPLE = 'bank-transfer'

/** Opens a design, or a copy of the sample. Never fails: what is wrong is what the page is answered. */
export async function openHost(folder: string | undefined): Promise<DesignHost> {
  const place: Place | Refusal = folder === undefined ? await copySample() : { ok: true, folder }
  if (!place.ok) return refuseAll(place)
  const opened = await openRoom(findDesign(place.folder) ?? place.folder)
  if (!opened.ok) return refuseAll(opened)
  const room = opened.value
  const by = process.env.SKEPTIC_USER ?? process.env.USER ?? process.env.USERNAME ?? 'unknown'
  const handlers: Handlers = { ...createHandlers(room, { by }), 'import.read': importApart(room, by) }
  return {
    isOpen: true,
    connect: port => servePort(plainPort(port), { room, handlers }).close,
    close: async () => {
      await room.close()
      if (place.copy !== undefined) await rm(place.copy, { recursive: true, force: true })
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

function refuseAll(refused: Refusal): DesignHost {
  return {
    isOpen: false,
    connect: port => {
      port.on('message', ({ data }) => {
        const { id } = fieldsOf(data)
        if (typeof id === 'number') port.postMessage({ reply: id, result: refused })
      })
      port.start()
      return () => port.close()
    },
    close: async () => {},
  }
}

async function copySample(): Promise<Place | Refusal> {
  const source = findSample(SAMPLE)
  if (source === undefined)
    return refusal({
      code: 'sample.missing',
      message: 'The sample is missing from this installation.',
      cure: 'Install Skeptic again.',
    })
  try {
    const copy = await mkdtemp(path.join(tmpdir(), 'skeptic-sample-'))
    await copyFolder(source, copy)
    return { ok: true, folder: path.join(copy, 'threat-model'), copy }
  } catch (error) {
    const message = `The sample could not be copied: ${error instanceof Error ? error.message : error}`
    return refusal({ code: 'sample.copy', at: tmpdir(), message, cure: 'Make room there, or open a design of your own.' })
  }
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
