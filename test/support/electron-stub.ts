import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'

/**
 * Stands in for `electron` in every test: records what was asked and answers what the test laid out. Without it, a forgotten mock
 * would load the real package, which downloads a browser when it is first used.
 */
export const stub = {
  calls: [] as { readonly what: string; readonly args: readonly unknown[] }[],
  windows: [] as BrowserWindow[],
  isFirstInstance: true,
  answers: { open: { canceled: true, filePaths: [] as string[] }, box: { response: 1 } },
  /** Called when a window loads an address; the stand-in journey puts a real page here. */
  load: async (_window: BrowserWindow, _url: string): Promise<void> => {},
  /** What a window prints. */
  print: async (): Promise<Uint8Array> => Buffer.from("%PDF-1.4 /CreationDate (D:20300101000000+00'00')"),
  /** The program that stands for the one that is asked for; of the sources there is none beside main. */
  program: (module: string): string => module,
  becomeReady: (): void => {},
  onExit: (): void => {},
  called: (what: string) => stub.calls.filter(call => call.what === what).map(call => call.args),
  order: () => stub.calls.map(call => call.what),
}

type Listener = (...args: never[]) => unknown

function record(what: string, ...args: readonly unknown[]): void {
  stub.calls.push({ what, args })
}

let ready = notYetReady()

function notYetReady(): Promise<void> {
  return new Promise<void>(done => {
    stub.becomeReady = done
  })
}

/** As if the program had been started anew. */
export function restart(): void {
  stub.calls.length = 0
  stub.windows.length = 0
  stub.isFirstInstance = true
  stub.answers = { open: { canceled: true, filePaths: [] }, box: { response: 1 } }
  stub.load = async () => {}
  stub.onExit = () => {}
  ready = notYetReady()
  app.isPackaged = true
  app.removeAllListeners()
  session.defaultSession.removeAllListeners()
}

class App extends EventEmitter {
  isPackaged = true
  name = 'Skeptic'
  enableSandbox(): void {
    record('app.enableSandbox')
  }
  requestSingleInstanceLock(data: unknown): boolean {
    record('app.requestSingleInstanceLock', data)
    return stub.isFirstInstance
  }
  whenReady(): Promise<void> {
    record('app.whenReady')
    return ready
  }
  quit(): void {
    record('app.quit')
  }
  exit(code = 0): void {
    record('app.exit', code)
    stub.onExit()
  }
  getVersion(): string {
    return '0.1.0'
  }
  getPath(name: string): string {
    return `${process.env.SKEPTIC_TEST_DATA ?? '/nowhere'}/${name}`
  }
}

