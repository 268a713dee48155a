import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { modelV2 } from '../core/interop/models.ts'
import { type StandIn, standInFor } from '../electron/stand-in.ts'
import { stub } from '../support/electron-stub.ts'

const root = path.resolve(import.meta.dirname, '../..')
const dist = path.join(root, 'dist')
const sample = path.join(root, 'packs/samples/bank-transfer')
const SENTENCE = 'The Transfer API shall refuse a transfer that was already executed.'

test.skip(!existsSync(path.join(dist, 'renderer/index.html')), 'dist/renderer is missing: npm run build makes it')

type Row = { readonly label?: string; readonly submenu?: readonly Row[]; readonly id?: string; readonly click?: () => void }

let place: string
let app: StandIn

test.beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'skeptic-stand-in-'))
})
test.afterEach(async () => {
  await app?.close()
  rmSync(place, { recursive: true, force: true })
})

function textsIn(table: string, within = place): string {
  const folder = path.join(within, 'threat-model', table)
  return readdirSync(folder)
    .map(name => readFileSync(path.join(folder, name), 'utf8'))
    .join()
}

/** The page dresses the shell once it has joined; before that there is no menu. */
async function menuReady(): Promise<void> {
  await expect.poll(() => stub.called('Menu.setApplicationMenu').length).toBeGreaterThan(1)
}

async function write(page: Page, sentence: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Scope' }).click()
  await page.getByPlaceholder('Write a requirement').fill(sentence)
  await page.keyboard.press('Enter')
}

/** Chooses a row of the menu bar as the system would. */
function choose(label: string): void {
  const [shown] = stub.called('Menu.setApplicationMenu').at(-1) as [{ readonly template: readonly Row[] }]
  const row = shown.template.flatMap(({ submenu = [] }) => submenu).find(one => one.label === label)
  if (!row?.click) throw new Error(`the menu has no ${label}`)
  row.click()
}

test('the built shell, preload and workbench walk, write, undo and let go together', async ({ browser }) => {
  cpSync(sample, place, { recursive: true })
  app = await standInFor(browser, dist, [path.join(place, 'threat-model')])
  const { page } = app
  const steps = page.getByRole('navigation', { name: 'Steps' }).getByRole('link')
  await expect(steps).toHaveCount(10)
  expect(stub.windows.map(window => window.options.webPreferences)).toMatchObject([{ sandbox: true, contextIsolation: true }])

  for (const step of await steps.all()) {
    await step.click()
    await expect(step).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  await write(page, SENTENCE)
  await expect.poll(() => textsIn('requirements')).toContain(SENTENCE)
  await expect(page.getByText(/^Saved/)).toBeVisible()

  await menuReady()
  choose('Undo')
  await expect.poll(() => textsIn('requirements')).not.toContain(SENTENCE)

  expect(app.complaints).toEqual([])
  expect(app.strangers).toEqual([])
  await app.close()
  expect(existsSync(path.join(place, 'threat-model/.skeptic/lock'))).toBe(false)
})

test('a folder without a design is a message in the window, and trying again works once there is one', async ({ browser }) => {
  app = await standInFor(browser, dist, [path.join(place, 'threat-model')])
  const { page } = app
  await expect(page.getByRole('heading', { name: 'This design cannot be opened' })).toBeVisible()
  cpSync(sample, place, { recursive: true })
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  expect(app.complaints).toEqual([])
})

test('a model of someone else is read by the built importer and put into the design', async ({ browser }) => {
  cpSync(sample, place, { recursive: true })
  app = await standInFor(browser, dist, [path.join(place, 'threat-model')])
  const { page } = app
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  await menuReady()
  choose('Import a model…')
  await expect(page.getByRole('dialog')).toBeVisible()
  const buffer = Buffer.from(JSON.stringify(modelV2()))
  await page.getByLabel('Model file').setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer })
  await page.getByRole('button', { name: 'Add to this design' }).click()
  await expect.poll(() => textsIn('elements')).toContain('Shop')
  expect(stub.called('utilityProcess.fork').map(([program]) => program)).toEqual([path.join(dist, 'electron/importer.cjs')])
  expect(app.complaints).toEqual([])
})

test('without a folder the sample is shown, from a copy', async ({ browser }) => {
  app = await standInFor(browser, dist, [])
  await expect(app.page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  await write(app.page, SENTENCE)
  await expect(app.page.getByText(SENTENCE).first()).toBeVisible()
  await expect(app.page.getByText(/^Saved/)).toBeVisible()
  expect(textsIn('requirements', sample)).not.toContain(SENTENCE)
})
