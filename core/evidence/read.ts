import { parseJson, tooLarge } from '../model/json.ts'
import { type Result, refuse } from '../support/result.ts'
import { type Foreign, foreignOf } from './foreign.ts'
import { FORMATS, type Reader } from './formats.ts'
import { isObject } from './loose.ts'
import type { Evidence } from './types.ts'
import { rootOf } from './xml.ts'

/** UTF-16 units of the largest report that is read. */
export const EVIDENCE_LENGTH = 128 * 1024 * 1024

/** Facts of a report. The format is told by the content: names lie, and several tools write SARIF into `.json`. */
export function readEvidence(file: string, text: string): Result<Evidence> {
  if (text.length > EVIDENCE_LENGTH) return tooLarge(file, text.length, EVIDENCE_LENGTH)
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  const start = clean.search(/\S/)
  const first = clean.charAt(start)
  if (start < 0)
    return refuse({
      code: 'evidence.empty',
      at: file,
      message: 'The file is empty.',
      cure: 'Run the tool again and look at how it ended.',
    })
  if (first === '<') return readXml(file, clean)
  const plain = readerOf('text', reader => reader.isText(clean))
  if (plain) return plain.read(file, clean)
  const foreign = foreignOf({ text: clean.slice(start, start + 1000) })
  if (foreign) return notRead(file, foreign)
  if (first !== '{' && first !== '[') return readBare(file, clean)
  const parsed = parseJson(file, clean, { length: EVIDENCE_LENGTH, depth: 200 })
  if (!parsed.ok) return parsed
  const json = readerOf('json', reader => reader.isJson(parsed.value))
  if (json) return json.read(file, parsed.value)
  const known = foreignOf({ value: parsed.value })
  return known ? notRead(file, known) : unknownFormat(file, `JSON of another kind${keysOf(parsed.value)}`)
}

function readXml(file: string, text: string): Result<Evidence> {
  const root = rootOf(text)
  const reader = readerOf('xml', one => root !== undefined && one.roots.includes(root.name))
  // What is no well-formed XML is refused by a reader, with its place.
  const any = reader ?? (root === undefined ? readerOf('xml', () => true) : undefined)
  if (any) return any.read(file, text)
  const foreign = root && foreignOf({ root: root.name })
  if (foreign) return notRead(`${file}:${root.line}:1`, foreign)
  return unknownFormat(`${file}:${root?.line}:1`, `XML with the root <${root?.name.slice(0, 60)}>`)
}

/** The one word that some tools print for a clean report. */
function readBare(file: string, text: string): Result<Evidence> {
  if (text.trim() !== 'null') return unknownFormat(file, 'neither XML nor JSON')
  return refuse({
    code: 'evidence.nothing',
    at: file,
    message: 'The file holds the word null: nothing says which tool wrote it or what it looked at.',
    cure: 'Use a newer version of the tool; older ones of Trivy write this for a clean report.',
  })
}

type Of<K extends Reader['kind']> = Extract<Reader, { readonly kind: K }>

function readerOf<K extends Reader['kind']>(kind: K, fits: (reader: Of<K>) => boolean): Of<K> | undefined {
  return FORMATS.find((reader): reader is Of<K> => reader.kind === kind && fits(reader as Of<K>))
}

function keysOf(value: unknown): string {
  const keys = isObject(value) ? Object.keys(value).slice(0, 4) : []
  return keys.length > 0 ? ` (it begins with ${keys.map(key => `"${key.slice(0, 30)}"`).join(', ')})` : ''
}

function notRead(at: string, { title, cure }: Foreign): Result<never> {
  return refuse({ code: 'evidence.format', at, message: `The file is ${title}; that is not read.`, cure })
}

function unknownFormat(file: string, what: string): Result<never> {
  return refuse({
    code: 'evidence.format',
    at: file,
    message: `The file is ${what}; that is no format of evidence that is read.`,
    cure: 'Formats that are read: skeptic formats --evidence. Most tools can write SARIF, JUnit XML or CycloneDX.',
  })
}
