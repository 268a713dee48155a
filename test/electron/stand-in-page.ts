/** One message of the page to main: a plain one, one that waits for its answer, or one through the port with that number. */
export type FromPage = { readonly kind: 'send' | 'invoke' | 'port'; readonly channel: string; readonly args: readonly unknown[] }

type ToMain = (message: FromPage) => Promise<unknown>
type Preload = (require: (name: string) => unknown) => void
type Listener = (event: { readonly ports: readonly MessagePort[] }, ...args: unknown[]) => void

/**
 * Runs in the page before anything else: gives the built preload the `electron` it knows in a sandbox, and the test a way in.
 * Its source is sent to the browser as text, so it uses nothing from outside of itself.
 */
export function standIn(preload: Preload): void {
  if (window !== window.top) return
  const toMain: ToMain = message => (window as unknown as { __toMain: ToMain }).__toMain(message)
  const listeners = new Map<string, Listener>()
  const ports = new Map<number, MessagePort>()
  const hear = (channel: string, opened: readonly MessagePort[], ...args: unknown[]) =>
    listeners.get(channel)?.({ ports: opened }, ...args)
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: object) => Object.defineProperty(window, name, { value: Object.freeze(value) }),
    },
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => void toMain({ kind: 'send', channel, args }),
      invoke: (channel: string, ...args: unknown[]) => toMain({ kind: 'invoke', channel, args: structuredClone(args) }),
      on: (channel: string, listener: Listener) => void listeners.set(channel, listener),
    },
  }
  const fromMain = {
    send: (channel: string, args: unknown[]) => hear(channel, [], ...args),
    open: (channel: string, name: number) => {
      const { port1, port2 } = new MessageChannel()
      ports.set(name, port1)
      port1.onmessage = ({ data }) => void toMain({ kind: 'port', channel: String(name), args: [data] })
      hear(channel, [port2])
    },
    deliver: (name: number, data: unknown) => ports.get(name)?.postMessage(data),
  }
  Object.defineProperty(window, '__fromMain', { value: fromMain })
  preload(name => {
    if (name === 'electron') return electron
    throw new Error(`a sandboxed preload cannot require ${name}`)
  })
}
