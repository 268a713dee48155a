import { existsSync } from 'node:fs'
import { say } from './ready.mjs'
import { run } from './run.mjs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Path of a Chromium on this machine, if there is one. CHROMIUM names another. */
export function findBrowser() {
  return [process.env.CHROMIUM, ...PLACES].find(place => place && existsSync(place))
}

/** A Chromium for the journeys: what is there, else Debian's by apt when we may, else one line that says what to install. */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium for the journeys (once)')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] }
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
    const installed = findBrowser()
    if (installed) return installed
  }
  process.stderr.write('The journeys need Chromium. Install it (on Debian: apt-get install chromium), or name one in CHROMIUM.\n')
  return undefined
}
