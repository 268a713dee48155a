import { Server } from '@hocuspocus/server'
import { expect, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
let hub: Server
test.beforeAll(async () => {
  hub = new Server({
    address: '127.0.0.1',
    port: 0,
    quiet: true,
    stopOnSignals: false,
    onAuthenticate: async ({ token }) => {
      if (token !== 'right') throw Object.assign(new Error('no'), { reason: 'auth.refused' })
    },
  })
  await hub.listen()
  served = await serveWorkbench(['--sample'])
})
test.afterAll(async () => {
  await served.stop()
  await hub.destroy()
})

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 320],
] as const)
  test(`a design joins its hub, says how that stands, and leaves again, by keyboard: ${colorScheme}, ${width} px`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 800 } })
    const { page, troubles } = await watchedPage(context, served.address)
    await page.setViewportSize({ width, height: 800 })
    const bar = page.getByRole('contentinfo')
    const run = async (command: string) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type(`>${command}`)
      await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option').first()).toContainText(command)
      await page.keyboard.press('Enter')
    }
    await expect(bar).toContainText('Saved')
    await expect(bar).not.toContainText('Team:')

    await run('Join a team design')
    const dialog = page.getByRole('dialog', { name: 'Join a team design' })
    await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeFocused()
    await page.keyboard.type(`ws://127.0.0.1:${hub.address.port}/sync#sample-${width}-design`)
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText('The team hub did not let you in')
    expect(await axeFindings(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/join-${width}.png` })

    await dialog.getByLabel('Token').fill('right')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    const item = bar.getByRole('button', { name: 'Team: connected' })
    await expect(item).toBeAttached()
    await item.focus()
    await page.keyboard.press('Enter')
    const shown = page.getByRole('dialog', { name: 'Team hub' })
    await expect(shown.getByRole('status')).toContainText('The hub has stored everything made here.')
    expect(await axeFindings(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/team-${width}.png` })
    await shown.getByRole('button', { name: 'Leave the team design' }).press('Enter')
    await expect(shown).toBeHidden()
    await expect(bar).not.toContainText('Team:')
    expect(await troubles()).toEqual([])
    await context.close()
  })
