import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, pressUntil, tabTo, watchedPage } from '../support/watched-page.ts'

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

const line = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text }).first()

test('prompts and their versions by keyboard alone', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const clean = async (name: string) => {
    await expect.poll(() => axeFindings(page), { message: name, timeout: 15_000 }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }
  await go(page, 6)
  await expect(page.getByText('not used yet')).toBeVisible()

  // A line and what put it there, both ways, without a mouse.
  await line(page, '# Accept transfer orders').focus()
  for (let i = 0; i < 60 && !(await line(page, '**R-0NCE1**').evaluate(row => row === document.activeElement)); i++)
    await page.keyboard.press('ArrowDown')
  await expect(line(page, '**R-0NCE1**')).toHaveAttribute('data-pointed', 'true')
  const side = page.getByRole('region', { name: 'Where this line comes from' })
  await expect(side.getByRole('button', { name: /R-0NCE1/ })).toHaveAttribute('data-lit', 'true')
  await page.keyboard.press('ArrowRight')
  await expect(line(page, 'R-0NCE1, R-DEB1T')).toHaveAttribute('data-lit', 'true')
  await clean('a lit line')
  await page.keyboard.press('Escape')
  await expect(line(page, '**R-0NCE1**')).toBeFocused()

  await tabTo(page, /^Argue with line/)
  await page.keyboard.type('Who makes the key?')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Remarks on lines' })).toContainText('Who makes the key?')
  await leaveField(page)

  await page.keyboard.press('Alt+c')
  await expect(page.getByText(/Copied for Plain Markdown.*characters, design [0-9a-f]{4}, noted in the ledger/)).toBeVisible()
  const versions = page.getByRole('region', { name: 'Versions' })
  await expect(versions.getByRole('button', { name: /Version 1/ })).toContainText('1 copy')
  await expect(page.getByText('fresh', { exact: true })).toBeVisible()

  // The goal is reworded: the copy is stale, and the band names what is.
  await tabTo(page, /^Goal$/)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Accept a transfer order, book it once and say so.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Design changed since version 1: W-0RD3R reworded/)).toBeVisible()
  await clean('stale')
  await leaveField(page)
  await tabTo(page, /^Review 1 line$/)
  await page.keyboard.press('Enter')
  const diff = page.getByRole('region', { name: 'What changed from Version 1 to Now' })
  await expect(diff).toContainText('book it once and say so')
  await expect(diff).toBeFocused()
  await clean('a difference')
  await page.keyboard.press('d')
  await expect(page.getByRole('region', { name: 'Prompt text' })).toBeVisible()

  await page.keyboard.press('[')
  await expect(page.getByText(/^Version 1: issued/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Prompt text' })).not.toContainText('and say so')
  await clean('an old version')
  await line(page, '# Accept').focus()
  await page.keyboard.press(']')
  await expect(page.getByRole('region', { name: 'Prompt text' })).toContainText('and say so')

  await page.getByRole('radio', { name: /Plain Markdown/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /Agent Skill/ })).toBeChecked()
  await expect(page.getByRole('list', { name: 'Size' })).toContainText('of 5,000')
  await context.close()
})

test('with the mouse: a chip lights its lines, a closed gate leaves a draft', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 820, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await go(page, 6)
  const chip = line(page, '**T-TW1CE**').getByRole('button', { name: 'M-0NCE1' })
  await chip.scrollIntoViewIfNeeded()
  await chip.hover()
  await expect(line(page, 'T-TW1CE M-0NCE1')).toHaveAttribute('data-lit', 'true')
  await page.getByLabel('For', { exact: true }).selectOption('Cursor')
  await expect(page.getByRole('radio', { name: /Command or link/ })).toBeChecked()
  await expect(page.getByText(/^Too long for a link: the link has Cursor fetch the prompt/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy for Cursor' })).toBeVisible()
  await expect.poll(() => axeFindings(page), { message: 'a tool', timeout: 15_000 }).toEqual([])
  await page.reload()
  await go(page, 6)
  await expect(page.getByLabel('For', { exact: true })).toHaveValue('Cursor')
  await page.getByLabel('For', { exact: true }).selectOption('Any tool')

  await page.getByLabel('New work item').fill('Let a customer cancel an order.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('DRAFT', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Copy as draft (recorded)' }).click()
  await expect(page.getByText(/^Copied for Plain Markdown.* as a draft/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Versions' }).getByRole('button', { name: /Version 1/ })).toContainText('draft')
  await expect.poll(() => axeFindings(page), { timeout: 15_000 }).toEqual([])
  expect(await troubles()).toEqual([])
  await context.close()
})

test('the checklist: own check, what changed since the verdict, copies, one page of paper', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const clean = async (name: string) => {
    await expect.poll(() => axeFindings(page), { message: name, timeout: 15_000 }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }
  await go(page, 7)
  await expect(page.getByText('26 checks', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Automatic' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'By eye' })).toBeVisible()
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)

  await tabTo(page, /^Copy as$/)
  await page.keyboard.press('Enter')
  await pressUntil(page, 'ArrowDown', /Task list/)
  await clean('the menu')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied as a task list. Paste it into the pull request.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('- [ ] C-')

  await go(page, 8)
  await tabTo(page, /Run verify/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Noted in the ledger/).first()).toBeVisible()
  await go(page, 7)
  await expect(page.getByText('fresh', { exact: true })).toBeVisible()

  await tabTo(page, /^Add check$/)
  await page.keyboard.type('The limit is asked for at 500.01 EUR and not at 500.00 EUR.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('27 checks', { exact: true })).toBeVisible()
  await expect(page.getByText('stale, 1 change')).toBeVisible()
  await leaveField(page)
  await page.getByRole('button', { name: 'Show what changed' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Since the last verdict: 1 new check.')).toBeVisible()
  await clean('what changed')

  await go(page, 8)
  await tabTo(page, /Run verify/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Noted in the ledger/).first()).toBeVisible()
  await go(page, 7)
  await expect(page.getByText('fresh', { exact: true })).toBeVisible()
  const own = page.getByRole('listitem').filter({ hasText: 'The limit is asked for at 500.01' })
  await own.getByRole('button', { name: /^Remove check/ }).click()
  const history = page.getByRole('region', { name: 'Kept for history' })
  await expect(history).toContainText('The limit is asked for at 500.01')
  await clean('kept for history')

  await page
    .getByRole('button', { name: /^Answer C-/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'The change' })).toBeVisible()
  await context.close()
})
