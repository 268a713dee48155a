import { byText } from '../support/order.ts'

export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }
/** A rectangle on a drawing; x and y are its top left corner. */
export type Box = { readonly id: string } & Point & Size

/** Sizes of things whose layout states none; the canvas draws them so. */
export const ELEMENT_SIZE: Size = { width: 160, height: 64 }
export const BOUNDARY_SIZE: Size = { width: 420, height: 300 }

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
