import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, pressUntil, tabTo, watchedPage } from '../support/watched-page.ts'

const SHOTS = process.env.SHOTS

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
})

async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) })
}

async function go(page: Page, digit: string): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('g')
  await page.keyboard.press(digit)
}

function tab(page: Page, name: RegExp) {
  return page.getByRole('tab', { name })
}

test('findings are taken, left and put in own words, by keyboard alone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const clean = async (name: string) => {
    await shoot(page, name)
    await expect.poll(() => axeFindings(page), { message: name, timeout: 4000 }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }
  await go(page, '3')
  await tabTo(page, /^To triage/)
  await pressUntil(page, 'ArrowRight', /^Not applicable/)
  const rows = page.locator('tr[data-id]')
  await expect(rows.first()).toBeVisible()
  const dismissed = Number(await page.getByRole('table', { name: /Findings/ }).getAttribute('aria-rowcount')) - 1
  expect(dismissed).toBeGreaterThan(10)
  await tabTo(page, /, Not applicable/)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('3 marked').first()).toBeVisible()
  await clean('marked')
  await page.keyboard.press('s')
  await expect(tab(page, /^Not applicable/)).toContainText(String(dismissed - 3))

  await tabTo(page, /^Not applicable/).catch(() => page.keyboard.press('Escape'))
  await tab(page, /^Not applicable/).focus()
  await page.keyboard.press('Home')
  const asking = async () => Number((await tab(page, /^To triage/).textContent())?.match(/\d+/)?.[0])
  const waiting = async () => Number((await tab(page, /^May wait/).textContent())?.match(/\d+/)?.[0])
  expect((await asking()) + (await waiting())).toBe(3)
  if ((await asking()) === 0) await page.keyboard.press('ArrowRight')
  await tabTo(page, /undecided/)
  const before = (await asking()) + (await waiting())
  await page.keyboard.press('Tab')
  expect((await asking()) + (await waiting()), 'who only tabs through takes nothing').toBe(before)
  await page.keyboard.press('Shift+Tab')
  await expect(page.locator('tr:focus')).toBeVisible()
  await page.keyboard.press('Home')
  await clean('asking')
  await page.keyboard.press('Tab')
  await expect.poll(async () => (await asking()) + (await waiting())).toBe(before - 1)
  await expect(tab(page, /^Real, open/)).toContainText('1')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await asking()) + (await waiting())).toBe(before)
  await context.close()
})

