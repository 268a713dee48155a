import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { folderOf } from '../core/model/write.ts'
import { deriveFindings } from '../core/threats/engine.ts'
import { builtinRules } from '../packs/rules.ts'
import { drawnDesign } from './window-designs.ts'
import { drag, during, mainTime, median, timed, toPaint, type While, zoom } from './window-page.ts'

/** One line of the table: a goal, what was measured, what is allowed, and whether it holds. */
type Line = readonly [goal: string, what: string, measured: string, allowed: string, holds: boolean]

const VIEW = { width: 1440, height: 900 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run']

/** Measures the window in a real browser and prints its table; `only` names the parts wanted, all when there is none. */
export async function run(root: string, only: readonly string[] = []): Promise<void> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) return say(`window: skipped, there is no browser at ${executablePath}`)
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  const plain = await servePlain(root)
  const parts: Readonly<Record<string, () => Promise<readonly Line[]>>> = {
    size: async () => [initialSize(root)],
    start: () => start(browser, root),
    canvas: () => canvas(browser, root, plain.address),
    large: () => large(browser, root),
    edits: () => edits(browser, root),
  }
  try {
    const lines: Line[] = []
    for (const [name, part] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) lines.push(...(await part()))
    print(lines)
  } finally {
    await browser.close()
    await plain.stop()
  }
}

function print(lines: readonly Line[]): void {
  const rows = [
    ['goal', 'what', 'measured', 'allowed', ''],
    ...lines.map(([goal, what, measured, allowed, holds]) => [goal, what, measured, allowed, holds ? 'holds' : 'MISSED']),
  ]
  const widths = [0, 1, 2, 3, 4].map(i => Math.max(...rows.map(row => row[i]?.length ?? 0)))
  for (const row of rows)
    say(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** What the page loads before it can show anything, by the manifest of the build. */
function initialSize(root: string): Line {
  const built = path.join(root, 'dist/renderer')
  type Entry = { readonly file: string; readonly imports?: readonly string[] }
  const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Entry>>
  const files = new Set<string>()
  const take = (name: string): void => {
    const entry = manifest[name]
    if (!entry || files.has(entry.file)) return
    files.add(entry.file)
    for (const next of entry.imports ?? []) take(next)
  }
  take('index.html')
  const kB = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(built, file))).length, 0) / 1000
  return ['size', 'initial JavaScript, gzip', `${kB.toFixed(1)} kB`, '< 350 kB', kB < 350]
}

/** First paint of the sample once the server is up, in a browser that knows nothing of it yet. */
async function start(browser: Browser, root: string): Promise<readonly Line[]> {
  const served = await serve(root, ['--sample'])
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const context = await browser.newContext({ viewport: VIEW })
    const page = await context.newPage()
    const since = Date.now()
    await page.goto(served.address)
    await page.getByRole('navigation', { name: 'Steps' }).waitFor()
    times.push(Date.now() - since)
    await context.close()
  }
  await served.stop()
  return [['start', 'first paint of the sample', `${median(times)} ms`, '< 1000 ms', median(times) < 1000]]
}

const ELEMENTS = 2000
const FLOWS = 1600
const ROUNDS = 3

type Run = { readonly mount: number; readonly drag: While; readonly pan: While; readonly zoom: While; readonly dom: number }

