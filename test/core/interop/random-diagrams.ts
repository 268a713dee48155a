import fc from 'fast-check'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Diagram, Layout } from '../../../core/model/types.ts'
import { lines, maybe, nameText, provenance } from './random-texts.ts'

const coordinate = fc.integer({ min: -300, max: 900 })
const size = fc.integer({ min: 20, max: 400 })
const point = fc.record({ x: coordinate, y: coordinate })
const place = fc.record({
  at: maybe(point),
  size: maybe(fc.record({ width: size, height: size })),
  vertices: maybe(fc.array(point, { minLength: 1, maxLength: 2 })),
  label: maybe(point),
  start: maybe(point),
  end: maybe(point),
})

/**
 * A page: what it leaves out, and how it is drawn. `tidy` boxes enclose what lies inside; places drawn at random may lie anywhere,
 * as on a diagram that nobody tidied; `none` is a design that came in as text.
 */
export const randomPages = fc.record({
  name: nameText,
  description: maybe(lines),
  hides: fc.array(fc.nat(99), { maxLength: 3 }),
  drawn: fc.constantFrom('tidy', 'none', 'random' as const),
  places: fc.array(place, { maxLength: 6 }),
})

type Page = typeof randomPages extends fc.Arbitrary<infer Value> ? Value : never
type Flags = { readonly [id: string]: true }

/** The diagrams and their layout: a page shows a flow only with both its ends, and a route only where it shows the flow. */
export function diagramsOf(
  design: Design,
  pages: readonly Page[],
  ids: readonly string[],
): { readonly diagrams: Design['diagrams']; readonly layout: Design['layout'] } {
  const drawn = pages.map((page, i) => {
    const diagram = diagramOf(design, page, ids[i] as string)
    return { diagram, rows: layoutOf(design, page, diagram) }
  })
  const rows = drawn.flatMap(({ rows }) => rows)
  return {
    diagrams: Object.fromEntries(drawn.map(({ diagram }) => [diagram.id, diagram])),
    layout: Object.fromEntries(rows.map(row => [row.id, row])),
  }
}

function diagramOf(design: Design, { name, description, hides }: Page, id: string): Diagram {
  const things = [...rowsOf(design.elements), ...rowsOf(design.boundaries), ...rowsOf(design.flows)].map(row => row.id)
  const hidden = new Set(hides.map(which => things[which % things.length]))
  const shown = (row: { readonly id: string }) => !hidden.has(row.id)
  const flows = rowsOf(design.flows).filter(
    row => shown(row) && [row.source, row.target].every(end => end === undefined || !hidden.has(end)),
  )
  return stored({
    id,
    name,
    elements: flags(rowsOf(design.elements).filter(shown)),
    flows: flags(flows),
    boundaries: flags(rowsOf(design.boundaries).filter(shown)),
    description,
    provenance,
  }) as Diagram
}

function layoutOf(design: Design, page: Page, diagram: Diagram): readonly Layout[] {
  if (page.drawn === 'none') return []
  const areas = page.drawn === 'tidy' ? tidyPlaces(design, diagram) : randomPlaces(design, page, diagram)
  return [...areas, ...routes(design, page, diagram)].map(
    ({ id, ...row }) => stored({ id: `${diagram.id}.${id}`, ...row }) as Layout,
  )
}

type Placed = { readonly id: string; readonly [field: string]: unknown }

function randomPlaces(design: Design, { places }: Page, diagram: Diagram): readonly Placed[] {
  const ids = [...Object.keys(diagram.elements ?? {}), ...Object.keys(diagram.boundaries ?? {})]
  return ids.flatMap((id, i) => {
    const drawn = places[i % Math.max(1, places.length)]
    if (isCurve(design, id) || drawn?.at === undefined) return []
    return [{ id, ...drawn.at, ...drawn.size }]
  })
}

/** Bends, labels and loose ends of flows, and curves nobody knows the inside of. */
function routes(design: Design, { places }: Page, diagram: Diagram): readonly Placed[] {
  const ids = [...Object.keys(diagram.flows ?? {}), ...Object.keys(diagram.boundaries ?? {}).filter(id => isCurve(design, id))]
  return ids.flatMap((id, i) => {
    const { vertices, label, start, end } = places[i % Math.max(1, places.length)] ?? {}
    const flow = design.flows[id]
    const isCurved = flow === undefined
    const row = stored({
      id,
      vertices,
      label: isCurved ? undefined : label,
      start: isCurved || flow.source === undefined ? start : undefined,
      end: isCurved || flow.target === undefined ? end : undefined,
    }) as Placed
    return Object.keys(row).length > 1 ? [row] : []
  })
}

function isCurve(design: Design, id: string): boolean {
  return design.boundaries[id]?.membership === 'unresolved'
}

const GAP = 30

/** Everything in rows, each boundary around what lies in it; what lies in a boundary that is not shown stands outside. */
function tidyPlaces(design: Design, diagram: Diagram): readonly Placed[] {
  const places: Placed[] = []
  const shown = (id: string | undefined) => (id !== undefined && diagram.boundaries?.[id] ? id : undefined)
  const boundaries = rowsOf(design.boundaries).filter(row => diagram.boundaries?.[row.id] && !isCurve(design, row.id))
  const elements = rowsOf(design.elements).filter(row => diagram.elements?.[row.id])
  const inside = (around: string | undefined, x: number, y: number): { width: number; height: number } => {
    let right = x + GAP
    let height = 100
    for (const { id } of elements.filter(row => shown(row.boundary) === around)) {
      places.push({ id, x: right, y: y + GAP, width: 160, height: 64 })
      right += 160 + GAP
    }
    for (const { id } of boundaries.filter(row => shown(row.parent) === around)) {
      const area = inside(id, right, y + GAP)
      places.push({ id, x: right, y: y + GAP, ...area })
      right += area.width + GAP
      height = Math.max(height, area.height)
    }
    return { width: Math.max(right - x, 100), height: height + 2 * GAP }
  }
  inside(undefined, 0, 0)
  return places
}

function flags(rows: readonly { readonly id: string }[]): Flags | undefined {
  return rows.length > 0 ? Object.fromEntries(rows.map(({ id }) => [id, true as const])) : undefined
}

function stored(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
}
