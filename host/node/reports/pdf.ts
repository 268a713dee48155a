import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { withDates } from './pdf-dates.ts'

export type Printing = {
  /** UTC; stands in the document instead of the moment it was printed. */
  readonly at: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Resolves when the person asks to stop. */
  readonly stopped?: Promise<void>
  /** After that many milliseconds the browser is ended. Default: two minutes. */
  readonly patience?: number
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** A Chromium on this machine: the one that CHROMIUM names and no other, else one of the usual names and places. */
export function findChromium(env: Printing['env']): string | undefined {
  if (env.CHROMIUM) return existsSync(env.CHROMIUM) ? env.CHROMIUM : undefined
  const folders = (env.PATH ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder))
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  const named = folders.flatMap(folder => NAMES.flatMap(name => endings.map(ending => path.join(folder, name + ending))))
  return [...named, ...PLACES].find(place => existsSync(place))
}

/**
 * Prints a page of ours as a tagged PDF, by a browser that is installed; the page is read from a file and nothing reaches the network.
 * Same page and time, same bytes, as far as the same browser prints them.
 */
export async function printPdf(html: string, printing: Printing): Promise<Result<Uint8Array>> {
  const browser = findChromium(printing.env)
  if (browser === undefined)
    return refuse({
      code: 'report.noBrowser',
      message: 'A PDF is printed by Chromium, Chrome or Edge, and none was found on this machine.',
      cure: 'Install one, name it in CHROMIUM, or write --format html and print that page.',
    })
  const desk = await mkdtemp(path.join(tmpdir(), 'skeptic-print-'))
  try {
    const [page, pdf] = [path.join(desk, 'report.html'), path.join(desk, 'report.pdf')]
    await writeFile(page, html, { mode: 0o600 })
    const ended = await run(
      browser,
      [
        ...FLAGS,
        ...rootFlags(),
        `--user-data-dir=${path.join(desk, 'profile')}`,
        `--print-to-pdf=${pdf}`,
        pathToFileURL(page).href,
      ],
      // What a browser keeps beside its profile goes with the desk too.
      { ...printing, env: { ...printing.env, XDG_CONFIG_HOME: desk, XDG_CACHE_HOME: desk } },
    )
    if (!ended.ok) return ended
    const printed = await readFile(pdf).catch(() => undefined)
    if (printed?.subarray(0, 5).toString('latin1') !== '%PDF-') return notPrinted(browser, ended.value)
    return ok(withDates(printed, printing.at))
  } finally {
    // A browser that was just ended may still write into its profile.
    await rm(desk, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Without a window, a profile of its own, and no name that leads anywhere. */
const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
  '--generate-pdf-document-outline',
]

/** As root a browser starts only without its sandbox; the page is ours and holds no script. */
function rootFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

const PATIENCE_MS = 120_000

function run(
  browser: string,
  words: readonly string[],
  { env, stopped, patience = PATIENCE_MS }: Printing,
): Promise<Result<string>> {
  return new Promise(done => {
    const detached = process.platform !== 'win32'
    const child = spawn(browser, words, { stdio: ['ignore', 'ignore', 'pipe'], env, windowsHide: true, detached })
    let said = ''
    let ending: 'late' | 'stopped' | undefined
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
    })
    const end = (why: 'late' | 'stopped') => {
      ending ??= why
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        else child.kill('SIGKILL')
      } catch {
        // it has ended by itself
      }
    }
    const timer = setTimeout(() => end('late'), patience)
    void stopped?.then(() => end('stopped'))
    child.on('error', error => {
      clearTimeout(timer)
      done(notPrinted(browser, error.message))
    })
    child.on('close', code => {
      clearTimeout(timer)
      if (ending === 'stopped')
        done(refuse({ code: 'report.stopped', message: 'Printing was stopped.', cure: 'Nothing was written: run it again.' }))
      else if (ending === 'late') done(notPrinted(browser, `it took longer than ${patience / 1000} seconds`))
      else done(code === 0 ? ok(said) : notPrinted(browser, said))
    })
  })
}

function notPrinted(browser: string, said: string) {
  const last = said.trim().split('\n').at(-1)?.slice(0, 300)
  return refuse({
    code: 'report.notPrinted',
    message: `${path.basename(browser)} printed no PDF${last ? `: ${last}` : '.'}`,
    cure: 'Name another browser in CHROMIUM, or write --format html and print that page.',
  })
}
