import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'
import { placeOf, wideDesign } from '../support/wide-design.ts'

const COUNT = 300

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--design', wideDesign(COUNT)])
})
test.afterEach(async () => {
  await served.stop()
})

/** Where the middle of an element is on the screen. */
function onScreen(page: Page, i: number): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate(place => {
    const box = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect()
    const view = new DOMMatrix(document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform)
    return { x: box.left + view.e + (place.x + 80) * view.a, y: box.top + view.f + (place.y + 32) * view.a }
  }, placeOf(i))
}

function mounted(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('.react-flow *').length)
}

const label = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

for (const colorScheme of ['light', 'dark'] as const)
  test(`a large drawing seen from far is one picture that can still be worked on, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    await page.getByRole('link', { name: '2 Model' }).click()
    await expect(page.locator('[data-far] canvas')).toHaveCount(2)
    expect(await mounted(page)).toBeLessThan(150)
    expect(await axeFindings(page)).toEqual([])

    // With the mouse: what is hovered is there, is selected by a click, and follows a drag; the boundary stays small.
    const at = await onScreen(page, 45)
    await page.mouse.move(at.x, at.y)
    await page.mouse.click(at.x, at.y)
    await expect(page.locator('.react-flow__node.selected')).toHaveAttribute('aria-label', /Service 45/)
    await page.mouse.down()
    await page.mouse.move(at.x + 20, at.y + 24, { steps: 4 })
    await page.mouse.up()
    await expect(page.getByRole('button', { name: /^Undo move Service 45/ })).toBeEnabled()

    // By keyboard: Tab goes to the next one, one by one, and each says what it is.
    await page.locator('.react-flow__node.selected').focus()
    for (const next of [46, 47, 48]) {
      await page.keyboard.press('Tab')
      expect(await label(page)).toContain(`Service ${next}`)
    }
    await page.keyboard.press('Shift+Tab')
    expect(await label(page)).toContain('Service 47')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('button', { name: /^Undo move Service 47/ })).toBeEnabled()
    expect(await mounted(page)).toBeLessThan(250)

    // A frame around all of it selects all of it, and mounts hardly any of it.
    const first = await onScreen(page, 0)
    const last = await onScreen(page, COUNT - 1)
    await page.keyboard.down('Shift')
    await page.mouse.move(first.x - 20, first.y - 20)
    await page.mouse.down()
    await page.mouse.move(last.x + 20, last.y + 20, { steps: 5 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(page.locator('.react-flow__node.selected[data-id=E-00000]')).toHaveCount(1)
    await expect(page.locator('.react-flow__node.selected[data-id=E-00299]')).toHaveCount(1)
    expect(await mounted(page)).toBeLessThan(900)
    expect(await axeFindings(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/far-${colorScheme}.png` })

    // From near it is elements of the page again, those in view.
    await page.keyboard.press('Escape')
    const middle = await onScreen(page, 150)
    await page.mouse.move(middle.x, middle.y)
    for (let i = 0; i < 8; i++) {
      await page.mouse.wheel(0, -120)
      await page.waitForTimeout(60)
    }
    await expect(page.locator('[data-far]')).toHaveCount(0)
    const near = await page.locator('.react-flow__node').count()
    expect(near).toBeGreaterThan(4)
    expect(near).toBeLessThan(COUNT)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/near-${colorScheme}.png` })
    expect(await troubles()).toEqual([])
    await context.close()
  })
