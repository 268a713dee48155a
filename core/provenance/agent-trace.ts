import type { Loose } from '../evidence/loose.ts'
import { indexOf, isObject, listOf, objectOf, textOf } from '../evidence/loose.ts'
import { shown } from '../evidence/show.ts'
import { parseJson } from '../model/json.ts'
import type { Problem, Result } from '../support/result.ts'
import { refuse } from '../support/result.ts'
import { isRange, joined, type LineRange } from './ranges.ts'
import type { Origin, Saying } from './said.ts'

/** A record as far as it can be used: what it says of which revision. */
export type TraceRecord = {
  readonly id: string
  /** The git revision whose lines it counts; undefined: it names none, so it can be held against no commit. */
  readonly revision: string | undefined
  readonly sayings: readonly Saying[]
}

/** Everything a file holds, and one problem for each record that cannot be used. */
export type TraceFile = { readonly records: readonly TraceRecord[]; readonly problems: readonly Problem[] }

/** UTF-16 units of a file, records in it, and ranges in a record, that are read. */
export const TRACE_LENGTH = 16 * 1024 * 1024
const MOST_RECORDS = 20_000
const MOST_RANGES = 50_000

/** Reads Agent Trace 0.1 records: one object, a list of them, or one to a line. Storage is not laid down, so all three are met. */
export function readTraces(file: string, text: string): TraceFile {
  if (text.length > TRACE_LENGTH)
    return faulty(problemAt(file, `has ${text.length} characters; at most ${TRACE_LENGTH} are read`))
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (clean.trim() === '') return { records: [], problems: [] }
  const whole = parseJson(file, clean, LIMITS)
  if (whole.ok) return allOf(file, (Array.isArray(whole.value) ? whole.value : [whole.value]).map(at))
  const lines = clean.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, index }]))
  if (lines.length < 2 && !file.endsWith('.jsonl')) return faulty(whole.problems[0])
  const parsed = lines.slice(0, MOST_RECORDS).map(({ line, index }) => parseJson(`${file}:${index + 1}`, line, LIMITS))
  // A single object that is cut off looks like many wrong lines; its own fault says more.
  if (!parsed.some(one => one.ok)) return faulty(whole.problems[0])
  const broken = parsed.flatMap(one =>
    one.ok ? [] : one.problems.map(problem => ({ ...problem, severity: 'warning' as const })),
  )
  const values = parsed.flatMap((one, index) => (one.ok ? [{ value: one.value, place: lines[index]?.index ?? index }] : []))
  const read = allOf(file, values)
  return {
    records: read.records,
    problems: [...broken, ...read.problems, ...(lines.length > MOST_RECORDS ? [tooMany(file)] : [])],
  }
}

const LIMITS = { length: TRACE_LENGTH, depth: 50 }

type Placed = { readonly value: unknown; readonly place: number }

function at(value: unknown, place: number): Placed {
  return { value, place }
}

function faulty(problem: Problem): TraceFile {
  return { records: [], problems: [{ ...problem, severity: 'warning' }] }
}

function allOf(file: string, values: readonly Placed[]): TraceFile {
  const read = values.slice(0, MOST_RECORDS).map(({ value, place }) => recordOf(`${file}#${place + 1}`, value))
  return {
    records: read.flatMap(one => (one.ok ? [one.value] : [])),
    problems: [
      ...read.flatMap(one => (one.ok ? [] : one.problems.map(problem => ({ ...problem, severity: 'warning' as const })))),
      ...(values.length > MOST_RECORDS ? [tooMany(file)] : []),
    ],
  }
}

function recordOf(place: string, value: unknown): Result<TraceRecord> {
  if (!isObject(value)) return bad(place, 'is no JSON object')
  const version = textOf(value.version)
  // The text of the specification says 0.1.0, its own reference implementation writes 1.0.
  if (version === undefined || !/^(?:0\.1|1\.0)(?:\.\d+)?$/.test(version))
    return bad(place, `is of version ${shown(version ?? 'unknown')}; 0.1 is read`)
  if (!Array.isArray(value.files)) return bad(place, 'has no list "files"')
  const { type, revision } = objectOf(value.vcs)
  const budget = { left: MOST_RANGES }
  const sayings = value.files.flatMap(file => sayingsOf(objectOf(file), objectOf(value.tool), place, budget))
  if (budget.left < 0) return bad(place, `has more than ${MOST_RANGES} ranges`)
  const isGit = type === undefined || type === 'git'
  return { ok: true, value: { id: textOf(value.id) ?? place, revision: isGit ? textOf(revision) : undefined, sayings } }
}

function sayingsOf(file: Loose, tool: Loose, place: string, budget: { left: number }): readonly Saying[] {
  const path = textOf(file.path)?.replace(/^(?:\.\/)+/, '')
  if (path === undefined) return []
  return listOf(file.conversations).flatMap(one => {
    const conversation = objectOf(one)
    const byAuthor = new Map<string, { readonly author: Pick<Saying, 'origin' | 'who'>; readonly ranges: LineRange[] }>()
    for (const entry of listOf(conversation.ranges)) {
      if (budget.left-- <= 0) break
      const range = objectOf(entry)
      const lines = { start: indexOf(range.start_line) ?? 0, end: indexOf(range.end_line) ?? 0 }
      if (!isRange(lines)) continue
      const author = authorOf(isObject(range.contributor) ? range.contributor : objectOf(conversation.contributor), tool)
      const key = `${author.origin} ${author.who}`
      const known = byAuthor.get(key) ?? { author, ranges: [] }
      known.ranges.push(lines)
      byAuthor.set(key, known)
    }
    return [...byAuthor.values()].map(
      ({ author, ranges }): Saying => ({
        source: 'trace',
        ...author,
        at: place,
        where: { path, ranges: joined(ranges) },
      }),
    )
  })
}

const ORIGINS: ReadonlySet<unknown> = new Set(['ai', 'human', 'mixed', 'unknown'])

function authorOf({ type, model_id }: Loose, tool: Loose): Pick<Saying, 'origin' | 'who'> {
  const origin = ORIGINS.has(type) ? (type as Origin) : 'unknown'
  const model = textOf(model_id)
  const named = origin === 'human' ? [] : [textOf(tool.name), model].filter(word => word !== undefined)
  return { origin, who: named.length > 0 ? named.join(':') : origin === 'human' ? 'a person' : 'not named' }
}

function problemAt(place: string, why: string): Problem {
  return {
    code: 'provenance.trace',
    severity: 'warning',
    at: place,
    message: `The record ${why}.`,
    cure: 'Have the tool write the record again as Agent Trace 0.1, or leave the file out.',
  }
}

function bad(place: string, why: string): Result<never> {
  return refuse(problemAt(place, why))
}

function tooMany(file: string): Problem {
  return problemAt(file, `list is longer than ${MOST_RECORDS}; the rest is not read`)
}
