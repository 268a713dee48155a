import type { Point } from '../../core/dfd/geometry.ts'

/** What commands may ask of the canvas while it is on screen. */
export type CanvasPort = {
  readonly fit: () => void
  /** Moves the view only as far as needed for these to be seen. */
  readonly reveal: (ids: readonly string[]) => void
  readonly fitSelection: (ids: readonly string[]) => void
  /** The middle of what the person sees, in drawing coordinates. */
  readonly centre: () => Point
  /** Whether any of these places is in view. */
  readonly sees: (places: readonly { readonly x?: number | undefined; readonly y?: number | undefined }[]) => boolean
  readonly zoom: (by: 'in' | 'out') => void
}

let open: CanvasPort | undefined

/** Makes a canvas the one that commands speak to; the answer takes it back. */
export function offerCanvas(port: CanvasPort): () => void {
  open = port
  return () => {
    if (open === port) open = undefined
  }
}

/** The canvas on screen, or none while another view is shown. */
export function canvasPort(): CanvasPort | undefined {
  return open
}
