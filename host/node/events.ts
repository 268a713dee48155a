import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Refused, rawRefusal } from './guard.ts'
import type { Room } from './rooms.ts'

/** Bytes that may wait for a window that does not read, before its line is cut. */
const BACKLOG = 32 * 1024 * 1024
const PING_EVERY = 20_000

/** One line of events for each window; windows say nothing on it. */
export function serveEvents(room: Room, refused: (request: IncomingMessage) => Refused | undefined) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false })
  const lines = new Map<WebSocket, { isAlive: boolean }>()
  const stopListening = room.listen((event, payload) => {
    const message = JSON.stringify({ event, payload })
    for (const line of lines.keys()) {
      if (line.bufferedAmount > BACKLOG) line.terminate()
      else line.send(message)
    }
  })
  const pulse = setInterval(() => {
    for (const [line, state] of lines) {
      if (!state.isAlive) line.terminate()
      state.isAlive = false
      line.ping()
    }
  }, PING_EVERY)
  pulse.unref()
  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      socket.on('error', () => socket.destroy())
      const why = refused(request)
      if (why) return void socket.end(rawRefusal(why.status))
      server.handleUpgrade(request, socket, head, line => {
        const state = { isAlive: true }
        lines.set(line, state)
        line.on('pong', () => {
          state.isAlive = true
        })
        line.on('error', () => line.terminate())
        const leave = room.presence.enter((event, payload) => {
          if (line.bufferedAmount <= BACKLOG) line.send(JSON.stringify({ event, payload }))
        })
        line.on('close', () => {
          lines.delete(line)
          leave()
        })
      })
    },
    close: (): void => {
      clearInterval(pulse)
      stopListening()
      for (const line of lines.keys()) line.terminate()
      server.close()
    },
  }
}
