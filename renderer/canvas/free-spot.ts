import { centreOf, type Point } from '../../core/dfd/geometry.ts'
import type { DrawnBox } from './drawing.ts'
import { holds, type Rect } from './scene.ts'

type Size = { readonly width: number; readonly height: number }

const STEP = 40
const RINGS = 24

/** The place nearest to a point where a new box covers no other element. */
export function freeSpot(boxes: readonly DrawnBox[], near: Point, size: Size): Point {
  const start = { x: onGrid(near.x), y: onGrid(near.y) }
  return nearestSpot(boxes, start, size) ?? start
}

/**
 * The place nearest to an element where a new box covers no other and lies in the same boundaries as the element; a boundary that has
 * no room left is left for the free place nearest to the element.
 */
export function spotBeside(boxes: readonly DrawnBox[], id: string, size: Size): Point | undefined {
  const element = boxes.find(box => box.id === id)
  if (!element) return undefined
  const middle = centreOf(element)
  const start = { x: onGrid(middle.x - size.width / 2), y: onGrid(middle.y - size.height / 2) }
  return nearestSpot(boxes, start, size, sharesBoundaries(boxes, element)) ?? freeSpot(boxes, start, size)
}

/** Says of a place whether all of it lies in the boundaries around an element and in no other. */
function sharesBoundaries(boxes: readonly DrawnBox[], element: DrawnBox): (place: Rect) => boolean {
  const zones = new Map(boxes.filter(box => box.kind === 'boundary' && !box.line).map(box => [box.id, box]))
  const around = new Set<DrawnBox>()
  let zone = element.parent === undefined ? undefined : zones.get(element.parent)
  while (zone && !around.has(zone)) {
    around.add(zone)
    zone = zone.parent === undefined ? undefined : zones.get(zone.parent)
  }
  const others = [...zones.values()].filter(one => !around.has(one))
  return place => [...around].every(one => holds(inner(one), place)) && others.every(one => !overlaps(one, place))
}

/** The room of a boundary, below its name and clear of its frame. */
function inner({ x, y, width, height }: Rect): Rect {
  return { x: x + FRAME, y: y + NAME, width: width - 2 * FRAME, height: height - NAME - FRAME }
}

const FRAME = 8
const NAME = 28

function nearestSpot(
  boxes: readonly DrawnBox[],
  start: Point,
  size: Size,
  isAllowed: (place: Rect) => boolean = () => true,
): Point | undefined {
  const others = boxes.filter(box => box.kind !== 'boundary')
  const isFree = (spot: Point) => {
    const place = { ...spot, ...size }
    return isAllowed(place) && others.every(box => !overlaps(box, place))
  }
  for (let ring = 0; ring <= RINGS; ring++) {
    const spot = ringAround(start, ring).find(isFree)
    if (spot) return spot
  }
  return undefined
}

function onGrid(at: number): number {
  return Math.round(at / 8) * 8
}

function ringAround({ x, y }: Point, ring: number): readonly Point[] {
  if (ring === 0) return [{ x, y }]
  const off = ring * STEP
  const along = Array.from({ length: 2 * ring + 1 }, (_, i) => (i - ring) * STEP)
  return [
    ...along.map(d => ({ x: x + d, y: y + off })),
    ...along.map(d => ({ x: x + d, y: y - off })),
    ...along.map(d => ({ x: x + off, y: y + d })),
    ...along.map(d => ({ x: x - off, y: y + d })),
  ]
}

const GAP = 16

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP && a.y < b.y + b.height + GAP && b.y < a.y + a.height + GAP
}
