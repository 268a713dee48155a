import { BOUNDARY_SIZE, type Box, centreOf, ELEMENT_SIZE, finderOf, type Point, type Size } from '../../dfd/geometry.ts'
import { rowAt } from '../../model/table.ts'
import type { Design, Layout } from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import { arranged } from './arranged.ts'

/** What one page shows: elements and boundaries that are areas. */
export type Shown = { readonly diagram: string; readonly elements: readonly string[]; readonly areas: readonly string[] }

/** Where everything on a page is drawn, so that what lies in a boundary is drawn inside it, and nothing else is. */
export type Places = {
  readonly boxes: ReadonlyMap<string, Box>
  /** The innermost boundary drawn on this page around each thing, by what the design says. */
  readonly around: (id: string) => string | undefined
  /** Why places of the design were left: some contradicted what lies in what. */
  readonly isRearranged: boolean
}

/** Farther out, readers take a number for none. */
const FARTHEST = 1e6
/** Smaller things cannot be grasped in most tools. */
const LEAST = 10
const MARGIN = 30

/** Places as the design has them; what has none is put where it belongs; where the drawing contradicts the design, all is drawn anew. */
export function placesOn(design: Design, shown: Shown): Places {
  const around = surroundings(design, new Set(shown.areas))
  const ids = [...shown.areas, ...shown.elements].sort(byText)
  const given = ids.flatMap(id => givenBox(rowAt(design.layout, `${shown.diagram}.${id}`), id) ?? [])
  if (given.length > 0) {
    const all = completed(given, { ids, around })
    if (agrees(all, around)) return { boxes: mapOf(all), around, isRearranged: false }
  }
  return { boxes: mapOf(arranged(ids, around)), around, isRearranged: given.length > 0 }
}

/** For each thing the nearest boundary around it that is drawn as an area here. */
export function surroundings(design: Design, areas: ReadonlySet<string>): (id: string) => string | undefined {
  return id => {
    const seen = new Set([id])
    let at = outerOf(design, id)
    while (at !== undefined && !areas.has(at)) {
      if (seen.has(at)) return undefined
      seen.add(at)
      at = outerOf(design, at)
    }
    return at === id ? undefined : at
  }
}

function outerOf(design: Design, id: string): string | undefined {
  return rowAt(design.elements, id)?.boundary ?? rowAt(design.boundaries, id)?.parent
}

function givenBox(row: Layout | undefined, id: string): Box | undefined {
  const { x, y, width, height } = row ?? {}
  if (x === undefined || y === undefined || ![x, y].every(at => Math.abs(at) <= FARTHEST)) return undefined
  const size = sizeFor(id)
  const fits = (length: number | undefined, usual: number) =>
    length === undefined ? usual : Math.min(FARTHEST, Math.max(LEAST, length))
  return { id, x, y, width: fits(width, size.width), height: fits(height, size.height) }
}

function sizeFor(id: string): Size {
  return id.startsWith('B-') ? BOUNDARY_SIZE : ELEMENT_SIZE
}

type Wanted = { readonly ids: readonly string[]; readonly around: (id: string) => string | undefined }

/** An area around what is drawn of its inside; anything else in the middle of what it lies in, or below all. */
function completed(given: readonly Box[], { ids, around }: Wanted): readonly Box[] {
  const boxes = new Map(given.map(box => [box.id, box]))
  const bottom = Math.max(...given.map(box => box.y + box.height))
  const held = new Map<string, Box[]>()
  for (const box of given) {
    const outer = around(box.id)
    if (outer !== undefined) held.set(outer, (held.get(outer) ?? []).concat(box))
  }
  let [inside, below] = [0, Math.min(...given.map(box => box.x))]
  for (const id of ids.filter(id => !boxes.has(id))) {
    const children = held.get(id)
    const outer = boxes.get(around(id) ?? '')
    const size = sizeFor(id)
    if (children) boxes.set(id, { id, ...enclosing(children) })
    else if (outer) boxes.set(id, { id, ...insideOf(outer, size, inside++) })
    else {
      boxes.set(id, { id, x: below, y: bottom + 2 * MARGIN, ...size })
      below += size.width + MARGIN
    }
  }
  return [...boxes.values()]
}

function enclosing(boxes: readonly Box[]): Point & Size {
  const x = Math.min(...boxes.map(box => box.x)) - MARGIN
  const y = Math.min(...boxes.map(box => box.y)) - MARGIN
  const width = Math.max(...boxes.map(box => box.x + box.width)) + MARGIN - x
  return { x, y, width, height: Math.max(...boxes.map(box => box.y + box.height)) + MARGIN - y }
}

function insideOf(outer: Box, size: Size, nth: number): Point & Size {
  const width = Math.min(size.width, outer.width * 0.8)
  const height = Math.min(size.height, outer.height * 0.8)
  const { x, y } = centreOf(outer)
  const shift = (nth % 8) * 4
  return { x: Math.round(x - width / 2) + shift, y: Math.round(y - height / 2) + shift, width, height }
}

/** Whether the drawing, read by geometry alone, says what the design says. */
function agrees(boxes: readonly Box[], around: (id: string) => string | undefined): boolean {
  const { innermost, parent } = finderOf(boxes.filter(({ id }) => id.startsWith('B-')))
  return boxes.every(box => (box.id.startsWith('B-') ? parent(box) : innermost(centreOf(box))) === around(box.id))
}

function mapOf(boxes: readonly Box[]): ReadonlyMap<string, Box> {
  return new Map(boxes.map(box => [box.id, box]))
}
