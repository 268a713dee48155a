import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeAll(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterAll(() => served.stop())

type Window = { readonly context: BrowserContext; readonly page: Page; readonly troubles: () => Promise<readonly string[]> }

/** A browser of its own: other cookies, other storage, the same server. */
async function windowOf(browser: Browser): Promise<Window> {
  const context = await browser.newContext()
  const watched = await watchedPage(context, served.address)
  await expect(watched.page.getByRole('contentinfo')).toContainText('Saved')
  return { context, ...watched }
}

const box = (page: Page, name: string) => page.locator('.react-flow__node-element', { hasText: name })
const flag = (page: Page, number: number) => page.locator(`[data-who="${number}"]`)
const said = (page: Page) => page.getByRole('contentinfo').getByRole('status')

async function rename(page: Page, from: string, to: string) {
  await box(page, from).first().focus()
  await page.keyboard.press('F2')
  await page.locator('.react-flow__node').getByRole('textbox', { name: 'Name' }).fill(to)
  await page.keyboard.press('Enter')
  await expect(box(page, to)).toBeVisible()
}

test('two people on one design: edits both ways, who is where, and each takes back only what is theirs', async ({ browser }) => {
  const mine = await windowOf(browser)
  await expect(mine.page.getByRole('contentinfo')).toContainText('Synced')
  await expect(mine.page.getByRole('contentinfo')).not.toContainText('here)')
  const theirs = await windowOf(browser)
  for (const { page } of [mine, theirs]) {
    await expect(page.getByRole('contentinfo')).toContainText('Synced (2 here)')
    await page.keyboard.press('g')
    await page.keyboard.press('2')
    await expect(page.locator('.react-flow__node-element').first()).toBeVisible()
  }
  await expect(mine.page.getByRole('list', { name: 'Also here' }).getByRole('button')).toHaveAccessibleName(
    'architect 2, in Model',
  )

  await test.step('what one selects, the other sees on the drawing and in the outline', async () => {
    await box(theirs.page, 'Ledger').first().focus()
    await expect(flag(mine.page, 2)).toHaveText('architect 2')
    await mine.page.getByRole('radio', { name: 'Outline' }).check({ force: true })
    await expect(mine.page.getByRole('treeitem', { name: /Ledger/ }).first()).toContainText('architect 2 is here')
    expect(await axeFindings(mine.page)).toEqual([])
    await mine.page.getByRole('radio', { name: 'Canvas' }).check({ force: true })
    await theirs.page.keyboard.press('Escape')
    await theirs.page.keyboard.press('Escape')
    await expect(flag(mine.page, 2)).toHaveCount(0)
  })

  await test.step('edits arrive both ways', async () => {
    await rename(mine.page, 'Transfer service', 'Transfers')
    await expect(box(theirs.page, 'Transfers')).toBeVisible()
    await rename(theirs.page, 'Ledger', 'General ledger')
    await expect(box(mine.page, 'General ledger')).toBeVisible()
  })

  await test.step('undo takes back the own edit only, and says so', async () => {
    await mine.page.keyboard.press('Control+z')
    await expect(said(mine.page)).toHaveText('Undid: rename Transfer service.')
    await expect(box(theirs.page, 'Transfer service')).toBeVisible()
    await expect(box(mine.page, 'General ledger')).toBeVisible()
    await mine.page.keyboard.press('Control+z')
    await expect(said(mine.page)).toHaveText('There is nothing to undo.')
    await theirs.page.keyboard.press('Control+z')
    await expect(said(theirs.page)).toHaveText('Undid: rename Ledger.')
    await expect(box(mine.page, 'General ledger')).toHaveCount(0)
  })

  await test.step('undo leaves alone what the other changed since', async () => {
    await rename(mine.page, 'Ledger', 'Book')
    await expect(box(theirs.page, 'Book')).toBeVisible()
    await rename(theirs.page, 'Book', 'Their ledger')
    await expect(box(mine.page, 'Their ledger')).toBeVisible()
    await mine.page.keyboard.press('Control+z')
    await expect(said(mine.page)).toHaveText('Undid: rename Ledger. What others changed since stays as it is.')
    await expect(box(mine.page, 'Their ledger')).toBeVisible()
  })

  await test.step('undo leads back to where the step was made', async () => {
    await rename(mine.page, 'Customer', 'Client')
    await mine.page.keyboard.press('g')
    await mine.page.keyboard.press('3')
    await expect(mine.page).toHaveURL(/#\/threats/)
    await mine.page.keyboard.press('Control+z')
    await expect(mine.page).toHaveURL(/#\/model/)
    await expect(said(mine.page)).toHaveText('Undid: rename Customer.')
  })

  expect(await theirs.troubles()).toEqual([])
  await theirs.context.close()
  await expect(mine.page.getByRole('contentinfo')).not.toContainText('here)')
  await expect(mine.page.getByRole('list', { name: 'Also here' })).toHaveCount(0)
  expect(await axeFindings(mine.page)).toEqual([])
  expect(await mine.troubles()).toEqual([])
  await mine.context.close()
})
