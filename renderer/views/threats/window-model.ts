/** A piece of a long list: rows that are drawn, or the height of those that are not. */
export type Piece =
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  | { readonly kind: 'gap'; readonly from: number; readonly rows: number }

/** Rows drawn beyond the edges of the view, so that a small scroll shows no gap. */
const AROUND = 12

/** What of a list is in view; rows are equally high. `to` is not part of it. */
export function inView(view: { readonly top: number; readonly height: number; readonly row: number }, count: number) {
  const from = Math.max(0, Math.min(count, Math.floor(view.top / view.row) - AROUND))
  const to = Math.min(count, Math.ceil((view.top + view.height) / view.row) + AROUND)
  return { from, to: Math.max(from, to) }
}

/** The list in pieces: what is in view, the row that holds the focus wherever it is, and gaps for all others. */
export function piecesOf(
  count: number,
  { from, to }: { readonly from: number; readonly to: number },
  kept: number,
): readonly Piece[] {
  const isApart = kept >= 0 && kept < count && (kept < from || kept >= to)
  const drawn = isApart
    ? kept < from
      ? [
          [kept, kept + 1],
          [from, to],
        ]
      : [
          [from, to],
          [kept, kept + 1],
        ]
    : [[from, to]]
  const pieces: Piece[] = []
  let at = 0
  for (const [start = 0, end = 0] of drawn) {
    if (start > at) pieces.push({ kind: 'gap', from: at, rows: start - at })
    if (end > start) pieces.push({ kind: 'rows', from: start, to: end })
    at = end
  }
  if (count > at) pieces.push({ kind: 'gap', from: at, rows: count - at })
  return pieces
}
