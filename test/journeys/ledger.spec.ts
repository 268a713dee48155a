import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, tabTo, watchedPage } from '../support/watched-page.ts'

let folder: string
let served: Served | undefined

test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-ledger-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
  served = await serveWorkbench(['--design', path.join(folder, 'threat-model')])
})
test.afterEach(async () => {
  await served?.stop()
  served = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function go(page: Page, digit: number): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('g')
  await page.keyboard.press(String(digit))
}

const box = (page: Page, name: string) => page.locator('.react-flow__node-element', { hasText: name })

/** A checklist copied, the drawing changed, a checklist copied once more: two entries and two designs. */
async function twoDesigns(page: Page): Promise<void> {
  await go(page, 7)
  await copyTasks(page)
  await go(page, 2)
  await box(page, 'Ledger').first().focus()
  await page.keyboard.press('F2')
  await page.locator('.react-flow__node').getByRole('textbox', { name: 'Name' }).fill('General ledger')
  await page.keyboard.press('Enter')
  await expect(box(page, 'General ledger')).toBeVisible()
  await box(page, 'Partner bank').first().focus()
  await page.keyboard.press('Delete')
  await expect(box(page, 'Partner bank')).toHaveCount(0)
  await expect(page.getByRole('contentinfo')).toContainText('Saved')
  await go(page, 7)
  await copyTasks(page)
}

async function copyTasks(page: Page): Promise<void> {
  await tabTo(page, /^Copy as$/)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: /Task list/ }).press('Enter')
  await expect(page.getByRole('contentinfo').getByRole('status')).toContainText('Noted in the ledger.')
}

test('the design before and after along the ledger, by keyboard', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served?.address ?? '')
  const clean = async (name: string) => {
    await expect.poll(() => axeFindings(page), { message: name, timeout: 4000 }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }
  await twoDesigns(page)
  expect(readdirSync(path.join(folder, 'threat-model/.skeptic/states'))).toHaveLength(2)
  await go(page, 9)
  await tabTo(page, /^(Ledger|Report)$/)
  await page.keyboard.press('ArrowRight')
  await tabTo(page, /Time of the ledger/)
  const compared = page.getByRole('region', { name: 'Before and after' })
  const list = compared.getByRole('list', { name: 'Differences' })

  await page.keyboard.press('End')
  await expect(compared).toContainText('as it still is')
  await expect(compared).toContainText('The design says the same at both times.')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(compared).toContainText('kept with the entry')
  await expect(list.getByRole('listitem').filter({ hasText: 'General ledger' })).toContainText(/Changed.*renamed/)
  await expect(list.getByRole('listitem').filter({ hasText: /E-\w+ Partner bank/ })).toContainText('Removed')
  await expect(compared.getByRole('img', { name: 'The drawing before' })).toContainText('Partner bank')
  await expect(compared.getByRole('img', { name: 'The drawing after' })).not.toContainText('Partner bank')
  await clean('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await clean('dark')
  await page.emulateMedia({ forcedColors: 'active' })
  await expect(compared.getByRole('img', { name: 'The drawing before' })).toBeVisible()
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
  await page.setViewportSize({ width: 320, height: 700 })
  await clean('320 pixels')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(overflow).toBe(false)
  await page.setViewportSize({ width: 1440, height: 900 })

  rmSync(path.join(folder, 'threat-model/.skeptic/states'), { recursive: true })
  await tabTo(page, /Time of the ledger/)
  await page.keyboard.press('Home')
  await expect(compared).toContainText('is not known: it was not kept on this machine')
  await expect(list).toHaveCount(0)
  await clean('lost')
  await context.close()
})
