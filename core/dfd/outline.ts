import { labelOf } from '../model/lookup.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { containmentOf } from './containment.ts'

/** One line of the outline, the canvas's twin for keyboards and screen readers. */
export type OutlineRow = {
  readonly kind: 'boundary' | 'element' | 'flow'
  readonly id: string
  /** 0 at the outside. */
  readonly depth: number
  /** The row it hangs under; none at the outside. */
  readonly under?: string
}

/** Everything drawn, as a tree read from top to bottom: boundaries, their elements, the flows each element sends. */
export function outlineOf(design: Design): readonly OutlineRow[] {
  const { boundariesIn, elementsIn } = containmentOf(design)
  const sent = flowsBySource(design)
  const rows: OutlineRow[] = []
  const waiting: OutlineRow[] = rowsFor(design, 'boundary', boundariesIn.get(undefined))
    .concat(rowsFor(design, 'element', elementsIn.get(undefined)))
    .concat(rowsFor(design, 'flow', sent.get(undefined)))
    .reverse()
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    rows.push(row)
    const below =
      row.kind === 'boundary'
        ? rowsFor(design, 'boundary', boundariesIn.get(row.id), row).concat(
            rowsFor(design, 'element', elementsIn.get(row.id), row),
          )
        : row.kind === 'element'
          ? rowsFor(design, 'flow', sent.get(row.id), row)
          : []
    for (const child of below.reverse()) waiting.push(child)
  }
  return rows
}

function rowsFor(design: Design, kind: OutlineRow['kind'], ids: readonly string[] | undefined, under?: OutlineRow): OutlineRow[] {
  return (ids ?? [])
    .map(id => ({ id, label: labelOf(design, id) }))
    .sort((a, b) => byText(a.label, b.label) || byText(a.id, b.id))
    .map(({ id }) => (under ? { kind, id, depth: under.depth + 1, under: under.id } : { kind, id, depth: 0 }))
}

function flowsBySource(design: Design): ReadonlyMap<string | undefined, readonly string[]> {
  const sent = new Map<string | undefined, string[]>()
  for (const flow of rowsOf(design.flows)) {
    const source = flow.source !== undefined && hasRow(design.elements, flow.source) ? flow.source : undefined
    const flows = sent.get(source)
    if (flows) flows.push(flow.id)
    else sent.set(source, [flow.id])
  }
  return sent
}
