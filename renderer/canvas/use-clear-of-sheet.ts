import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import type { Scene } from './scene.ts'

const GAP = 24

/** Where the inspector is a sheet over the drawing, what it is about moves out from under it, so that the focus is never hidden. */
export function useClearOfSheet(scene: Scene, selected: readonly string[], isPointing: RefObject<boolean>): void {
  const flow = useReactFlow()
  const [id] = selected.length === 1 ? selected : []
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another selection moves the view, not a change of the drawing
  useEffect(() => {
    const thing = id === undefined ? undefined : (scene.box.get(id) ?? scene.route.get(id))
    if (!thing) return
    const frame = requestAnimationFrame(() => {
      const sheet = document.querySelector('[data-place="sheet"]')?.getBoundingClientRect()
      const drawing = document.querySelector('.react-flow')?.getBoundingClientRect()
      // A pointer that selects may be about to drag: the ground must not move under it.
      if (isPointing.current || !sheet || !drawing || sheet.top >= drawing.bottom - 1) return
      const { x, y, zoom } = flow.getViewport()
      const left = flow.flowToScreenPosition({ x: thing.x, y: thing.y }).x
      const over = Math.min(left + thing.width * zoom + GAP - sheet.left, left - drawing.left - GAP)
      if (over > 0) void flow.setViewport({ x: x - over, y, zoom }, { duration: 180 })
    })
    return () => cancelAnimationFrame(frame)
  }, [id, flow])
}
