import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { root, serveWorkbench } from '../support/served-workbench.ts'
import { watchedPage } from '../support/watched-page.ts'

const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const walk = readme.split('## Five minutes in the window')[1]?.split('\n## ')[0] ?? ''

/** What the walk says must be what the window shows: each sentence is looked for in the text first. */
function said(words: string): string {
  expect(walk.replaceAll('*', '').replaceAll('`', '')).toContain(words)
  return words
}

test('the five minutes of the README, step by step', async ({ browser }) => {
  const served = await serveWorkbench(['--sample'])
  try {
    const { page, troubles } = await watchedPage(await browser.newContext(), served.address)
    const top = page.getByRole('banner')
    const main = page.getByRole('main')
    await expect(top).toContainText(said('Gate: open'))

    await page.locator('.react-flow__node', { hasText: said('Transfer service') }).click()
    const asked = page.getByRole('group', { name: said('Serves pages to a browser') })
    await asked.getByRole('radio', { name: 'Yes' }).check({ force: true })
    await expect(top).toContainText(said('Gate: 9 blocking'))
    await expect(top).toContainText(said('Triage 9 findings'))
    await page.keyboard.press('Control+z')
    await expect(top).toContainText('Gate: open')

    const step = async (name: string) => {
      said(name)
      await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name }).click()
      await expect(main.getByRole('heading', { level: 1, name: name.slice(2) })).toBeVisible()
    }
    await step('3 Threats')
    await expect(main).toContainText('Every finding that asks for an answer now has one.')
    await step('4 Mitigate')
    said('Eight threats')
    await expect(main).toContainText('Every threat has an answer.')
    await expect(main.getByText(/^T-\w+$/)).toHaveCount(8)

    await step('6 Prompts')
    await expect(main).toContainText(said('Accept transfer orders'))
    await page.keyboard.press('Alt+c')
    await expect(page.getByText(/noted in the ledger/)).toBeVisible()

    await step('8 Verify')
    await expect(main).toContainText('Hidden until every file was looked at, or you ask for it.')
    await page.getByRole('button', { name: said('Run verify') }).click()
    await expect(main).toContainText('12 cannot tell')
    said('12 pass, 2 fail, 12 cannot be told')
    await expect(main).toContainText('12 pass')
    await expect(main).toContainText('2 fail')

    await step('9 Reports')
    await expect(main.locator('iframe').contentFrame().getByText('What this does not cover').first()).toBeVisible()
    for (const part of ['Ledger', 'Frameworks', 'Monitoring']) said(part)
    await page.getByRole('radio', { name: 'Ledger' }).check({ force: true })
    await expect(main).toContainText('Prompt copied')
    await expect(main).toContainText('Verdict')
    expect(await troubles()).toEqual([])
  } finally {
    await served.stop()
  }
})
