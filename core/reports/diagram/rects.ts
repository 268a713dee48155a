import type { Point } from '../../dfd/geometry.ts'

export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Area that two rectangles share, in square units. */
export function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Length of a line of straight pieces that runs inside a rectangle. */
export function lengthWithin(points: readonly Point[], rect: Rect): number {
  let sum = 0
  for (let i = 1; i < points.length; i++) sum += pieceWithin(points[i - 1] as Point, points[i] as Point, rect)
  return sum
}

/** By Liang and Barsky: the part of the piece that lies between all four edges. */
function pieceWithin(from: Point, to: Point, { x, y, width, height }: Rect): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  let [start, end] = [0, 1]
  for (const [step, room] of [
    [-dx, from.x - x],
    [dx, x + width - from.x],
    [-dy, from.y - y],
    [dy, y + height - from.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return 0
    } else if (step < 0) start = Math.max(start, room / step)
    else end = Math.min(end, room / step)
  }
  return end > start ? (end - start) * Math.hypot(dx, dy) : 0
}
