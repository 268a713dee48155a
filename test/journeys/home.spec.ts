import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { program, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, tabTo, watchedPage } from '../support/watched-page.ts'

const viewport = { width: 1440, height: 900 }

test.describe('an empty design', () => {
  let place: string
  let served: Served
  test.beforeEach(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'skeptic-home-'))
    execFileSync(process.execPath, [program, 'init', path.join(place, 'threat-model'), '--name', 'Shop'])
    served = await serveWorkbench(['--design', path.join(place, 'threat-model')])
  })
  test.afterEach(async () => {
    await served.stop()
    rmSync(place, { recursive: true, force: true })
  })

  test('opens at home and begins from a template by keyboard, as one step', async ({ browser }) => {
    const context = await browser.newContext({ viewport, colorScheme: 'dark' })
    const { page, troubles } = await watchedPage(context, served.address)
    await expect(page).toHaveURL(/#\/home$/)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/^(Good |Hello)/)
    await expect(page.getByRole('list', { name: 'Templates' }).getByRole('button')).toHaveCount(7)
    await expect.poll(() => axeFindings(page)).toEqual([])
    await tabTo(page, /^LLM agent with tools/)
    await page.keyboard.press('Enter')
    const preview = page.getByRole('dialog', { name: 'LLM agent with tools' })
    await expect(preview).toContainText('7 elements')
    await expect(preview).toContainText(/\d+ findings will ask for an answer/)
    await expect.poll(() => axeFindings(page)).toEqual([])
    await expect(preview.getByRole('button', { name: 'Start from this' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/model$/)
    await expect(page.locator('.react-flow__node').first()).toBeVisible()
    await expect(page.locator('.react-flow__node')).toHaveCount(9)
    await page.keyboard.press('Control+z')
    await expect(page.locator('.react-flow__node')).toHaveCount(0)
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('g')
    await page.keyboard.press('2')
    await expect(page.locator('.react-flow__node')).toHaveCount(9)
    await page.keyboard.press('g')
    await page.keyboard.press('0')
    await expect(page.getByRole('region', { name: 'Start here' })).toContainText('1 of 5')
    await page.getByRole('button', { name: /^Web app and API/ }).click()
    await expect(page.getByRole('dialog')).toContainText('already begun')
    await expect(page.getByRole('button', { name: 'Start from this' })).toHaveCount(0)
    expect(await troubles()).toEqual([])
    await context.close()
  })

  test('opens the sample beside it, where the change an AI wrote waits in Verify', async ({ browser }) => {
    const context = await browser.newContext({ viewport })
    const { page, troubles } = await watchedPage(context, served.address)
    await expect.poll(() => axeFindings(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, 'home-doors.png') })
    expect(await troubles()).toEqual([])
    await tabTo(page, /^Open the sample/)
    await page.keyboard.press('Enter')
    await page.waitForURL(url => url.origin !== new URL(served.address).origin)
    await expect(page.getByText('Bank transfers').first()).toBeVisible()
    await expect(page).not.toHaveURL(/token/)
    await page.getByRole('link', { name: 'Skeptic, home' }).click()
    await expect(page.getByRole('button', { name: /^Open the sample/ })).toHaveCount(0)
    const steps = page.getByRole('region', { name: 'Start here' })
    await expect(steps).toContainText('The change it wrote is in the sample: verify it.')
    await steps.getByRole('button', { name: /^Pretend the AI answered/ }).click()
    await expect(page).toHaveURL(/#\/verify$/)
    const change = page.getByRole('region', { name: 'The change' })
    await expect(change).toContainText('0 of 4 files looked at')
    await expect(change).toContainText('accept-transfer.ts')
    await expect(page.getByText(/Say the AI answered with this/).first()).toBeVisible()
    await expect(page.getByText('Hidden until every file was looked at')).toBeVisible()
    await expect.poll(() => axeFindings(page)).toEqual([])
    const sample = page.url()
    await page.goto(served.address)
    await page.getByRole('button', { name: /^Open the sample/ }).click()
    await page.waitForURL(url => url.origin === new URL(sample).origin)
    await context.close()
    await served.stop()
    expect(await fetch(sample).catch(() => 'gone'), 'it goes with the design it was opened beside').toBe('gone')
  })

  test('takes pasted text to the import, and writes nothing', async ({ browser }) => {
    const context = await browser.newContext({ viewport })
    const { page } = await watchedPage(context, served.address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.evaluate(() => navigator.clipboard.writeText('not a model at all'))
    await page.keyboard.press('Control+v')
    await expect(page.getByRole('dialog')).toContainText('pasted text')
    await expect(page.getByRole('dialog')).toContainText('Nothing was changed.')
    await context.close()
  })
})

test.describe('a design with work in it', () => {
  let served: Served
  test.beforeEach(async () => {
    served = await serveWorkbench(['--sample'])
  })
  test.afterEach(() => served.stop())

  test('the role chooses what is seen first, and the steps come back from the keys', async ({ browser }) => {
    const context = await browser.newContext({ viewport })
    const { page, troubles } = await watchedPage(context, served.address)
    await expect(page).toHaveURL(/#\/model$/)
    await page.getByRole('link', { name: 'Skeptic, home' }).click()
    await expect(page.getByRole('region', { name: 'Continue' })).toContainText('Bank transfers')
    await expect.poll(() => axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Close the five first steps' }).click()
    await expect(page.getByRole('region', { name: 'Start here' })).toHaveCount(0)
    await page.keyboard.press('?')
    await page.getByRole('button', { name: 'Show the five first steps again' }).click()
    await expect(page.getByRole('region', { name: 'Start here' })).toBeFocused()
    await page.getByRole('radio', { name: 'review' }).check()
    await page.evaluate(() => {
      location.hash = '#/'
      location.reload()
    })
    await expect(page).toHaveURL(/#\/work$/)
    await expect(page.getByRole('heading', { name: 'To review', level: 1 })).toBeVisible()
    expect(await troubles()).toEqual([])
    await context.close()
  })

  test('a developer copies the prompt, a reviewer begins the review, by keyboard', async ({ browser }) => {
    const context = await browser.newContext({ viewport })
    const { page, troubles } = await watchedPage(context, served.address)
    await page.keyboard.press('g')
    await page.keyboard.press('w')
    await expect(page.getByRole('heading', { name: 'My work', level: 1 })).toBeVisible()
    const item = page.getByRole('listitem', { name: 'Accept transfer orders' })
    await expect(item).toContainText('Prompt not taken yet')
    await expect(item).toContainText(/\d+ checks: \d+ by tools, \d+ by eye/)
    await expect.poll(() => axeFindings(page)).toEqual([])
    await tabTo(page, /^Copy prompt of/)
    await page.keyboard.press('Enter')
    await expect(item).toContainText('prompt v1 taken just now')
    // The ledger is told before the text is handed over.
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Made with Skeptic')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect(page.getByRole('heading', { name: 'To review', level: 1 })).toBeVisible()
    const change = page.getByRole('listitem', { name: 'Accept transfer orders' })
    await expect(change).toContainText('files changed')
    await expect(change).toContainText(/\d+ of \d+/)
    await expect.poll(() => axeFindings(page)).toEqual([])
    await tabTo(page, /^Start review of/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Verify', level: 1 })).toBeVisible()
    expect(await troubles()).toEqual([])
    await context.close()
  })
})
