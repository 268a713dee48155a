import { isHeredoc, readHeredoc } from './hcl-heredoc.ts'
import { enter, type HclReader, isLineNote, shownAt, skipBlanks, skipNote, stop, take } from './hcl-reader.ts'

/** Something that was opened, where, and the sign that closes it. A quote stands for a text, all else for a pair of brackets. */
export type Opened = { readonly closes: string; readonly offset: number }

/** How a value ends: with its line, with a comma or bracket of the list around it, or with what was open at first. */
export type Ends = 'line' | 'list' | 'opened'

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const WORDS = /[\p{ID_Continue} \t.:?+*&|!>%~-]+/uy
const TEXT = /[^"\\$%\r\n]+/y
const LINE = /[^\n]*/y

/**
 * Passes an expression without asking what it means: only brackets, texts and comments are told apart. Says where it ends, for a
 * comment behind it is no part of it.
 */
export function scanExpression(reader: HclReader, ends: Ends, opened: readonly Opened[] = []): number {
  const open: Opened[] = []
  let end = reader.at
  for (const one of opened) push(reader, open, one)
  while (!reader.fault && !(ends === 'opened' && open.length === 0)) {
    const inner = open.at(-1)
    if (inner && reader.at >= reader.text.length) tellOpen(reader, inner)
    else if (inner?.closes === '"') scanText(reader, open, inner)
    else if (!inner && isEnd(reader, ends)) return end
    else if (!inner && isNote(reader)) skipBlanks(reader, ends === 'list')
    else {
      scanCode(reader, open, inner)
      end = reader.at
    }
  }
  return reader.at
}

function isNote(reader: HclReader): boolean {
  return isLineNote(reader) || reader.text.startsWith('/*', reader.at)
}

/** Whether nothing more of a value can follow here. */
export function isEnd(reader: HclReader, ends: Ends): boolean {
  const { text, at } = reader
  if (at >= text.length || /[,\]})]/.test(text[at] ?? '')) return true
  return ends === 'line' && (/[\r\n]/.test(text[at] ?? '') || isLineNote(reader))
}

function push(reader: HclReader, open: Opened[], one: Opened): void {
  open.push(one)
  enter(reader, one.offset)
}

function pop(reader: HclReader, open: Opened[]): void {
  open.pop()
  reader.depth--
}

function scanCode(reader: HclReader, open: Opened[], inner: Opened | undefined): void {
  const { text } = reader
  if (take(reader, WORDS) !== undefined) return
  const offset = reader.at
  const char = text[offset] ?? ''
  const closes = char === '"' ? '"' : CLOSING[char]
  if (closes !== undefined) {
    reader.at++
    push(reader, open, { closes, offset })
  } else if (text.startsWith('/*', offset)) skipNote(reader)
  else if (isLineNote(reader)) take(reader, LINE)
  else if (isHeredoc(reader)) readHeredoc(reader)
  else if (char === '=') scanEqual(reader, inner)
  else if (/[)\]}]/.test(char)) {
    if (inner?.closes === char) pop(reader, open)
    else
      stop(
        reader,
        offset,
        `"${char}" closes nothing: "${inner?.closes}" is expected.`,
        'Close brackets in the order they were opened.',
      )
    reader.at++
  } else if (/[\s,/<]/.test(char)) reader.at++
  else tellStray(reader, char)
}

/** Outside of brackets a single = belongs to the next attribute. */
function scanEqual(reader: HclReader, inner: Opened | undefined): void {
  const { text, at } = reader
  if (text[at + 1] === '=') reader.at += 2
  else if (inner || /[!<>]/.test(text[at - 1] ?? '')) reader.at++
  else stop(reader, at, 'A second "=" stands in the same attribute.', 'Begin each attribute on a line of its own.')
}

function scanText(reader: HclReader, open: Opened[], { offset }: Opened): void {
  take(reader, TEXT)
  const { text, at } = reader
  const char = text[at] ?? ''
  if (char === '"') {
    pop(reader, open)
    reader.at++
  } else if (char === '\\') reader.at += /[\r\n]/.test(text[at + 1] ?? '') ? 1 : 2
  else if (char === '$' || char === '%') scanSign(reader, open, char)
  else if (char !== '') tellText(reader, offset)
}

/** Doubled, the sign means itself; before a bracket it begins something computed. */
function scanSign(reader: HclReader, open: Opened[], sign: string): void {
  const { text, at } = reader
  if (text.startsWith(`${sign}${sign}{`, at)) reader.at += 3
  else if (text[at + 1] === '{') {
    reader.at += 2
    push(reader, open, { closes: '}', offset: at })
  } else reader.at++
}

/** Says that a text does not end on its line. */
export function tellText(reader: HclReader, offset: number): void {
  stop(reader, offset, 'This text is never closed.', 'Close it with a quote on the same line, or write it between <<EOT and EOT.')
}

function tellOpen(reader: HclReader, { closes, offset }: Opened): void {
  if (closes === '"') tellText(reader, offset)
  else
    stop(
      reader,
      offset,
      `What is opened here is never closed with "${closes}".`,
      'The file looks cut off: fetch it again, or close it.',
    )
}

function tellStray(reader: HclReader, char: string): void {
  const cure = char === "'" ? 'Write texts in double quotes.' : 'Write texts in quotes, and take away what does not belong there.'
  stop(reader, reader.at, `${shownAt(reader)} means nothing here.`, cure)
}
