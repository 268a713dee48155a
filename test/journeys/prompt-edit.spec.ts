import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, tabTo, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
})

async function go(page: Page, digit: number): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('g')
  await page.keyboard.press(String(digit))
}

const text = (page: Page) => page.getByRole('region', { name: 'Prompt text' })
const band = (page: Page) => page.getByText(/^Edited by hand by/)
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

/** The goal in the editor: found by walking down, as somebody without a mouse does. */
async function toGoal(page: Page): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'The prompt, edited by hand' })
  await expect(editor).toBeFocused()
  await page.keyboard.press('Control+Home')
  for (let line = 0; line < 6; line++) await page.keyboard.press('ArrowDown')
  // Twice: the first press stops where the line is broken to fit.
  await page.keyboard.press('End')
  await page.keyboard.press('End')
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`edit, copy, change the model, merge, copy again: ${colorScheme}, by keyboard alone`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    const clean = async (name: string) => {
      await expect.poll(() => axeFindings(page), { message: name, timeout: 15_000 }).toEqual([])
      expect(await troubles(), name).toEqual([])
      const shots = process.env.SKEPTIC_SHOTS
      if (!shots) return
      mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: path.join(shots, `${colorScheme}-${name.replaceAll(' ', '-')}.png`) })
    }
    await go(page, 6)
    await expect(text(page)).toBeVisible()

    await tabTo(page, /^Edit by hand$/)
    await page.keyboard.press('e')
    await toGoal(page)
    await page.keyboard.type(' Say which ones were refused.')
    await clean('editing')
    await page.keyboard.press('Alt+c')
    await expect(page.getByText('Stop editing first: what is copied is what is kept.').first()).toBeVisible()

    // What the program fills in cannot be typed over.
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('approved')
    await page.keyboard.press('Control+Enter')
    await expect(text(page)).toContainText('Say which ones were refused.')
    await expect(text(page)).not.toContainText('approved')
    await expect(text(page)).toContainText('edited by hand')
    await expect(band(page)).toContainText('1 line. No approval of the generated text covers it.')

    const line = page.getByRole('row').filter({ hasText: 'Say which ones were refused.' })
    await line.focus()
    await expect(page.getByRole('region', { name: 'Where this line comes from' })).toContainText('Edited by hand, was:')
    await clean('edited')

    await page.keyboard.press('Alt+c')
    await expect(page.getByText(/^Copied for Plain Markdown/).first()).toBeVisible()
    expect(await copied(page)).toContain('Say which ones were refused.')
    const versions = page.getByRole('region', { name: 'Versions' })
    await expect(versions.getByRole('button', { name: /Version 1/ })).toContainText('edited')

    // Undo takes the edit away as one step, redo brings it back.
    await page.keyboard.press('Control+z')
    await expect(text(page)).not.toContainText('refused.')
    await page.keyboard.press('Control+Shift+z')
    await expect(text(page)).toContainText('Say which ones were refused.')

    // Another stack changes other lines: the edit stays.
    await tabTo(page, /^Stack and versions$/)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Node 24.11.0, Express 5.1.0')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/The generated text changed since; the edit fits/)).toBeVisible()
    await expect(text(page)).toContainText('Node 24.11.0')
    await leaveField(page)
    await tabTo(page, /^Review the merge$/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Edited by hand and generated' })).toBeVisible()
    await clean('merged')
    await tabTo(page, /^Use the merged text$/)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/The generated text changed since/)).toHaveCount(0)

    // Another goal changes the very line: both stand side by side until somebody chooses.
    await tabTo(page, /^Goal$/)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Accept a transfer order and book it within a second.')
    await page.keyboard.press('Control+Enter')
    const merge = page.getByRole('region', { name: 'Edited by hand and generated' })
    await expect(merge).toContainText('Both are kept; choose for each place.')
    await expect(merge.getByRole('button', { name: 'Use the merged text' })).toBeDisabled()
    await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeDisabled()
    await clean('conflict')
    await leaveField(page)
    await merge.getByRole('radio', { name: /^Edited by hand/ }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(merge.getByRole('radio', { name: /^Generated now/ })).toBeChecked()
    await page.keyboard.press('ArrowDown')
    await expect(merge.getByRole('radio', { name: /^Both/ })).toBeChecked()
    await clean('chosen')
    await tabTo(page, /^Use the merged text$/)
    await page.keyboard.press('Enter')
    await expect(text(page)).toContainText('Say which ones were refused.')
    await expect(text(page)).toContainText('within a second.')

    await page.keyboard.press('Alt+c')
    await expect.poll(() => copied(page)).toContain('within a second.')
    expect(await copied(page)).toContain('Say which ones were refused.')
    await expect(versions.getByRole('button', { name: /Version 2/ })).toContainText('edited')

    await tabTo(page, /^Back to the generated text$/)
    await page.keyboard.press('Enter')
    await expect(band(page)).toHaveCount(0)
    await expect(text(page)).not.toContainText('refused.')
    await page.keyboard.press('Control+z')
    await expect(text(page)).toContainText('Say which ones were refused.')
    await clean('again')
    await context.close()
  })

test('at 320 pixels editing and choosing stay within the window', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await go(page, 6)
  await page.setViewportSize({ width: 320, height: 720 })
  await tabTo(page, /^Edit by hand$/)
  await page.keyboard.press('Enter')
  await toGoal(page)
  await page.keyboard.type(' Say which ones were refused.')
  const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await tooWide()).toBe(false)
  await page.keyboard.press('Control+Enter')
  await tabTo(page, /^Show the edit$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'What differs from the generated text' })).toBeVisible()
  expect(await tooWide()).toBe(false)
  await expect.poll(() => axeFindings(page), { timeout: 15_000 }).toEqual([])
  expect(await troubles()).toEqual([])
  await context.close()
})
