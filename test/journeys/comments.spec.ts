import { type Browser, expect, type Page, test } from '@playwright/test'
import { overflows } from '../support/overflows.ts'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeAll(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterAll(() => served.stop())

const box = (page: Page, name: string) => page.locator('.react-flow__node-element', { hasText: name })
const inspector = (page: Page) => page.getByTestId('inspector')
const threads = (page: Page) => page.getByRole('list', { name: 'Comments' })

/** A window of a browser of its own, whose person goes by this name. */
async function windowOf(browser: Browser, person: string) {
  const context = await browser.newContext()
  await context.addInitScript(name => {
    localStorage.setItem('skeptic.preferences', JSON.stringify({ person: name }))
  }, person)
  return { context, ...(await watchedPage(context, served.address)) }
}

async function goModel(page: Page) {
  await page.keyboard.press('g')
  await page.keyboard.press('2')
  await expect(box(page, 'Ledger').first()).toBeVisible()
}

test('a comment names somebody, who finds it, answers and resolves it; what is removed keeps its comments', async ({
  browser,
}) => {
  const asking = await windowOf(browser, 'developer')
  const asked = await windowOf(browser, 'security lead')
  const { page } = asking

  await test.step('by keyboard: comment on what is selected, and @ completes a name', async () => {
    await goModel(page)
    await box(page, 'Ledger').first().focus()
    await page.keyboard.press('Control+Shift+m')
    await expect(inspector(page).getByRole('textbox', { name: 'New comment' })).toBeFocused()
    await page.keyboard.type('<b>Who</b> may read it? @security l')
    await expect(page.getByRole('listbox', { name: 'People' }).getByRole('option')).toHaveText(['security lead'])
    await page.keyboard.press('Enter')
    await expect(inspector(page).getByRole('textbox', { name: 'New comment' })).toHaveValue(
      '<b>Who</b> may read it? @security lead ',
    )
    await page.keyboard.press('Enter')
    await expect(threads(page)).toContainText('<b>Who</b> may read it? @security lead')
    await expect(threads(page).getByText('@security lead')).toBeVisible()
    await expect(box(page, 'Ledger').first()).toContainText('1 open comment')
    expect(await axeFindings(page)).toEqual([])
  })

  await test.step('the outline counts it', async () => {
    await page.getByRole('radio', { name: 'Outline' }).check({ force: true })
    await expect(page.getByRole('treeitem', { name: /Ledger.*1 open comment/ })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('radio', { name: 'Canvas' }).check({ force: true })
  })

  await test.step('whoever is named finds it in My work, goes there, and answers', async () => {
    const other = asked.page
    await expect(other.getByRole('navigation', { name: 'Steps' })).toContainText('1 comment waits for you')
    await other.keyboard.press('g')
    await other.keyboard.press('c')
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Comments')
    await other.getByRole('radio', { name: 'For you (1)' }).check({ force: true })
    await expect(threads(other)).toContainText('Names you')
    expect(await axeFindings(other)).toEqual([])
    await expect(threads(other).getByRole('button', { name: 'Remove your comment' })).toHaveCount(0)
    await threads(other).getByRole('textbox', { name: 'Answer to developer' }).fill('Only the auditors.')
    await other.keyboard.press('Enter')
    await expect(other.getByText('Nobody waits for an answer of yours.')).toBeVisible()
    await other.getByRole('radio', { name: 'Open (1)' }).check({ force: true })
    await threads(other).getByRole('button', { name: 'Go there: Ledger' }).click()
    await expect(inspector(other).getByRole('tab', { name: /^Comments/ })).toHaveAttribute('aria-selected', 'true')
    await inspector(other).getByRole('button', { name: 'Resolve' }).click()
    await expect(inspector(other).getByText('Resolved', { exact: true })).toBeVisible()
  })

  await test.step('the one who asked sees the answer and who resolved it; one undo of the other opens it again', async () => {
    await expect(threads(page)).toContainText('Only the auditors.')
    await expect(threads(page)).toContainText('security lead')
    await expect(box(page, 'Ledger').first()).not.toContainText('open comment')
    await asked.page.keyboard.press('Control+z')
    await expect(box(page, 'Ledger').first()).toContainText('1 open comment')
  })

  await test.step('what is said about a removed object is listed apart', async () => {
    await box(page, 'Ledger').first().focus()
    await page.keyboard.press('Delete')
    await expect(box(page, 'Ledger')).toHaveCount(0)
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    const removed = page.getByRole('region', { name: 'About objects that were removed' })
    await expect(removed).toContainText('Only the auditors.')
    await removed.getByRole('button', { name: 'Remove your comment' }).click()
    await expect(removed).toContainText('Removed by its author.')
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await overflows(page)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
  })

  expect(await asking.troubles()).toEqual([])
  expect(await asked.troubles()).toEqual([])
})
