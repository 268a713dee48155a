import { type DiffLine, diffLines, exchangedAt, type Stretch, withContext } from '../../state/line-diff.ts'
import { changedWords, type WordSpan } from '../../state/word-diff.ts'

/** One line of one side. */
export type Side = { readonly number: number; readonly parts: readonly WordSpan[] }

/** Two lines beside each other; on one side nothing where a line came or went. */
export type DiffRow = { readonly before: Side | undefined; readonly after: Side | undefined; readonly isSame: boolean }

/** Two texts line by line; where a line was changed, word by word. */
export function diffRows(before: string, after: string): readonly DiffRow[] {
  const lines = diffLines(`${before}\n`, `${after}\n`)
  const rows: DiffRow[] = []
  for (let at = 0; at < lines.length; ) {
    const { removed, added } = exchangedAt(lines, at)
    const line = lines[at]
    if (removed.length + added.length > 0) rows.push(...paired(removed, added))
    else if (line) rows.push({ before: side(line.text, line.before), after: side(line.text, line.after), isSame: true })
    at += Math.max(1, removed.length + added.length)
  }
  return rows
}

/** The rows that changed with a few around them; the rest is counted. */
export function rowStretches(rows: readonly DiffRow[]): readonly Stretch<DiffRow>[] {
  return withContext(rows, row => row.isSame, 3)
}

function paired(removed: readonly DiffLine[], added: readonly DiffLine[]): readonly DiffRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const [old, now] = [removed[index], added[index]]
    const words = old && now && changedWords(old.text, now.text)
    return {
      before: old && side(old.text, old.before, words?.before),
      after: now && side(now.text, now.after, words?.after),
      isSame: false,
    }
  })
}

function side(text: string, number: number | undefined, parts?: readonly WordSpan[]): Side {
  return { number: number ?? 0, parts: parts ?? [{ text, isChanged: false }] }
}
