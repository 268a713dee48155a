import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { clippedControls, overflows } from '../support/overflows.ts'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { contentOf, englishOf, textsOn, untranslated } from '../support/untranslated.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

const SCREENS = [
  'home',
  'work',
  'scope',
  'model',
  'threats',
  'mitigate',
  'gate',
  'prompts',
  'checklist',
  'verify',
  'reports',
] as const
const SHOTS = process.env.SHOTS
const SAMPLE = path.join(root, 'packs/samples/bank-transfer/threat-model')

const words = JSON.parse(readFileSync(path.join(root, 'renderer/words/de.json'), 'utf8')) as Readonly<Record<string, string>>
/** What German says for it; a text that no longer exists is a fault of the test. */
function say(text: string): string {
  const said = words[text]
  if (said === undefined) throw new Error(`The window does not say “${text}” any more.`)
  return said
}

test.use({ actionTimeout: 8000 })

let folder: string
let served: Served | undefined
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-german-'))
})
test.afterEach(async () => {
  await served?.stop()
  served = undefined
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Walk = {
  readonly page: Page
  readonly show: (screen: (typeof SCREENS)[number]) => Promise<void>
  /** Notes what is English in this state, and at 320 what does not fit. */
  readonly look: (state: string) => Promise<void>
  readonly end: () => Promise<void>
}

/** A German window on the sample before everything was decided: the gate is closed. */
async function walk(browser: Browser, viewport: { readonly width: number; readonly height: number }): Promise<Walk> {
  const place = path.join(folder, `${viewport.width}`)
  cpSync(SAMPLE, place, { recursive: true })
  rmSync(path.join(place, 'mitigations/M-0NCE1.json'))
  served = await serveWorkbench(['--design', place])
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
  })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.locator('[data-focus="language"]').click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.setViewportSize(viewport)
  const english = englishOf()
  const content = contentOf(SAMPLE)
  const wrong: string[] = []
  return {
    page,
    show: async screen => {
      await page.evaluate(to => {
        location.hash = `#/${to}`
      }, screen)
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      await page.waitForLoadState('networkidle')
    },
    look: async state => {
      if (SHOTS) await page.screenshot({ path: path.join(SHOTS, `de-${viewport.width}-${state.replace(/\W+/g, '-')}.png`) })
      const found = [
        ...untranslated(await textsOn(page), english, content),
        ...(await overflows(page)),
        ...(await clippedControls(page)),
      ]
      wrong.push(...found.map(one => `${state}: ${one}`))
    },
    end: async () => {
      wrong.push(...(await troubles()))
      const planted = await page.evaluate(() => {
        const label = document.createElement('p')
        label.textContent = 'Problems drawer'
        document.querySelector('main')?.append(label)
        return label.textContent
      })
      expect(untranslated(await textsOn(page), english, content), 'what is planted is found').toContain(planted)
      await context.close()
      expect(wrong).toEqual([])
    },
  }
}

test('no screen of a German window says an English word of its own', async ({ browser }) => {
  test.setTimeout(180_000)
  const { page, show, look, end } = await walk(browser, { width: 1440, height: 900 })
  const inspector = page.getByTestId('inspector')
  for (const screen of SCREENS) {
    await show(screen)
    await look(screen)
  }

  await show('scope')
  await page.locator('[data-requirement] textarea').first().click()
  await expect(inspector.getByRole('combobox', { name: say('Priority') })).toBeVisible()
  await look('a requirement')
  await page.getByRole('button', { name: say('Leave something out…') }).click()
  await look('leaving something out')

  await show('model')
  await page.locator('.react-flow__node-element', { hasText: 'Ledger' }).click()
  await expect(inspector.getByRole('combobox', { name: say('Kind') })).toContainText(say('Data store'))
  await look('an element')
  for (const key of ['c', 'm', 'a']) {
    await page.locator('.react-flow__node-element', { hasText: 'Ledger' }).click()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(`canvas, ${key}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.getByRole('radio', { name: say('Outline') }).check({ force: true })
  for (const [what, name] of [
    ['a boundary', /Bank network/],
    ['a flow', /settlement/],
  ] as const) {
    await page.getByRole('treeitem', { name }).first().click()
    await look(what)
  }
  await page.getByRole('radio', { name: say('Mermaid') }).check({ force: true })
  await look('mermaid')
  await page.getByRole('radio', { name: say('Canvas') }).check({ force: true })

  await show('threats')
  await page.getByRole('tab', { name: new RegExp(`^${say('All')}`) }).click()
  await page.locator('tr[data-id]').first().click()
  await look('a finding')
  for (const key of ['o', 'x', 'd', 'a']) {
    await page.locator('tr[data-id]').first().focus()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(`threats, ${key}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.getByRole('button', { name: new RegExp(`^${say('Write a threat')}`) }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('a sentence')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')

  await show('mitigate')
  await page.getByRole('button', { name: say('OWASP and CVSS') }).click()
  const skill = page.getByRole('combobox', { name: say('Skill') })
  await skill.selectOption('6')
  await expect(page.getByText(/^Wahrscheinlichkeit \d.* von 9/)).toBeVisible()
  await look('owasp and cvss')

  await show('gate')
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLElement>('main [aria-expanded="false"]')) fold.click()
  })
  await look('gate, unfolded')

  await show('verify')
  await page.getByRole('button', { name: new RegExp(`^${say('Finish')}`) }).click()
  await look('verify, finish')
  await page.keyboard.press('Escape')
  await show('reports')
  await page.getByRole('radio', { name: say('Ledger') }).check({ force: true })
  await look('ledger')
  await page.getByRole('radio', { name: say('Monitoring') }).check({ force: true })
  await page.locator('main [aria-expanded="false"]').first().click()
  await look('monitoring')
  for (const part of ['Audit events', 'Integrity', 'Files']) {
    await page.getByRole('radio', { name: say(part) }).check({ force: true })
    await look(`monitoring, ${part}`)
  }

  await page.keyboard.press('Control+j')
  await look('problems')
  await page.keyboard.press('Control+j')
  await page.keyboard.press('Control+k')
  await look('palette')
  await page.keyboard.type('@')
  await look('people')
  await page.keyboard.press('Escape')
  await page.locator('#main').focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('shortcuts')
  await page.keyboard.press('Escape')
  await end()
})

test('at 320 pixels German fits: nothing is cut off and nothing scrolls both ways', async ({ browser }) => {
  test.setTimeout(120_000)
  const { page, show, look, end } = await walk(browser, { width: 320, height: 640 })
  for (const screen of SCREENS) {
    await show(screen)
    await look(screen)
  }
  await show('model')
  for (const view of ['Outline', 'Mermaid']) {
    await page.getByRole('radio', { name: say(view) }).check({ force: true })
    await look(view)
  }
  await page.keyboard.press('Control+k')
  await look('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+j')
  await look('problems')
  await end()
})
