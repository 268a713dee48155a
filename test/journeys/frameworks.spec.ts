import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { exclusionId } from '../../core/frameworks/exclusions.ts'
import { overflows } from '../support/overflows.ts'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, tabTo, watchedPage } from '../support/watched-page.ts'

let folder: string
let served: Served | undefined

test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-frameworks-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
  served = await serveWorkbench(['--design', path.join(folder, 'threat-model')])
})
test.afterEach(async () => {
  await served?.stop()
  served = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function openFrameworks(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('framework coverage')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Principles' })).toBeVisible()
}

test('frameworks by keyboard: from the layers to a row and on to what it rests on', async ({ browser }) => {
  const { page, troubles } = await watchedPage(await browser.newContext(), served?.address ?? '')
  await openFrameworks(page)
  await expect(page.getByText('Coverage is not certification.')).toBeVisible()
  expect(await page.getByRole('article').count()).toBeGreaterThanOrEqual(12)
  const ssdf = page.getByRole('article', { name: 'NIST SSDF', exact: true })
  await expect(ssdf).toContainText('Planned')
  expect(await axeFindings(page)).toEqual([])

  await tabTo(page, /^NIST SSDF\s*NIST/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'NIST SSDF', exact: true })).toBeFocused()
  await tabTo(page, /^PW\.1\.2/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('It is proven when each of these is.')).toBeVisible()
  await expect(page.getByText('proven in 0 of 1').first()).toBeVisible()
  expect(await axeFindings(page)).toEqual([])

  await tabTo(page, /^T-/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Mitigate', level: 1 })).toBeVisible()
  expect(await troubles()).toEqual([])
})

test('a row by keyboard: not applicable with a reason, undone, done again and withdrawn', async ({ browser }) => {
  const { page, troubles } = await watchedPage(await browser.newContext(), served?.address ?? '')
  await openFrameworks(page)
  await tabTo(page, /^OWASP ASVS\s*OWASP/)
  await page.keyboard.press('Enter')
  const row = page.getByRole('button', { name: /^V4\.3\.1/ })
  await tabTo(page, /^V4\.3\.1/)
  await expect(row).toContainText('Not addressed')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Not applicable…/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Reason' })).toBeFocused()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.type('Nothing here speaks GraphQL.')
  await page.keyboard.press('Enter')
  await expect(row).toBeFocused()
  await expect(row).toContainText('Not applicable')
  await expect(page.getByText('Nothing here speaks GraphQL.')).toBeVisible()
  await expect(page.getByText(/^Called not applicable by .+ on /)).toBeVisible()
  expect(await axeFindings(page)).toEqual([])
  const decisions = path.join(folder, 'threat-model/exclusions')
  await expect.poll(() => (existsSync(decisions) ? readdirSync(decisions).length : 0)).toBe(1)

  await page.keyboard.press('Control+z')
  await expect(row).toContainText('Not addressed')
  await page.keyboard.press('Control+Shift+z')
  await expect(row).toContainText('Not applicable')
  await tabTo(page, /^Withdraw/)
  await page.keyboard.press('Enter')
  await expect(row).toContainText('Not addressed')
  await expect(row).toBeFocused()
  expect(await troubles()).toEqual([])
})

test('a decision that contradicts what was decided, and one on an entry that nobody lists, are said', async ({ browser }) => {
  const decisions = path.join(folder, 'threat-model/exclusions')
  mkdirSync(decisions)
  const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' }
  for (const entry of ['PW.1.2', 'PW.99.9']) {
    const id = exclusionId('nist-ssdf', entry)
    const row = { id, framework: 'nist-ssdf', entry, reason: 'We thought so.', provenance }
    writeFileSync(path.join(decisions, `${id}.json`), JSON.stringify(row))
  }
  await served?.stop()
  served = await serveWorkbench(['--design', path.join(folder, 'threat-model')])
  const { page, troubles } = await watchedPage(await browser.newContext(), served.address)
  await openFrameworks(page)
  await expect(page.getByRole('region', { name: 'Decisions that no row shows' })).toContainText('PW.99.9')
  await page.getByRole('button', { name: /^NIST SSDF\s*NIST/ }).click()
  const row = page.getByRole('button', { name: /^PW\.1\.2/ })
  await expect(row).toContainText('Planned')
  await expect(row).toContainText('Contradicted')
  await row.click()
  await expect(page.getByText('Does not count: it contradicts what was decided')).toBeVisible()
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await overflows(page)).toEqual([])
  await page.getByRole('button', { name: 'Decide again…' }).click()
  expect(await overflows(page)).toEqual([])
  expect(await axeFindings(page)).toEqual([])
  expect(await troubles()).toEqual([])
})

test('frameworks in a narrow window and in the dark', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'dark' })
  const { page, troubles } = await watchedPage(context, served?.address ?? '')
  await openFrameworks(page)
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await overflows(page)).toEqual([])
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: /^OWASP ASVS/ }).click()
  await expect(page.getByRole('heading', { name: 'OWASP ASVS', exact: true })).toBeVisible()
  expect(await overflows(page)).toEqual([])
  expect(await troubles()).toEqual([])
})
