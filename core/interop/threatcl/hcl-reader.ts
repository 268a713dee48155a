/** Where reading stands, and why it stopped: the only thing of the HCL parser that is written to. */
export type HclReader = {
  readonly text: string
  at: number
  depth: number
  nodes: number
  fault: HclFault | undefined
}

/** Why a text is no HCL that is read, and where. */
export type HclFault = { readonly offset: number; readonly code: string; readonly message: string; readonly cure: string }

/** The largest public file of this kind has 100 kB and 6 levels. */
export const HCL_LIMITS = { length: 16 * 1024 * 1024, depth: 50, nodes: 200_000 } as const

/** A name as HCL has it. */
export const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy

const BLANK = /[ \t]+/y
const BLANKS = /[ \t\r\n]+/y
const LINE = /[^\n]*/y

/** A reader at the beginning of a text, after its byte order mark. */
export function newReader(text: string): HclReader {
  return { text, at: text.startsWith('\uFEFF') ? 1 : 0, depth: 0, nodes: 0, fault: undefined }
}

/** Notes the first fault and goes to the end, so that every loop comes to its own. */
export function stop(reader: HclReader, offset: number, message: string, cure: string, code = 'hcl.syntax'): void {
  reader.fault ??= { offset, code, message, cure }
  reader.at = reader.text.length
}

/** What a pattern finds here, which is then passed; nothing is passed when it finds nothing. The pattern must be sticky. */
export function take(reader: HclReader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

/** Passes blanks and comments; a comment that goes to the end of its line counts as that end. */
export function skipBlanks(reader: HclReader, overLines: boolean): void {
  const { text } = reader
  for (;;) {
    take(reader, overLines ? BLANKS : BLANK)
    if (text.startsWith('/*', reader.at)) skipNote(reader)
    else if (overLines && isLineNote(reader)) take(reader, LINE)
    else return
  }
}

/** Whether a comment that goes to the end of the line begins here. */
export function isLineNote({ text, at }: HclReader): boolean {
  return text[at] === '#' || text.startsWith('//', at)
}

/** Passes a comment between its signs. */
export function skipNote(reader: HclReader): void {
  const end = reader.text.indexOf('*/', reader.at + 2)
  if (end >= 0) reader.at = end + 2
  else stop(reader, reader.at, 'This comment is never closed.', 'Close it with */.')
}

/** Goes one level down, as far as anything real goes; `open` is where that level begins. */
export function enter(reader: HclReader, open: number, more = 0): void {
  if (++reader.depth + more <= HCL_LIMITS.depth) return
  const cure = 'No person writes such a file: check where it came from.'
  stop(reader, open, `Nested more than ${HCL_LIMITS.depth} levels deep.`, cure, 'hcl.limit')
}

/** Counts one more attribute, block or value. */
export function count(reader: HclReader): void {
  if (++reader.nodes <= HCL_LIMITS.nodes) return
  const message = `The file holds more than ${HCL_LIMITS.nodes} attributes, blocks and values.`
  stop(reader, reader.at, message, 'Split it into several files.', 'hcl.limit')
}

/** Refuses a key that reaches into every object of the program. */
export function checkKey(reader: HclReader, key: string, offset: number): void {
  if (key !== '__proto__') return
  const cure = 'Remove that key if you trust the file.'
  stop(reader, offset, `Holds the key "${key}", which no design uses and which attacks do.`, cure, 'hcl.key')
}

/** What stands here, as messages quote it. */
export function shownAt({ text, at }: HclReader): string {
  if (at >= text.length) return 'the end of the file'
  if (text[at] === '\n' || text[at] === '\r') return 'the end of the line'
  const word = /^(?:[\p{ID_Continue}-]{1,40}|[\s\S])/u.exec(text.slice(at, at + 41))?.[0] ?? ''
  return `"${word}"`
}
