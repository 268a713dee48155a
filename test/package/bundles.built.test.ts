import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bundleOf } from '../../core/model/write.ts'
import { openFolder } from '../../host/node/store.ts'
import { launch } from '../electron/launch.ts'
import { smallDesign } from '../host/folders.ts'
import { app, stub } from '../support/electron-stub.ts'
import { root } from '../support/served-workbench.ts'

// The shell from its sources on the recording stub of Electron, with the importer that was built, as a process of its own.
describe.skipIf(process.platform === 'win32')('a bundle that is double-clicked', () => {
  let place: string
  let file: string

  beforeEach(() => {
    place = mkdtempSync(path.join(tmpdir(), 'skeptic-bundle-'))
    file = path.join(place, 'My bank.skeptic.json')
    writeFileSync(file, bundleOf(smallDesign()))
    stub.program = module => path.join(root, 'dist/electron', path.basename(module))
  })
  afterEach(() => {
    stub.program = module => module
    vi.unstubAllEnvs()
    rmSync(place, { recursive: true, force: true })
  })

  /** Starts with these words; `around` is the folder that the person will choose, if they do. */
  async function begin(words: readonly string[], around?: string): Promise<void> {
    await launch(words, { isReady: false })
    if (around !== undefined) stub.answers.open = { canceled: false, filePaths: [around] }
  }
  const until = (what: string) => vi.waitFor(() => expect(stub.called(what)).not.toEqual([]), 20_000)

  test('gets a folder where the person says, and the window opens on it; the file stays as it is', async () => {
    const around = path.join(place, 'designs')
    mkdirSync(around)
    const before = readFileSync(file)
    await begin([`file://${encodeURI(file)}`], around)
    expect(stub.called('app.requestSingleInstanceLock')).toEqual([[{ bundle: file }]])
    stub.becomeReady()
    await until('BrowserWindow')
    const made = await openFolder(path.join(around, 'My bank'))
    expect(made.ok && bundleOf(made.value.design)).toBe(bundleOf(smallDesign()))
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(path.join(around, 'My bank/ledger'))).toHaveLength(1)
    expect(stub.called('utilityProcess.fork')[0]?.[2]).toMatchObject({ execArgv: ['--max-old-space-size=256'] })
    expect(stub.called('dialog.showOpenDialog')).toMatchObject([[{ properties: expect.arrayContaining(['openDirectory']) }]])
  })

  test('is not written anywhere when the person thinks better of it, and the program ends', async () => {
    await begin([file])
    stub.becomeReady()
    await until('app.quit')
    expect(stub.windows).toEqual([])
    expect(readdirSync(place)).toEqual(['My bank.skeptic.json'])
  })

  test('writes over nothing: a folder that holds something is told, and left as it is', async () => {
    mkdirSync(path.join(place, 'My bank'))
    writeFileSync(path.join(place, 'My bank/mine.txt'), 'mine')
    await begin([file], place)
    stub.becomeReady()
    await until('app.quit')
    expect(stub.called('dialog.showErrorBox')).toEqual([
      ['The bundle was not opened', expect.stringMatching(/My bank\n\nThe folder is not empty\. Name an empty or new folder\./)],
    ])
    expect(readdirSync(path.join(place, 'My bank'))).toEqual(['mine.txt'])
  })

  test.each([
    ['damaged', '{"format":', /My bank\.skeptic\.json/],
    ['a sidecar of evidence, which ends like a bundle', '{"format":1,"slot":"unit","exitCode":0}', /Skeptic|format/],
    [
      "another tool's model",
      JSON.stringify({ version: '2.0', summary: { title: 'x' }, detail: { diagrams: [] } }),
      /no Skeptic bundle/,
    ],
  ])('%s: the reason is shown, and nobody is asked for a folder', async (_what, text, reason) => {
    writeFileSync(file, text)
    await begin([file], place)
    stub.becomeReady()
    await until('app.quit')
    expect(stub.called('dialog.showErrorBox')).toEqual([['The bundle was not opened', expect.stringMatching(reason)]])
    expect(stub.called('dialog.showOpenDialog')).toEqual([])
    expect(readdirSync(place)).toEqual(['My bank.skeptic.json'])
  })

  test('one that is gone is told by its name', async () => {
    rmSync(file)
    await begin([file])
    stub.becomeReady()
    await until('app.quit')
    expect(stub.called('dialog.showErrorBox').flat().join('\n')).toContain(`${file}\n\nThere is no such file.`)
  })

  test('macOS names it by an event, before the app is ready and while it runs', async () => {
    await begin([], place)
    const preventDefault = vi.fn()
    app.emit('open-file', { preventDefault }, file)
    stub.becomeReady()
    await until('BrowserWindow')
    expect(existsSync(path.join(place, 'My bank/skeptic.json'))).toBe(true)
    for (const stranger of ['--inspect', 'https://evil.example/x.skeptic.json', '//evil.example/x.skeptic.json', 'a\u0000b'])
      app.emit('open-file', { preventDefault }, stranger)
    app.emit('open-file', { preventDefault }, path.join(place, 'My bank'))
    expect(preventDefault).toHaveBeenCalledTimes(6)
    expect(stub.windows).toHaveLength(1)
    expect(stub.called('window.focus')).toHaveLength(1)
  })

  test('a second instance hands it over; what is no bundle opens nothing', async () => {
    await launch(['/srv/a'])
    stub.answers.open = { canceled: false, filePaths: [place] }
    const second = (data: unknown) => app.emit('second-instance', {}, [], '/srv', data)
    for (const bundle of ['/etc/passwd', '--inspect', 'https://evil.example/x.skeptic.json', 7, null]) second({ bundle })
    expect(stub.windows).toHaveLength(1)
    expect(stub.called('utilityProcess.fork')).toEqual([])
    second({ bundle: file })
    await vi.waitFor(() => expect(stub.windows).toHaveLength(2), 20_000)
  })
})

describe('without a sandbox', () => {
  afterEach(() => vi.unstubAllEnvs())
  const begin = async (env: Readonly<Record<string, string>>) => {
    for (const name of ['APPIMAGE', 'DISPLAY', 'WAYLAND_DISPLAY']) vi.stubEnv(name, env[name])
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await launch(['--no-sandbox', '/srv/design'], { isReady: false })
    const text = said.mock.calls.flat().join('')
    said.mockRestore()
    return text
  }

  test('the program says why and what to do, and ends', async () => {
    expect(await begin({})).toMatch(/refuses "--no-sandbox"[\s\S]*Debian package/)
    expect(stub.calls).toEqual([{ what: 'app.exit', args: [3] }])
  })

  test('started by an icon it shows that, and never makes a window', async () => {
    await begin({ APPIMAGE: '/home/ann/skeptic.AppImage', DISPLAY: ':0' })
    expect(stub.order()).toEqual(['app.whenReady'])
    stub.becomeReady()
    await vi.waitFor(() => expect(stub.called('app.exit')).toEqual([[3]]))
    expect(stub.order()).toEqual(['app.whenReady', 'dialog.showErrorBox', 'app.exit'])
  })

  test('where there is no screen it does not wait for one', async () => {
    await begin({ APPIMAGE: '/home/ann/skeptic.AppImage' })
    expect(stub.order()).toEqual(['app.exit'])
  })
})
