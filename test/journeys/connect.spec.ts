import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, test } from '@playwright/test'
import { program, root, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, tabTo, watchedPage } from '../support/watched-page.ts'

let bank = ''
test.beforeEach(() => {
  bank = mkdtempSync(path.join(tmpdir(), 'skeptic-connect-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})
test.afterEach(() => rmSync(bank, { recursive: true, force: true }))

/** A coding tool fetches the prompt by itself. */
async function fetchPrompt(): Promise<void> {
  const client = new Client({ name: 'test-agent', version: '9.8.7' })
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], cwd: bank, stderr: 'ignore' }),
  )
  const { isError } = await client.callTool({ name: 'get_guarded_prompt', arguments: { workItem: 'W-0RD3R' } })
  expect(isError ?? false).toBe(false)
  await client.close()
}

test('how a coding tool is connected, by keyboard, and who fetched last', async ({ browser }) => {
  const served = await serveWorkbench(['--design', path.join(bank, 'threat-model')])
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const { page, troubles } = await watchedPage(context, served.address)
    await page.keyboard.press('g')
    await page.keyboard.press('6')
    const part = page.getByRole('region', { name: 'Let a coding tool fetch it' })
    await expect(part).toBeVisible()
    await expect(part).not.toContainText('Last fetched')

    await tabTo(page, /^Let a coding tool fetch it/)
    await page.keyboard.press('Enter')
    await expect(part).toContainText('claude mcp add --scope project skeptic -- npx skeptic mcp')
    const pick = part.getByRole('combobox', { name: 'Coding tool' })
    await page.keyboard.press('Tab')
    await expect(pick).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(part).toContainText('.cursor/mcp.json')
    await tabTo(page, /^Copy$/)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Copied. The tool starts Skeptic by itself when it needs it.')).toBeVisible()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toEqual({ mcpServers: { skeptic: { command: 'npx', args: ['skeptic', 'mcp'] } } })
    await expect.poll(() => axeFindings(page), { timeout: 15_000 }).toEqual([])

    await fetchPrompt()
    await page.reload()
    await page.keyboard.press('g')
    await page.keyboard.press('6')
    await expect(part).toContainText(/Last fetched by test-agent 9\.8\.7, .* UTC, for W-0RD3R\./)
    expect(await troubles()).toEqual([])
  } finally {
    await served.stop()
  }
})
