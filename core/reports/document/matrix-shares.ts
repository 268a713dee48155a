import { wordsOf } from './as-csv.ts'
import type { Block } from './types.ts'

/** So many characters fit into a cell of any column; and a column that is this much wider than others is wide enough. */
const FEW = 60
const MOST = 4

/** Shares of the width: first that of the heads of the rows, then those of the columns, alike unless one has far more to say. */
export function matrixShares({ columns, rows }: Extract<Block, { kind: 'matrix' }>): readonly number[] {
  const longest = columns.map((_, i) =>
    rows.reduce((most, { cells }) => Math.max(most, wordsOf(cells[i]?.spans ?? []).length), 0),
  )
  const heads = rows.reduce((most, { head }) => Math.max(most, wordsOf(head).length), 0)
  return [heads > 14 ? 2 : 1.2, ...longest.map(length => (length <= FEW ? 1 : Math.min(MOST, Math.sqrt(length / 20))))]
}
