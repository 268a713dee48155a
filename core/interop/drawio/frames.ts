import type { Cell, Point } from './cells.ts'

/** What the cells inside a cell stand on: its origin on the page, and the boundary around them. */
export type Frame = Point & { readonly within: string | undefined }

const PAGE: Frame = { x: 0, y: 0, within: undefined }

/** The frames of all cells, each asked once; a cell that lies in itself lies on the page. */
export function framesOf(byId: ReadonlyMap<string, Cell>, isBox: (cell: Cell) => boolean) {
  const known = new Map<Cell, Frame>()
  return (cell: Cell): Frame => {
    const path: Cell[] = []
    const seen = new Set<Cell>([cell])
    let above = parentOf(byId, cell)
    for (; above && !known.has(above) && !seen.has(above); above = parentOf(byId, above)) {
      path.push(above)
      seen.add(above)
    }
    let frame = (above && known.get(above)) ?? PAGE
    for (const one of path.reverse()) {
      const origin = one.kind === 'vertex' ? positionIn(frame, one, parentOf(byId, one)) : frame
      const within = isBox(one) ? one.id : frame.within
      frame = { x: origin.x, y: origin.y, within }
      known.set(one, frame)
    }
    return frame
  }
}

export function parentOf(byId: ReadonlyMap<string, Cell>, { parent }: Cell): Cell | undefined {
  return parent === undefined ? undefined : byId.get(parent)
}

/** Where a vertex stands on the page; a relative one stands in parts of the size of its parent. */
export function positionIn(frame: Point, { geometry }: Cell, parent: Cell | undefined): Point {
  const { x = 0, y = 0, isRelative } = geometry
  const across = isRelative ? (parent?.geometry.width ?? 0) : 1
  const down = isRelative ? (parent?.geometry.height ?? 0) : 1
  return { x: rounded(frame.x + x * across), y: rounded(frame.y + y * down) }
}

export function shifted(frame: Point, point: Point): Point {
  return { x: rounded(frame.x + point.x), y: rounded(frame.y + point.y) }
}

/** Sums of written coordinates: what comes from adding only is cut off; nothing lies further than a drawing reaches. */
function rounded(value: number): number {
  return Math.max(-1e9, Math.min(1e9, Math.round(value * 1e4) / 1e4))
}
