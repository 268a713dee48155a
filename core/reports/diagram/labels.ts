import type { Drawing, DrawnFlow } from '../../dfd/drawn.ts'
import type { Point } from '../../dfd/geometry.ts'
import { labelPlace, placeOn, routeBetween } from '../../dfd/routes.ts'
import { lengthWithin, overlap, type Rect } from './rects.ts'
import { linesOf, widthOf } from './text.ts'

/** A flow with its line laid and its label placed; `lines` are the words of the label, its id comes below them. */
export type Drawn = {
  readonly flow: DrawnFlow
  readonly points: readonly Point[]
  readonly label: Rect
  readonly lines: readonly string[]
}

/** All flows as drawn, and how much of the labels lies on boxes, names of boundaries or each other, in square units. */
export type Routed = { readonly drawn: readonly Drawn[]; readonly covered: number }

/** What a label costs that stands beside its line and not on it, or on the line of another flow, in square units (for each unit of length). */
const BESIDE = 120
const ON_LINE = 8
/** After so many rounds labels have moved out of each other's way or never will. */
const ROUNDS = 3

type Tried = Drawn & { readonly places: readonly (readonly [place: Rect, cost: number])[] }

/** Lines laid, and each label where it covers the least: on its line or beside it, off the boxes and off the other labels. */
export function routed({ boxes, flows }: Drawing): Routed {
  const byId = new Map(boxes.map(box => [box.id, box]))
  const solid = boxes.map((box): Rect => (box.kind === 'boundary' ? nameOf(box) : box))
  const tried = flows.flatMap((flow): readonly Tried[] => {
    const [source, target] = [byId.get(flow.source), byId.get(flow.target)]
    if (!source || !target) return []
    const points = routeBetween(source, target, { vertices: flow.vertices, lane: flow.lane })
    const lines = linesOf(labelOf(flow), 150, 3, 12.5)
    const width = Math.max(...lines.map(line => widthOf(line, 12.5)), widthOf(flow.id, 10.5)) + 8
    const size = { width, height: (lines.length + 1) * 14 + 4 }
    const places = placesOn(points, flow, size).map(([place, cost]) => [place, cost + onAll(place, solid)] as const)
    return [{ flow, points, lines, places, label: cheapest(places, () => 0) }]
  })
  const lines = tried.map(({ points }) => points)
  for (const one of tried) {
    const others = lines.filter(points => points !== one.points)
    const costs = one.places.map(([place, cost]) => [place, cost + ON_LINE * lengthOf(place, others)] as const)
    Object.assign(one, { places: costs })
  }
  const labels = tried.map(({ places }) => cheapest(places, () => 0))
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, { places }] of tried.entries()) {
      const others = labels.filter((_, j) => j !== i && (round > 0 || j < i))
      labels[i] = cheapest(places, place => onAll(place, others))
    }
  const drawn = tried.map(({ flow, points, lines }, i): Drawn => ({ flow, points, lines, label: labels[i] as Rect }))
  const covered = labels.reduce((sum, label, i) => sum + onAll(label, solid) + onAll(label, labels.slice(i + 1)), 0)
  return { drawn, covered }
}

/** Where the name of a boundary stands. */
function nameOf({ x, y, width, name, id }: Rect & { readonly name: string; readonly id: string }): Rect {
  const room = Math.max(120, width - 40 - widthOf(id, 11))
  return { x: x + 8, y: y + 6, width: Math.min(room, widthOf(name, 14)) + widthOf(id, 11) + 12, height: 19 }
}

function labelOf({ name, protocol, isNamed }: DrawnFlow): string {
  if (!isNamed) return protocol ?? ''
  return protocol === undefined || protocol === name ? name : `${name} (${protocol})`
}

const PARTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]

type Size = { readonly width: number; readonly height: number }

/** Where somebody put it, then along the line, then on both sides of it. */
function placesOn(points: readonly Point[], flow: DrawnFlow, size: Size): readonly (readonly [Rect, number])[] {
  const rect = ({ x, y }: Point): Rect => ({ x: x - size.width / 2, y: y - size.height / 2, ...size })
  const along = PARTS.map(part => placeOn(points, part))
  const sides = PARTS.flatMap(part => {
    const [at, from, to] = [placeOn(points, part), placeOn(points, part - 0.02), placeOn(points, part + 0.02)]
    const run = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const normal = { x: -(to.y - from.y) / run, y: (to.x - from.x) / run }
    const off = (Math.abs(normal.x) * size.width + Math.abs(normal.y) * size.height) / 2 + 3
    return [off, -off].map(by => ({ x: at.x + normal.x * by, y: at.y + normal.y * by }))
  })
  return [
    [rect(flow.label ?? labelPlace(points, flow.lane)), 0],
    ...along.map((at, i) => [rect(at), i] as const),
    ...sides.map((at, i) => [rect(at), BESIDE + i] as const),
  ]
}

function cheapest(places: readonly (readonly [Rect, number])[], more: (place: Rect) => number): Rect {
  let best = places[0]
  let least = Number.POSITIVE_INFINITY
  for (const one of places) {
    const cost = one[1] >= least ? least : one[1] + more(one[0])
    if (cost < least) [best, least] = [one, cost]
  }
  return (best as readonly [Rect, number])[0]
}

function onAll(place: Rect, others: readonly Rect[]): number {
  let sum = 0
  for (const other of others) sum += overlap(place, other)
  return sum
}

function lengthOf(place: Rect, lines: readonly (readonly Point[])[]): number {
  let sum = 0
  for (const points of lines) sum += lengthWithin(points, place)
  return sum
}