/** Two thousand elements all in view, against the canvas library as it comes, in turn. */
async function canvas(browser: Browser, root: string, plain: string): Promise<readonly Line[]> {
  const folder = writeDesign(ELEMENTS, FLOWS)
  const served = await serve(root, ['--design', folder])
  const pairs: { readonly ours: Run; readonly theirs: Run }[] = []
  for (let i = 0; i < ROUNDS; i++)
    pairs.push({ ours: await runOurs(browser, root, served.address), theirs: await runPlain(browser, plain) })
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
  const lines = (['drag', 'pan', 'zoom'] as const).flatMap((what): Line[] => {
    const ratio = median(pairs.map(({ ours, theirs }) => ours[what].perFrame / theirs[what].perFrame))
    const ours = median(pairs.map(pair => pair.ours[what].perFrame))
    const theirs = median(pairs.map(pair => pair.theirs[what].perFrame))
    const fps = median(pairs.map(pair => pair.ours[what].fps))
    const theirFps = median(pairs.map(pair => pair.theirs[what].fps))
    const cost = `${ratio.toFixed(3)}x (${ours.toFixed(1)} / ${theirs.toFixed(1)} ms a frame)`
    return [
      ['P4', `${what}, ${ELEMENTS} in view, main thread`, cost, '<= 0.25x', ratio <= 0.25],
      ['P4', `${what}, ${ELEMENTS} in view, frames`, `${fps.toFixed(1)} (${theirFps.toFixed(1)}) fps`, '>= 58 fps', fps >= 58],
    ]
  })
  const first = median(pairs.map(({ ours, theirs }) => ours.mount / theirs.mount))
  const [ours, theirs] = [median(pairs.map(pair => pair.ours.mount)), median(pairs.map(pair => pair.theirs.mount))]
  const [dom, theirDom] = [median(pairs.map(pair => pair.ours.dom)), median(pairs.map(pair => pair.theirs.dom))]
  return [
    ...lines,
    [
      'P6',
      `first render of ${ELEMENTS}`,
      `${first.toFixed(3)}x (${ours.toFixed(0)} / ${theirs.toFixed(0)} ms)`,
      '<= 0.2x',
      first <= 0.2,
    ],
    ['P4', 'elements of the page in the canvas', `${dom} (${theirDom})`, '<= 200', dom <= 200],
  ]
}

async function runOurs(browser: Browser, root: string, address: string): Promise<Run> {
  const page = await browser.newPage({ viewport: VIEW })
  const cdp = await timed(page)
  await page.goto(address)
  await page.getByRole('navigation', { name: 'Steps' }).waitFor()
  // Loaded again at a step that draws nothing, so that the drawing is the first one.
  await page.evaluate(() => {
    location.hash = '#/verify'
  })
  await page.waitForTimeout(300)
  await page.reload()
  await page.getByRole('navigation', { name: 'Steps' }).waitFor()
  // The code of the view is read before: what is compared is the drawing, and the other side has its code as well.
  // As text: a bundler would take the import for its own.
  await page.evaluate(`import(new URL(${JSON.stringify(modelChunk(root))}, location.href).href).then(() => undefined)`)
  await page.waitForTimeout(1500)
  const before = await mainTime(cdp)
  await page.evaluate(() => {
    location.hash = '#/model'
  })
  await page.locator('.react-flow__pane').waitFor()
  await page.waitForTimeout(1200)
  const mount = (await mainTime(cdp)) - before
  const run = await gestures(page, cdp, mount)
  await page.close()
  return run
}

async function runPlain(browser: Browser, address: string): Promise<Run> {
  const page = await browser.newPage({ viewport: VIEW })
  const cdp = await timed(page)
  await page.goto(`${address}#${ELEMENTS},${FLOWS}`)
  await page.waitForTimeout(500)
  const before = await mainTime(cdp)
  await page.evaluate(() => (window as unknown as { mount: () => void }).mount())
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3000)
  const mount = (await mainTime(cdp)) - before
  const run = await gestures(page, cdp, mount)
  await page.close()
  return run
}

async function gestures(page: Page, cdp: Awaited<ReturnType<typeof timed>>, mount: number): Promise<Run> {
  const dom = await page.evaluate(() => document.querySelectorAll('.react-flow *').length)
  const { element, empty, middle } = await places(page, ELEMENTS, FLOWS)
  const dragged = await during(page, cdp, () => drag(page, element))
  await page.waitForTimeout(1500)
  const panned = await during(page, cdp, () => drag(page, empty))
  await page.waitForTimeout(500)
  const zoomed = await during(page, cdp, () => zoom(page, middle))
  return { mount, drag: dragged, pan: panned, zoom: zoomed, dom }
}

/** Where an element in the middle of the drawing is on the screen, and a place where nothing is. */
async function places(page: Page, elements: number, flows: number) {
  const design = drawnDesign(elements, flows)
  const rows = Object.values(design.layout).filter(row => row.id.includes('.E-'))
  const row = rows[Math.floor(rows.length / 2)] ?? { x: 0, y: 0 }
  const view = await page.evaluate(() => {
    const box = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect()
    const shown = new DOMMatrix(document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform)
    return { left: box.left, top: box.top, width: box.width, height: box.height, x: shown.e, y: shown.f, zoom: shown.a }
  })
  return {
    element: {
      x: view.left + view.x + ((row.x ?? 0) + 80) * view.zoom,
      y: view.top + view.y + ((row.y ?? 0) + 32) * view.zoom,
    },
    empty: { x: view.left + 24, y: view.top + 24 },
    middle: { x: view.left + view.width / 2, y: view.top + view.height / 2 },
  }
}

