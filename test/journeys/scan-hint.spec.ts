import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

const SHOTS = process.env.SHOTS
const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8'.repeat(3).slice(0, 36)].join('')

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
})

test('a field says while it is written what may not enter a prompt, and offers a name in its place', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.keyboard.press('g')
  await page.keyboard.press('1')
  const field = page.locator('[data-requirement] textarea').first()
  const before = await field.inputValue()
  await field.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(` Sign in with ${TOKEN} and ask jane.roe@partner-bank.eu.`)
  const hint = page.getByRole('status').filter({ hasText: 'Holds a GitHub token.' })
  await expect(hint).toBeVisible()
  await expect(hint).toContainText('Holds an e-mail address. Prompts show a placeholder in its place.')
  await expect(field).toHaveAccessibleDescription(/Holds a GitHub token/)
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: path.join(SHOTS, 'scan-hint.png') })
    await page.setViewportSize({ width: 320, height: 800 })
    await page.screenshot({ path: path.join(SHOTS, 'scan-hint-320.png') })
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await expect.poll(() => axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Put <SECRET:github-token> in its place' }).click()
  await expect(field).toHaveValue(`${before} Sign in with <SECRET:github-token> and ask jane.roe@partner-bank.eu.`)
  await expect(page.getByText('Holds a GitHub token.')).toHaveCount(0)
  expect(await troubles()).toEqual([])
})
