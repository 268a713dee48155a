import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { Ajv } from 'ajv'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { parseFolder } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { pictures } from '../../core/reports/diagram/pictures.ts'
import { asCsv, tableNames, wordsOf } from '../../core/reports/document/as-csv.ts'
import { asHtml } from '../../core/reports/document/as-html.ts'
import { asJson } from '../../core/reports/document/as-json.ts'
import { asMarkdown } from '../../core/reports/document/as-markdown.ts'
import { blocksOf } from '../../core/reports/document/blocks.ts'
import type { ReportDocument, ReportKind } from '../../core/reports/document/types.ts'
import { KIND_NAMES, REPORT_KINDS } from '../../core/reports/kinds.ts'
import { reportBytes } from '../../host/node/reports/bytes.ts'
import { findChromium } from '../../host/node/reports/pdf.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { builtinFrameworks } from '../../packs/frameworks.ts'
import schema from '../../schemas/report.schema.json'
import { stamp } from '../core/interop/imported.ts'
import { runQuietly } from '../host/reports/run-quietly.ts'
import { runs } from '../support/runs.ts'
import { bare, leadsOf, missingIn, textsOf } from './report-texts.ts'

const root = path.resolve(import.meta.dirname, '../..')
const corpus = path.resolve(root, '../shared/corpus/models')

/** Of different tools, each with its own drawing; the third has letters beyond ASCII in it. */
const MODELS = ['threat-dragon-v2/cryptocurrency-wallet.json', 'threagile/threagile-example.yaml', 'tm7/MTMT_MVP.tm7']

const designs: readonly (readonly [string, Design])[] = [
  ['the sample', sample()],
  ...MODELS.filter(name => existsSync(path.join(corpus, name))).map(name => [path.basename(name), imported(name)] as const),
]