/** Ten thousand elements: fitted, and near. */
async function large(browser: Browser, root: string): Promise<readonly Line[]> {
  const folder = writeDesign(10_000, 8000)
  const served = await serve(root, ['--design', folder])
  const page = await browser.newPage({ viewport: VIEW })
  const cdp = await timed(page)
  await page.goto(served.address)
  await page.getByRole('navigation', { name: 'Steps' }).waitFor({ timeout: 60_000 })
  await page.evaluate(() => {
    location.hash = '#/model'
  })
  await page.locator('.react-flow__pane').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(4000)
  const fitted = await places(page, 10_000, 8000)
  const lines: Line[] = []
  const line = (what: string, { fps, perFrame }: While, least: number) =>
    lines.push([
      'P5',
      what,
      `${fps.toFixed(1)} fps, ${perFrame.toFixed(1)} ms a frame`,
      `>= ${least} fps, <= 10 ms`,
      fps >= least && perFrame <= 10,
    ])
  line('drag, 10000 fitted', await during(page, cdp, () => drag(page, fitted.element)), 55)
  await page.waitForTimeout(3000)
  line('pan, 10000 fitted', await during(page, cdp, () => drag(page, fitted.empty)), 55)
  line('zoom, 10000 fitted', await during(page, cdp, () => zoom(page, fitted.middle)), 55)
  // The middle of the screen stays where it is: an element there is an element there when near.
  await page.waitForTimeout(500)
  const { element } = await places(page, 10_000, 8000)
  await page.mouse.move(element.x, element.y)
  // Across the change from the picture to elements of the page, and back.
  await zoomTo(page, 0.5)
  line('zoom, 10000 between far and near', await during(page, cdp, () => zoom(page, element)), 58)
  await page.mouse.move(element.x, element.y)
  await zoomTo(page, 1)
  await page.waitForTimeout(1000)
  const near = await places(page, 10_000, 8000)
  line('drag, 10000 near', await during(page, cdp, () => drag(page, near.element)), 58)
  await page.waitForTimeout(3000)
  await page.keyboard.down('Space')
  line('pan, 10000 near', await during(page, cdp, () => drag(page, near.middle)), 58)
  await page.keyboard.up('Space')
  line('zoom, 10000 near', await during(page, cdp, () => zoom(page, near.middle)), 58)
  await page.close()
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
  return lines
}

/** Turns the wheel until the drawing is shown at least at this scale. */
async function zoomTo(page: Page, scale: number): Promise<void> {
  const now = () =>
    page.evaluate(() => new DOMMatrix(document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform).a)
  for (let i = 0; i < 100 && (await now()) < scale; i++) {
    await page.mouse.wheel(0, -60)
    await page.waitForTimeout(60)
  }
}

