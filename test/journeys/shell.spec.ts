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
    await page.keyboard.type('@deutsch')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('button', { name: /Deutsch/ })).toBeFocused()
    await clean('language')
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
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

async function narrowPage(context: import('@playwright/test').BrowserContext, address: string) {
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(address)
  await expect(page.locator('[data-focus="steps menu"]')).toBeVisible()
  return { page, troubles }
}
