import { hasRow, rowsOf } from '../../model/table.ts'
import type { Design, Diagram, Flow } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'

/** A diagram as it will be written; the last may be one for what no diagram shows. */
export type Page = {
  /** None for the extra one. */
  readonly diagram: Diagram | undefined
  readonly elements: readonly string[]
  readonly flows: readonly string[]
  readonly areas: readonly string[]
  readonly curves: readonly string[]
}

/** One page for each diagram; what no diagram shows comes on an extra one, flows with their ends. */
export function pagesOf(design: Design): readonly Page[] {
  const pages = rowsOf(design.diagrams).map(diagram => pageOf(design, diagram))
  const shown = new Set(pages.flatMap(page => [...page.elements, ...page.flows, ...page.areas, ...page.curves]))
  const missing = <Row extends { readonly id: string }>(rows: readonly Row[]) => rows.filter(({ id }) => !shown.has(id))
  const flows = missing(rowsOf(design.flows))
  const elements = new Set([
    ...missing(rowsOf(design.elements)).map(({ id }) => id),
    ...flows.flatMap(row => endsOf(design, row)),
  ])
  const boundaries = missing(rowsOf(design.boundaries)).map(({ id }) => id)
  const extra = {
    diagram: undefined,
    elements: [...elements].sort(),
    flows: flows.map(({ id }) => id),
    ...split(design, boundaries),
  }
  return elements.size + flows.length + boundaries.length === 0 ? pages : [...pages, extra]
}

/** A flow is drawn where both its ends are; an end that leads nowhere is drawn loose. */
function pageOf(design: Design, diagram: Diagram): Page {
  const elements = idsOf(diagram.elements).filter(id => hasRow(design.elements, id))
  const drawn = new Set(elements)
  const flows = idsOf(diagram.flows).filter(id => {
    const flow = design.flows[id]
    return flow?.id === id && endsOf(design, flow).every(end => drawn.has(end))
  })
  const boundaries = idsOf(diagram.boundaries).filter(id => hasRow(design.boundaries, id))
  return { diagram, elements, flows, ...split(design, boundaries) }
}

function split(design: Design, boundaries: readonly string[]): Pick<Page, 'areas' | 'curves'> {
  const isCurve = (id: string) => design.boundaries[id]?.membership === 'unresolved'
  return { areas: boundaries.filter(id => !isCurve(id)), curves: boundaries.filter(isCurve) }
}

/** The elements that a flow really joins. */
export function endsOf(design: Design, { source, target }: Flow): readonly string[] {
  return [source, target].flatMap(end => (end !== undefined && hasRow(design.elements, end) ? [end] : []))
}
