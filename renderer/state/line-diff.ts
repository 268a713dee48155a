/** A line of either file. */
export type DiffLine = {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
  /** Line numbers in the old and the new file, counted from 1. */
  readonly before: number | undefined
  readonly after: number | undefined
}

/** Above this many lines on both sides together a file is shown as replaced, so that no file can stop the window. */
const LIMIT = 6000

/** The line by line difference of two texts; absent means the file was not there. */
export function diffLines(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  const a = linesOf(before)
  const b = linesOf(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const middle = changed(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const same = (text: string): Step => ({ kind: 'same', text })
  return numbered([...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)])
}

type Step = Pick<DiffLine, 'kind' | 'text'>

function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return []
  return text.replace(/\n$/, '').split('\n')
}

/** Longest common subsequence by dynamic programming; the trimmed middle of a review is small. */
function changed(a: readonly string[], b: readonly string[]): readonly Step[] {
  const removed = (text: string): Step => ({ kind: 'removed', text })
  const added = (text: string): Step => ({ kind: 'added', text })
  if (a.length + b.length > LIMIT || a.length * b.length > LIMIT * 500) return [...a.map(removed), ...b.map(added)]
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const steps: Step[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      steps.push({ kind: 'same', text: a[i] ?? '' })
      i++
      j++
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) steps.push(removed(a[i++] ?? ''))
    else steps.push(added(b[j++] ?? ''))
  }
  return [...steps, ...a.slice(i).map(removed), ...b.slice(j).map(added)]
}

function numbered(steps: readonly Step[]): readonly DiffLine[] {
  let before = 0
  let after = 0
  return steps.map(step => ({
    ...step,
    before: step.kind === 'added' ? undefined : ++before,
    after: step.kind === 'removed' ? undefined : ++after,
  }))
}

/** A stretch that is shown, or one that is only counted. */
export type Stretch<Line> =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'gap'; readonly lines: number; readonly key: string }

/** What changed with a few lines around it; the rest is counted. */
export function withContext<Line>(
  lines: readonly Line[],
  isSame: (line: Line) => boolean,
  around: number,
): readonly Stretch<Line>[] {
  const near = lines.map(() => false)
  for (const [at, line] of lines.entries())
    if (!isSame(line)) for (let i = Math.max(0, at - around); i <= Math.min(lines.length - 1, at + around); i++) near[i] = true
  const pieces: Stretch<Line>[] = []
  for (let at = 0; at < lines.length; ) {
    const isNear = near[at]
    const from = at
    while (at < lines.length && near[at] === isNear) at++
    const part = lines.slice(from, at)
    pieces.push(isNear ? { kind: 'lines', lines: part } : { kind: 'gap', lines: part.length, key: `gap ${from}` })
  }
  return pieces
}

/** The stretches of a difference as a review shows them. */
export function stretchesOf(lines: readonly DiffLine[], around = 4): readonly Stretch<DiffLine>[] {
  return withContext(lines, line => line.kind === 'same', around)
}

/** Lines that went and lines that came right after them, from a place on; both empty where a line stayed. */
export function exchangedAt(
  lines: readonly DiffLine[],
  at: number,
): { readonly removed: readonly DiffLine[]; readonly added: readonly DiffLine[] } {
  const removed = runOf(lines, at, 'removed')
  return { removed, added: runOf(lines, at + removed.length, 'added') }
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): readonly DiffLine[] {
  let to = from
  while (lines[to]?.kind === kind) to++
  return lines.slice(from, to)
}
