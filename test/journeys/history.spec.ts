import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { overflows } from '../support/overflows.ts'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, tabTo, watchedPage } from '../support/watched-page.ts'
import { wideDesign } from '../support/wide-design.ts'

let folder: string
let served: Served | undefined
const design = () => path.join(folder, 'threat-model')

/** The sample in a repository of its own, committed. */
async function serveCommitted(): Promise<void> {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-history-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'A first design')
  served = await serveWorkbench(['--design', design()])
}

/** A design of so many elements that to remove all of them is a large removal. */
async function serveWide(): Promise<void> {
  folder = path.dirname(wideDesign(24))
  served = await serveWorkbench(['--design', design()])
}
test.afterEach(async () => {
  await served?.stop()
  served = undefined
  rmSync(folder, { recursive: true, force: true })
})

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=developer', '-c', 'user.email=d@example.org', '-C', folder, ...args])
}

async function go(page: Page, digit: number): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('g')
  await page.keyboard.press(String(digit))
}

const box = (page: Page, name: string) => page.locator('.react-flow__node-element', { hasText: name })
/** The drawing holds in the page what is in view; the folder holds all. */
const elementsAre = (count: number) =>
  expect.poll(() => readdirSync(path.join(design(), 'elements')).filter(name => name.endsWith('.json')).length).toBe(count)
const said = (page: Page) => page.getByRole('contentinfo').getByRole('status')

async function rename(page: Page, from: string, to: string): Promise<void> {
  await box(page, from).first().focus()
  await page.keyboard.press('F2')
  await page.locator('.react-flow__node').getByRole('textbox', { name: 'Name' }).fill(to)
  await page.keyboard.press('Enter')
  await expect(box(page, to)).toBeVisible()
}

/** Shows one of the four views of the reports, by arrow keys. */
async function show(page: Page, name: 'Compare' | 'History'): Promise<void> {
  await go(page, 9)
  await expect(page.getByRole('heading', { name: 'Reports', level: 1 })).toBeVisible()
  await tabTo(page, /^(Report|Ledger|Compare|History)$/)
  for (let n = 0; n < 4; n++) {
    if (await page.getByRole('radio', { name, exact: true }).isChecked()) return
    await page.keyboard.press('ArrowRight')
  }
}

async function picture(page: Page, name: string): Promise<void> {
  const place = process.env.SKEPTIC_SHOTS
  if (!place) return
  mkdirSync(place, { recursive: true })
  await page.screenshot({ path: path.join(place, `${name}.png`), fullPage: false })
}

