import { type Box, centreOf, type Point } from '../../dfd/geometry.ts'
import { hasRow, rowAt } from '../../model/table.ts'
import type { Boundary, Design, Element, Flow, Layout } from '../../model/types.ts'
import type { Raw } from '../reading/json-fields.ts'
import { originalIdFrom } from '../writing/foreign.ts'
import { type Places, placesOn } from '../writing/places.ts'
import { boxCell, curveCell, type End, elementCell, flowCell, TOOL } from './cells.ts'
import type { Claim } from './claims.ts'
import type { Page } from './pages.ts'
import { NO_THREATS, type WrittenThreats } from './threats-on.ts'

/** What drawing a page needs besides the page. */
export type Drawing = {
  readonly design: Design
  readonly claim: Claim
  readonly threatsOn: (thing: string) => WrittenThreats
  /** Things drawn on an earlier page: their threats stand there. */
  readonly drawn: Set<string>
}

/** A page with its cells. */
export type Drawn = { readonly page: Page; readonly cells: readonly Raw[]; readonly isRearranged: boolean }

/** Draws boundaries, then elements in them, then the lines. */
export function drawPage(drawing: Drawing, page: Page): Drawn {
  const { design } = drawing
  const diagram = page.diagram?.id ?? ''
  const places = placesOn(design, { diagram, elements: page.elements, areas: page.areas })
  const on: OnPage = { ...drawing, diagram, places, below: bottomOf(places) }
  const cells = new Map<string, string>()
  for (const id of [...page.areas, ...page.elements, ...page.flows, ...page.curves]) cells.set(id, cellFor(on, id))
  const boxes = page.areas.flatMap(id => boxOf(on, cells, rowAt(design.boundaries, id)))
  const nodes = page.elements.flatMap(id => nodeOf(on, cells, rowAt(design.elements, id)))
  const flows = page.flows.flatMap((id, i) => flowOf(on, cells, { flow: rowAt(design.flows, id), nth: i }))
  const curves = page.curves.flatMap((id, i) =>
    curveOf(on, cells, { boundary: rowAt(design.boundaries, id), nth: page.flows.length + i }),
  )
  for (const id of cells.keys()) drawing.drawn.add(id)
  return { page, cells: [...boxes, ...nodes, ...flows, ...curves], isRearranged: places.isRearranged }
}

type OnPage = Drawing & { readonly diagram: string; readonly places: Places; readonly below: number }
type Cells = ReadonlyMap<string, string>

function cellFor({ design, claim, diagram }: OnPage, id: string): string {
  const row = rowAt(design.elements, id) ?? rowAt(design.flows, id) ?? rowAt(design.boundaries, id)
  return claim(row && originalIdFrom(TOOL, row), id, diagram)
}

function layoutOf({ design, diagram }: OnPage, id: string): Layout | undefined {
  return rowAt(design.layout, `${diagram}.${id}`)
}

/** A thing on several pages has its threats on the first, or there would be twice as many. */
function threatsFor({ drawn, threatsOn }: OnPage, id: string): WrittenThreats {
  return drawn.has(id) ? NO_THREATS : threatsOn(id)
}

/** The boundary around a thing is written only where the drawing does not show it. */
function ourKeys({ design, places }: OnPage, id: string, outer: string | undefined): Raw {
  const isShown = outer === undefined || !hasRow(design.boundaries, outer) || places.around(id) === outer
  return isShown ? { id } : { id, inside: outer }
}

function boxOf(on: OnPage, cells: Cells, boundary: Boundary | undefined): readonly Raw[] {
  const box = boundary && on.places.boxes.get(boundary.id)
  if (!box) return []
  let depth = 0
  for (let at = on.places.around(box.id); at !== undefined && depth < 999; at = on.places.around(at)) depth++
  return [boxCell(boundary, { box, depth }, { cell: cells.get(box.id) ?? '', skeptic: ourKeys(on, box.id, boundary.parent) })]
}

function nodeOf(on: OnPage, cells: Cells, element: Element | undefined): readonly Raw[] {
  const box = element && on.places.boxes.get(element.id)
  if (!box) return []
  const skeptic = ourKeys(on, box.id, element.boundary)
  return [elementCell(element, box, { cell: cells.get(box.id) ?? '', skeptic, threats: threatsFor(on, box.id) })]
}

type Nth<Row> = Row & { readonly nth: number }

function flowOf(on: OnPage, cells: Cells, { flow, nth }: Nth<{ flow: Flow | undefined }>): readonly Raw[] {
  if (!flow) return []
  const layout = layoutOf(on, flow.id)
  const [from, to] = [boxAt(on, flow.source), boxAt(on, flow.target)]
  const source = endOf(cells, from, layout?.start ?? loose(on, to, { nth, side: -1 }))
  const target = endOf(cells, to, layout?.end ?? loose(on, from, { nth, side: 1 }))
  const skeptic = { id: flow.id }
  return [
    flowCell(flow, { source, target, layout }, { cell: cells.get(flow.id) ?? '', skeptic, threats: threatsFor(on, flow.id) }),
  ]
}

function curveOf(on: OnPage, cells: Cells, { boundary, nth }: Nth<{ boundary: Boundary | undefined }>): readonly Raw[] {
  if (!boundary) return []
  const layout = layoutOf(on, boundary.id)
  const source = whole(layout?.start ?? loose(on, undefined, { nth, side: -1 }))
  const target = whole(layout?.end ?? loose(on, undefined, { nth, side: 1 }))
  const parts = { cell: cells.get(boundary.id) ?? '', skeptic: ourKeys(on, boundary.id, boundary.parent) }
  return [curveCell(boundary, { source, target, layout }, parts)]
}

function boxAt({ places }: OnPage, element: string | undefined): Box | undefined {
  return element === undefined ? undefined : places.boxes.get(element)
}

/** An end on a cell names it; Threat Dragon opens no diagram in which a line names a cell that is not there. */
function endOf(cells: Cells, box: Box | undefined, point: Point): End {
  const cell = box && cells.get(box.id)
  return cell === undefined ? whole(point) : { cell }
}

/** A place for an end that has none: beside the other end, or below the drawing. */
function loose({ below }: OnPage, other: Box | undefined, { nth, side }: { nth: number; side: number }): Point {
  if (!other) return { x: 200 + side * 80, y: below + 60 + 30 * nth }
  const centre = centreOf(other)
  return { x: centre.x + side * (other.width / 2 + 80), y: centre.y + other.height / 2 + 40 }
}

function whole({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) }
}

function bottomOf({ boxes }: Places): number {
  let bottom = 0
  for (const box of boxes.values()) bottom = Math.max(bottom, box.y + box.height)
  return bottom
}
