import { hasRow, rowsOf } from '../../model/table.ts'
import type { Design, Diagram, Flow } from '../../model/types.ts'

/** What one page shows; ids in order. A curve has no area, whatever lies behind it. */
export type WrittenPage = {
  readonly diagram: Diagram | undefined
  readonly name: string
  readonly elements: readonly string[]
  readonly flows: readonly string[]
  readonly boxes: readonly string[]
  readonly curves: readonly string[]
}

/** One page for each diagram, and one more for what is on none of them; a design without diagrams has one page with everything. */
export function pagesFor(design: Design): readonly WrittenPage[] {
  const pages = rowsOf(design.diagrams).map(diagram => pageOf(design, diagram))
  const shown = new Set(pages.flatMap(({ elements, flows, boxes, curves }) => [...elements, ...flows, ...boxes, ...curves]))
  const rest = restOf(design, shown, pages.length === 0)
  return rest ? [...pages, rest] : pages
}

type Links = Readonly<Record<string, true>> | undefined

function pageOf(design: Design, diagram: Diagram): WrittenPage {
  const has = (links: Links, id: string) => links !== undefined && Object.hasOwn(links, id)
  return {
    diagram,
    name: diagram.name,
    ...contents(design, {
      element: id => has(diagram.elements, id),
      boundary: id => has(diagram.boundaries, id),
      flow: flow => has(diagram.flows, flow.id) && endsOf(design, flow).every(id => has(diagram.elements, id)),
    }),
  }
}

/** Ends of a flow that lead to an element of the design. */
export function endsOf(design: Design, { source, target }: Flow): readonly string[] {
  return [source, target].filter((id): id is string => id !== undefined && hasRow(design.elements, id))
}

/** Flows that no page shows bring the elements at their ends with them. */
function restOf(design: Design, shown: ReadonlySet<string>, isAll: boolean): WrittenPage | undefined {
  const isLeft = (id: string) => !shown.has(id)
  const flows = rowsOf(design.flows).filter(({ id }) => isLeft(id))
  const ends = new Set(flows.flatMap(flow => endsOf(design, flow)))
  const page = contents(design, {
    element: id => isLeft(id) || ends.has(id),
    boundary: isLeft,
    flow: ({ id }) => isLeft(id),
  })
  const count = page.elements.length + page.flows.length + page.boxes.length + page.curves.length
  if (count === 0 && !isAll) return undefined
  return { diagram: undefined, name: isAll ? 'Overview' : 'Not on any diagram', ...page }
}

type Shown = {
  readonly element: (id: string) => boolean
  readonly boundary: (id: string) => boolean
  readonly flow: (flow: Flow) => boolean
}

function contents(design: Design, shown: Shown): Omit<WrittenPage, 'diagram' | 'name'> {
  const boundaries = rowsOf(design.boundaries).filter(({ id }) => shown.boundary(id))
  const idsIn = (isCurve: boolean) =>
    boundaries.flatMap(({ id, membership }) => ((membership === 'unresolved') === isCurve ? [id] : []))
  return {
    elements: rowsOf(design.elements).flatMap(({ id }) => (shown.element(id) ? [id] : [])),
    flows: rowsOf(design.flows).flatMap(flow => (shown.flow(flow) ? [flow.id] : [])),
    boxes: idsIn(false),
    curves: idsIn(true),
  }
}
