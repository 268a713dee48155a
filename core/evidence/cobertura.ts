import { ok, type Result } from '../support/result.ts'
import { type Collector, hitBy, newCollector, noteLine, type OpenFile } from './covered-lines.ts'
import { instantOfMs, wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence } from './types.ts'
import { type Attributes, type Fault, walkXml } from './xml.ts'

/** Facts of a Cobertura report (coverage-04.dtd). Rates are not believed: they may be NaN, missing or wrong; lines are counted. */
export function readCobertura(file: string, text: string): Result<Evidence> {
  const collector = newCollector()
  const sources: string[] = []
  const path: string[] = []
  let root: Attributes = {}
  let open: OpenClass | undefined
  let classes = 0
  let source = ''
  const walked = walkXml(file, text, {
    roots: ['coverage'],
    open(name, attributes, stop) {
      const foreign = path.length === 1 ? FOREIGN.get(name) : undefined
      if (foreign) stop(foreign)
      if (path.length === 0) root = attributes
      if (name === 'class') open = openClass(attributes, `/coverage//class[${++classes}]`, collector)
      if (name === 'line' && open)
        noteElement(path.at(-2) === 'class' ? open.own : open.ofMethods, attributes, { open, collector })
      path.push(name)
    },
    close() {
      const name = path.pop()
      if (name === 'class' && open) {
        for (const [line, isHit] of open.own.size > 0 ? open.own : open.ofMethods) noteLine(open.file, line, isHit)
        open = undefined
      }
      if (name === 'source') sources.push(source.trim())
      if (name === 'source') source = ''
    },
    text(part) {
      if (path.at(-1) === 'source') source += part
    },
  })
  if (!walked.ok) return walked
  const facts = collector.facts()
  const folder = sources.length === 1 ? folderOf(sources[0] ?? '') : ''
  const files = facts.files.map(one => ({ ...one, path: isAbsolute(one.path) ? one.path : folder + one.path }))
  const at = instantOfStamp(root.timestamp)
  return ok({
    format: 'cobertura',
    made: { commits: [], ...(at === undefined ? {} : { at }) },
    facts: { coverage: { files, oddities: [...facts.oddities, ...totalsOf(root, files)] } },
  })
}

type Lines = Map<string, boolean>

/** Lines of a method stand again in its class; some tools add lines there that cannot run, so they count only where the class has none. */
type OpenClass = { readonly pointer: string; readonly file: OpenFile; readonly own: Lines; readonly ofMethods: Lines }

function openClass({ filename }: Attributes, pointer: string, collector: Collector): OpenClass {
  if (!filename) collector.odd(pointer, 'names no file')
  return { pointer, file: collector.file(filename ?? '', pointer), own: new Map(), ofMethods: new Map() }
}

function noteElement(
  lines: Lines,
  { number, hits }: Attributes,
  { open: { pointer }, collector: { odd } }: { readonly open: OpenClass; readonly collector: Collector },
): void {
  const isHit = hitBy(hits)
  const isLine = wholeOf(number) !== undefined
  if (!isLine) odd(pointer, `counts the line "${shown(number ?? '', 20)}", which is no number`)
  if (isHit === undefined) odd(pointer, `counts "${shown(hits ?? '', 20)}" runs of a line, which is no number`)
  const key = isLine ? String(Number(number)) : `${pointer}?${lines.size}`
  lines.set(key, (isLine && isHit === true) || lines.get(key) === true)
}

/** What the report declares of itself as a whole; tools count here in several ways, so it is told and decides nothing. */
function totalsOf(root: Attributes, files: readonly { readonly lines: number; readonly hit: number }[]) {
  const sum = (of: 'lines' | 'hit') => files.reduce((total, one) => total + one[of], 0)
  const compare = (declared: string | undefined, held: number, what: string) => {
    const number = wholeOf(declared)
    return number === undefined || number === held
      ? []
      : [{ pointer: '/coverage', text: `declares ${number} ${what} and lists ${held}` }]
  }
  return [
    ...compare(root['lines-valid'], sum('lines'), 'lines'),
    ...compare(root['lines-covered'], sum('hit'), 'lines hit'),
    ...(root['line-rate'] === 'NaN' ? [{ pointer: '/coverage', text: 'has the line rate NaN: it holds no line' }] : []),
  ]
}

/** One root is where all files lie; several leave open which file lies where. */
function folderOf(source: string): string {
  const clean = source.replaceAll('\\', '/').replace(/\/+$/, '')
  if (clean === '' || clean === '.') return source.trim().startsWith('/') ? '/' : ''
  return `${clean.replace(/^(?:\.\/)+/, '')}/`
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(path)
}

/** Milliseconds, or seconds as gcovr and others write them. */
function instantOfStamp(stamp: string | undefined): string | undefined {
  const number = wholeOf(stamp)
  if (number === undefined) return undefined
  return instantOfMs(number < 100_000_000_000 ? number * 1000 : number)
}

/** Other formats whose root is named alike, by what lies in it. */
const FOREIGN: ReadonlyMap<string, Fault> = new Map([
  ['project', other('Clover XML')],
  ['file', other("SonarQube's generic coverage")],
])

function other(title: string): Fault {
  return {
    code: 'evidence.format',
    message: `The file is ${title}, which is not read.`,
    cure: 'Have the tool write Cobertura XML or LCOV; most that write the one write the other.',
  }
}