function sample(): Design {
  const folder = path.join(root, 'packs/samples/bank-transfer/threat-model')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name.endsWith('.json') && !entry.parentPath.includes('.skeptic'),
  )
  const named = files.map(entry => path.join(entry.parentPath, entry.name))
  const parsed = parseFolder(
    new Map(named.map(file => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')])),
  )
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value.design
}

function imported(name: string): Design {
  const read = importModel(path.basename(name), readFileSync(path.join(corpus, name), 'utf8'), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

function documentOf(design: Design, kind: ReportKind): ReportDocument {
  return REPORT_KINDS[kind].build({
    ...{ design, packs: builtinPacks, at: stamp.at, version: '0.1.0', drawing: pictures },
    ...(kind === 'frameworks' ? { frameworks: FRAMEWORKS } : {}),
  })
}

const ALL = designs.flatMap(([name, design], i) => KIND_NAMES.map(kind => ({ name, design, kind, file: `${i}-${kind}` })))
/** Paper takes seconds for each: every day each kind and each design once or twice, at night each kind of each design. */
const DAILY = ['0-model', '0-gate', '0-trace', '0-frameworks', '1-model', '2-executive', '3-review']
const PAPER = ALL.filter(({ file }) => runs(0, 1) === 1 || DAILY.includes(file))
/** So do the many pages of all frameworks. */
const FRAMEWORKS = builtinFrameworks.slice(0, runs(2, builtinFrameworks.length))

const joined = (pieces: Iterable<string>) => [...pieces].join('')
const folder = mkdtempSync(path.join(tmpdir(), 'skeptic-reports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BROWSER = findChromium(process.env)
const found = (names: readonly string[]) => names.find(existsSync)
const OFFICE = found(['/usr/bin/soffice', '/usr/bin/libreoffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'])
const TEXT = found(['/usr/bin/pdftotext', '/usr/local/bin/pdftotext', '/opt/homebrew/bin/pdftotext'])

describe.each(ALL)('$kind of $name', ({ design, kind }) => {
  const document = documentOf(design, kind)
  const texts = textsOf(document)

  test('all of it stands in HTML, JSON and CSV, and JSON is as its schema says', () => {
    const [html, json] = [joined(asHtml(document)), joined(asJson(document))]
    expect(missingIn(unescaped(html), texts)).toEqual([])
    const valid = new Ajv({ strict: false }).compile(schema)
    expect(valid(JSON.parse(json)), JSON.stringify(valid.errors)).toBe(true)
    for (const block of blocksOf(document)) {
      if (block.kind !== 'table') continue
      const made = asCsv(document, block.name)
      const said = made.ok ? joined(made.value).replaceAll('""', '"') : ''
      expect(
        missingIn(
          said,
          [...block.rows].flat().map(({ spans }) => wordsOf(spans)),
        ),
      ).toEqual([])
    }
    expect(tableNames(document).length).toBeGreaterThan(0)
  })

  test('all of its words stand in Markdown', () => {
    const words = (text: string) => bare(text).replace(/[^\p{L}\p{N}]/gu, '')
    const said = words(joined(asMarkdown(document)))
    expect([...texts].filter(text => !said.includes(words(text)))).toEqual([])
  })
})

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function unescaped(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

const AXE = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ ...(BROWSER ? { executablePath: BROWSER } : {}) })
  })
  afterAll(() => browser?.close())

  test.each(PAPER)('axe finds nothing on the page of $kind of $name, wide or narrow, light or dark', async ({ design, kind }) => {
    const html = joined(asHtml(documentOf(design, kind))).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    for (const [width, colorScheme] of [
      [1200, 'light'],
      [320, 'dark'],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
      const page = await context.newPage()
      await page.setContent(html)
      const said = (await page.evaluate(`${AXE};axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`)) as {
        violations: { id: string; nodes: { target: string[] }[] }[]
      }
      expect(said.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await context.close()
    }
  })
})

/** The text of a file on paper, page by page, in the order in which it was written. */
async function pagesOf(file: string): Promise<readonly string[]> {
  const text = await runQuietly(TEXT ?? '', ['-raw', '-enc', 'UTF-8', file, '-'])
  return text.split('\f').slice(0, -1)
}

/** What stands along the edges of every page would cut texts that go on over pages. */
function withoutEdges(page: string, { title, stamp }: ReportDocument): string {
  const isEdge = (line: string) =>
    /^Page \d+ of \d+$/.test(line) ||
    [title, `Skeptic ${stamp.version}`].includes(line) ||
    /^(.* )?\w{6} · \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC$/.test(line) ||
    /^Skeptic \S+ Page \d+ of \d+$/.test(line)
  const lines = page.split('\n').filter(line => line.trim() !== '')
  return lines.filter(line => !isEdge(line.trim())).join('\n')
}

/** A list of contents may end a page, for it is no heading though it is made of them. */
function withoutContents(page: string, { sections }: ReportDocument): string {
  const [before = '', after] = page.split('\nCONTENTS\n')
  const contents = sections.flatMap(block => (block.kind === 'heading' && block.level === 2 ? [block.text] : []))
  return after !== undefined && bare(after) === bare(contents.join('')) ? before : page
}

describe.skipIf(BROWSER === undefined || TEXT === undefined)('on paper', () => {
  test.each(PAPER)('$kind of $name is tagged, whole, and no page ends in a heading', async ({ design, kind, file }) => {
    const document = documentOf(design, kind)
    const printed = await reportBytes(document, 'pdf', { at: stamp.at, env: process.env })
    if (!printed.ok) throw new Error(printed.problems[0].message)
    const place = path.join(folder, `${file}.pdf`)
    writeFileSync(place, printed.value)
    const raw = Buffer.from(printed.value).toString('latin1')
    expect(raw).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
    expect(raw).toContain('/StructTreeRoot')
    const pages = (await pagesOf(place)).map(page => withoutEdges(page, document))
    expect(missingIn([document.title, ...pages].join('\n'), textsOf(document))).toEqual([])
    expect(bare(pages[0] ?? '')).toContain(bare('What this does not cover'))
    const leads = leadsOf(document)
    const ends = pages.map(page => withoutContents(page, document).split('\n'))
    expect(ends.filter(lines => [1, 2, 3].some(many => leads.has(bare(lines.slice(-many).join('')))))).toEqual([])
    if (kind === 'executive') expect(pages).toHaveLength(1)
  })
})

describe.skipIf(OFFICE === undefined || TEXT === undefined)('in an office program', () => {
  test('every report opens, is whole, and shows its pictures', async () => {
    const written = await Promise.all(
      PAPER.map(async ({ design, kind, file }) => {
        const document = documentOf(design, kind)
        const [one, two] = [await reportBytes(document, 'docx', PRINTING), await reportBytes(document, 'docx', PRINTING)]
        if (!one.ok || !two.ok) throw new Error('not written')
        expect(Buffer.from(one.value).equals(Buffer.from(two.value))).toBe(true)
        writeFileSync(path.join(folder, `${file}.docx`), one.value)
        return { document, file, parts: Object.keys(unzipSync(one.value)) }
      }),
    )
    const files = written.map(({ file }) => path.join(folder, `${file}.docx`))
    const out = path.join(folder, 'office')
    const profile = `-env:UserInstallation=file://${folder}/profile`
    await runQuietly(OFFICE ?? '', [profile, '--headless', '--convert-to', 'pdf', '--outdir', out, ...files])
    for (const { document, file, parts } of written) {
      const pages = (await pagesOf(path.join(out, `${file}.pdf`))).map(page => withoutEdges(page, document))
      const texts = textsOf(document)
      expect(missingIn([document.title, ...pages].join('\n'), texts), file).toEqual([])
      if (document.kind === 'executive') expect(pages, file).toHaveLength(1)
      const drawn = [...blocksOf(document)].flatMap(block => (block.kind === 'figure' && block.svg !== '' ? [block.svg] : []))
      expect(parts.filter(part => part.endsWith('.svg'))).toHaveLength(drawn.length)
      expect(parts.filter(part => part.endsWith('.emf'))).toHaveLength(drawn.length)
      for (const id of idsDrawn(drawn))
        expect(timesIn(pages.join('\n'), id), `${file} ${id}`).toBeGreaterThan(timesIn(texts.join('\n'), id))
    }
  }, 600_000)
})

const PRINTING = { at: stamp.at, env: process.env }

/** Ids that stand as words in the pictures: they are there once more than in the tables. */
function idsDrawn(pictures: readonly string[]): readonly string[] {
  return [...new Set(pictures.flatMap(svg => [...svg.matchAll(/>(E-[0-9A-Z]+)</g)].map(([, id = '']) => id)))]
}

function timesIn(text: string, word: string): number {
  return text.split(word).length - 1
}
