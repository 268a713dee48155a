/** One page of a list, and where the next one starts. */
export type Page<T> = { readonly rows: readonly T[]; readonly total: number; readonly next?: number }

const ROWS = 50
/** Characters of JSON in one page: some ten thousand tokens, which is where coding tools begin to complain. */
const CHARACTERS = 40_000

/** As many rows from a place on as fit; always at least one, so that paging comes to its end. */
export function pageOf<T>(
  all: readonly T[],
  { from = 0, limit = ROWS }: { readonly from?: number; readonly limit?: number },
): Page<T> {
  const rows: T[] = []
  let size = 0
  for (const row of all.slice(from, from + limit)) {
    size += JSON.stringify(row).length
    if (rows.length > 0 && size > CHARACTERS) break
    rows.push(row)
  }
  const next = from + rows.length
  return { rows, total: all.length, ...(next < all.length && rows.length > 0 ? { next } : {}) }
}

/** A text in parts of bounded length, cut at ends of lines where there are any; joined they are the text. */
export function partsOf(text: string, length = 24_000): readonly string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > length) {
    const end = rest.lastIndexOf('\n', length - 1) + 1
    const cut = end > 0 ? end : /[\ud800-\udbff]/.test(rest.charAt(length - 1)) ? length - 1 : length
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...parts, rest]
}