class WebContents extends EventEmitter {
  listeners_ = new Map<string, Listener>()
  openHandler: ((details: { readonly url: string }) => unknown) | undefined
  ipc = {
    on: (channel: string, listener: Listener) => this.listeners_.set(channel, listener),
    handle: (channel: string, listener: Listener) => this.listeners_.set(channel, listener),
  }
  /** What the page's message does in main; answers what the handler answers. */
  receive(channel: string, event: unknown, ...args: readonly unknown[]): unknown {
    return this.listeners_.get(channel)?.(event as never, ...(args as never[]))
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => unknown): void {
    this.openHandler = handler
  }
  reload(): void {
    record('webContents.reload')
  }
  async printToPDF(options: unknown): Promise<Uint8Array> {
    record('webContents.printToPDF', options)
    return stub.print()
  }
  postMessage(channel: string, message: unknown, ports: readonly unknown[] = []): void {
    record('webContents.postMessage', channel, message, ports)
    this.emit('stub:post', channel, message, ports)
  }
  send(channel: string, ...args: readonly unknown[]): void {
    record('webContents.send', channel, ...args)
    this.emit('stub:send', channel, ...args)
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents()
  options: Readonly<Record<string, unknown>>
  isGone = false
  constructor(options: Readonly<Record<string, unknown>>) {
    super()
    this.options = options
    record('BrowserWindow', options)
    stub.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  static getFocusedWindow(): BrowserWindow | null {
    return null
  }
  async loadURL(url: string): Promise<void> {
    record('window.loadURL', url)
    await stub.load(this, url)
    this.emit('ready-to-show')
  }
  async loadFile(file: string): Promise<void> {
    record('window.loadFile', file, readFileSync(file, 'utf8'))
  }
  destroy(): void {
    record('window.destroy')
    this.isGone = true
  }
  show(): void {
    record('window.show')
  }
  focus(): void {
    record('window.focus')
  }
  isMinimized(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return this.isGone
  }
  close(): void {
    this.isGone = true
    this.emit('closed')
  }
}

/** A port as main sees it: Electron wraps what arrives in an event, Node does not. */
export class MainPort extends EventEmitter {
  inner: MessagePort
  constructor(inner: MessagePort) {
    super()
    this.inner = inner
    inner.on('close', () => this.emit('close'))
  }
  start(): void {
    this.inner.on('message', data => this.emit('message', { data, ports: [] }))
  }
  postMessage(data: unknown): void {
    this.inner.postMessage(data)
  }
  close(): void {
    this.inner.close()
  }
}

export class MessageChannelMain {
  port1: MainPort
  port2: MainPort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MainPort(port1)
    this.port2 = new MainPort(port2)
  }
}

/** Runs a module as a process of its own would: in a thread, with the one port such a process has. */
class UtilityProcess extends EventEmitter {
  worker: Worker
  constructor(module: string, execArgv: readonly string[]) {
    super()
    const megabytes = Number(execArgv.join().match(/--max-old-space-size=(\d+)/)?.[1])
    const parentPort = `const { parentPort } = require('node:worker_threads');
      process.parentPort = {
        once: (event, listener) => parentPort.once(event, data => listener({ data })),
        postMessage: data => parentPort.postMessage(data),
      };`
    this.worker = new Worker(`${parentPort} require(${JSON.stringify(module)})`, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    this.worker.on('message', data => this.emit('message', data))
    this.worker.on('error', () => {})
    this.worker.on('exit', code => this.emit('exit', code))
  }
  postMessage(data: unknown): void {
    this.worker.postMessage(data)
  }
  kill(): void {
    void this.worker.terminate()
  }
}

export const utilityProcess = {
  fork: (module: string, words: readonly string[], options: { readonly execArgv: readonly string[] }) => {
    record('utilityProcess.fork', module, words, options)
    return new UtilityProcess(stub.program(module), options.execArgv)
  },
}

export const app = new App()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown) => record('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, handler: unknown) => record('protocol.handle', scheme, handler),
}

class Session extends EventEmitter {
  setPermissionRequestHandler = (handler: unknown) => record('session.setPermissionRequestHandler', handler)
  setPermissionCheckHandler = (handler: unknown) => record('session.setPermissionCheckHandler', handler)
  setDevicePermissionHandler = (handler: unknown) => record('session.setDevicePermissionHandler', handler)
  webRequest = { onBeforeRequest: (handler: unknown) => record('session.onBeforeRequest', handler) }
}

export const session = {
  defaultSession: new Session(),
  fromPartition: (name: string) => {
    record('session.fromPartition', name)
    return new Session()
  },
}

export const dialog = {
  /** With the window it belongs to before the options, or without. */
  showOpenDialog: async (...args: readonly unknown[]) => {
    record('dialog.showOpenDialog', args.at(-1))
    return stub.answers.open
  },
  showMessageBox: async (_window: unknown, options: unknown) => {
    record('dialog.showMessageBox', options)
    return stub.answers.box
  },
  showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', title, content),
}

export const shell = { openExternal: async (url: string) => record('shell.openExternal', url) }

export const Menu = {
  buildFromTemplate: (template: unknown) => ({ template }),
  setApplicationMenu: (menu: unknown) => record('Menu.setApplicationMenu', menu),
}

export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => record('contextBridge.exposeInMainWorld', name, value),
}

export const ipcRenderer = {
  send: (channel: string, ...args: readonly unknown[]) => record('ipcRenderer.send', channel, ...args),
  invoke: async (channel: string, ...args: readonly unknown[]) => record('ipcRenderer.invoke', channel, ...args),
  on: (channel: string, listener: unknown) => record('ipcRenderer.on', channel, listener),
}
