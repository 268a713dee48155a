import { parseYaml } from '../dependencies/yaml.ts'
import { integrityProblems } from '../model/integrity.ts'
import { JSON_LIMITS, parseJson, tooLarge } from '../model/json.ts'
import { type Explain, parseBundle } from '../model/parse.ts'
import type { Design, Stamp } from '../model/types.ts'
import { ok, type Problem, type Refusal, type Result, refuse } from '../support/result.ts'
import { countsOf } from './counts.ts'
import { formatOf, notationOf } from './detect.ts'
import { FORMATS, namesOf } from './formats.ts'
import type { Others } from './readers.ts'
import type { ReadModel } from './reading/building.ts'
import { isStorable, type Raw } from './reading/json-fields.ts'
import { withAsImported } from './reimport/as-imported.ts'
import { type ImportSummary, lossesOf } from './report.ts'

/** A design read from a file, and what reading it cost. */
export type Imported = {
  /** Complete, with settings and policy: ready to be written to an empty folder. */
  readonly design: Design
  readonly summary: ImportSummary
}

/** What importing needs besides the file. */
export type ImportOptions = {
  /** Name of a format that the file must have; default: whatever its content shows. */
  readonly format?: string
  readonly stamp: Stamp
  /** Words for rows of a bundle that break their schema. */
  readonly explain?: Explain
  /** Files given together with this one, for formats that are spread over several. */
  readonly others?: Others
}

/** Reads a foreign model, or a bundle of ours. The file's name is used in messages and provenance only. */
export function importModel(name: string, text: string, options: ImportOptions): Result<Imported> {
  const wanted = options.format
  if (wanted !== undefined && !FORMATS.some(format => format.read && format.name === wanted))
    return refuse({
      code: 'import.format',
      at: name,
      message: `No format is read under the name "${wanted}".`,
      cure: `Use one of ${namesOf('read')}, or leave the format out.`,
    })
  if (text.length > JSON_LIMITS.length) return tooLarge(name, text.length, JSON_LIMITS.length)
  const read = readAs(name, plainText(text), options)
  if (!read.ok || wanted === undefined || read.value.summary.format === wanted) return read
  return refuse({
    code: 'import.otherFormat',
    at: name,
    message: `The file is ${read.value.summary.format}, not ${wanted}.`,
    cure: 'Leave the format out, or name the one it has.',
  })
}

/** The text without a mark of its encoding, each line ended as every reader expects it. */
export function plainText(text: string): string {
  // Half a character is no text: no decoder makes one, but a program that hands texts over may.
  const whole = text.replace(/\p{Cs}/gu, '\uFFFD')
  const unmarked = whole.startsWith('\uFEFF') ? whole.slice(1) : whole
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked
}

function readAs(name: string, text: string, options: ImportOptions): Result<Imported> {
  const notation = notationOf(name, text)
  if (!notation.ok) return notation
  switch (notation.value.kind) {
    case 'json':
      return readParsed(parseJson(name, text), { name, text, options })
    case 'yaml':
      return readParsed(parseYaml(name, text), { name, text, options })
    case 'text': {
      const { format, read } = notation.value.reader
      return imported(format, read(name, text, options.stamp), { name, text, options })
    }
  }
}

type File = { readonly name: string; readonly text: string; readonly options: ImportOptions }

function readParsed(parsed: Result<unknown>, { name, text, options }: File): Result<Imported> {
  if (!parsed.ok) return parsed
  const found = formatOf(name, parsed.value)
  if (!found.ok) return found
  if (found.value === 'skeptic') return isStorable(parsed.value) ? readBundle(name, text, options) : unstorable(name)
  const { format, read } = found.value
  const model = read(name, parsed.value as Raw, options.stamp, options.others ?? new Map())
  return imported(format, model, { name, text, options })
}

/** A bundle is a design already: ids, provenance and all. */
function readBundle(name: string, text: string, { explain }: ImportOptions): Result<Imported> {
  const design = parseBundle(name, text, explain)
  if (!design.ok) return inside(name, design)
  return ok({
    design: design.value,
    summary: {
      format: 'skeptic',
      formatVersion: String(design.value.settings.design?.format ?? ''),
      counts: countsOf(design.value),
      losses: [],
      problems: integrityProblems(design.value),
    },
  })
}

/** Problems of files inside a bundle, with the bundle's name before theirs. */
function inside(name: string, { problems: [first, ...rest] }: Refusal): Refusal {
  const named = (problem: Problem) => (problem.at?.startsWith(name) ? problem : { ...problem, at: `${name}:${problem.at ?? ''}` })
  return { ok: false, problems: [named(first), ...rest.map(named)] }
}

function unstorable(name: string): Refusal {
  return refuse({
    code: 'bundle.text',
    at: name,
    message: 'It holds half a character or an infinite number, which no file can store.',
    cure: 'Write the bundle again with: skeptic export --format skeptic',
  })
}

function imported(row: string, model: Result<ReadModel>, { name, options }: File): Result<Imported> {
  if (!model.ok) return model
  const { format = row, formatVersion, report } = model.value
  const design = withAsImported(model.value.design, { file: name, stamp: options.stamp })
  const said = { losses: lossesOf(report), problems: report.problems }
  return ok({ design, summary: { format, formatVersion, counts: countsOf(design), ...said } })
}
