import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

const fixtures = path.join(root, 'test/core/interop/fixtures')

let folder: string
let served: Served
test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-import-'))
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

const OTM = {
  otmVersion: '0.2.0',
  project: { id: 'shop', name: 'Shop' },
  trustZones: [{ id: 'z', name: 'Inside', risk: { trustRating: 50 } }],
  components: [
    { id: 'web', name: 'Web shop', type: 'web-service', parent: { trustZone: 'z' } },
    { id: 'db', name: 'Orders', type: 'database', parent: { trustZone: 'z' } },
  ],
  dataflows: [{ id: 'f', name: 'order', source: 'web', destination: 'db' }],
}

function file(name: string, content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) }
}

async function openImport(page: Page) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('import a model')
  await expect(page.getByRole('option', { name: /Import a model/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  return page.getByRole('dialog', { name: /^Import/ })
}

test('several files come in together: what each holds, what is refused, what can be read of a damaged one', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const { page, troubles } = await watchedPage(context, served.address)
  const dialog = await openImport(page)
  const diagram =
    readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).find(name => /\.(mmd|mermaid|md)$/.test(name)) ?? ''
  const whole = JSON.stringify(OTM)
  await page
    .locator('[data-picks-import]')
    .setInputFiles([
      file('shop.otm', OTM),
      file('flow.mmd', readFileSync(path.join(fixtures, diagram), 'utf8')),
      file('cut.otm', whole.slice(0, whole.indexOf('"dataflows"') - 1)),
      file('page.html', '<!doctype html><p>no model</p>'),
    ])
  await expect(
    dialog.getByText('2 of 4 files were read. Nothing is written yet.').or(dialog.getByRole('list', { name: 'Files' })),
  ).toBeVisible()
  await expect(dialog.getByText('Refused')).toHaveCount(2)
  await expect(dialog.getByText(/Up to there it can be read: .*2 elements/)).toBeVisible()
  await expect(dialog.getByText('This is a web page, not a model.')).toBeVisible()
  await dialog.getByRole('button', { name: 'shop.otm' }).press('Enter')
  await expect(
    dialog.getByText('Found by its content: Open Threat Model (OTM) YAML and JSON, version 0.2.0.', { exact: false }),
  ).toBeVisible()
  await expect.poll(() => axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Import what can be read' }).press('Enter')
  await expect(dialog.getByText('Refused')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Add to this design' }).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Model', level: 1 })).toBeAttached()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/^Undid: import 4 files/)).toBeVisible()
  expect(await troubles()).toEqual([])
  await context.close()
})

test('a newer revision says what changes, and whose value stays where both changed the same', async ({ browser }) => {
  const context = await browser.newContext()
  const { page, troubles } = await watchedPage(context, served.address)
  let dialog = await openImport(page)
  await page.locator('[data-picks-import]').setInputFiles(file('shop.otm', OTM))
  await dialog.getByRole('button', { name: 'Add to this design' }).click()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Web shop')
  await page
    .getByRole('option', { name: /Web shop/ })
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop front')
  await page.keyboard.press('Tab')
  dialog = await openImport(page)
  const [web, db] = OTM.components
  const newer = {
    ...OTM,
    components: [
      { ...web, name: 'Storefront' },
      { ...db, name: 'Order store' },
    ],
  }
  await page.locator('[data-picks-import]').setInputFiles(file('shop.otm', newer))
  const changes = dialog.getByRole('region', { name: 'What changes in this design' })
  await expect(changes.getByText('1 changed')).toBeVisible()
  await expect(changes.getByText('1 field was changed here and in the file, differently.')).toBeVisible()
  await expect(changes.getByRole('row', { name: /name Shop front Storefront/ })).toBeVisible()
  await expect.poll(() => axeFindings(page)).toEqual([])
  await changes.getByRole('radio', { name: 'The file’s' }).check()
  await expect(changes.getByText('2 changed')).toBeVisible()
  await dialog.getByRole('button', { name: 'Update this design' }).click()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Storefront')
  await expect(page.getByRole('option', { name: /Storefront/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await troubles()).toEqual([])
  await context.close()
})

test('an export says what the format does not hold, and what is saved is what was shown', async ({ browser }) => {
  const context = await browser.newContext()
  const { page, troubles } = await watchedPage(context, served.address)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('export the design')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Export the design' })
  await expect(dialog.getByText('The format holds all of the design.')).toBeVisible()
  await dialog.getByLabel('Format').selectOption({ label: 'OWASP Threat Dragon 2 JSON' })
  await expect(dialog.getByRole('heading', { name: /^Not in the file: \d+ things$/ })).toBeVisible()
  await expect.poll(() => axeFindings(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /^Save .*\.json$/ }).click(),
  ])
  const saved = path.join(folder, 'saved.json')
  await download.saveAs(saved)
  const model = JSON.parse(readFileSync(saved, 'utf8')) as { readonly detail: { readonly diagrams: readonly unknown[] } }
  expect(model.detail.diagrams.length).toBeGreaterThan(0)
  expect(await troubles()).toEqual([])
  await context.close()
})
