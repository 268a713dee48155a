/** Tells where in the file an offset is, as people count. */
export type Places = {
  /** `file:line:column` of an offset. */
  readonly at: (offset: number) => string
  /** The same for a character of a text that begins at `inside`: written with references, it is further on than it looks. */
  readonly within: (inside: number, characters: number) => string
}

/** The places of one file; lines are found once, so that thousands of questions stay cheap. */
export function placesIn(file: string, text: string): Places {
  let starts: readonly number[] | undefined
  const at = (offset: number) => {
    starts ??= lineStarts(text)
    const line = lineOf(starts, offset)
    return `${file}:${line}:${offset - (starts[line - 1] as number) + 1}`
  }
  return { at, within: (inside, characters) => at(rawOffset(text, inside, characters)) }
}

function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0]
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
  return starts
}

/** The number of the last line that begins at or before the offset, from 1. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

const PIECES = /<!--[\s\S]*?-->|<!\[CDATA\[|\]\]>|&#?\w+;|\r\n|[\s\S]/gy
const MARKUP = /^(<!|\]\]>)/

/** Walks the text as it is written until so many characters of its meaning have passed. */
function rawOffset(text: string, inside: number, characters: number): number {
  PIECES.lastIndex = inside
  let passed = 0
  for (let piece = PIECES.exec(text); piece; piece = PIECES.exec(text)) {
    if (MARKUP.test(piece[0])) continue
    if (passed === characters) return piece.index
    passed++
  }
  return text.length
}
