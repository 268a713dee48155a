import type { Result } from '../../core/support/result.ts'
import type { EventName, Host } from '../contract.ts'
import { newListeners } from './listeners.ts'
import { patienceFor } from './patience.ts'
import { closed, silent } from './refusals.ts'

/** A message port as windows and Node have it. */
export type ClientPort = Pick<MessagePort, 'postMessage' | 'close' | 'addEventListener' | 'start'>

/** Long enough for a verification of large evidence. */
const PATIENCE = 180

type Waiting = { readonly resolve: (result: Result<never>) => void; readonly timer: ReturnType<typeof setTimeout> }

/** The host over a message port, as Electron's preload hands one over. No call waits for ever. */
export function hostOverPort(port: ClientPort, { patience = PATIENCE }: { readonly patience?: number } = {}): Host {
  const waiting = new Map<number, Waiting>()
  const listeners = newListeners()
  let last = 0
  let isOpen = true

  function settle(id: number, result: Result<never>): void {
    const call = waiting.get(id)
    if (!call) return
    waiting.delete(id)
    clearTimeout(call.timer)
    call.resolve(result)
  }

  function end(): void {
    if (!isOpen) return
    isOpen = false
    for (const id of [...waiting.keys()]) settle(id, closed())
    listeners.tell('host.connection', { online: false })
  }

  port.addEventListener('message', event => {
    const { reply, result, event: name, payload } = (event as MessageEvent<PortMessage>).data
    if (reply !== undefined) settle(reply, result as Result<never>)
    else if (name !== undefined) listeners.tell(name, payload as never)
  })
  port.addEventListener('close', end)
  port.start()
  return {
    call: (name, input) =>
      new Promise(resolve => {
        if (!isOpen) return resolve(closed())
        const id = ++last
        const seconds = patienceFor(name, patience)
        const timer = setTimeout(() => settle(id, silent(seconds)), seconds * 1000)
        waiting.set(id, { resolve, timer })
        port.postMessage({ id, name, input })
      }),
    on: listeners.on,
    close: async () => {
      end()
      port.close()
    },
  }
}

type PortMessage = {
  readonly reply?: number
  readonly result?: unknown
  readonly event?: EventName
  readonly payload?: unknown
}
