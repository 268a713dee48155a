import { ok, type Result, refuse } from '../support/result.ts'
import { type Collector, hitBy, newCollector, noteLine, type OpenFile } from './covered-lines.ts'
import { wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence } from './types.ts'

/** Whether text is an LCOV tracefile: its first line that is no comment names a test or a file. */
export function isLcov(text: string): boolean {
  return /^\s*(?:#[^\n]*\n\s*)*(?:TN|SF):/.test(text.slice(0, 10_000))
}

/** One record, from SF to end_of_record, with what it declares of itself. */
type Section = { readonly at: number; readonly file: OpenFile; readonly hits: Map<string, boolean>; found?: string; hit?: string }

/** Facts of an LCOV tracefile (geninfo(1)). Only lines are read; functions and branches are left to others. */
export function readLcov(file: string, text: string): Result<Evidence> {
  const collector = newCollector()
  let section: Section | undefined
  let at = 0
  for (const line of linesOf(text)) {
    at++
    const colon = line.indexOf(':')
    const word = colon < 0 ? line.trim() : line.slice(0, colon)
    const rest = colon < 0 ? '' : line.slice(colon + 1)
    if (word === 'SF') {
      if (section) collector.odd(pointerOf(section.at), 'is a record without an end')
      if (section) closeSection(section, collector)
      section = { at, file: collector.file(rest.trim(), pointerOf(at)), hits: new Map() }
    } else if (word === 'end_of_record') {
      if (section) closeSection(section, collector)
      section = undefined
    } else if (word === 'DA') {
      if (section) noteData(section, rest, { at, collector })
      else collector.odd(pointerOf(at), 'counts a line of no file')
    } else if (section && word === 'LF') section.found = rest.trim()
    else if (section && word === 'LH') section.hit = rest.trim()
  }
  if (section)
    return refuse({
      code: 'evidence.cut',
      at: `${file}:${at}:1`,
      message: `The record of ${shown(section.file.path)} does not end: end_of_record is missing.`,
      cure: 'Often a run that was cut off: make the report again.',
    })
  return ok({ format: 'lcov', made: { commits: [] }, facts: { coverage: collector.facts() } })
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const stop = end < 0 ? text.length : end
    yield text.slice(start, text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop)
    start = stop + 1
  }
}

function pointerOf(line: number): string {
  return `line ${line}`
}

/** `DA:<line>,<hits>[,<checksum>]` */
function noteData(
  section: Section,
  rest: string,
  { at, collector }: { readonly at: number; readonly collector: Collector },
): void {
  const [line = '', count] = rest.trim().split(',', 2)
  const isHit = hitBy(count)
  const isLine = wholeOf(line) !== undefined
  if (!isLine || isHit === undefined) collector.odd(pointerOf(at), `holds "DA:${shown(rest, 40)}", which counts no line`)
  const key = isLine ? String(Number(line)) : `?${at}`
  section.hits.set(key, (isLine && isHit === true) || section.hits.get(key) === true)
}

/** Totals are those of the record alone, before records of the same file come together. */
function closeSection({ at, file, hits, found, hit }: Section, { odd }: Collector): void {
  const held = { lines: hits.size, hit: [...hits.values()].filter(Boolean).length }
  for (const [line, isHit] of hits) noteLine(file, line, isHit)
  const check = (word: string, declared: string | undefined, listed: number, what: string) => {
    if (declared === undefined) return
    const number = wholeOf(declared)
    if (number === undefined) odd(pointerOf(at), `declares "${word}:${shown(declared, 20)}", which is no number`)
    else if (number !== listed) file.disagreement ??= `declares ${number} ${what} and lists ${listed}`
  }
  check('LF', found, held.lines, 'lines')
  check('LH', hit, held.hit, 'lines hit')
}
