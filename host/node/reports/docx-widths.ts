import { widthOf } from '../../../core/reports/diagram/text.ts'
import type { Cell, Span } from '../../../core/reports/document/types.ts'

/** Letters of cells in twentieths of a point, a little wider than they are: fonts differ. */
const LETTERS = 202
/** Words of more letters may be broken; where there is no room, words of fewer too, and those of the last number never. */
const LONG = [32, 22, 18, 15, 12]
/** Where a line may end: at blanks, and after the dash of a word longer than an id. */
const BREAKS = /\s+|(?<=\S{7}-)(?=\S{3})|(?<=\S-)(?=\S{9})/
/** Room left and right of what stands in a cell. */
export const BESIDE = 80

/**
 * Widths of columns in twentieths of a point: by their shares of the whole, and no narrower than their longest word as far as there is
 * room.
 */
export function widthsOf(
  whole: number,
  columns: readonly { readonly title: string; readonly share: number }[],
  rows: readonly (readonly Cell[])[],
): readonly number[] {
  const held = [columns.map(({ title }): Cell => ({ spans: [{ strong: title }] })), ...rows]
  const tried = LONG.map(long =>
    columns.map((_, i) => held.reduce((widest, row) => Math.max(widest, widestIn(row[i]?.spans ?? [], long)), 0)),
  )
  const least = tried.find(one => sum(one) < whole) ?? (tried.at(-1) as readonly number[])
  const needed = sum(least)
  if (needed >= whole) return least.map(one => Math.floor((one / needed) * whole))
  const shares = sum(columns.map(({ share }) => share))
  const wanted = columns.map(({ share }, i) => Math.max(least[i] ?? 0, (share / shares) * whole))
  const over = sum(wanted) - whole
  const slack = sum(wanted.map((one, i) => one - (least[i] ?? 0)))
  return wanted.map((one, i) => Math.floor(one - (slack > 0 ? ((one - (least[i] ?? 0)) / slack) * over : 0)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function widestIn(spans: readonly Span[], long: number): number {
  let widest = 0
  for (const span of spans)
    for (const word of typeof span === 'object' && 'ref' in span ? [wordsOf(span)] : wordsOf(span).split(BREAKS)) {
      const whole = word.length > long ? word.slice(0, long) : word
      widest = Math.max(widest, widthOf(whole, LETTERS * (typeof span === 'object' && 'strong' in span ? 1.12 : 1)))
    }
  return Math.ceil(widest) + 2 * BESIDE + 40
}

export function wordsOf(span: Span): string {
  if (typeof span === 'string') return span
  return 'ref' in span ? (span.text ?? span.ref) : 'code' in span ? span.code : span.strong
}

/** Ids of the design, and codes of checks as long as those. */
function isId(span: Span): boolean {
  return typeof span === 'object' && ('ref' in span || ('code' in span && span.code.length <= 12))
}

/** Spans with line ends between ids where the next would not fit whole: office programs break an id at its dash. */
export function withIdsWhole(spans: readonly Span[], width: number): readonly (Span | 'line end')[] {
  const room = width - 2 * BESIDE
  let at = 0
  const made: (Span | 'line end')[] = []
  for (const [i, span] of spans.entries()) {
    const next = spans[i + 1]
    const wide = widthOf(wordsOf(span), LETTERS)
    const fits = next === undefined || at + wide + widthOf(wordsOf(next), LETTERS) <= room
    const leadsToId = typeof span === 'string' && span.endsWith(' ') && next !== undefined && isId(next)
    if (leadsToId && !fits && at + wide <= room) {
      made.push(span.trimEnd(), 'line end')
      at = 0
    } else {
      made.push(span)
      at = (at + wide) % room
    }
  }
  return made
}
