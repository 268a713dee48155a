import { rm } from 'node:fs/promises'
import { app, type MessagePortMain } from 'electron'
import type { Handlers } from '../host/contract.ts'
import { createHandlers } from '../host/node/handlers.ts'
import { openRoom } from '../host/node/rooms.ts'
import { copySample } from '../host/node/sample-copy.ts'
import { type PortLike, servePort } from '../host/node/serve-port.ts'
import { findDesign } from '../host/node/store.ts'
import { startProcess } from './import-apart.ts'
import { printInWindow } from './print.ts'
import { fieldsOf } from './read.ts'
import type { Refusal } from './refusal.ts'

/** An open design, or the reason there is none; a page is told either through its port. */
export type DesignHost = {
  readonly isOpen: boolean
  /** Answers on this port until the function it returns is called. */
  readonly connect: (port: MessagePortMain) => () => void
  readonly close: () => Promise<void>
}

/** Where a design lies; a copy is gone once it is closed. */
type Place = { readonly folder: string; readonly copy?: string }
type Found = { readonly ok: true; readonly value: Place } | Refusal

/** Opens a design, or a copy of the sample. Never fails: what is wrong is what the page is answered. */
export async function openHost(folder: string | undefined): Promise<DesignHost> {
  const found: Found = folder === undefined ? await copySample() : { ok: true, value: { folder } }
  if (!found.ok) return refuseAll(found)
  const place = found.value
  const opened = await openRoom(findDesign(place.folder) ?? place.folder)
  if (!opened.ok) return refuseAll(opened)
  const room = opened.value
  const by = person()
  const isSample = place.copy !== undefined
  const handlers: Handlers = createHandlers(room, {
    by,
    isSample,
    version: app.getVersion(),
    startImporter: startProcess,
    print: printInWindow,
  })
  return {
    isOpen: true,
    connect: port => servePort(plainPort(port), { room, handlers }).close,
    close: async () => {
      await room.close()
      if (place.copy !== undefined) await rm(place.copy, { recursive: true, force: true })
    },
  }
}

/** Who works here, as the history names them. */
export function person(): string {
  return process.env.SKEPTIC_USER ?? process.env.USER ?? process.env.USERNAME ?? 'unknown'
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
