import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(async () => {
  await served.stop()
})

async function showAs(page: Page, view: 'Canvas' | 'Outline' | 'Mermaid'): Promise<void> {
  await page.getByRole('link', { name: '2 Model' }).click()
  await page
    .getByRole('radio', { name: view })
    .or(page.getByRole('button', { name: view, exact: true }))
    .first()
    .click()
}

async function shoot(page: Page, name: string): Promise<void> {
  if (!process.env.SHOTS) return
  mkdirSync(process.env.SHOTS, { recursive: true })
  await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) })
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`the Mermaid pane works both ways, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    await showAs(page, 'Mermaid')
    const editor = page.getByRole('textbox', { name: 'Mermaid text' })
    await expect(editor).toContainText('Transfer service')
    await expect(page.getByRole('img', { name: /Picture of the Mermaid text/ })).toBeVisible()
    await shoot(page, `${colorScheme}-mermaid`)
    await expect.poll(() => axeFindings(page)).toEqual([])

    await editor.click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type('\nFraud(Fraud scorer) -->|"score (gRPC)"| Desk[Case desk]\n%% by hand\n')
    await expect(page.getByText('3 added, 1 line stays text.')).toBeVisible()
    await shoot(page, `${colorScheme}-mermaid-edited`)
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(editor).toContainText(/E_\w+\("Fraud scorer"\)/)
    await expect(editor).toContainText('%% by hand')
    await showAs(page, 'Outline')
    await expect(page.getByRole('treeitem', { name: /Process Fraud scorer/ })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByRole('treeitem', { name: /Process Fraud scorer/ })).toHaveCount(0)
    expect(await troubles()).toEqual([])
  })

test('hostile text runs nothing, reaches nothing and blocks nothing', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await showAs(page, 'Mermaid')
  const editor = page.getByRole('textbox', { name: 'Mermaid text' })
  const texts = [
    '%%{init: {"themeCSS": "* { background: url(https://example.org/x) }", "securityLevel": "loose"}}%%\nflowchart LR\n A["<img src=x onerror=parent.alert(1)>"] --> B',
    'flowchart LR\n A[a] --> B[b]\n click A "javascript:alert(1)"\n style A fill:url(https://example.org/y)',
    'flowchart LR\n A["<script>parent.document.title=1</script>"] --> B["`**x** ![y](https://example.org/z)`"]',
    `flowchart LR\n${Array.from({ length: 1200 }, (_, i) => ` N${i} --> N${(i * 7) % 1200}`).join('\n')}`,
  ]
  for (const text of texts) {
    await editor.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(text)
    await expect(
      page
        .getByRole('img', { name: /Picture/ })
        .or(page.getByText(/took longer|not shown|rror|arse/))
        .first(),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Discard' }).click({ timeout: 15_000 })
  }
  expect(await page.title()).not.toBe('1')
  // What the hostile page itself was refused is told by its own document; this one saw nothing.
  expect(await troubles()).toEqual([])
})

test('the outline is walked, folded and edited by keyboard', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const { page, troubles } = await watchedPage(context, served.address)
  await showAs(page, 'Outline')
  const tree = page.getByRole('tree', { name: 'Outline of the model' })
  const bank = tree.getByRole('treeitem', { name: /Bank network/ })
  await bank.click()
  await page.keyboard.press('ArrowLeft')
  await expect(bank).toHaveAttribute('aria-expanded', 'false')
  await expect(tree.getByRole('treeitem', { name: /Ledger/ })).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: /Data store Ledger/ })).toBeVisible()
  await page.keyboard.press('Shift+L')
  await expect(tree.getByRole('treeitem', { name: /Data store Ledger/ })).toBeFocused()
  await expect.poll(() => axeFindings(page)).toEqual([])
  await shoot(page, 'outline')
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await troubles()).toEqual([])
})
