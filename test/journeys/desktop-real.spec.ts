import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { desktopAvailable } from '../../setup/electron-available.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const desktop = desktopAvailable()
const isBuilt = existsSync(path.join(root, 'dist/electron/main.cjs')) && existsSync(path.join(root, 'dist/renderer/index.html'))

// The release workflow sets SKEPTIC_NEEDS_ELECTRON: there, a missing program is a failure and not a reason to skip.
if (!process.env.SKEPTIC_NEEDS_ELECTRON) {
  test.skip(!desktop.available, `needs a real Electron: ${desktop.available ? '' : desktop.reason}`)
  test.skip(!isBuilt, 'dist/ is missing: npm run build makes it')
}

test.describe('in a real Electron', () => {
  test.describe.configure({ mode: 'serial' })
  const violations: string[] = []
  let place: string
  let app: ElectronApplication
  let page: Page

  test.beforeAll(async () => {
    if (!desktop.available) throw new Error(desktop.reason)
    place = mkdtempSync(path.join(tmpdir(), 'skeptic-desktop-'))
    cpSync(path.join(root, 'packs/samples/bank-transfer'), place, { recursive: true })
    app = await _electron.launch({ executablePath: desktop.binary, args: [root, path.join(place, 'threat-model')], cwd: root })
    page = await app.firstWindow()
    page.on('console', message => message.type() === 'error' && violations.push(message.text()))
    await page.waitForLoadState('load')
  })
  test.afterAll(async () => {
    await app?.close()
    if (place) rmSync(place, { recursive: true, force: true })
  })

  test('shows our page, on our origin, with a port to the host', async () => {
    expect(page.url()).toBe('app://skeptic/index.html')
    expect(await page.evaluate(() => window.location.origin)).toBe('app://skeptic')
    await expect(page.getByRole('navigation').first()).toBeVisible()
    expect(violations).toEqual([])
  })

  test('the page has nothing of Node', async () => {
    const names = ['require', 'process', 'Buffer', 'module', 'electron', '__dirname']
    expect(await page.evaluate(all => all.filter(name => name in globalThis), names)).toEqual([])
  })

  test('the window is what its settings say', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
  })

  test('the policy is on every response, also on those that say no', async () => {
    const answers = await page.evaluate(async () => {
      const all = ['/index.html', '/nowhere.html', '/%2e%2e/%2e%2e/package.json', '/files.json'].map(async url => {
        const response = await fetch(url)
        return [response.status, response.headers.get('content-security-policy')?.startsWith("default-src 'none'")]
      })
      return Promise.all(all)
    })
    expect(answers).toEqual([
      [200, true],
      [404, true],
      [404, true],
      [404, true],
    ])
  })

  test('it goes nowhere else', async () => {
    const before = app.windows().length
    await page.evaluate(() => {
      window.open('https://example.org/')
      window.location.href = 'https://example.org/'
    })
    await page.waitForTimeout(500)
    expect(app.windows()).toHaveLength(before)
    expect(page.url()).toBe('app://skeptic/index.html')
    expect(
      await page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
    expect(
      await page.evaluate(() =>
        fetch('file:///etc/passwd').then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
  })

  test('permissions are denied but for writing to the clipboard', async () => {
    const state = (name: string) =>
      page.evaluate(one => navigator.permissions.query({ name: one as PermissionName }).then(found => found.state), name)
    expect(await state('geolocation')).toBe('denied')
    expect(await state('notifications')).toBe('denied')
    await page.evaluate(() => navigator.clipboard.writeText('skeptic'))
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('skeptic')
  })
})
