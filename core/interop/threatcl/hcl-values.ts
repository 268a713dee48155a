import { type Ends, isEnd, scanExpression, tellText } from './hcl-expression.ts'
import { isHeredoc, readHeredoc } from './hcl-heredoc.ts'
import { checkKey, count, enter, type HclReader, NAME, shownAt, skipBlanks, stop, take } from './hcl-reader.ts'

/** A value as the file writes it. What would have to be computed is kept as its source. */
export type HclValue =
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'list'; readonly items: readonly HclValue[] }
  | { readonly is: 'object'; readonly entries: readonly HclEntry[] }
  | { readonly is: 'expression'; readonly source: string }

export type HclEntry = { readonly key: string; readonly value: HclValue }

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{ID_Continue}])/uy
const PIECE = /[^"\\$%\r\n]+/y
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[nrt"\\])/y
const ESCAPED: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t', '\\"': '"', '\\\\': '\\' }
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Reads one value and the blanks behind it. */
export function readValue(reader: HclReader, ends: Exclude<Ends, 'opened'>): HclValue {
  count(reader)
  const start = reader.at
  if (isEnd(reader, ends)) {
    stop(reader, start, `A value is expected, not ${shownAt(reader)}.`, 'Write a value, or take the name away.')
    return NOTHING
  }
  const value = readTerm(reader)
  if (value) {
    skipBlanks(reader, ends === 'list')
    if (isEnd(reader, ends)) return value
    if (!isOperator(reader)) tellTwo(reader, ends)
  }
  const end = scanExpression(reader, ends)
  return { is: 'expression', source: reader.text.slice(start, end).trimEnd() }
}

const NOTHING: HclValue = { is: 'literal', value: null }

/** What can go on after a value that is whole by itself. */
function isOperator({ text, at }: HclReader): boolean {
  return /^(==|!=|<(?!<)|[-+*/%>&|?.[])/.test(text.slice(at, at + 2))
}

function tellTwo(reader: HclReader, ends: Ends): void {
  const cure = ends === 'list' ? 'Put a comma between two values.' : 'Begin each attribute on a line of its own.'
  stop(reader, reader.at, `After a value stands ${shownAt(reader)}.`, cure)
}

/** A value that is whole by itself; nothing when it is an expression, of which some may have been passed. */
function readTerm(reader: HclReader): HclValue | undefined {
  const { text, at } = reader
  const char = text[at]
  if (char === '"') return textValue(readQuoted(reader))
  if (isHeredoc(reader)) return textValue(readHeredoc(reader))
  if (char === '[') return isFor(reader) ? undefined : readList(reader)
  if (char === '{') return isFor(reader) ? undefined : readObject(reader)
  const number = take(reader, NUMBER)
  if (number !== undefined) return { is: 'literal', value: Number(number) }
  return readWord(reader)
}

function readWord(reader: HclReader): HclValue | undefined {
  const start = reader.at
  const value = WORDS.get(take(reader, NAME) ?? '')
  if (value !== undefined) return { is: 'literal', value }
  reader.at = start
  return undefined
}

function textValue(value: string | undefined): HclValue | undefined {
  return value === undefined ? undefined : { is: 'literal', value }
}

const FOR = /[[{]\s*for\s+[\p{ID_Start}_]/uy

/** Whether these brackets compute a list or an object out of another. */
function isFor(reader: HclReader): boolean {
  FOR.lastIndex = reader.at
  return FOR.test(reader.text)
}

function readList(reader: HclReader): HclValue {
  const start = reader.at++
  const items: HclValue[] = []
  enter(reader, start)
  for (skipBlanks(reader, true); !reader.fault; skipBlanks(reader, true)) {
    if (isClosed(reader, ']', start)) break
    items.push(readValue(reader, 'list'))
    if (reader.text[reader.at] === ',') reader.at++
    else if (!reader.fault && reader.text[reader.at] !== ']') tellBrackets(reader, ']', start)
  }
  reader.depth--
  return { is: 'list', items }
}

/** An object; nothing when one of its keys would have to be computed, for then all of it is passed as an expression. */
function readObject(reader: HclReader): HclValue | undefined {
  const start = reader.at++
  const entries: HclEntry[] = []
  const keys = new Set<string>()
  enter(reader, start)
  for (skipBlanks(reader, true); !reader.fault && !isClosed(reader, '}', start); skipBlanks(reader, true)) {
    const offset = reader.at
    const key = readKey(reader)
    if (key === undefined) {
      reader.depth--
      scanExpression(reader, 'opened', [{ closes: '}', offset: start }])
      return undefined
    }
    checkKey(reader, key, offset)
    checkTwice(reader, { key, offset, keys })
    entries.push({ key, value: readValue(reader, 'line') })
    skipBlanks(reader, true)
    if (reader.text[reader.at] === ',') reader.at++
    else if (/[\])]/.test(reader.text[reader.at] ?? '')) tellBrackets(reader, '}', start)
  }
  reader.depth--
  return { is: 'object', entries }
}

/** A key with the sign behind it; nothing when it is no plain one. */
function readKey(reader: HclReader): string | undefined {
  const start = reader.at
  const key = reader.text[start] === '"' ? readQuoted(reader) : take(reader, NAME)
  skipBlanks(reader, false)
  if (key !== undefined && /[=:]/.test(reader.text[reader.at] ?? '') && reader.text[reader.at + 1] !== '=') {
    reader.at++
    skipBlanks(reader, false)
    return key
  }
  if (!reader.fault) reader.at = start
  return undefined
}

/** Refuses a name that its block or object holds already: one of the two would be lost. */
export function checkTwice(reader: HclReader, { key, offset, keys }: { key: string; offset: number; keys: Set<string> }): void {
  if (keys.has(key)) stop(reader, offset, `"${key.slice(0, 80)}" stands twice here.`, 'Keep one of the two.')
  keys.add(key)
}

function isClosed(reader: HclReader, closes: string, start: number): boolean {
  const char = reader.text[reader.at]
  if (char === closes) reader.at++
  else if (char === undefined) tellBrackets(reader, closes, start)
  return char === closes
}

function tellBrackets(reader: HclReader, closes: string, start: number): void {
  const isCut = reader.at >= reader.text.length
  const message = isCut
    ? `What is opened here is never closed with "${closes}".`
    : `"${closes}" is expected, not ${shownAt(reader)}.`
  const cure = isCut ? 'The file looks cut off: fetch it again, or close it.' : 'Close brackets in the order they were opened.'
  stop(reader, isCut ? start : reader.at, message, cure)
}

/** Reads a text in quotes, which stand on one line; nothing when parts of it are computed. */
export function readQuoted(reader: HclReader): string | undefined {
  const { text } = reader
  const offset = reader.at++
  const pieces: string[] = []
  while (!reader.fault) {
    pieces.push(take(reader, PIECE) ?? '')
    const char = text[reader.at]
    if (char === '"') {
      reader.at++
      return pieces.join('')
    }
    if (char === '\\') pieces.push(readEscape(reader))
    else if ((char === '$' || char === '%') && text[reader.at + 1] === '{') {
      scanExpression(reader, 'opened', [{ closes: '"', offset }])
      return undefined
    } else if (char === '$' || char === '%') pieces.push(readSign(reader, char))
    else tellText(reader, offset)
  }
  return undefined
}

function readEscape(reader: HclReader): string {
  ESCAPE.lastIndex = reader.at
  const [whole, short, long] = ESCAPE.exec(reader.text) ?? []
  const code = Number.parseInt(short ?? long ?? '0', 16)
  if (whole !== undefined && code <= 0x10ffff) {
    reader.at += whole.length
    return ESCAPED[whole] ?? String.fromCodePoint(code)
  }
  const shown = reader.text.slice(reader.at, reader.at + 2).trim()
  stop(reader, reader.at, `"${shown}" stands for nothing in a text.`, 'Write two backslashes for one.')
  return ''
}

/** A sign that is doubled to mean itself, or stands alone. */
function readSign(reader: HclReader, sign: string): string {
  const isDoubled = reader.text.startsWith(`${sign}${sign}{`, reader.at)
  reader.at += isDoubled ? 3 : 1
  return isDoubled ? `${sign}{` : sign
}
