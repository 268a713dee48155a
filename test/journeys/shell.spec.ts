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

/** What floats over the page belongs to the field or button it describes, and to no landmark. */
const findings = async (page: Page) =>
  (await axeFindings(page)).filter(found => !/^region: (div\[data-overlay-container|#_r_\w+$)/.test(found))

const step = (page: Page, name: string) => page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name })

for (const colorScheme of ['light', 'dark'] as const)
  test(`search, keys, chips and language by keyboard alone, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    const clean = async (name: string) => {
      await expect.poll(() => findings(page), { message: name }).toEqual([])
      expect(await troubles(), name).toEqual([])
    }
    const search = page.getByRole('combobox', { name: /Search commands/ })

    await page.keyboard.press('Control+k')
    await page.keyboard.type('Transfer service')
    await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true })).toContainText('E-')
    await clean('palette')
    await page.keyboard.press('Escape')
    await expect(search).toBeHidden()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('>mitigate')
    await page.keyboard.press('Enter')
    await expect(step(page, '4 Mitigate')).toHaveAttribute('aria-current', 'page')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option').first()).toContainText('Mitigate')
    await page.keyboard.press('Escape')

    await page.keyboard.press('g')
    await page.keyboard.press('4')
    await tabTo(page, /^E-\w+ /)
    const chip = await page.evaluate(() => document.activeElement?.textContent ?? '')
    await expect(page.getByRole('tooltip')).toContainText('Mitigations')
    await clean('card')
    await page.keyboard.press('Enter')
    await expect(step(page, '2 Model')).toHaveAttribute('aria-current', 'page')
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(step(page, '4 Mitigate')).toHaveAttribute('aria-current', 'page')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toBe(chip)

    await page.keyboard.press('?')
    await tabTo(page, /Keys of “Problems drawer”/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+t')
    await expect(page.getByRole('alert')).toContainText('belongs to the browser')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('alert')).toContainText('Search or run a command')
    await clean('keys')
    await page.keyboard.press('Control+u')
    await expect(page.getByRole('button', { name: /Keys of “Problems drawer”: Ctrl U/ })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('Control+u')
    await expect(page.getByRole('region', { name: 'Problems' })).toBeVisible()
    await clean('drawer')
    await page.keyboard.press('Control+u')

    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await tabTo(page, /New requirement/)
    await page.keyboard.type('When asked, the #transfer ser')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('When asked, #e-tra')
    await expect(page.getByRole('listbox', { name: 'Objects' })).toBeVisible()
    await clean('hints')
    await page.keyboard.press('Enter')
    await expect(page.locator(':focus')).toHaveValue(/^When asked, E-\w+ $/)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await leaveField(page)

    await page.keyboard.press('F6')
    const panes = new Set<string>()
    for (let i = 0; i < 5; i++) {
      panes.add(await page.evaluate(() => document.activeElement?.closest('header, nav, main, aside, footer')?.tagName ?? ''))
      await page.keyboard.press('F6')
    }
    expect([...panes].sort()).toEqual(['ASIDE', 'FOOTER', 'HEADER', 'MAIN', 'NAV'])

    await page.keyboard.press('Control+k')
    await page.keyboard.type('>deutsch')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('button', { name: /Deutsch/ })).toBeFocused()
    await clean('language')
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await context.close()
  })

test('a walk by arrows is one answer, and undo knows it as one', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await step(page, '2 Model').click()
  await page.locator('.react-flow__node-element', { hasText: 'Ledger' }).click()
  const group = page.getByTestId('inspector').getByRole('group', { name: 'Rotates secrets' })
  const answer = (name: string) => group.getByRole('radio', { name, exact: true })
  const undo = page.getByRole('button', { name: /^Undo/ })
  await expect(answer('Unknown')).toBeChecked()
  await answer('Unknown').focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(answer('Yes')).toBeChecked()
  await expect(undo).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(answer('Unknown')).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Tab')
  await expect(undo).toBeEnabled()
  await page.keyboard.press('Control+z')
  await expect(answer('Unknown')).toBeChecked()
  await expect(undo).toBeDisabled()

  await answer('No').locator('xpath=..').click()
  await expect(undo).toBeEnabled()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+z')
  await expect(answer('No')).toBeChecked()
  expect(await troubles()).toEqual([])
  await context.close()
})

test('the palette knows people, and what they own', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const results = page.getByRole('listbox', { name: 'Results' }).getByRole('option')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('@')
  expect(await findings(page)).toEqual([])
  const owner = results.filter({ hasText: /owns \d/ }).first()
  await expect(owner).toBeVisible()
  const count = Number(/owns (\d+)/.exec(await owner.innerText())?.[1])
  await owner.click()
  const box = page.getByRole('combobox', { name: /^Search what .* owns$/ })
  await expect(box).toBeFocused()
  await expect(results).toHaveCount(count)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Backspace')
  await expect(page.getByRole('combobox', { name: /Search commands/ })).toHaveValue('@')
  await owner.click()
  const first = await results.first().innerText()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: first.split(/\s/)[0] ?? '' })).toHaveCount(1)
  expect(await troubles()).toEqual([])
  await context.close()
})

test('a window zoomed to 400 % scrolls downwards only, and its steps are a menu', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 256 } })
  const { page, troubles } = await narrowPage(context, served.address)
  for (const name of ['1 Scope', '3 Threats', '5 Gate', '6 Prompts', '9 Reports']) {
    await page.locator('[data-focus="steps menu"]').click()
    await step(page, name).click()
    await expect(page.locator('[data-focus="steps menu"]')).toContainText(name)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(320)
  }
  expect(troubles).toEqual([])
  await context.close()
})

test('at 400 % zoom the drawing is covered by nothing, and nothing beside the page scrolls', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 256 } })
  const { page, troubles } = await narrowPage(context, served.address)
  await page.locator('[data-focus="steps menu"]').click()
  await step(page, '2 Model').click()
  await expect(page.getByRole('tree', { name: 'Outline of the model' })).toBeVisible()
  await page.getByRole('radio', { name: 'Canvas' }).check({ force: true })
  await expect(page.locator('.react-flow__pane')).toBeVisible()
  const drawing = await page.locator('.react-flow').boundingBox()
  const zoom = await page.getByRole('button', { name: 'Zoom in' }).boundingBox()
  expect(zoom?.y ?? 0).toBeGreaterThanOrEqual((drawing?.y ?? 0) + (drawing?.height ?? 0))
  await expect(page.getByRole('img', { name: /^Minimap/ })).toBeHidden()
  const sideways = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('footer, main *')]
      .filter(part => part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))
      .map(part => part.className),
  )
  expect(sideways).toEqual([])
  expect(await page.evaluate(() => document.querySelector('footer')?.scrollWidth)).toBeLessThanOrEqual(320)
  expect(troubles).toEqual([])
  await context.close()
})

test('below 1100 pixels the inspector is a sheet, and below 800 the model opens as outline with the sheet below it', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const sheet = page.locator('[data-place="sheet"]')
  await page.keyboard.press('g')
  await page.keyboard.press('2')
  await expect(page.locator('.react-flow__pane')).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0)
  const ledger = page.locator('.react-flow__node-element', { hasText: 'Ledger' })
  await ledger.focus()
  await expect(sheet.getByRole('textbox', { name: 'Name' })).toHaveValue('Ledger')
  const left = (await sheet.boundingBox())?.x ?? 0
  await expect
    .poll(async () => ((await ledger.boundingBox())?.x ?? 0) + ((await ledger.boundingBox())?.width ?? 0))
    .toBeLessThan(left)
  await page.keyboard.press('Enter')
  await expect(sheet.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(ledger).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(sheet.locator(':focus')).toHaveCount(1)
  await page.getByRole('button', { name: 'Close the inspector' }).click()
  await expect(ledger).toBeFocused()

  await page.keyboard.press('g')
  await page.keyboard.press('1')
  await page.setViewportSize({ width: 700, height: 800 })
  await page.keyboard.press('g')
  await page.keyboard.press('2')
  await expect(page.getByRole('treeitem').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(sheet.locator(':focus')).toHaveCount(1)
  const row = await page.getByRole('treeitem', { selected: true }).boundingBox()
  const top = (await sheet.boundingBox())?.y ?? 0
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(top)
  expect(await axeFindings(page)).toEqual([])
  expect(await troubles()).toEqual([])
  await context.close()
})

async function narrowPage(context: import('@playwright/test').BrowserContext, address: string) {
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(address)
  await expect(page.locator('[data-focus="steps menu"]')).toBeVisible()
  return { page, troubles }
}
