import { hasRow, rowsOf } from '../model/table.ts'
import type { Boundary, Design, Element, Table } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { chainFrom } from './interactions.ts'

/** What lies directly inside each boundary; `undefined` is the outside. Ids in order. */
export type Containment = {
  readonly boundariesIn: ReadonlyMap<string | undefined, readonly string[]>
  readonly elementsIn: ReadonlyMap<string | undefined, readonly string[]>
}

/** What lies where, as a tree: a parent that is missing, or that would close a circle, counts as none. */
export function containmentOf(design: Design): Containment {
  return derive(design.boundaries, design.elements)
}

const derive = memoLast((boundaries: Table<Boundary>, elements: Table<Element>): Containment => {
  const cut = circleHeads(boundaries)
  return {
    boundariesIn: groupBy(rowsOf(boundaries), row => (cut.has(row.id) ? undefined : known(boundaries, row.parent))),
    elementsIn: groupBy(rowsOf(elements), row => known(boundaries, row.boundary)),
  }
})

/** The first boundary by id of every circle of parents; there the circle is cut. */
function circleHeads(boundaries: Table<Boundary>): ReadonlySet<string> {
  const heads = new Set<string>()
  const settled = new Set<string>()
  for (const { id: start } of rowsOf(boundaries)) {
    const path = new Set<string>()
    let id: string | undefined = start
    while (id !== undefined && !settled.has(id) && !path.has(id) && hasRow(boundaries, id)) {
      path.add(id)
      id = boundaries[id]?.parent
    }
    const head = id !== undefined && path.has(id) ? smallest(chainFrom(boundaries, id)) : undefined
    if (head !== undefined) heads.add(head)
    for (const seen of path) settled.add(seen)
  }
  return heads
}

function smallest(ids: readonly string[]): string | undefined {
  return ids.reduce<string | undefined>((least, id) => (least !== undefined && least < id ? least : id), undefined)
}

function known(boundaries: Table<Boundary>, id: string | undefined): string | undefined {
  return id !== undefined && hasRow(boundaries, id) ? id : undefined
}

function groupBy<Row extends { readonly id: string }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | undefined,
): ReadonlyMap<string | undefined, readonly string[]> {
  const groups = new Map<string | undefined, string[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row.id)
    else groups.set(key, [row.id])
  }
  return groups
}
