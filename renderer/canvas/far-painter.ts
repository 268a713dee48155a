import type { Viewport } from '@xyflow/react'
import { type Look, paintMoving, paintStill, type Sheet } from './far-paint.ts'
import { holds, type Rect } from './scene.ts'
import { rectIn, type Size, wider } from './seen.ts'

export type FarPainter = {
  /** Another look of the drawing; drawn before the next frame. */
  readonly show: (look: Look) => void
  /** The view moved: the pictures move along at once, and are drawn anew when that is no longer good enough. */
  readonly move: (viewport: Viewport, size: Size) => void
  readonly stop: () => void
}

/** Time that one frame may give to drawing. */
const SLICE_MS = 6
/** How long the zoom must rest before the picture is drawn sharp. */
const REST_MS = 110

/**
 * Draws two pictures into a place: what stands still, and over it what moves or is marked. Between two drawings the browser moves
 * and scales them, so that panning costs next to nothing.
 */
export function farPainter(place: HTMLElement, className: string): FarPainter {
  const moving = document.createElement('canvas')
  moving.className = className
  let still: HTMLCanvasElement = document.createElement('canvas')
  place.append(still, moving)
  let look: Look | undefined
  let view: { readonly viewport: Viewport; readonly size: Size } | undefined
  /** What the still picture shows: its look, sheet and the part of the plane on it. */
  let shown: { readonly look: Look; readonly sheet: Sheet; readonly rect: Rect } | undefined
  let job:
    | { readonly steps: Generator<void>; readonly canvas: HTMLCanvasElement; readonly as: NonNullable<typeof shown> }
    | undefined
  let frame = 0
  let rest: ReturnType<typeof setTimeout> | undefined
  let isRested = true

  function ask(): void {
    frame ||= requestAnimationFrame(draw)
  }

  function draw(): void {
    frame = 0
    if (!look || !view) return
    if (job && (!sameStill(job.as.look, look) || !isGood(job.as))) job = undefined
    if (!job && (!shown || !sameStill(shown.look, look) || !isGood(shown))) begin()
    if (job) goOn(performance.now())
    if (shown && !job) redrawMoving()
    if (job) ask()
  }

  /** Whether a picture still serves: it covers what is in view, and its scale is near enough, or exact once the zoom rests. */
  function isGood({ sheet, rect, look: { scene } }: NonNullable<typeof shown>): boolean {
    if (!view) return true
    const by = view.viewport.zoom / sheet.zoom
    if (sheet.scale / sheet.zoom !== devicePixelRatio) return false
    if (by < 0.55 || by > 1.8 || (isRested && by !== 1)) return false
    const inView = meetOf(rectIn(view.viewport, view.size), scene.whole)
    return !inView || holds(rect, inView)
  }

  function begin(): void {
    if (!look || !view) return
    const { viewport, size } = view
    const rect = meetOf(wider(rectIn(viewport, size), 0.25), look.scene.whole) ?? { x: 0, y: 0, width: 1, height: 1 }
    const scale = viewport.zoom * devicePixelRatio
    const sheet = { x: rect.x, y: rect.y, scale, zoom: viewport.zoom }
    const canvas = document.createElement('canvas')
    canvas.className = className
    canvas.width = Math.max(1, Math.ceil(rect.width * scale))
    canvas.height = Math.max(1, Math.ceil(rect.height * scale))
    const to = canvas.getContext('2d')
    if (to) job = { steps: paintStill(to, look, sheet, rect), canvas, as: { look, sheet, rect } }
  }

  /** Draws on for as long as a frame allows; only the very first picture is worth waiting for. */
  function goOn(since: number): void {
    if (!job) return
    while (!job.steps.next().done) if (shown && performance.now() - since > SLICE_MS) return
    const { canvas, as } = job
    job = undefined
    shown = as
    still.replaceWith(canvas)
    still = canvas
    moving.width = canvas.width
    moving.height = canvas.height
    for (const one of [still, moving]) {
      one.style.width = `${canvas.width / devicePixelRatio}px`
      one.style.height = `${canvas.height / devicePixelRatio}px`
    }
    marked = undefined
    follow()
  }

  let marked: Look | undefined
  function redrawMoving(): void {
    const to = moving.getContext('2d')
    if (!look || !shown || !to || marked === look) return
    const isBlank = look.selection.size === 0 && look.moved.size === 0
    if (marked && isBlank && marked.selection.size === 0 && marked.moved.size === 0) return
    marked = look
    to.clearRect(0, 0, moving.width, moving.height)
    if (!isBlank) paintMoving(to, look, shown.sheet)
  }

  function follow(): void {
    if (!shown || !view) return
    const { x, y, zoom } = view.viewport
    const { sheet } = shown
    const transform = `translate(${sheet.x * zoom + x}px, ${sheet.y * zoom + y}px) scale(${zoom / sheet.zoom})`
    still.style.transform = transform
    moving.style.transform = transform
  }

  return {
    show: next => {
      look = next
      ask()
    },
    move: (viewport, size) => {
      const isZoom = view !== undefined && view.viewport.zoom !== viewport.zoom
      view = { viewport, size }
      follow()
      if (isZoom) {
        isRested = false
        clearTimeout(rest)
        rest = setTimeout(() => {
          isRested = true
          ask()
        }, REST_MS)
      }
      ask()
    },
    stop: () => {
      cancelAnimationFrame(frame)
      clearTimeout(rest)
      still.remove()
      moving.remove()
    },
  }
}

/** Whether the same stands still in two looks; what moves may differ in where it is, not in what it is. */
function sameStill(a: Look, b: Look): boolean {
  if (a.scene !== b.scene || a.open !== b.open || a.ink !== b.ink || a.moved.size !== b.moved.size) return false
  for (const id of a.moved.keys()) if (!b.moved.has(id)) return false
  return true
}

function meetOf(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}
