import { getViewportForBounds, type Viewport } from '@xyflow/react'
import type { Rect } from './scene.ts'
import type { Size } from './seen.ts'

/** How near and how far one can go; the least still shows ten thousand elements at once. */
export const ZOOM = { least: 0.02, most: 2.5, mostFitted: 1.15 }

/** The view that shows all of a rectangle; worked out from the drawing, because not all of it is mounted. */
export function viewOn(rect: Rect, { width, height }: Size): Viewport {
  return getViewportForBounds(rect, width, height, ZOOM.least, ZOOM.mostFitted, 0.12)
}
