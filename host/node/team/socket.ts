import { WebSocket } from 'ws'
import type { HubSocket, SocketEvents } from '../../../ydoc/hub-line.ts'
import { MESSAGE_LIMIT } from '../../../ydoc/hub-wire.ts'

const PING_EVERY = 20_000

/** Bytes that may wait for a hub that does not read, before its line is cut. */
const BACKLOG = 32 * 1024 * 1024

/** Opens a line to a hub. It is cut when the other end falls silent, and never throws. */
export function openSocket(address: string, events: SocketEvents): HubSocket {
  const line = new WebSocket(address, { maxPayload: MESSAGE_LIMIT, perMessageDeflate: false, handshakeTimeout: 15_000 })
  let isAlive = true
  const pulse = setInterval(() => {
    if (!isAlive) line.terminate()
    isAlive = false
    if (line.readyState === WebSocket.OPEN) line.ping()
  }, PING_EVERY)
  pulse.unref()
  line.on('open', events.opened)
  line.on('pong', () => {
    isAlive = true
  })
  line.on('message', (data, isBinary) => {
    isAlive = true
    events.message(isBinary ? bytesOf(data) : new Uint8Array())
  })
  line.on('error', () => line.terminate())
  line.on('close', code => {
    clearInterval(pulse)
    events.closed(code)
  })
  return {
    send: bytes => {
      if (line.readyState !== WebSocket.OPEN) return
      if (line.bufferedAmount > BACKLOG) line.terminate()
      else line.send(bytes)
    },
    close: () => {
      clearInterval(pulse)
      if (line.readyState === WebSocket.OPEN) line.close()
      else line.terminate()
    },
  }
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
