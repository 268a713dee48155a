import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { desktopAvailable, findElectron } from '../../setup/electron-available.mjs'

const screen = { DISPLAY: ':0' }
let folder: string
let kernel: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-available-'))
  kernel = path.join(folder, 'sys')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, text = ''): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

function linux(more: object = {}) {
  return desktopAvailable({ folder, platform: 'linux', env: screen, uid: 1000, kernel, ...more })
}

describe('where Electron is', () => {
  test('its package without its program is not enough, and nothing is fetched', () => {
    put('node_modules/electron/package.json', '{}')
    expect(linux()).toEqual({
      available: false,
      reason: `Electron's program is not at ${path.join('node_modules', 'electron', 'dist', 'electron')}`,
    })
  })
  test('at the place its path.txt names', () => {
    put('node_modules/electron/path.txt', 'electron\n')
    const binary = put('node_modules/electron/dist/electron')
    expect(linux()).toEqual({ available: true, dist: path.dirname(binary), binary })
  })
  test('or in the folder of ELECTRON_DIST', () => {
    const binary = put('elsewhere/electron')
    expect(linux({ env: { ...screen, ELECTRON_DIST: 'elsewhere' } })).toMatchObject({ available: true, binary })
    expect(linux({ env: { ...screen, ELECTRON_DIST: 'nowhere' } })).toMatchObject({ available: false })
  })
  test('not at all where there is none for the system', () => {
    expect(findElectron({ folder, platform: 'aix', env: {} })).toEqual({
      available: false,
      reason: 'there is no Electron for aix',
    })
  })
})

describe('whether it can open a window on Linux', () => {
  beforeEach(() => {
    put('node_modules/electron/dist/electron')
  })
  test.each([
    ['a screen', { env: { DISPLAY: ':0' } }, true],
    ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, true],
    ['no screen', { env: {} }, false],
    ['an empty name of a screen', { env: { DISPLAY: '' } }, false],
    ['root, who has no sandbox', { uid: 0 }, false],
  ])('%s', (_what, more, available) => expect(linux(more).available).toBe(available))

  test.each([
    ['kernel/unprivileged_userns_clone', '0', '1'],
    ['kernel/apparmor_restrict_unprivileged_userns', '1', '0'],
    ['user/max_user_namespaces', '0', '15000'],
  ])('%s = %s keeps the sandbox away', (name, off, on) => {
    put(`sys/${name}`, `${on}\n`)
    expect(linux().available).toBe(true)
    put(`sys/${name}`, `${off}\n`)
    expect(linux()).toMatchObject({ available: false, reason: expect.stringContaining('user namespaces') })
  })

  test.skipIf(process.getuid?.() !== 0)('... unless the helper of the sandbox belongs to root and is set-uid', () => {
    put('sys/user/max_user_namespaces', '0\n')
    const helper = put('node_modules/electron/dist/chrome-sandbox')
    chmodSync(helper, 0o4755)
    expect(linux().available).toBe(true)
    chownSync(helper, 1000, 1000)
    expect(linux().available).toBe(false)
  })
})

test('other systems need only the program', () => {
  put('node_modules/electron/dist/electron.exe')
  expect(desktopAvailable({ folder, platform: 'win32', env: {} }).available).toBe(true)
})
