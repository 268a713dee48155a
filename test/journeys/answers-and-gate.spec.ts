import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, tabTo, watchedPage } from '../support/watched-page.ts'

const SHOTS = process.env.SHOTS

let dir = ''
let served: Served
test.beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'skeptic-gate-'))
  const folder = path.join(dir, 'bank')
  cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model'), folder, { recursive: true })
  unsettle(folder)
  served = await serveWorkbench(['--design', folder])
})
test.afterEach(async () => {
  await served.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The sample as it was before somebody settled it: facts nobody stated, a threat nobody answered, an acceptance about to end. */
function unsettle(folder: string): void {
  const edit = (file: string, change: (row: Record<string, unknown>) => void) => {
    const row = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
    change(row)
    writeFileSync(path.join(folder, file), `${JSON.stringify(row, null, 2)}\n`)
  }
  edit('flows/F-REQVE.json', row => {
    delete row.protocol
    delete row.encryption
  })
  edit('requirements/R-AVD1T.json', row => {
    row.status = 'draft'
  })
  edit('mitigations/M-ANSWR.json', row => {
    delete row.control
    delete row.checks
  })
  edit('acceptances/X-S10W0.json', row => {
    row.expires = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  })
  rmSync(path.join(folder, 'mitigations/M-0NCE1.json'))
}

async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) })
}

async function go(page: Page, digit: 4 | 5): Promise<void> {
  await leaveField(page)
  await page.keyboard.press('g')
  await page.keyboard.press(String(digit))
  await expect(page.getByRole('heading', { level: 1, name: digit === 4 ? 'Mitigate' : 'Gate' })).toBeVisible()
}

const problems = (page: Page) => page.getByRole('region', { name: 'What would open it' }).getByRole('listitem')
const seal = (page: Page) => page.getByRole('region', { name: 'Seal' })

