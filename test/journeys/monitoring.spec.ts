import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { overflows } from '../support/overflows.ts'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, leaveField, pressUntil, tabTo, watchedPage } from '../support/watched-page.ts'

let folder: string
let served: Served | undefined

/** The sample with one more threat, which nothing answers. */
test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skeptic-monitoring-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), folder, { recursive: true })
  const design = path.join(folder, 'threat-model')
  const like = JSON.parse(readFileSync(path.join(design, 'threats/T-TRA11.json'), 'utf8')) as object
  const more = { ...like, id: 'T-DEN1E', statement: 'The partner bank denies a settlement.', categories: { repudiation: true } }
  const { findings: _, cwe: __, ...alone } = more as Readonly<Record<string, unknown>>
  writeFileSync(path.join(design, 'threats/T-DEN1E.json'), JSON.stringify(alone))
  served = await serveWorkbench(['--design', design])
})
test.afterEach(async () => {
  await served?.stop()
  served = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function openMonitoring(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await leaveField(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('hand-off to monitoring')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'What is covered' })).toBeVisible()
}

const show = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check({ force: true })

test('monitoring by keyboard: from what is not covered to a rule, its event, its checks and back from the threat', async ({
  browser,
}) => {
  const { page, troubles } = await watchedPage(await browser.newContext(), served?.address ?? '')
  await openMonitoring(page)
  await expect(page.getByText('1 of 9 threats are not covered by a detection.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Not covered' })).toContainText('The partner bank denies a settlement.')
  await expect(page.getByRole('region', { name: 'Privacy' })).toContainText('No threat of this kind is written')
  expect(await axeFindings(page)).toEqual([])

  await tabTo(page, /^Burst Of Failed Sign-Ins/)
  await page.keyboard.press('Enter')
  const hit = page.getByRole('region', { name: 'Sets it off', exact: true })
  await expect(hit).toContainText('"event.action": "sign-in.attempted"')
  await expect(page.getByRole('region', { name: 'Does not set it off' })).toContainText('"event.action"')
  await expect(page.getByText(/^title: 'Burst Of Failed Sign-Ins/)).toBeVisible()
  expect(await axeFindings(page)).toEqual([])

  await tabTo(page, /^sign-in\.attempted$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^sign-in\.attempted/ })).toBeFocused()
  await expect(page.getByText('type_uid 600399')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Fields of sign-in.attempted' })).toContainText('actor.user.uid')
  expect(await axeFindings(page)).toEqual([])

  await pressUntil(page, 'Shift+Tab', /^What it will change: 6 mitigations/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/the audit event access\.denied is written: a test emits it/)).toBeVisible()
  await pressUntil(page, 'Shift+Tab', /^Ask for these audit events as checks$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('No mitigation needs a new check:')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Ask for these audit events as checks' })).toBeVisible()

  await show(page, 'Detections')
  await page
    .getByRole('region', { name: 'Not covered' })
    .getByRole('button', { name: /^T-DEN1E/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Mitigate', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'What would show it' }).click()
  await expect(page.locator('[data-focus="watch T-DEN1E"]').first()).toBeFocused()
  expect(await troubles()).toEqual([])
})

test('the files are read, taken away one by one or as an archive, and name directories that were said', async ({ browser }) => {
  const { page, troubles } = await watchedPage(await browser.newContext(), served?.address ?? '')
  await openMonitoring(page)
  await show(page, 'Integrity')
  await page.getByLabel('Directory of Transfer service').fill('/opt/transfer')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 to fill in')).toBeVisible()
  await page.getByRole('button', { name: 'Show the files' }).click()
  await expect(page.getByRole('region', { name: 'Text of wazuh-syscheck.xml' })).toContainText('>/opt/transfer</directories>')
  expect(await axeFindings(page)).toEqual([])

  await page.getByRole('button', { name: /^Wazuh/ }).click()
  await expect(page.getByRole('region', { name: 'Text of bank-transfers_rules.xml' })).toContainText('<group name=')
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('<group name=')
  const one = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  expect((await one).suggestedFilename()).toBe('bank-transfers_rules.xml')

  const all = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save all as an archive' }).click()
  const archive = await all
  expect(archive.suggestedFilename()).toBe('monitoring-bank-transfers.zip')
  const names = Object.keys(unzipSync(readFileSync(await archive.path())))
  for (const one of ['sigma/bank-transfers.yml', 'ossec/local_rules.xml', 'integrity/wazuh-syscheck.xml', 'otel/events.json'])
    expect(names).toContain(one)
  expect(await troubles()).toEqual([])
})

test('monitoring in a narrow window, in the dark and with forced colours', async ({ browser }) => {
  for (const look of [{ colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
    const context = await browser.newContext(look)
    const { page, troubles } = await watchedPage(context, served?.address ?? '')
    await openMonitoring(page)
    await page.setViewportSize({ width: 320, height: 800 })
    await page
      .getByRole('button', { name: /^Burst Of Failed/ })
      .first()
      .click()
    for (const name of ['Detections', 'Audit events', 'Integrity', 'Files']) {
      await show(page, name)
      expect(await overflows(page)).toEqual([])
      expect(await axeFindings(page)).toEqual([])
    }
    expect(await troubles()).toEqual([])
    await context.close()
  }
})