test('a bulk decision that empties the list leaves the focus on the tab that says so', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await go(page, '3')
  await tab(page, /^Not applicable/).click()
  const rows = page.locator('tr[data-id]')
  await rows.first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('s')
  await expect(rows).toHaveCount(0)
  await expect(tab(page, /^Not applicable/)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(tab(page, /^To triage/)).toBeFocused()

  await rows.first().click()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await page
    .getByRole('toolbar', { name: 'Decide what is marked' })
    .getByRole('button', { name: /^Not applicable/ })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('The gateway answers for it.')
  await dialog.getByRole('button', { name: 'Not applicable' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('tr[data-id]:focus')).toBeVisible()

  await page.keyboard.press('Control+a')
  await page.keyboard.press('x')
  await dialog.getByRole('textbox').fill('The gateway answers for it.')
  await dialog.getByRole('button', { name: 'Not applicable' }).click()
  await expect(rows).toHaveCount(0)
  await expect(tab(page, /^To triage/)).toBeFocused()
  await shoot(page, 'emptied')
  expect(await axeFindings(page)).toEqual([])
  expect(await troubles()).toEqual([])
  await context.close()
})

test('a threat is written with the holes of its sentence, and shown where it stands', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 820, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.getByRole('link', { name: /3 Threats/ }).click()
  await page.getByRole('button', { name: /Write a threat/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Partner bank' }).click()
  await dialog.getByLabel(/Action/).fill('replay an order')
  await dialog.getByLabel(/Impact/).fill('a second booking')
  await dialog.getByRole('checkbox', { name: 'Ledger' }).check()
  await expect(dialog.getByLabel('The sentence as it is kept')).toHaveValue(
    'A Partner bank can replay an order, which leads to a second booking on Ledger.',
  )
  await shoot(page, 'sentence')
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add the threat' }).click()
  await expect(dialog).toBeHidden()
  await expect(tab(page, /^Real, open/)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('row', { name: /A Partner bank can replay/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('row', { name: /A Partner bank can replay/ })).toHaveCount(0)
  expect(await troubles()).toEqual([])
  await context.close()
})

test('what is put out of scope keeps its decisions, and gets them back', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.getByRole('link', { name: /1 Scope/ }).click()
  await page.getByRole('button', { name: 'Leave something out…' }).click()
  const out = page.getByRole('region', { name: 'Out of scope' })
  await out.getByLabel('Element or flow').selectOption({ label: 'Ledger' })
  await out.getByLabel('Reason').fill('Another team looks at it.')
  await out.getByRole('button', { name: 'Leave it out' }).click()
  await expect(out.getByText('Another team looks at it.')).toBeVisible()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('link', { name: /3 Threats/ }).click()
  await tab(page, /^Gone/).click()
  await page.locator('tr[data-id]').first().click()
  await shoot(page, 'gone')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(tab(page, /^Gone/)).toContainText('0')
  expect(await troubles()).toEqual([])
  await context.close()
})

test('requirements are typed, pasted and begun with an example', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.getByRole('link', { name: /1 Scope/ }).click()
  const list = page.getByRole('region', { name: 'Requirements' })
  const statements = list.getByLabel(/^Statement of/)
  await expect(statements.first()).toBeVisible()
  const there = await statements.count()
  await page.evaluate(() =>
    navigator.clipboard.writeText('- The Ledger shall keep bookings.\n- The Ledger shall be fast.\n- It shall work.'),
  )
  await list.getByLabel('New requirement').focus()
  await page.keyboard.press('Control+v')
  await expect(statements).toHaveCount(there + 3)
  const words = await statements.evaluateAll(fields => fields.map(field => (field as HTMLTextAreaElement).value))
  expect(words.slice(there)).toEqual(['The Ledger shall keep bookings.', 'The Ledger shall be fast.', 'It shall work.'])
  await expect(list.locator('mark', { hasText: 'fast' })).toBeVisible()
  await shoot(page, 'scope')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Control+z')
  await expect(statements).toHaveCount(there)
  expect(await troubles()).toEqual([])
  await context.close()
})

test('requirements are approved several at once; what lacks something is left out and named', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.getByRole('link', { name: /1 Scope/ }).click()
  const list = page.getByRole('region', { name: 'Requirements' })
  const several = list.getByRole('toolbar', { name: 'Approve several' })
  await expect(several).toHaveCount(0)
  await page.evaluate(() =>
    navigator.clipboard.writeText('- The Ledger shall keep bookings.\n- The Ledger shall refuse a booking that is there.'),
  )
  await list.getByLabel('New requirement').focus()
  await page.keyboard.press('Control+v')
  await expect(several).toContainText('0 of 2 drafts ready')
  await expect(several.getByRole('button', { name: 'Approve all that are ready' })).toBeDisabled()

  const [first, second] = await list.getByRole('checkbox', { name: /^Mark R-/ }).all()
  await list
    .getByLabel(/^Statement of/)
    .nth(-2)
    .click()
  await page.getByLabel('Shown by').selectOption({ label: 'Test' })
  await expect(several).toContainText('1 of 2 drafts ready')
  await first?.check()
  await second?.check()
  await expect(several).toContainText('2 marked')
  await shoot(page, 'approve-marked')
  expect(await axeFindings(page)).toEqual([])
  await several.getByRole('button', { name: 'Approve marked' }).click()
  await expect(page.getByText(/^Approved 1 requirement\. Left out: R-\w+ \(no way to show it\)\.$/).first()).toBeVisible()
  await expect(list).toBeFocused()
  await expect(list.getByRole('checkbox', { name: /^Mark R-/ })).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(list.getByRole('checkbox', { name: /^Mark R-/ })).toHaveCount(2)
  await several.getByRole('button', { name: 'Approve all that are ready' }).click()
  await expect(list.getByRole('checkbox', { name: /^Mark R-/ })).toHaveCount(1)
  await page.setViewportSize({ width: 320, height: 900 })
  await shoot(page, 'approve-narrow')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  expect(await troubles()).toEqual([])
  await context.close()
})
