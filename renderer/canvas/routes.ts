import { type Box, centreOf, type Point } from '../../core/dfd/geometry.ts'

const LANE = 26

/** The points of a flow from border to border: along its vertices, else straight, side by side with its twins. */
export function routeBetween(
  source: Omit<Box, 'id'>,
  target: Omit<Box, 'id'>,
  by: { readonly vertices: readonly Point[] | undefined; readonly lane: number },
): readonly Point[] {
  const via = by.vertices ?? bend(source, target, by.lane)
  const first = via[0] ?? centreOf(target)
  const last = via.at(-1) ?? centreOf(source)
  return [borderPoint(source, first), ...via, borderPoint(target, last)]
}

/** Where the line from a box's centre towards a point leaves the box. */
export function borderPoint(box: Omit<Box, 'id'>, toward: Point): Point {
  const centre = centreOf(box)
  const dx = toward.x - centre.x
  const dy = toward.y - centre.y
  if (inside(box, toward) || (dx === 0 && dy === 0)) return { x: box.x + box.width, y: centre.y }
  // A point straight beside or above the box: keep the line straight instead of slanting to the centre.
  if (toward.y > box.y + 6 && toward.y < box.y + box.height - 6) return { x: dx > 0 ? box.x + box.width : box.x, y: toward.y }
  if (toward.x > box.x + 6 && toward.x < box.x + box.width - 6) return { x: toward.x, y: dy > 0 ? box.y + box.height : box.y }
  const scale = Math.min(box.width / 2 / Math.abs(dx || 1e-9), box.height / 2 / Math.abs(dy || 1e-9))
  return { x: centre.x + dx * scale, y: centre.y + dy * scale }
}

function inside(box: Omit<Box, 'id'>, point: Point): boolean {
  return point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height
}

/** One bend that leads a flow beside its twins; none for the first one. */
function bend(source: Omit<Box, 'id'>, target: Omit<Box, 'id'>, lane: number): readonly Point[] {
  if (lane === 0) return []
  const a = centreOf(source)
  const b = centreOf(target)
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [from, to] = a.x < b.x || (a.x === b.x && a.y < b.y) ? [a, b] : [b, a]
  const side = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
  return [{ x: (a.x + b.x) / 2 + side.x * LANE * lane, y: (a.y + b.y) / 2 + side.y * LANE * lane }]
}

/** An SVG path through the points with rounded corners. */
export function pathThrough(points: readonly Point[], radius = 7): string {
  return points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (!before) return `M${text(point)}`
      if (!after) return `L${text(point)}`
      return `L${text(toward(point, before, radius))}Q${text(point)} ${text(toward(point, after, radius))}`
    })
    .join('')
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const part = Math.min(distance, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

function text(point: Point): string {
  return `${Math.round(point.x * 10) / 10} ${Math.round(point.y * 10) / 10}`
}

/** The middle of a route by length, where its label stands. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, i) => Math.hypot(point.x - (points[i]?.x ?? 0), point.y - (points[i]?.y ?? 0)))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [i, length] of lengths.entries()) {
    const from = points[i]
    const to = points[i + 1]
    if (!from || !to) break
    if (left <= length) return between(from, to, length === 0 ? 0 : left / length)
    left -= length
  }
  return points[0] ?? { x: 0, y: 0 }
}

function between(from: Point, to: Point, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
