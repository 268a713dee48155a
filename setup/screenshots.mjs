// node setup/screenshots.mjs: every screen of the workbench on the sample, light and dark, into docs/screens.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

/** Address of each screen, and what must be in view before it is taken. */
const SCREENS = [
  ['home', 'main'],
  ['scope', 'main h1'],
  ['model', '.react-flow__node'],
  ['threats', 'main table'],
  ['mitigate', 'main h1'],
  ['gate', 'main h1'],
  ['prompts', 'main h1'],
  ['checklist', 'main h1'],
  ['verify', 'main h1'],
  ['reports', 'main h1'],
]

await ensureDependencies()
await ensureBuild()
const { chromium } = await import('@playwright/test')
const folder = path.join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const served = await serve()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const storageState = await joined(browser, served.address)
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, storageState, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const origin = new URL(served.address).origin
    for (const [name, sign] of SCREENS) {
      await page.goto(`${origin}/#/${name}`)
      await page.reload()
      await page.locator(sign).first().waitFor()
      await page.waitForTimeout(700) // fonts, and what moves in
      await page.screenshot({ path: path.join(folder, `${colorScheme}-${name}.png`) })
    }
    await context.close()
  }
} finally {
  await browser.close()
  served.stop()
}

/** The token in the address is used once; the cookie it is exchanged for serves every page after it. */
async function joined(browser, address) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(address)
  await page.getByRole('navigation', { name: 'Steps' }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

function serve() {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli/skeptic.cjs'), 'serve', '--no-open', '--sample'], {
    env: { ...process.env, SKEPTIC_USER: 'architect' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let heard = ''
    child.on('exit', code => reject(new Error(`skeptic serve ended with ${code}`)))
    child.stdout.on('data', chunk => {
      heard += chunk
      const address = /Skeptic: (http:\/\/\S+)/.exec(heard)?.[1]
      if (address) resolve({ address, stop: () => child.kill('SIGTERM') })
    })
  })
}
