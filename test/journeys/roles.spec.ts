import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, pressUntil, tabTo, watchedPage } from '../support/watched-page.ts'

test.use({ actionTimeout: 8000 })

let folder: string
let served: Served
test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-roles-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
})
test.afterEach(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The two ways to do the same: by keys alone, or by pointing. */
type Hand = {
  readonly name: 'keyboard' | 'mouse'
  readonly press: (page: Page, name: RegExp) => Promise<void>
  readonly choose: (page: Page, group: RegExp, name: RegExp) => Promise<void>
  readonly write: (page: Page, label: RegExp, text: string) => Promise<void>
  readonly next: (page: Page) => Promise<void>
}

const HANDS: readonly Hand[] = [
  {
    name: 'keyboard',
    press: async (page, name) => {
      await leaveField(page)
      await tabTo(page, name)
      await page.keyboard.press('Enter')
    },
    choose: async (page, group, name) => {
      await tabTo(page, group)
      await pressUntil(page, 'ArrowRight', name, 4)
      await page.keyboard.press('Space')
    },
    write: async (page, label, text) => {
      await tabTo(page, label)
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    next: page => page.keyboard.press('Control+.'),
  },
  {
    name: 'mouse',
    press: (page, name) => page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click(),
    choose: (page, _group, name) => page.getByRole('radio', { name }).locator('xpath=..').click(),
    write: async (page, label, text) => {
      await page.getByLabel(label).first().click()
      // A text is typed on a keyboard by everybody.
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    next: page => page.getByRole('button', { name: /^Next: / }).click(),
  },
]

const primary = (page: Page) => page.getByRole('button', { name: /^Next: / })

/** Says once what one mostly does, and opens the window again as on the next morning. */
async function begin(context: BrowserContext, hand: Hand, role: string) {
  served = await serveWorkbench(['--design', path.join(folder, 'threat-model')])
  const { page, troubles } = await watchedPage(context, served.address)
  await hand.press(page, /^Skeptic, home$/)
  await hand.choose(page, /^(model|build|review)$/, new RegExp(`^${role}$`))
  await expect(page.getByRole('radio', { name: role })).toBeChecked()
  await page.evaluate(() => {
    location.hash = '#/'
    location.reload()
  })
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  const clean = async (state: string) => {
    await expect.poll(() => axeFindings(page), { message: state }).toEqual([])
    expect(await troubles(), state).toEqual([])
  }
  return { page, clean }
}

for (const hand of HANDS) {
  test(`an architect answers what is open until the gate opens and the prompt is out, by ${hand.name}`, async ({ context }) => {
    rmSync(path.join(folder, 'threat-model/mitigations/M-0NCE1.json'))
    const { page, clean } = await begin(context, hand, 'model')
    await expect(page.getByRole('heading', { level: 1, name: 'Model' })).toBeAttached()
    await expect(primary(page)).toHaveText(/T-TW1CE High has no decision/)
    await hand.next(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Mitigate' })).toBeVisible()
    await clean('the open threat')
    await hand.write(page, /Mitigation in own words|Or write what will be done/, 'Book each order once, by its key.')
    await leaveField(page)
    await hand.next(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Gate', exact: true })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Seal' })).toContainText('Gate closed')
    await hand.press(page, /^Decide: No check can show this mitigation/)
    await hand.write(page, /^New check of M-/, 'The same order sent twice is booked once.')
    await leaveField(page)
    await hand.press(page, /^5 Gate/)
    await expect(page.getByRole('region', { name: 'Seal' })).toContainText('Gate open')
    await clean('the gate open')
    await leaveField(page)
    await expect(primary(page)).toHaveText('Copy the prompt')
    await hand.next(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Prompts' })).toBeVisible()
    await hand.press(page, /^Copy prompt/)
    await expect(page.getByText(/^Copied for/)).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Book each order once, by its key.')
    await clean('the prompt copied')
    await expect(primary(page)).toHaveText('Verify W-0RD3R')
    await hand.next(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Verify' })).toBeVisible()
  })

  test(`a developer takes the prompt and what it will be judged by, by ${hand.name}`, async ({ context }) => {
    const { page, clean } = await begin(context, hand, 'build')
    await expect(page.getByRole('heading', { level: 1, name: 'My work' })).toBeVisible()
    await expect(primary(page)).toHaveText('Copy the prompt of W-0RD3R')
    await clean('my work')
    await hand.next(page)
    const item = page.getByRole('listitem', { name: 'Accept transfer orders' })
    await expect(item).toContainText('prompt v1 taken just now')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Made with Skeptic')
    await expect(primary(page)).toHaveText('Verify W-0RD3R')
    await clean('the prompt taken')
    await hand.press(page, /^7 Checklist/)
    await expect(page.getByText('26 checks', { exact: true })).toBeVisible()
    await hand.press(page, /^Copy as$/)
    if (hand.name === 'keyboard') {
      await pressUntil(page, 'ArrowDown', /Task list/)
      await page.keyboard.press('Enter')
    } else await page.getByRole('menuitem', { name: /Task list/ }).click()
    await expect(page.getByText('Copied as a task list. Paste it into the pull request.')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('- [ ] C-')
    await clean('the checklist taken')
  })

  test(`a reviewer looks, answers and ends the review with a record, by ${hand.name}`, async ({ context }) => {
    const { page, clean } = await begin(context, hand, 'review')
    await expect(page.getByRole('heading', { level: 1, name: 'To review' })).toBeVisible()
    await expect(primary(page)).toHaveText('Review W-0RD3R')
    await clean('to review')
    await hand.next(page)
    await expect(page.getByRole('heading', { level: 1, name: 'Verify' })).toBeVisible()
    const change = page.getByRole('region', { name: 'The change' })
    await expect(change).toContainText('0 of 4 files looked at')
    if (hand.name === 'keyboard') {
      await tabTo(page, /C-/)
      await page.keyboard.press('v')
      for (const seen of [1, 2, 3, 4]) {
        await page.keyboard.press('v')
        await expect(change).toContainText(`${seen} of 4 files looked at`)
      }
    } else for (const box of await change.getByRole('checkbox', { name: /Looked at/ }).all()) await box.click()
    await expect(change).toContainText('4 of 4 files looked at')
    await clean('all seen')
    await hand.press(page, /^Run verify/)
    await expect(page.getByText(/Noted in the ledger/).first()).toBeVisible()
    await hand.press(page, /^Finish/)
    const end = page.getByRole('dialog', { name: 'Finish review' })
    await expect(end).toBeVisible()
    await clean('the end')
    await hand.press(page, /^Request changes/)
    await expect(end).toHaveCount(0)
    await expect(primary(page)).toHaveText('Continue the review of W-0RD3R')
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
    await hand.press(page, /^9 Reports/)
    if (hand.name === 'keyboard') {
      await tabTo(page, /^(Ledger|Report)$/)
      await page.keyboard.press('ArrowRight')
    } else await page.getByRole('radio', { name: 'Ledger' }).locator('xpath=..').click()
    await expect(page.getByText(/The chain holds: \d entries/)).toBeVisible()
    await clean('the record')
  })
}
