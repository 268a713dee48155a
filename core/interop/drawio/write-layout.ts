import { containmentOf } from '../../dfd/containment.ts'
import { layoutId } from '../../dfd/drawing.ts'
import { BOUNDARY_SIZE, type Box, ELEMENT_SIZE, type Point, type Size } from '../../dfd/geometry.ts'
import type { Design } from '../../model/types.ts'
import type { WrittenPage } from './write-pages.ts'

/** Where everything with an area stands on a page. */
export type Areas = ReadonlyMap<string, Box>

const GAP = 40
/** Room for the name of a boundary. */
const HEAD = 40

/** As the layout says; what it does not place goes below in a grid, and a boundary goes around what lies in it. */
export function areasOf(design: Design, page: WrittenPage): Areas {
  const areas = new Map<string, Box>()
  for (const id of [...page.boxes, ...page.elements]) {
    const { x, y, width, height } = (page.diagram && design.layout[layoutId(page.diagram.id, id)]) ?? {}
    const size = id.startsWith('B-') ? BOUNDARY_SIZE : ELEMENT_SIZE
    if (x !== undefined && y !== undefined) areas.set(id, { id, x, y, width: width ?? size.width, height: height ?? size.height })
  }
  const grid = gridOf(design, page, areas)
  const below = Math.max(0, ...[...areas.values()].map(({ y, height }) => y + height + 2 * GAP))
  for (const box of grid) areas.set(box.id, { ...box, y: box.y + (areas.size === 0 ? 0 : below) })
  return areas
}

/** The things without a place, each boundary around its own; sizes from the inside out, then places from the outside in. */
function gridOf(design: Design, page: WrittenPage, placed: Areas): readonly Box[] {
  const { boundariesIn, elementsIn } = containmentOf(design)
  const isOpen = (id: string) => !placed.has(id)
  const boxes = new Set(page.boxes.filter(isOpen))
  const elements = new Set(page.elements.filter(isOpen))
  const inside = new Map<string | undefined, string[]>()
  const around = new Map<string, string | undefined>()
  const put = (id: string, within: string | undefined) => {
    const home = within !== undefined && boxes.has(within) ? within : undefined
    around.set(id, home)
    const list = inside.get(home)
    if (list) list.push(id)
    else inside.set(home, [id])
  }
  for (const [within, ids] of elementsIn) for (const id of ids) if (elements.has(id)) put(id, within)
  for (const [within, ids] of boundariesIn) for (const id of ids) if (boxes.has(id)) put(id, within)
  const order = [undefined, ...outsideIn(inside)]
  const sizes = new Map<string, Size>([...elements].map(id => [id, ELEMENT_SIZE]))
  for (const id of order.toReversed()) if (id !== undefined) sizes.set(id, sizeOf(inside.get(id) ?? [], sizes))
  const places = new Map<string, Point>()
  for (const id of order) {
    const origin = id === undefined ? { x: 0, y: 0 } : (places.get(id) ?? { x: 0, y: 0 })
    const start = id === undefined ? origin : { x: origin.x + GAP, y: origin.y + HEAD }
    for (const { id: one, at } of rowsOfGrid(inside.get(id) ?? [], sizes))
      places.set(one, { x: start.x + at.x, y: start.y + at.y })
  }
  return [...places].map(([id, at]) => ({ id, ...at, ...(sizes.get(id) ?? ELEMENT_SIZE) }))
}

/** Boundaries, each after the one around it. */
function outsideIn(inside: ReadonlyMap<string | undefined, readonly string[]>): readonly string[] {
  const order: string[] = []
  const waiting = [...(inside.get(undefined) ?? [])].reverse()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (!id.startsWith('B-')) continue
    order.push(id)
    waiting.push(...(inside.get(id) ?? []).toReversed())
  }
  return order
}

function sizeOf(ids: readonly string[], sizes: ReadonlyMap<string, Size>): Size {
  const rows = rowsOfGrid(ids, sizes)
  const right = rows.map(({ id, at }) => at.x + (sizes.get(id)?.width ?? 0))
  const bottom = rows.map(({ id, at }) => at.y + (sizes.get(id)?.height ?? 0))
  return { width: largest(right, ELEMENT_SIZE.width) + 2 * GAP, height: largest(bottom, ELEMENT_SIZE.height) + HEAD + GAP }
}

function largest(numbers: readonly number[], least: number): number {
  return numbers.reduce((most, number) => Math.max(most, number), least)
}

/** As many in a row as there are rows. */
function rowsOfGrid(
  ids: readonly string[],
  sizes: ReadonlyMap<string, Size>,
): readonly { readonly id: string; readonly at: Point }[] {
  const columns = Math.ceil(Math.sqrt(ids.length))
  let [x, y, tall] = [0, 0, 0]
  return ids.map((id, i) => {
    if (i > 0 && i % columns === 0) {
      y += tall + GAP
      x = 0
      tall = 0
    }
    const at = { x, y }
    const { width, height } = sizes.get(id) ?? ELEMENT_SIZE
    x += width + GAP * 2
    tall = Math.max(tall, height)
    return { id, at }
  })
}
