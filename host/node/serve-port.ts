import type { Handlers } from '../contract.ts'
import { dispatch, type Report } from './dispatch.ts'
import type { Room } from './rooms.ts'

/** A message port as Node has it; Electron's, which wraps what arrives in an event, is made one by the shell. */
export type PortLike = {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message' | 'close', listener: (message?: unknown) => void) => unknown
  readonly start?: () => void
  readonly close: () => void
}

/** Answers calls that arrive on a port, and tells it the room's events. Whoever hands the port over has checked who holds its other end. */
export function servePort(
  port: PortLike,
  { room, handlers, report }: { readonly room: Room; readonly handlers: Handlers; readonly report?: Report },
): { readonly close: () => void } {
  const stop = room.listen((event, payload) => port.postMessage({ event, payload }))
  const leave = room.presence.enter((event, payload) => port.postMessage({ event, payload }))
  const stopListening = () => {
    stop()
    leave()
  }
  const close = () => {
    stopListening()
    port.close()
  }
  port.on('message', message => void answer(message))
  port.on('close', stopListening)
  port.start?.()
  return { close }

  async function answer(message: unknown): Promise<void> {
    const { id, name, input } = fieldsOf(message)
    if (typeof id !== 'number') return
    const result = await dispatch(handlers, { name, input }, report)
    port.postMessage({ reply: id, result })
  }
}

function fieldsOf(message: unknown): Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {}
}