function looker(context: BrowserContext, page: Page, troubles: () => Promise<readonly string[]>) {
  return async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect.poll(() => axeFindings(page), { message: `${name} ${colorScheme}`, timeout: 20_000 }).toEqual([])
      await picture(page, `${name}-${colorScheme}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 320, height: 700 })
    await expect.poll(() => axeFindings(page), { message: `${name} 320`, timeout: 20_000 }).toEqual([])
    await picture(page, `${name}-320`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(await troubles(), name).toEqual([])
    expect(context.pages()).toHaveLength(1)
  }
}

test('two states are compared: a commit and now, with sentences and what follows, and copied for a pull request', async ({
  browser,
}) => {
  await serveCommitted()
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page, troubles } = await watchedPage(context, served?.address ?? '')
  const clean = looker(context, page, troubles)
  await go(page, 2)
  await rename(page, 'Ledger', 'General ledger')
  await box(page, 'Partner bank').first().focus()
  await page.keyboard.press('Delete')
  await expect(box(page, 'Partner bank')).toHaveCount(0)
  await show(page, 'Compare')
  const view = page.getByRole('region', { name: 'Compare' })
  await expect(view.getByRole('combobox', { name: 'Before' })).toHaveValue(/^revision [0-9a-f]{40}$/)
  await expect(view).toContainText(/from commit [0-9a-f]{9}/)
  const list = view.getByRole('list', { name: 'Differences' })
  await expect(list.getByRole('listitem').filter({ hasText: 'General ledger' })).toContainText(/Changed.*renames/)
  await expect(list.getByRole('listitem').filter({ hasText: /E-\w+ Partner bank/ })).toContainText('Removed')
  await expect(view.getByRole('region', { name: 'Findings that are gone' }).getByRole('listitem').first()).toBeVisible()
  await expect(view.getByRole('region', { name: 'Prompts to make again' })).toContainText('W-')
  await expect(view.getByRole('img', { name: 'The drawing before' })).toContainText('Partner bank')
  await clean('compare')

  await tabTo(page, /^Copy as Markdown$/)
  await page.keyboard.press('Enter')
  await expect(said(page)).toContainText('Copied the comparison as Markdown.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^### Changes to the threat model\n[\s\S]*General ledger/,
  )

  await page.locator('[data-focus="language"]').press('Enter')
  await expect(page.getByRole('region', { name: 'Vergleich' })).toContainText('Zwei Stände des Entwurfs')
  for (const name of ['Vergleich', 'Verlauf']) {
    await page.getByRole('radio', { name, exact: true }).check()
    await page.setViewportSize({ width: 320, height: 700 })
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible()
    await expect.poll(() => axeFindings(page), { message: `${name} 320`, timeout: 20_000 }).toEqual([])
    await picture(page, `german-${name}-320`)
    expect(await overflows(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  await page.locator('[data-focus="language"]').press('Enter')
  await page.getByRole('radio', { name: 'Compare', exact: true }).check()

  await tabTo(page, /^Swap$/)
  await page.keyboard.press('Enter')
  await expect(list.getByRole('listitem').filter({ hasText: /E-\w+ Partner bank/ })).toContainText('Added')
  await list
    .getByRole('button', { name: /General ledger|Ledger/ })
    .first()
    .press('Enter')
  await expect(page.getByRole('heading', { name: 'Reports' })).toHaveCount(0)
  await context.close()
})

test('a large removal is told in every window and restored by one press; the history brings back a state as one edit', async ({
  browser,
}) => {
  await serveWide()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served?.address ?? '')
  await go(page, 2)
  await page.locator('.react-flow__node-element').first().focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await elementsAre(0)
  const bar = page.getByRole('contentinfo')
  await expect(bar).toContainText(/\d+ objects were removed/)
  await picture(page, 'removed')
  await expect.poll(() => axeFindings(page), { timeout: 20_000 }).toEqual([])

  await page.reload()
  // Keys count once the window has joined its room.
  await expect(page.getByRole('heading', { name: 'Model', level: 1 })).toBeAttached()
  await go(page, 2)
  await elementsAre(0)
  expect(readdirSync(path.join(design(), '.skeptic/states'))).toHaveLength(1)
  await show(page, 'History')
  const view = page.getByRole('region', { name: 'History' })
  const time = view.getByRole('slider', { name: 'Time' })
  await time.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(time).toHaveAttribute('aria-valuetext', /before much was removed, state 1 of 2/)
  await expect(view.getByRole('img', { name: 'The drawing before' })).toContainText('Service 3')
  await expect(view.getByRole('list', { name: 'Differences' })).toContainText('removes')
  await looker(context, page, troubles)('history')

  await view.getByRole('button', { name: 'Bring back this state…' }).press('Enter')
  const form = view.getByRole('form', { name: /Bring back the state of/ })
  await expect(form).toContainText('It is one edit')
  await page.keyboard.press('Escape')
  await expect(view.getByRole('button', { name: 'Bring back this state…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(form).toContainText('No decision was made since then.')
  await picture(page, 'asking')
  await expect.poll(() => axeFindings(page), { timeout: 20_000 }).toEqual([])
  await view.getByRole('button', { name: 'Bring back', exact: true }).last().press('Enter')
  await expect(said(page)).toContainText('Undo takes it back as one step.')
  await expect(time).toBeFocused()
  await elementsAre(24)
  await expect(time).toHaveAttribute('aria-valuetext', /^Now/)
  await page.keyboard.press('ArrowLeft')
  await expect(time).toHaveAttribute('aria-valuetext', /before an earlier state was brought back/)
  await go(page, 2)
  await elementsAre(24)
  await page.keyboard.press('Control+z')
  await elementsAre(0)
  await context.close()
})

test('what a peer removed is told here too, and comes back without what was edited since', async ({ browser }) => {
  await serveWide()
  const [mine, theirs] = await Promise.all([browser.newContext(), browser.newContext()])
  const { page } = await watchedPage(mine, served?.address ?? '')
  const { page: other } = await watchedPage(theirs, served?.address ?? '')
  await Promise.all([go(page, 2), go(other, 2)])
  await other.locator('.react-flow__node-element').first().focus()
  await other.keyboard.press('Control+a')
  await other.keyboard.press('Delete')
  await expect(page.getByRole('contentinfo')).toContainText(/\d+ objects were removed/)
  await page.getByRole('contentinfo').getByRole('button', { name: 'Restore' }).press('Enter')
  await elementsAre(24)
  await expect(other.getByRole('contentinfo')).toContainText('Saved')
  await expect(page.getByRole('contentinfo')).not.toContainText(/objects were removed/)
  await Promise.all([mine.close(), theirs.close()])
})
