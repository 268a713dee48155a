import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus } from '@hocuspocus/server'
import { type WebSocket, WebSocketServer } from 'ws'
import { rawRefusal } from '../host/node/guard.ts'
import { readHubFrame } from '../ydoc/hub-frames.ts'
import type { Audit } from './audit.ts'
import { type AddressLimiter, type Limits, MESSAGE_BYTES, PRESENCE_BYTES, SIGN_IN_BYTES } from './limits.ts'
import type { Context, Session } from './sync.ts'

export type SocketTools = {
  readonly hocuspocus: Hocuspocus<Context>
  readonly audit: Audit
  readonly limits: Limits
  readonly limiter: AddressLimiter
  /** Why an upgrade is turned away, as a status and a code; nothing when it may come. */
  readonly refusedUpgrade: (request: IncomingMessage) => { readonly status: number; readonly code: string } | undefined
}

export type Sockets = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly count: () => number
  readonly close: () => Promise<void>
}

/** Bytes that may wait for a peer who does not read. */
const MOST_UNREAD = 32 * 1024 * 1024
/** Hocuspocus' providers answer its pings with this one byte. */
const PONG = 10

/** The door: every message is measured and read here before anything else sees it. */
export function openSockets({ hocuspocus, audit, limits, limiter, refusedUpgrade }: SocketTools): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  })
  const numbers = new Set<number>()

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = addressOf(request)
    socket.on('error', () => socket.destroy())
    const refused = refusedUpgrade(request) ?? (limiter.mayTry(address) ? undefined : { status: 429, code: 'limit.signIns' })
    if (refused || !limiter.enter(address)) {
      audit.add({ kind: refused?.code ?? 'limit.connections', address })
      socket.end(rawRefusal(refused?.status ?? 429))
      return
    }
    let isOpen = false
    socket.on('close', () => {
      if (!isOpen) limiter.leave(address)
    })
    server.handleUpgrade(request, socket, head, ws => {
      isOpen = true
      attend(ws, address)
    })
  }

  function attend(ws: WebSocket, address: string): void {
    let number = 1
    while (numbers.has(number)) number++
    numbers.add(number)
    const close = (code: number, reason: string): void => ws.close(code, reason.slice(0, 100))
    const session: Session = { id: randomUUID(), address, number, clients: 0, isSignedIn: false, strikes: 0, close }
    let before = 0
    const late = setTimeout(() => {
      if (!session.isSignedIn) turnOut(4408, 'limit.signInTime')
    }, limits.signInSeconds * 1000)
    const client = hocuspocus.handleConnection(
      {
        get readyState() {
          return ws.readyState
        },
        send: (data: string | ArrayBufferLike | Blob | ArrayBufferView) => {
          if (ws.bufferedAmount > MOST_UNREAD) ws.terminate()
          else ws.send(data as Uint8Array)
        },
        close: (code?: number, reason?: string) => ws.close(code, reason),
      },
      new Request('http://hub/sync'),
      { session },
    )

    function turnOut(code: number, kind: string): void {
      audit.add({ kind, address })
      close(code, kind)
      // Whoever does not answer the closing is cut off.
      setTimeout(() => ws.terminate(), 2000).unref()
    }

    ws.on('message', (data: Buffer, isBinary) => {
      if (ws.readyState !== ws.OPEN) return
      if (!limiter.message(address, data.length)) return turnOut(4429, 'limit.rate')
      if (!session.isSignedIn) before += data.length
      if (before > SIGN_IN_BYTES) return turnOut(4413, 'limit.signInBytes')
      if (isBinary && data.length === 1 && data[0] === PONG) return
      const frame = isBinary ? readHubFrame(data) : undefined
      if (!frame) return turnOut(4400, 'frame.malformed')
      if (frame.kind === 'presence' && frame.content.length > PRESENCE_BYTES) return turnOut(4413, 'presence.large')
      client.handleMessage(new Uint8Array(data))
    })
    ws.on('error', error => {
      const isLarge = (error as NodeJS.ErrnoException).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
      audit.add({ kind: isLarge ? 'frame.large' : 'frame.malformed', address })
    })
    ws.on('close', (code, reason) => {
      clearTimeout(late)
      numbers.delete(number)
      limiter.leave(address)
      client.handleClose({ code, reason: reason.toString() })
    })
  }

  return {
    upgrade,
    count: () => server.clients.size,
    close: async () => {
      for (const ws of server.clients) ws.close(1001, 'hub.closing')
      await Promise.race([allGone(server), new Promise(done => setTimeout(done, 1000).unref())])
      for (const ws of server.clients) ws.terminate()
    },
  }
}

function allGone(server: WebSocketServer): Promise<unknown> {
  return Promise.all([...server.clients].map(ws => new Promise(done => ws.once('close', done))))
}

/** Of the socket, never of a header. */
export function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'unknown'
}
