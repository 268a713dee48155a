import { byText } from '../support/order.ts'

export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }
/** A rectangle on a drawing; x and y are its top left corner. */
export type Box = { readonly id: string } & Point & Size

/** Sizes of things whose layout states none; the canvas draws them so. */
export const ELEMENT_SIZE: Size = { width: 160, height: 64 }
export const BOUNDARY_SIZE: Size = { width: 420, height: 300 }

/** Asks many points and boxes of the same boxes: each answer as `innermostBoxOf` and `parentBoxOf` give it, looking at the boxes near only. */
export type Finder = {
  readonly innermost: (point: Point) => string | undefined
  readonly parent: (box: Box) => string | undefined
}

/** Edge of a square of the finder's grid, in the units of the drawing; a box over more squares than MOST_SQUARES is always looked at. */
const SQUARE = 512
const MOST_SQUARES = 256

export function finderOf(boxes: readonly Box[]): Finder {
  const wide: Box[] = []
  const squares = new Map<string, Box[]>()
  for (const box of boxes) {
    const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map(squareOf) as [
      number,
      number,
      number,
      number,
    ]
    if (!((right - left + 1) * (bottom - top + 1) <= MOST_SQUARES)) wide.push(box)
    else
      for (let across = left; across <= right; across++)
        for (let down = top; down <= bottom; down++) {
          const key = `${across} ${down}`
          const held = squares.get(key)
          if (held) held.push(box)
          else squares.set(key, [box])
        }
  }
  const near = ({ x, y }: Point) => [...wide, ...(squares.get(`${squareOf(x)} ${squareOf(y)}`) ?? [])]
  return { innermost: point => innermostBoxOf(near(point), point), parent: box => parentBoxOf(near(centreOf(box)), box) }
}

function squareOf(at: number): number {
  return Math.floor(at / SQUARE)
}

/** The smallest box around a point, edges included; of equal ones the first by id. */
export function innermostBoxOf(boxes: readonly Box[], point: Point): string | undefined {
  return smallest(boxes.filter(box => holds(box, point)))?.id
}

/** The smallest larger box around the centre of a box. Boxes of equal size nest by id, so that no two lie in each other. */
export function parentBoxOf(boxes: readonly Box[], box: Box): string | undefined {
  const centre = centreOf(box)
  return smallest(boxes.filter(other => holds(other, centre) && bySize(box, other) < 0))?.id
}

export function centreOf(box: Point & Size): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function holds(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
}

function smallest(boxes: readonly Box[]): Box | undefined {
  return boxes.reduce<Box | undefined>((best, box) => (best && bySize(best, box) < 0 ? best : box), undefined)
}

function bySize(a: Box, b: Box): number {
  return a.width * a.height - b.width * b.height || byText(a.id, b.id)
}
