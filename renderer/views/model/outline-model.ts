import type { OutlineRow } from '../../../core/dfd/outline.ts'

/** Rows that are seen: nothing under a row that is folded. */
export function visibleRows(rows: readonly OutlineRow[], folded: ReadonlySet<string>): readonly OutlineRow[] {
  let deeperThan = Number.POSITIVE_INFINITY
  return rows.filter(row => {
    if (row.depth > deeperThan) return false
    deeperThan = folded.has(row.id) ? row.depth : Number.POSITIVE_INFINITY
    return true
  })
}

/** Ids of rows that have others under them. */
export function parentsIn(rows: readonly OutlineRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(row => (row.under === undefined ? [] : [row.under])))
}

/** The next row from here on whose text begins with what was typed, going round once. */
export function rowStarting(texts: readonly string[], typed: string, at: number): number {
  const wanted = typed.toLowerCase()
  const order = texts.map((_, i) => (at + i + (typed.length === 1 ? 1 : 0)) % texts.length)
  return order.find(i => texts[i]?.toLowerCase().startsWith(wanted)) ?? -1
}

/** Where a row stands among those of its own parent, from 1, and how many there are. */
export function placesIn(rows: readonly OutlineRow[]): ReadonlyMap<string, { readonly at: number; readonly of: number }> {
  const families = new Map<string | undefined, string[]>()
  for (const { id, under } of rows) {
    const family = families.get(under)
    if (family) family.push(id)
    else families.set(under, [id])
  }
  const places = new Map<string, { readonly at: number; readonly of: number }>()
  for (const family of families.values()) for (const [i, id] of family.entries()) places.set(id, { at: i + 1, of: family.length })
  return places
}
