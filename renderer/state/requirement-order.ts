import { rowsOf } from '../../core/model/table.ts'
import type { Design, Requirement } from '../../core/model/types.ts'
import { byText } from '../../core/support/order.ts'
import { groupedBy } from './grouped-by.ts'

/** A requirement in its place: how deep it stands, 0 for one that is a part of nothing. */
export type Outlined = { readonly row: Requirement; readonly depth: number }

/** Requirements as they are read: each with its parts below it, older first, and what is wholly retired last. */
export function requirementOutline({ requirements }: Pick<Design, 'requirements'>): readonly Outlined[] {
  const rows = rowsOf(requirements)
  const parts = groupedBy(rows, row => (row.parent !== undefined && requirements[row.parent] ? row.parent : ''))
  const placed = new Set<string>()
  const isOver = (row: Requirement, above: readonly string[] = []): boolean =>
    row.status === 'retired' &&
    (above.includes(row.id) || (parts.get(row.id) ?? []).every(part => isOver(part, [...above, row.id])))
  const inOrder = (some: readonly Requirement[]) =>
    some.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || byText(a.provenance.at, b.provenance.at))
  const place = (some: readonly Requirement[], depth: number): readonly Outlined[] =>
    inOrder(some).flatMap(row => {
      if (placed.has(row.id)) return []
      placed.add(row.id)
      return [{ row, depth }, ...place(parts.get(row.id) ?? [], depth + 1)]
    })
  const rooted = place(parts.get('') ?? [], 0)
  // What a merge closed to a circle hangs on no root; it is shown all the same.
  return [
    ...rooted,
    ...place(
      rows.filter(row => !placed.has(row.id)),
      0,
    ),
  ]
}

/** The one above at the same depth, which a requirement becomes a part of when it is indented; undefined for a first one. */
export function siblingAbove(design: Pick<Design, 'requirements'>, id: string): Requirement | undefined {
  const lines = requirementOutline(design)
  const at = lines.findIndex(({ row }) => row.id === id)
  const depth = lines[at]?.depth ?? 0
  for (let above = at - 1; above >= 0; above--) {
    const line = lines[above]
    if (!line || line.depth < depth) return undefined
    if (line.depth === depth) return line.row
  }
  return undefined
}
