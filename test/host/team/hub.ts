import { cp } from 'node:fs/promises'
import type { Socket } from 'node:net'
import path from 'node:path'
import { Server } from '@hocuspocus/server'
import { expect, onTestFinished, vi } from 'vitest'
import * as Y from 'yjs'
import type { TeamState } from '../../../host/contract.ts'
import type { Room, RoomOptions } from '../../../host/node/rooms.ts'
import { fromBase64, toBase64 } from '../../../ydoc/base64.ts'
import { type SharedModel, shareModel } from '../../../ydoc/shared-model.ts'
import { designFolder, temporaryFolder } from '../folders.ts'
import { roomOf } from '../hosts.ts'

export const DOCUMENT = 'Qm3xY7kP2a'

/** A bare hub that keeps in memory what it said it stored, also when it is stopped and started again. */
export type TestHub = {
  readonly address: () => string
  readonly doc: () => Y.Doc
  /** An edit that some peer sent, as the hub would pass it on without looking at it. */
  readonly push: (update: Uint8Array) => Promise<void>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

export type HubOptions = {
  readonly readOnly?: boolean
  readonly token?: string
  /** Asked before an edit is stored, and again before it is acknowledged; true breaks the line there. */
  /** Waited for before an edit is stored. */
  readonly hold?: () => Promise<void> | undefined
  readonly breaks?: (when: 'before' | 'stored') => boolean
}

export async function hubOf(options: HubOptions = {}): Promise<TestHub> {
  let stored: Uint8Array = Y.encodeStateAsUpdate(new Y.Doc())
  let port = 0
  let server: Server | undefined
  const sockets = new Set<Socket>()
  const make = () =>
    new Server({
      address: '127.0.0.1',
      port,
      quiet: true,
      stopOnSignals: false,
      debounce: 100_000,
      onAuthenticate: async ({ token, connectionConfig }) => {
        if (token !== (options.token ?? 'token')) throw Object.assign(new Error('no'), { reason: 'token' })
        if (options.readOnly) connectionConfig.readOnly = true
      },
      onLoadDocument: async ({ document }) => Y.applyUpdate(document, stored),
      // Before the answer: what is acknowledged here is stored.
      beforeSync: async ({ type, payload }) => {
        if (type === 0 || options.readOnly) return
        await options.hold?.()
        if (options.breaks?.('before')) throw new Error('broken before it was stored')
        stored = Y.mergeUpdates([stored, payload])
        if (options.breaks?.('stored')) throw new Error('broken before it was acknowledged')
      },
    })
  const start = async () => {
    server = make()
    server.httpServer.on('connection', socket => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await server.listen()
    port = server.address.port
  }
  const stop = async () => {
    const old = server
    server = undefined
    if (!old) return
    // also lines that are only being opened: a process that ends takes all of them with it
    old.httpServer.close()
    for (const socket of sockets) socket.destroy()
    await old.destroy()
  }
  await start()
  onTestFinished(stop)
  return {
    address: () => `ws://127.0.0.1:${port}/sync#${DOCUMENT}`,
    doc: () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, stored)
      return doc
    },
    push: async update => {
      stored = Y.mergeUpdates([stored, update])
      const direct = await server?.hocuspocus.openDirectConnection(DOCUMENT)
      await direct?.transact(doc => Y.applyUpdate(doc, update))
      await direct?.disconnect()
    },
    stop,
    start,
  }
}

export const PACE = { first: 20, most: 100, patience: 5000 }

/** Tokens of a test lie in a folder of its own. */
export async function ownConfig(): Promise<void> {
  const folder = await temporaryFolder()
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
}

export function teamRoom(dir: string, options: RoomOptions = {}): Promise<Room> {
  return roomOf(dir, { team: { pace: PACE }, ...options })
}

/** Two machines with the same design, joined to one hub. */
export async function twoMachines(hub: TestHub): Promise<readonly [Room, Room, string, string]> {
  const [a, b] = await machines(hub, 2)
  return [a?.room as Room, b?.room as Room, a?.dir ?? '', b?.dir ?? '']
}

/** Several machines with copies of one folder, each joined. */
export async function machines(hub: TestHub, count: number, options: RoomOptions = {}) {
  await ownConfig()
  const first = await designFolder()
  const all: { readonly room: Room; readonly dir: string }[] = []
  for (let n = 0; n < count; n++) {
    const dir = path.join(await temporaryFolder(), 'threat-model')
    await cp(first, dir, { recursive: true })
    const room = await teamRoom(dir, options)
    must(await room.team.join({ address: hub.address(), token: 'token' }))
    all.push({ room, dir })
  }
  await until(() => expect(all.map(({ room }) => kindOf(room))).toEqual(all.map(() => 'connected')))
  return all
}

/** A window of the room, wired by hand. */
export function windowIn(room: Room): SharedModel {
  const shared = shareModel()
  shared.load(fromBase64(room.state()) as Uint8Array)
  shared.onUpdate((update, own) => {
    if (!own) return
    const taken = room.receive(toBase64(update))
    if (!taken.ok) throw new Error(taken.problems[0].message)
  })
  room.listen((name, payload) => {
    if (name === 'room.update') shared.load(fromBase64((payload as { update: string }).update) as Uint8Array)
  })
  return shared
}

export function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** Waits until something holds; the reason it did not is the last failed comparison. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 10 })
}

export function kindOf(room: Room): TeamState['kind'] {
  return room.team.state().kind
}
