import { ok, type Problem, type Result } from '../support/result.ts'
import { CVSS_METRICS, type CvssMetric, type CvssValues, cvssValues } from './cvss-metrics.ts'

/** Why a text is no CVSS 4.0 vector, and which characters are to blame; both count from 0, `end` is behind the last. */
export type CvssFault = Problem & { readonly start: number; readonly end: number }

/** The values a vector states, or the first thing that keeps it from being one. */
export function parseCvss(text: string): Result<CvssValues> {
  const values = cvssValues(text)
  return values ? ok(values) : { ok: false, problems: [cvssFault(text)] }
}

const PREFIX = 'CVSS:4.0'

/** The first fault of a text that is no vector. */
export function cvssFault(text: string): CvssFault {
  const parts = partsOf(text)
  return prefixFault(text) ?? firstOf(parts, (part, place) => partFault(part, parts.slice(0, place))) ?? missingFault(parts, text)
}

/** One `metric:value` of a vector, and where it stands. */
type Part = { readonly text: string; readonly name: string; readonly value: string | undefined; readonly start: number }

function partsOf(text: string): readonly Part[] {
  let start = 0
  return text.split('/').flatMap((part, place) => {
    const [name = '', ...rest] = part.split(':')
    const found = { text: part, name, value: rest.length > 0 ? rest.join(':') : undefined, start }
    start += part.length + 1
    return place === 0 ? [] : [found]
  })
}

function prefixFault(text: string): CvssFault | undefined {
  const first = text.split('/', 1)[0] ?? ''
  if (first === PREFIX) return undefined
  const version = /^CVSS:(\d+\.\d+)$/.exec(first)?.[1]
  const [start, end] = [0, Math.max(1, first.length)]
  return version === undefined
    ? fault('prefix', { start, end }, `A vector starts with "${PREFIX}/", not with "${short(first)}".`, `Write ${PREFIX}/ first.`)
    : fault('version', { start, end }, `This is a vector of CVSS ${version}, not of 4.0.`, 'Score it again by CVSS 4.0.')
}

function partFault(part: Part, before: readonly Part[]): CvssFault | undefined {
  const { text, name, value, start } = part
  const here = { start, end: start + Math.max(1, text.length) }
  if (text === '')
    return fault('empty', here, 'Between two slashes, or behind the last, there is nothing.', 'Take the slash away.')
  const metric = CVSS_METRICS.find(known => known.name === name)
  if (!metric) return fault('metric', here, `CVSS 4.0 has no metric "${short(name)}".`, spelled(name) ?? 'Take it away.')
  if (before.some(other => other.name === name)) return fault('twice', here, `${name} is stated twice.`, 'Keep one of the two.')
  return valueFault(metric, value, here) ?? orderFault(metric, before, here)
}

function valueFault({ name, values }: CvssMetric, value: string | undefined, here: Span): CvssFault | undefined {
  const choice = `Write one of ${values.map(known => `${name}:${known}`).join(', ')}.`
  if (value === undefined || value === '') return fault('value', here, `${name} has no value.`, choice)
  if (values.includes(value)) return undefined
  return fault('value', here, `${name} cannot be "${short(value)}".`, choice)
}

function orderFault({ name }: CvssMetric, before: readonly Part[], here: Span): CvssFault | undefined {
  const late = before.find(other => placeOf(other.name) > placeOf(name))
  if (!late) return undefined
  return fault('order', here, `${name} comes before ${late.name} in a vector.`, `Move it before ${late.name}.`)
}

/** Only what is not there can still be wrong; the blame lies where it should have been. */
function missingFault(parts: readonly Part[], text: string): CvssFault {
  const missing = CVSS_METRICS.filter(({ name, isMandatory }) => isMandatory && !parts.some(part => part.name === name))
  const [first] = missing
  const next = parts.find(part => first && placeOf(part.name) > placeOf(first.name))
  const start = next ? next.start : text.length
  const names = missing.map(({ name }) => name).join(', ')
  const verb = missing.length === 1 ? 'is' : 'are'
  return fault('missing', { start, end: start + 1 }, `${names} ${verb} missing; every vector states them.`, `Add ${names}.`)
}

function placeOf(name: string): number {
  return CVSS_METRICS.findIndex(known => known.name === name)
}

function spelled(name: string): string | undefined {
  const plain = name.trim().toUpperCase()
  return CVSS_METRICS.some(known => known.name === plain) ? `Write it as ${plain}.` : undefined
}

type Span = { readonly start: number; readonly end: number }

function fault(code: string, span: Span, message: string, cure: string): CvssFault {
  return { code: `cvss.${code}`, severity: 'error', message: `Character ${span.start + 1}: ${message}`, cure, ...span }
}

function firstOf<T, R>(values: readonly T[], find: (value: T, place: number) => R | undefined): R | undefined {
  for (const [place, value] of values.entries()) {
    const found = find(value, place)
    if (found !== undefined) return found
  }
  return undefined
}

/** A text from anywhere, cut so that a message stays a sentence. */
function short(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text
}
