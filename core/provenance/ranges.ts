/** Lines of a file, counted from 1, first and last included. */
export type LineRange = { readonly start: number; readonly end: number }

/** Numbers above it are no lines of anything, and sums of them would no longer be exact. */
export const LAST_LINE = 2 ** 31 - 1

/** Sorted, without overlap, touching ranges joined; what is no range is left out. */
export function joined(ranges: readonly LineRange[]): readonly LineRange[] {
  const done: { start: number; end: number }[] = []
  for (const { start, end } of ranges.filter(isRange).sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = done.at(-1)
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end)
    else done.push({ start, end })
  }
  return done
}

export function isRange({ start, end }: LineRange): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 1 && end >= start && end <= LAST_LINE
}

/** The part of a range that lies in another; undefined when none does. */
export function common(a: LineRange, b: LineRange): LineRange | undefined {
  const both = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) }
  return both.start <= both.end ? both : undefined
}

/** A range cut wherever one of the others begins or ends inside it. */
export function cutBy(range: LineRange, others: readonly LineRange[]): readonly LineRange[] {
  const inside = others.flatMap(({ start, end }) => [start, end + 1]).filter(at => at > range.start && at <= range.end)
  const starts = [...new Set([range.start, ...inside])].sort((a, b) => a - b)
  return starts.map((start, at) => ({ start, end: (starts[at + 1] ?? range.end + 1) - 1 }))
}

/** Whether a line lies in one of these ranges, which are sorted and apart. */
export function holds(ranges: readonly LineRange[], line: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const { start, end } = ranges[middle] as LineRange
    if (line < start) high = middle - 1
    else if (line > end) low = middle + 1
    else return true
  }
  return false
}

/** `3-9, 12`. */
export function rangeWords(ranges: readonly LineRange[], most = 8): string {
  const words = ranges.slice(0, most).map(({ start, end }) => (start === end ? String(start) : `${start}-${end}`))
  return ranges.length > most ? `${words.join(', ')} and ${ranges.length - most} more` : words.join(', ')
}

/** How many lines there are in ranges that do not overlap. */
export function linesIn(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0)
}
