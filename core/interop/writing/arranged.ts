import { type Box, ELEMENT_SIZE, type Point, type Size } from '../../dfd/geometry.ts'

/** Room between things, and above the first one in a boundary, where its name stands. */
const GAP = 60
const HEAD = 40

/** Everything in rows, what lies in a boundary inside its box. Ids of boundaries begin with B-; places are the same for the same ids. */
export function arranged(ids: readonly string[], around: (id: string) => string | undefined): readonly Box[] {
  const inside = new Map<string | undefined, string[]>()
  for (const id of ids) {
    const outer = around(id)
    const list = inside.get(outer)
    if (list) list.push(id)
    else inside.set(outer, [id])
  }
  const order = fromOutside(inside)
  const sizes = new Map<string | undefined, Size>()
  const places = new Map<string, Point>()
  for (const outer of order.toReversed()) sizes.set(outer, filled(inside.get(outer) ?? [], sizes, places))
  return absolute({ ids, around, order }, places, sizes)
}

/** Areas with the outer ones before what lies in them; whatever hangs in a circle is nowhere and is left out. */
function fromOutside(inside: ReadonlyMap<string | undefined, readonly string[]>): readonly (string | undefined)[] {
  const order: (string | undefined)[] = [undefined]
  for (const outer of order) for (const id of inside.get(outer) ?? []) if (id.startsWith('B-')) order.push(id)
  return order
}

/** Puts things into rows that are about as wide as high, each where its area begins; answers the size of the area. */
function filled(ids: readonly string[], sizes: ReadonlyMap<string | undefined, Size>, places: Map<string, Point>): Size {
  const perRow = Math.max(1, Math.ceil(Math.sqrt(ids.length)))
  let [width, y] = [GAP, GAP + HEAD]
  for (let first = 0; first < ids.length; first += perRow) {
    let [x, height] = [GAP, 0]
    for (const id of ids.slice(first, first + perRow)) {
      const size = sizes.get(id) ?? ELEMENT_SIZE
      places.set(id, { x, y })
      x += size.width + GAP
      height = Math.max(height, size.height)
    }
    width = Math.max(width, x)
    y += height + GAP
  }
  return { width: Math.max(width, 2 * GAP + ELEMENT_SIZE.width), height: Math.max(y, 2 * GAP + HEAD) }
}

type Ordered = {
  readonly ids: readonly string[]
  readonly around: (id: string) => string | undefined
  readonly order: readonly (string | undefined)[]
}

function absolute(
  { ids, around, order }: Ordered,
  places: ReadonlyMap<string, Point>,
  sizes: ReadonlyMap<string | undefined, Size>,
): readonly Box[] {
  const corners = new Map<string | undefined, Point>([[undefined, { x: 0, y: 0 }]])
  const cornerOf = (id: string): Point => {
    const [own, outer] = [places.get(id) ?? { x: 0, y: 0 }, corners.get(around(id)) ?? { x: 0, y: 0 }]
    return { x: outer.x + own.x, y: outer.y + own.y }
  }
  for (const id of order) if (id !== undefined) corners.set(id, cornerOf(id))
  return ids.map(id => ({ id, ...cornerOf(id), ...(sizes.get(id) ?? ELEMENT_SIZE) }))
}
