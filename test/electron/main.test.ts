import type { EventEmitter } from 'node:events'
import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { FRAME_URL } from '../../electron/policy.ts'
import { app, session, stub } from '../support/electron-stub.ts'
import { fromPage, launch, OUR_FRAME, onlyWindow } from './launch.ts'

type Prevented = { readonly preventDefault: () => void; readonly url: string; readonly isMainFrame: boolean }
type Handler = (...args: unknown[]) => unknown

const handlerOf = (what: string) => stub.called(what)[0]?.at(-1) as Handler

describe('starting', () => {
  test('everything that cannot be made up for later happens before the app is ready', async () => {
    await launch([], { isReady: false })
    expect(stub.order()).toEqual([
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'Menu.setApplicationMenu',
      'app.requestSingleInstanceLock',
      'app.whenReady',
    ])
    expect(stub.called('protocol.registerSchemesAsPrivileged')).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } }]],
    ])
    expect(stub.called('Menu.setApplicationMenu')).toEqual([[process.platform === 'darwin' ? expect.anything() : null]])
  })

  test('the session is guarded and our files are served before there is a window', async () => {
    await launch()
    const order = stub.order()
    const window = order.indexOf('BrowserWindow')
    for (const first of [
      'session.setPermissionRequestHandler',
      'session.setPermissionCheckHandler',
      'session.setDevicePermissionHandler',
      'session.onBeforeRequest',
      'protocol.handle',
    ])
      expect(order.slice(0, window), first).toContain(first)
  })

  test('the window can do nothing a page in a strict browser could not', async () => {
    await launch()
    expect(onlyWindow().options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        preload: expect.stringMatching(/preload\.cjs$/),
      },
    })
    expect(stub.called('window.loadURL')).toEqual([['app://skeptic/index.html']])
    await vi.waitFor(() => expect(stub.called('window.show')).toHaveLength(1))
  })
})

describe('words on the command line', () => {
  test.each([['--inspect'], ['--no-sandbox'], ['skeptic://open?folder=/etc'], ['\\\\evil.example\\share']])(
    '%s ends the program before anything is set up',
    async word => {
      const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      await launch([word])
      expect(stub.calls).toEqual([{ what: 'app.exit', args: [3] }])
      expect(said.mock.calls.flat().join('')).toContain(word)
      said.mockRestore()
    },
  )
  test('--version is answered, without a window', async () => {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await launch(['--version'])
    expect(said.mock.calls.flat()).toContain('0.1.0\n')
    expect(stub.calls).toEqual([{ what: 'app.exit', args: [0] }])
    said.mockRestore()
  })
})

describe('a second instance', () => {
  test('hands over its folder and ends', async () => {
    await launch(['/srv/design'], { isFirstInstance: false })
    expect(stub.called('app.requestSingleInstanceLock')).toEqual([[{ folder: path.resolve('/srv/design') }]])
    expect(stub.order()).toContain('app.quit')
    expect(stub.windows).toEqual([])
  })

  test('opens a window in the first; the same folder only comes forward', async () => {
    await launch(['/srv/a'])
    const second = (data: unknown) => app.emit('second-instance', {}, ['--no-sandbox', '/srv/evil'], '/srv', data)
    second({ folder: '/srv/a' })
    expect(stub.windows).toHaveLength(1)
    expect(stub.called('window.focus')).toHaveLength(1)
    second({ folder: '/srv/b' })
    expect(stub.windows).toHaveLength(2)
  })

  test.each([
    [undefined],
    [null],
    [7],
    ['/srv/b'],
    [{ folder: 7 }],
    [{ folder: '--inspect' }],
    [{ folder: 'https://evil.example/' }],
    [{ folder: '//evil.example/share' }],
    [{ folder: 'a\u0000b' }],
  ])('that says %j opens nothing', async data => {
    await launch(['/srv/a'])
    app.emit('second-instance', {}, ['/srv/evil'], '/srv', data)
    expect(stub.windows).toHaveLength(1)
    expect(stub.called('window.focus')).toHaveLength(1)
  })
})

