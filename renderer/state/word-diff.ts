import { type DiffLine, exchangedAt } from './line-diff.ts'

/** A piece of a line, and whether it is what changed. */
export type WordSpan = { readonly text: string; readonly isChanged: boolean }

/** Above this many words a line is not compared word by word. */
const LONG = 400

/** Which words of two lines differ; nothing where the lines have too little in common for it to help. */
export function changedWords(
  before: string,
  after: string,
): { readonly before: readonly WordSpan[]; readonly after: readonly WordSpan[] } | undefined {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  if (a.length > LONG || b.length > LONG) return undefined
  const common = commonWords(a, b)
  const shared = a
    .filter((_, at) => common.a[at])
    .join('')
    .replace(/\s/g, '').length
  const longest = Math.max(before.replace(/\s/g, '').length, after.replace(/\s/g, '').length)
  if (shared * 3 < longest) return undefined
  return { before: spans(a, common.a), after: spans(b, common.b) }
}

function wordsOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []
}

/** Longest common subsequence of words. */
function commonWords(a: readonly string[], b: readonly string[]) {
  const width = b.length + 1
  const best = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => best[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const common = { a: a.map(() => false), b: b.map(() => false) }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      common.a[i++] = true
      common.b[j++] = true
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return common
}

function spans(words: readonly string[], isCommon: readonly boolean[]): readonly WordSpan[] {
  const out: WordSpan[] = []
  for (const [at, text] of words.entries()) {
    const isChanged = isCommon[at] !== true
    const last = out.at(-1)
    if (last && last.isChanged === isChanged) out[out.length - 1] = { text: last.text + text, isChanged }
    else out.push({ text, isChanged })
  }
  return out
}

/** The changed words of a stretch: lines removed and lines added right after them are compared pair by pair. */
export function wordsIn(lines: readonly DiffLine[]): ReadonlyMap<DiffLine, readonly WordSpan[]> {
  const found = new Map<DiffLine, readonly WordSpan[]>()
  for (let at = 0; at < lines.length; ) {
    const { removed, added } = exchangedAt(lines, at)
    for (const [i, line] of removed.entries()) {
      const other = removed.length === added.length ? added[i] : undefined
      const words = other && changedWords(line.text, other.text)
      if (!other || !words) continue
      found.set(line, words.before)
      found.set(other, words.after)
    }
    at += Math.max(1, removed.length + added.length)
  }
  return found
}
