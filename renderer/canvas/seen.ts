import type { Viewport } from '@xyflow/react'
import type { Drawing } from './drawing.ts'
import { holds, meeting, type Rect, type Scene } from './scene.ts'

/** What a person sees of the plane: from near a part of it as elements of the page, from far all of it as one picture. */
export type Seen = { readonly far: true } | { readonly far: false; readonly rect: Rect }

export type Size = { readonly width: number; readonly height: number }

/** Below this zoom the drawing is one picture; coming back it waits a little, so that it does not flicker at the edge. */
export const FAR_BELOW = 0.4
const NEAR_AGAIN = 0.42
/** Where more than so many things are in view the picture stays up to this zoom: mounting them all would stop the wheel. */
const CROWDED_BELOW = 0.8
const CROWD = 240
const CROWD_AGAIN = 200
/** How much around the view is mounted with it, and how much of that is used up before more is mounted, in parts of the view. */
const MARGIN = 0.2
const LEAST_MARGIN = 0.04

/** A drawing of at most this many things is mounted as a whole while it is near. */
const SMALL = CROWD
/** At most so many selected things are elements of the page when seen from far; the others are drawn as selected. */
export const MOST_LIVE = 24

/** The part of the plane in view. */
export function rectIn({ x, y, zoom }: Viewport, { width, height }: Size): Rect {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}

/** What is seen after the view moved: the same object until something else must be mounted. `crowd` counts what meets a rectangle. */
export function seenAfter(before: Seen | undefined, viewport: Viewport, size: Size, crowd: (rect: Rect) => number): Seen {
  const inView = rectIn(viewport, size)
  if (!before?.far && before && isEnough(before.rect, inView) && viewport.zoom >= FAR_BELOW) return before
  if (isFar(viewport.zoom, before?.far === true, () => crowd(inView))) return before?.far ? before : { far: true }
  return { far: false, rect: wider(inView, MARGIN) }
}

function isEnough(mounted: Rect, inView: Rect): boolean {
  return holds(mounted, wider(inView, LEAST_MARGIN)) && mounted.width < inView.width * 2.5
}

function isFar(zoom: number, wasFar: boolean, crowd: () => number): boolean {
  if (zoom < (wasFar ? NEAR_AGAIN : FAR_BELOW)) return true
  return zoom < CROWDED_BELOW && crowd() > (wasFar ? CROWD_AGAIN : CROWD)
}

export function wider({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - width * by, y: y - height * by, width: width * (1 + 2 * by), height: height * (1 + 2 * by) }
}

/** What is mounted as elements of the page, in the order of the drawing; hidden boxes are there for the ends of flows alone. */
export type Mounted = Drawing & { readonly hidden: ReadonlySet<string> }

/**
 * What must be an element of the page: what is seen from near, what is hovered, focused or selected, the neighbours of what has the
 * focus, and the first and last of all, so that Tab walks the whole drawing one by one whatever of it is mounted.
 */
export function mountedOf(
  scene: Scene,
  seen: Seen,
  live: { readonly focused: string | undefined; readonly others: readonly string[] },
): Mounted {
  const { drawing } = scene
  if (!seen.far && drawing.boxes.length + drawing.flows.length <= SMALL) return { ...drawing, hidden: new Set() }
  const wanted = new Set<string>(live.others)
  const last = scene.order.size - 1
  const at = live.focused === undefined ? undefined : scene.order.get(live.focused)
  for (const place of [0, last, ...(at === undefined ? [] : [at - 1, at, at + 1])]) {
    const id = nth(drawing, place)
    if (id !== undefined) wanted.add(id)
  }
  if (!seen.far) {
    const { boxes, routes } = meeting(scene, seen.rect)
    for (const box of boxes) wanted.add(box.id)
    for (const route of routes) wanted.add(route.flow.id)
  }
  const flows = drawing.flows.filter(flow => wanted.has(flow.id))
  const hidden = new Set<string>()
  for (const { source, target } of flows) for (const end of [source, target]) if (!wanted.has(end)) hidden.add(end)
  return { boxes: drawing.boxes.filter(box => wanted.has(box.id) || hidden.has(box.id)), flows, hidden }
}

function nth({ flows, boxes }: Drawing, at: number): string | undefined {
  return (at < flows.length ? flows[at] : boxes[at - flows.length])?.id
}