describe('a page', () => {
  let contents: EventEmitter & { openHandler: Handler | undefined }
  beforeEach(async () => {
    await launch()
    contents = onlyWindow().webContents as never
  })

  const isPrevented = (event: string, url: string, isMainFrame = true) => {
    const preventDefault = vi.fn()
    contents.emit(event, { preventDefault, url, isMainFrame } satisfies Prevented)
    return preventDefault.mock.calls.length > 0
  }

  test('goes nowhere', () => {
    for (const url of ['https://example.org/', 'file:///etc/passwd', 'app://skeptic/other.html', 'app://other/index.html'])
      for (const event of ['will-navigate', 'will-redirect', 'will-attach-webview', 'will-frame-navigate'])
        expect(isPrevented(event, url), `${event} ${url}`).toBe(true)
  })
  test('may load itself again, but not by a redirect and not as a guest', () => {
    const url = 'app://skeptic/index.html#/threats'
    expect(['will-navigate', 'will-frame-navigate'].map(event => isPrevented(event, url))).toEqual([false, false])
    expect(['will-redirect', 'will-attach-webview'].map(event => isPrevented(event, url))).toEqual([true, true])
  })
  test('fills a frame with the diagram page only', () => {
    expect(isPrevented('will-frame-navigate', FRAME_URL, false)).toBe(false)
    expect(isPrevented('will-frame-navigate', 'app://skeptic/index.html', false)).toBe(true)
    expect(isPrevented('will-frame-navigate', 'https://example.org/', false)).toBe(true)
    expect(isPrevented('will-frame-navigate', 'about:blank', false)).toBe(true)
  })
  test('is loaded again after a crash, but not for ever', () => {
    contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(stub.called('webContents.reload')).toHaveLength(0)
    for (let time = 0; time < 5; time++) contents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(stub.called('webContents.reload')).toHaveLength(1)
  })
  test('opens no window', () => {
    expect(contents.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
    expect(contents.openHandler?.({ url: 'app://skeptic/index.html' })).toEqual({ action: 'deny' })
    expect(stub.windows).toHaveLength(1)
    expect(stub.called('shell.openExternal')).toEqual([])
  })
  test('gets a permission only as the policy says', () => {
    const ask = (permission: string, requestingUrl: string, isMainFrame = true) => {
      const decide = vi.fn()
      handlerOf('session.setPermissionRequestHandler')({}, permission, decide, { requestingUrl, isMainFrame })
      return decide.mock.calls
    }
    expect(ask('fullscreen', 'app://skeptic/index.html')).toEqual([[true]])
    expect(ask('clipboard-read', 'app://skeptic/index.html')).toEqual([[false]])
    expect(ask('fullscreen', 'https://example.org/')).toEqual([[false]])
    expect(ask('fullscreen', FRAME_URL, false)).toEqual([[false]])
  })
  test('is told so when it only asks whether it has one', () => {
    const check = handlerOf('session.setPermissionCheckHandler')
    const details = { isMainFrame: true, requestingUrl: 'app://skeptic/index.html' }
    expect(check({}, 'clipboard-sanitized-write', 'app://skeptic', details)).toBe(true)
    expect(check({}, 'clipboard-sanitized-write', 'app://skeptic/', details)).toBe(true)
    expect(check(null, 'clipboard-sanitized-write', 'https://example.org', details)).toBe(false)
    expect(check({}, 'clipboard-sanitized-write', 'app://skeptic', { isMainFrame: true })).toBe(false)
    expect(check({}, 'geolocation', 'app://skeptic', details)).toBe(false)
    expect(handlerOf('session.setDevicePermissionHandler')({})).toBe(false)
  })
  test('reaches no network', () => {
    const decide = vi.fn()
    for (const url of ['https://example.org/', 'http://127.0.0.1:80/', 'app://skeptic/index.html'])
      handlerOf('session.onBeforeRequest')({ url }, decide)
    expect(decide.mock.calls).toEqual([[{ cancel: true }], [{ cancel: true }], [{ cancel: false }]])
  })
  test('saves only what it made itself', () => {
    const isRefused = (url: string) => {
      const preventDefault = vi.fn()
      session.defaultSession.emit('will-download', { preventDefault }, { getURL: () => url })
      return preventDefault.mock.calls.length > 0
    }
    expect(isRefused('blob:app://skeptic/1')).toBe(false)
    expect(isRefused('https://example.org/setup.exe')).toBe(true)
  })
})

describe('what the page may ask of the shell', () => {
  const words = {
    chooseDesign: { title: 'Open a design', button: 'Open' },
    openLink: { question: 'Open in your browser?', open: 'Open', cancel: 'Cancel' },
  }
  const menu = [{ label: 'Edit', items: [{ label: 'Undo', command: 'edit.undo' }] }]
  const call = (name: string, input: unknown) => fromPage(onlyWindow(), 'skeptic:call', name, input)
  beforeEach(() => launch())

  test('nothing, from a frame that is not our top frame', async () => {
    const strangers = [
      null,
      { ...OUR_FRAME, parent: {} },
      { ...OUR_FRAME, origin: 'null' },
      { ...OUR_FRAME, url: 'https://evil.example/', origin: 'https://evil.example' },
    ]
    const before = stub.calls.length
    for (const senderFrame of strangers) {
      expect(onlyWindow().webContents.receive('skeptic:call', { senderFrame }, 'shell.dress', { menu, words })).toBeNull()
      onlyWindow().webContents.receive('skeptic:connect', { senderFrame })
    }
    expect(stub.calls).toHaveLength(before)
  })

  test('a menu, whose commands come back to the page', async () => {
    expect(await call('shell.dress', { menu, words })).toBe(true)
    const [shown] = stub.called('Menu.setApplicationMenu').at(-1) as [{ template: { submenu: { click: () => void }[] }[] }]
    shown.template.at(-1)?.submenu[0]?.click()
    expect(stub.called('webContents.send')).toEqual([['skeptic:command', 'edit.undo']])
  })

  test('no menu and no words when one of them is not fit to be shown', async () => {
    const before = stub.called('Menu.setApplicationMenu').length
    expect(await call('shell.dress', { menu: [{ label: 'x', role: 'toggleDevTools' }], words })).toBe(false)
    expect(await call('shell.dress', { menu, words: { ...words, openLink: { ...words.openLink, question: 'a\nb' } } })).toBe(
      false,
    )
    expect(await call('shell.dress', { menu })).toBe(false)
    expect(await call('shell.dress', null)).toBe(false)
    expect(stub.called('Menu.setApplicationMenu')).toHaveLength(before)
  })

  test('a link, once the person saw its host and said yes', async () => {
    expect(await call('link.open', { url: 'https://owasp.org/x' })).toBe(false)
    await call('shell.dress', { menu, words })
    expect(await call('link.open', { url: 'https://owasp.org/x' })).toBe(false)
    expect(stub.called('shell.openExternal')).toEqual([])
    stub.answers.box = { response: 0 }
    expect(await call('link.open', { url: 'https://\u0430pple.example/x' })).toBe(true)
    expect(stub.called('dialog.showMessageBox').at(-1)).toMatchObject([
      { message: words.openLink.question, detail: expect.stringContaining('xn--pple-43d.example'), defaultId: 1, cancelId: 1 },
    ])
    expect(stub.called('shell.openExternal')).toEqual([['https://xn--pple-43d.example/x']])
    for (const url of ['http://owasp.org/', 'file:///etc/passwd', 'https://a@b.example/', 7, undefined])
      expect(await call('link.open', { url })).toBe(false)
    expect(stub.called('dialog.showMessageBox')).toHaveLength(2)
  })

  test('a folder by a handle that says nothing about where it lies', async () => {
    await call('shell.dress', { menu, words })
    expect(await call('design.choose', {})).toBeNull()
    stub.answers.open = { canceled: false, filePaths: ['/home/somebody/secret/design'] }
    const chosen = (await call('design.choose', {})) as { readonly handle: string; readonly name: string }
    expect(chosen.name).toBe('design')
    expect(chosen.handle).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.stringify(chosen)).not.toContain('somebody')
    expect(await call('design.open', { handle: '/home/somebody/secret/design' })).toBe(false)
    expect(await call('design.open', { handle: chosen.handle })).toBe(true)
    expect(stub.called('window.loadURL')).toHaveLength(2)
  })

  test.each(['constructor', '__proto__', 'toString', '', 'shell', undefined, {}])('nothing called %j', async name => {
    expect(await fromPage(onlyWindow(), 'skeptic:call', name, {})).toBeNull()
  })
})