/** An edit until it is painted, in a design with thousands of findings; and the layout engine beside it. */
async function edits(browser: Browser, root: string): Promise<readonly Line[]> {
  const count = deriveFindings(drawnDesign(300, 600), builtinRules).findings.length
  const folder = writeDesign(300, 600)
  const served = await serve(root, ['--design', folder])
  const page = await browser.newPage({ viewport: VIEW })
  const cdp = await timed(page)
  await page.goto(`${served.address}`)
  await page.getByRole('navigation', { name: 'Steps' }).waitFor()
  await page.evaluate(() => {
    location.hash = '#/model'
  })
  await page.locator('.react-flow__pane').waitFor()
  await page.waitForTimeout(1500)
  const { element } = await places(page, 300, 600)
  await page.mouse.move(element.x, element.y)
  await page.mouse.click(element.x, element.y)
  await page.locator('aside input').first().waitFor()
  await page.waitForTimeout(1000)
  const renamed = await toPaint(page, rename(page), 15)
  const asked = await toPaint(page, attribute, 21)
  const [name, any] = [median(renamed), median(asked)]
  // Until the engine answers; that its answer is then written is an edit, timed as one by the gap after it.
  let working = 0
  const layout = await during(page, cdp, async () => {
    await page.evaluate(() => {
      const { frames } = window as unknown as { frames: { gap: number; n: number } }
      const before = { gap: 0 }
      Object.assign(window, { beforeTidied: before })
      const look = () => {
        if (document.querySelector('footer [role=status]')?.textContent?.includes('tidied')) return
        before.gap = frames.gap
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    await page.getByRole('button', { name: /^Tidy/ }).click()
    // Looked for ten times a second: looking in every frame, all over the page, would take a part of the frames that are measured.
    const isTidied = () => document.querySelector('footer [role=status]')?.textContent?.includes('tidied') === true
    await page.waitForFunction(isTidied, undefined, { polling: 100, timeout: 60_000 })
    await page.waitForTimeout(400)
    working = await page.evaluate(() => (window as unknown as { beforeTidied: { gap: number } }).beforeTidied.gap)
  })
  await page.close()
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
  const of = `300 elements, 600 flows, ${count} findings`
  return [
    ['edit', `an answer to paint; ${of}`, `${any.toFixed(0)} ms (${spread(asked)})`, '<= 100 ms', any <= 100],
    ['edit', `rename to paint; ${of}`, `${name.toFixed(0)} ms (${spread(renamed)})`, '<= 50 ms', name <= 50],
    ['P13', 'longest frame gap while the layout engine works', `${working.toFixed(0)} ms`, '<= 34 ms', working <= 34],
    ['edit', 'longest frame gap when its 900 places are written', `${layout.gap.toFixed(0)} ms`, '<= 100 ms', layout.gap <= 100],
  ]
}

function spread(times: readonly number[]): string {
  return `${Math.min(...times).toFixed(0)}..${Math.max(...times).toFixed(0)}`
}

function rename(page: Page): (i: number) => Promise<string> {
  const field = `[...document.querySelectorAll('aside input')].find(one => one.labels?.[0]?.textContent === 'Name')`
  return async i => {
    await page.evaluate(
      `(() => {
        const input = ${field}
        input.focus()
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'Element ${i} renamed')
        input.dispatchEvent(new Event('input', { bubbles: true }))
      })()`,
    )
    await page.waitForTimeout(100)
    return `${field}.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))`
  }
}

/** Answers one question after the other, yes and then no. */
async function attribute(i: number): Promise<string> {
  return `const asked = document.querySelectorAll('aside fieldset')
    asked[2 + ${i} % 7].querySelectorAll('input')[Math.floor(${i} / 7) % 3].click()`
}

function modelChunk(root: string): string {
  const manifest = JSON.parse(readFileSync(path.join(root, 'dist/renderer/.vite/manifest.json'), 'utf8')) as Readonly<
    Record<string, { readonly file: string }>
  >
  return manifest['views/model/model-view.tsx']?.file ?? ''
}

type Served = { readonly address: string; readonly stop: () => Promise<void> }

async function serve(root: string, args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli/skeptic.cjs'), 'serve', '--no-open', ...args], {
    env: { ...process.env, SKEPTIC_USER: 'architect' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((done, fail) => {
    child.stdout.on('data', chunk => {
      const found = /Skeptic: (http:\/\/\S+)/.exec(String(chunk))?.[1]
      if (found) done(found)
    })
    child.on('exit', code => fail(new Error(`the server ended with ${code}`)))
  })
  return { address, stop: () => ended(child) }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(done => {
    child.removeAllListeners('exit')
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

async function servePlain(root: string): Promise<Served> {
  const server = createServer((asked, answer) => {
    const place = path.join(root, 'dist/bench/plain', path.normalize((asked.url ?? '/').replace(/\/$/, '/index.html')))
    if (!existsSync(place)) return void answer.writeHead(404).end()
    answer.writeHead(200, { 'content-type': TYPES[path.extname(place)] ?? 'application/octet-stream' }).end(readFileSync(place))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: async () => void server.close() }
}

function writeDesign(elements: number, flows: number): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'skeptic-bench-')), 'threat-model')
  for (const [file, text] of folderOf(drawnDesign(elements, flows))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  return folder
}