for (const colorScheme of ['light', 'dark'] as const)
  test(`the gate opens by keyboard alone, in place, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    const clean = async (name: string) => {
      await shoot(page, `${colorScheme}-${name}`)
      await expect.poll(() => axeFindings(page), { message: name }).toEqual([])
      expect(await troubles(), name).toEqual([])
    }

    await go(page, 5)
    await expect(seal(page)).toContainText('Gate closed')
    const before = await problems(page).count()
    expect(before).toBeGreaterThanOrEqual(5)
    await clean('gate-closed')

    await tabTo(page, /^Preview: what would open it/)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/If every answer turns out well/)).toBeVisible()
    await expect(page.getByText(/If every answer turns out badly/)).toBeVisible()
    await clean('gate-preview')
    await page.keyboard.press('Enter')

    await seal(page).focus()
    await tabTo(page, /Set the protocol/)
    await page.keyboard.type('HTTPS')
    await expect(seal(page)).toContainText(`${before - 1} thing`)
    await page.keyboard.press('Enter')
    await expect(problems(page)).toHaveCount(before - 1)
    expect(await page.evaluate(() => document.activeElement?.closest('[data-row]') !== null)).toBe(true)

    await seal(page).focus()
    await tabTo(page, /^Yes: /)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/whether it is encrypted is unknown/)).toHaveCount(0)

    await seal(page).focus()
    await tabTo(page, /^Decide: This requirement is a draft/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Approve R-AVD1T/)
    await clean('gate-requirement')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This requirement is a draft.')).toHaveCount(0)

    await seal(page).focus()
    await tabTo(page, /^Decide: No check can show this mitigation/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^New check of M-ANSWR/)
    await page.keyboard.type('An answer names only accounts of the customer who asked.')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/No check can show this mitigation/)).toHaveCount(0)

    await seal(page).focus()
    await tabTo(page, /^Decide: .*risk without an answer/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Mitigation in own words/)
    await clean('gate-threat')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await expect(seal(page)).toContainText('Gate open')
    await expect(page.getByRole('status').filter({ hasText: /Gate open, model [0-9a-f]{6} sealed/ })).toHaveCount(1)
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true)
    await page.waitForTimeout(450)
    await clean('gate-sealed')
    await context.close()
  })

test('threats are answered with mouse and keys: suggestion, library, acceptance, matrix, owners', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1200 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const clean = async (name: string) => {
    await shoot(page, name)
    await expect.poll(() => axeFindings(page), { message: name }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }

  await page.getByRole('link', { name: /4 Mitigate/ }).click()
  await expect(page.getByText('1 threat without an answer.')).toBeVisible()
  await expect(page.getByText('5 days left')).toBeVisible()
  const threat = page.getByRole('article', { name: 'Threat T-TW1CE' })
  await expect(threat).toBeVisible()
  await page.getByRole('textbox', { name: 'Mitigation in own words' }).click()
  await expect(threat.getByText('takes it')).toBeVisible()
  await clean('mitigate-ghost')
  await page.keyboard.press('Tab')
  await expect(threat.getByText(/^Control:/)).toHaveCount(1)
  await expect(page.getByText('Every threat has an answer.')).toBeVisible()

  await threat.getByRole('button', { name: 'Library…' }).click()
  await page.getByRole('combobox', { name: 'Control' }).fill('cwe-532')
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await clean('mitigate-library')
  await page.getByRole('listbox').getByRole('option').first().click()
  await expect(threat.getByText(/^Control:/)).toHaveCount(2)

  await threat
    .getByRole('combobox', { name: /^Status of M-/ })
    .first()
    .selectOption('verified')
  const ring = page.getByRole('button', { name: /^Inherent risk of T-TW1CE/ })
  await ring.focus()
  const name = await ring.getAttribute('aria-label')
  await page.keyboard.press('ArrowDown')
  await expect(ring).not.toHaveAttribute('aria-label', name ?? '')
  await expect(ring).toBeFocused()
  const lower = await ring.getAttribute('aria-label')
  const box = await ring.boundingBox()
  if (!box) throw new Error('the ring is drawn')
  await page.mouse.move(box.x + 14, box.y + 14)
  await page.mouse.down()
  await page.mouse.move(box.x - 100, box.y + 14, { steps: 6 })
  await page.mouse.up()
  await expect(ring).not.toHaveAttribute('aria-label', lower ?? '')
  await expect(threat.getByText('own estimate').first()).toBeVisible()
  await clean('mitigate-matrix')

  await page.getByRole('button', { name: /T-S10W0/ }).click()
  await page.getByRole('button', { name: 'Decide again…' }).click()
  await expect(page.getByText(/Warns from \d{4}-\d\d-\d\d, blocks on/)).toBeVisible()
  await page.getByLabel('Approved by').fill('operations lead')
  await page.getByRole('button', { name: 'Record' }).click()
  await expect(page.getByRole('alert')).toContainText('cannot agree')
  await clean('mitigate-accept')
  await page.getByLabel('Approved by').fill('security lead')
  await page.getByRole('button', { name: 'Record' }).click()
  await expect(page.getByText('5 days left')).toHaveCount(0)

  await page.getByRole('button', { name: /^Owners/ }).click()
  await page.getByLabel('Give all that nobody owns to').fill('Ana')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Owners' }).getByText('Ana', { exact: true })).toBeVisible()
  await clean('mitigate-owners')
  await context.close()
})

test('a rule is waived for a while and taken back with one key; presets say what they change', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1100 }, reducedMotion: 'reduce' })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.goto(`${served.address.replace(/#.*$/, '')}#/gate`)
  await page.getByRole('button', { name: /^Waive: .*protocol is unknown/ }).click()
  await page.getByLabel('Reason').fill('The partner tells us next week.')
  await page.getByLabel('Asked for by').fill('ana')
  await page.getByLabel('Approved by').fill('Ana')
  await page.getByRole('button', { name: 'Waive', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('cannot approve')
  await page.getByLabel('Approved by').fill('bo')
  await page.getByRole('button', { name: 'Waive', exact: true }).click()
  await expect(page.getByText(/and its protocol is unknown/)).toHaveCount(0)
  await page.getByRole('button', { name: /1 waiver, 1 in use here/ }).click()
  await expect(page.getByText('30 days left')).toBeVisible()
  await page.getByRole('button', { name: /^Policy:/ }).click()
  await page.getByRole('button', { name: 'What each rule does' }).click()
  await page.getByLabel('Name', { exact: true }).fill('cy')
  await page.getByLabel('Role', { exact: true }).fill('security lead')
  await page.getByRole('button', { name: 'Name this person' }).click()
  await expect(page.getByRole('list', { name: 'People who may approve waivers' })).toContainText('cy security lead')
  await expect(page.getByText('Does not count: the policy does not name who approved')).toBeVisible()
  await expect(page.getByText(/and its protocol is unknown/)).toHaveCount(1)
  await shoot(page, 'gate-waived-820')
  await expect.poll(() => axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: /^Waive: .*protocol is unknown/ }).click()
  await page.getByLabel('Reason').fill('Once more.')
  await page.getByLabel('Asked for by').fill('ana')
  await page.getByLabel('Approved by').fill('bo')
  await page.getByRole('button', { name: 'Waive', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('bo may not approve a waiver: the policy names cy (security lead).')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Remove cy' }).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText(/and its protocol is unknown/)).toHaveCount(0)
  await page.getByRole('radio', { name: /^Regulated AI may/ }).click()
  await expect(page.getByRole('button', { name: 'Policy: Regulated' })).toBeVisible()
  await page.getByRole('button', { name: /^Remove waiver/ }).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText(/and its protocol is unknown/)).toHaveCount(1)
  expect(await troubles()).toEqual([])
  await context.close()
})

test('beside the presets a table says what each would do to every work item and element', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 820, height: 1100 }, reducedMotion: 'reduce' })
  const { page, troubles } = await watchedPage(context, served.address)
  await page.goto(`${served.address.replace(/#.*$/, '')}#/gate`)
  await page.getByRole('button', { name: /^Policy:/ }).click()
  const part = page.getByRole('region', { name: 'What another policy would do' })
  const row = (name: RegExp) => part.getByRole('row', { name })
  await expect(part.getByRole('radio', { name: 'Strict' })).toBeChecked()
  await expect(part.getByRole('status')).toHaveText(/^\d+ stricter, 0 looser, \d+ as now\.$/)
  await expect(row(/Audit log/)).toContainText(/Assisted, one reviewer.*the default decides.*Assisted, two reviewers/)
  await expect(row(/W-0RD3R/)).toHaveCount(0)
  await part.scrollIntoViewIfNeeded()
  await shoot(page, 'gate-policy-820')
  await expect.poll(() => axeFindings(page)).toEqual([])
  await part.getByRole('radio', { name: 'Strict' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(part.getByRole('radio', { name: 'Regulated' })).toBeChecked()
  await expect(row(/W-0RD3R/)).toContainText(/rule AI-01 decides.*stricter: AI may only advise.*no prompt/)
  await part.getByRole('radio', { name: 'All' }).check()
  await expect(part.getByRole('row')).toHaveCount(8)
  await part.getByRole('region', { name: 'Zones before and after' }).focus()
  await page.setViewportSize({ width: 320, height: 800 })
  await part.getByRole('table').scrollIntoViewIfNeeded()
  await shoot(page, 'gate-policy-320')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expect(page.getByRole('button', { name: /^Policy: Team/ })).toBeVisible()
  expect(await troubles()).toEqual([])
  await context.close()
})
