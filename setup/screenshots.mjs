// node setup/screenshots.mjs: every screen of the workbench on the sample, light and dark, into docs/screens.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

/** Picture, what must be in view before it is taken, and, where the picture is not the screen's own, its address and what is done there. */
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

/** After them, because a verdict changes what the others show. */
const JUDGED = [
  ['verdict', 'main h1', { at: 'verify', act: judge }],
  ['frameworks', 'main h1', { at: 'reports', act: page => show(page, 'Frameworks') }],
  ['monitoring', 'main h1', { at: 'reports', act: page => show(page, 'Monitoring') }],
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
  for (const [colorScheme, screens] of [SCREENS, JUDGED].flatMap(all => ['light', 'dark'].map(scheme => [scheme, all]))) {
    const context = await browser.newContext({ colorScheme, storageState, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const origin = new URL(served.address).origin
    for (const [name, sign, { at, act } = { at: name }] of screens) {
      await page.goto(`${origin}/#/${at}`)
      await page.reload()
      await page.locator(sign).first().waitFor()
      await act?.(page)
      await page.waitForTimeout(700) // fonts, and what moves in
      await page.screenshot({ path: path.join(folder, `${colorScheme}-${name}.png`) })
    }
    await context.close()
  }
} finally {
  await browser.close()
  served.stop()
}

/** A part of the last step. */
async function show(page, part) {
  await page.getByRole('radio', { name: part }).check({ force: true })
}

/** The planted defect of the sample is found; the first failing check is the one in view. */
async function judge(page) {
  await page.getByRole('button', { name: 'Run verify' }).click()
  await page.getByText('cannot tell').first().waitFor()
  await page.getByText('C-1NYYMKSY').first().click()
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
