import { expect, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
})

const DEEP = 100_000
const BAD: readonly (readonly [string, string, RegExp])[] = [
  ['not-json.json', 'this is no JSON', /not-json\.json:1:1/],
  ['truncated.json', '{"version":"2.2.0","summary":{"title":', /truncated\.json:1:\d+/],
  ['deep.json', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, /deep\.json:1:\d+/],
  ['proto.json', '{"summary":{"__proto__":{"polluted":true}},"detail":{"diagrams":[]}}', /proto\.json:1:\d+/],
  ['other.json', '{"hello":"world"}', /other\.json/],
  [
    'newer.json',
    '{"skeptic":"bundle","files":{"skeptic.json":{"format":99,"designId":"AAAAAAAAAA","name":"x","epoch":1}}}',
    /format 99/,
  ],
]

test('files that cannot be read give one message in the window and change nothing', async ({ browser }) => {
  const context = await browser.newContext()
  const { page, troubles } = await watchedPage(context, served.address)
  const digest = await page.getByText(/^design [0-9a-f]{6}$/).textContent()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('import a model')
  await expect(page.getByRole('option', { name: /Import a model/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Import/ })
  for (const [name, text, said] of BAD) {
    await page.locator('[data-picks-import]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(dialog.getByText(said).first(), name).toBeVisible()
    await expect(dialog, name).toContainText(name)
    await expect(dialog.getByRole('button', { name: 'Add to this design' }), name).toHaveCount(0)
    await expect.poll(() => axeFindings(page), { message: name }).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(await page.getByText(/^design [0-9a-f]{6}$/).textContent()).toBe(digest)
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  expect(await troubles()).toEqual([])
  await context.close()
})
