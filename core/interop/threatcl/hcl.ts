import { tooLarge } from '../../model/json.ts'
import { ok, type Result, refuse } from '../../support/result.ts'
import { placesIn } from '../reading/text-places.ts'
import { isEnd } from './hcl-expression.ts'
import {
  checkKey,
  count,
  enter,
  HCL_LIMITS,
  type HclReader,
  NAME,
  newReader,
  shownAt,
  skipBlanks,
  stop,
  take,
} from './hcl-reader.ts'
import { checkTwice, type HclValue, readQuoted, readValue } from './hcl-values.ts'

export type HclAttribute = { readonly name: string; readonly value: HclValue; readonly offset: number }

export type HclBlock = {
  readonly type: string
  readonly labels: readonly string[]
  readonly body: HclBody
  /** Where in the text it begins. */
  readonly offset: number
}

/** What stands in a file or between the brackets of a block. */
export type HclBody = { readonly attributes: readonly HclAttribute[]; readonly blocks: readonly HclBlock[] }

/**
 * Reads the structure of HCL 2 (hashicorp/hcl, hclsyntax/spec.md): attributes, blocks with labels, literal values. Nothing is
 * evaluated: an expression stays its source text. Takes time in proportion to the length of the text.
 */
export function parseHcl(file: string, text: string): Result<HclBody> {
  if (text.length > HCL_LIMITS.length) return tooLarge(file, text.length, HCL_LIMITS.length)
  const reader = newReader(text)
  const body = readBody(reader, undefined)
  if (!reader.fault) return ok(body)
  const { offset, ...fault } = reader.fault
  return refuse({ ...fault, at: placesIn(file, text).at(offset) })
}

/** A body up to the bracket that closes its block, or to the end of the file. */
function readBody(reader: HclReader, block: number | undefined): HclBody {
  const attributes: HclAttribute[] = []
  const blocks: HclBlock[] = []
  const keys = new Set<string>()
  for (skipBlanks(reader, true); !isBodyEnd(reader, block); skipBlanks(reader, true)) {
    count(reader)
    const offset = reader.at
    const name = take(reader, NAME)
    if (name === undefined) {
      tellName(reader)
      continue
    }
    checkKey(reader, name, offset)
    skipBlanks(reader, false)
    if (reader.text[reader.at] === '=' && reader.text[reader.at + 1] !== '=') {
      checkTwice(reader, { key: name, offset, keys })
      attributes.push({ name, value: readAttribute(reader), offset })
    } else blocks.push(readBlock(reader, name, offset))
  }
  return { attributes, blocks }
}

function isBodyEnd(reader: HclReader, block: number | undefined): boolean {
  const char = reader.text[reader.at]
  if (char === '}' && block !== undefined) {
    reader.at++
    return true
  }
  if (char === undefined && block !== undefined) {
    stop(reader, block, 'This block is never closed with "}".', 'The file looks cut off: fetch it again, or close it.')
  }
  return char === undefined || reader.fault !== undefined
}

function tellName(reader: HclReader): void {
  const isClosing = reader.text[reader.at] === '}'
  const cure = isClosing
    ? 'Take it away, or open the block it belongs to.'
    : 'Begin each line with the name of an attribute or a block.'
  stop(reader, reader.at, isClosing ? '"}" closes nothing.' : `A name is expected, not ${shownAt(reader)}.`, cure)
}

function readAttribute(reader: HclReader): HclValue {
  reader.at++
  skipBlanks(reader, false)
  const value = readValue(reader, 'line')
  if (!isEnd(reader, 'line') || /[,\])]/.test(reader.text[reader.at] ?? ''))
    stop(reader, reader.at, `After a value stands ${shownAt(reader)}.`, 'Begin each attribute on a line of its own.')
  return value
}

function readBlock(reader: HclReader, type: string, offset: number): HclBlock {
  const labels: string[] = []
  while (!reader.fault && reader.text[reader.at] !== '{') {
    const label = readLabel(reader)
    if (label !== undefined) labels.push(label)
    skipBlanks(reader, false)
  }
  reader.at++
  enter(reader, offset)
  const body = readBody(reader, offset)
  reader.depth--
  return { type, labels, body, offset }
}

/** A label is a text or a name; nothing in it is computed. */
function readLabel(reader: HclReader): string | undefined {
  const offset = reader.at
  count(reader)
  const label = reader.text[offset] === '"' ? readQuoted(reader) : take(reader, NAME)
  if (label !== undefined) checkKey(reader, label, offset)
  else if (reader.at > offset) stop(reader, offset, 'The label of a block holds an expression.', 'Write the label out.')
  else stop(reader, offset, `"=" or "{" is expected, not ${shownAt(reader)}.`, 'Write name = value, or name "label" { … }.')
  return label
}
