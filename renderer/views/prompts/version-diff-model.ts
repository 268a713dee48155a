import { diffLines, diffWordsWithSpace } from 'diff'

/** A stretch of a line, marked where it differs from the other side. */
export type Part = { readonly text: string; readonly isMarked: boolean }

/** One line of one side. */
export type Side = { readonly number: number; readonly parts: readonly Part[] }

/** Two lines beside each other; on one side nothing where a line came or went. */
export type DiffRow = { readonly before: Side | undefined; readonly after: Side | undefined; readonly isSame: boolean }

/** Rows that are shown, or lines that are only counted. */
export type DiffPiece =
  | { readonly kind: 'rows'; readonly rows: readonly DiffRow[] }
  | { readonly kind: 'gap'; readonly lines: number; readonly key: string }

/** Two texts line by line; where a line was changed, word by word. */
export function diffRows(before: string, after: string): readonly DiffRow[] {
  const rows: DiffRow[] = []
  const at = { before: 1, after: 1 }
  let removed: readonly string[] = []
  for (const change of diffLines(`${before}\n`, `${after}\n`)) {
    const lines = change.value.replace(/\n$/, '').split('\n')
    if (change.removed) {
      removed = lines
      continue
    }
    if (change.added) {
      rows.push(...paired(removed, lines, at))
      removed = []
      continue
    }
    rows.push(...paired(removed, [], at))
    removed = []
    for (const text of lines) rows.push({ before: plain(text, at.before++), after: plain(text, at.after++), isSame: true })
  }
  return [...rows, ...paired(removed, [], at)]
}

type At = { before: number; after: number }

function paired(removed: readonly string[], added: readonly string[], at: At): readonly DiffRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const [old, now] = [removed[index], added[index]]
    const words = old !== undefined && now !== undefined ? diffWordsWithSpace(old, now) : undefined
    const side = (text: string | undefined, number: () => number, gone: 'added' | 'removed', own: 'added' | 'removed') =>
      text === undefined
        ? undefined
        : {
            number: number(),
            parts: words
              ? words.filter(word => !word[gone]).map(word => ({ text: word.value, isMarked: word[own] === true }))
              : [{ text, isMarked: false }],
          }
    return {
      before: side(old, () => at.before++, 'added', 'removed'),
      after: side(now, () => at.after++, 'removed', 'added'),
      isSame: false,
    }
  })
}

function plain(text: string, number: number): Side {
  return { number, parts: [{ text, isMarked: false }] }
}

/** What changed with a few lines around it; the rest is counted. */
export function withContext(rows: readonly DiffRow[], around = 3): readonly DiffPiece[] {
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - around), at + around + 1).some(row => !row.isSame))
  const pieces: DiffPiece[] = []
  for (let at = 0; at < rows.length; ) {
    const from = at
    const isNear = near[at]
    while (at < rows.length && near[at] === isNear) at++
    const part = rows.slice(from, at)
    pieces.push(isNear ? { kind: 'rows', rows: part } : { kind: 'gap', lines: part.length, key: `gap ${from}` })
  }
  return pieces
}
