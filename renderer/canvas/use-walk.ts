import { useReactFlow } from '@xyflow/react'
import { type PointerEvent, useRef, useState } from 'react'
import type { Point } from '../../core/dfd/geometry.ts'
import { type Scene, thingAt } from './scene.ts'

/** How near to a line counts as on it, in pixels. */
const REACH = 7

/** What the pointer is on and what has the focus: these are mounted even where the drawing is one picture. */
export function useWalk(scene: Scene, isFar: boolean) {
  const flow = useReactFlow()
  const [hovered, setHovered] = useState<string>()
  const [focused, setFocused] = useState<string>()
  const isPointing = useRef(false)
  const downAt = useRef<Point>(undefined)
  const under = (client: { readonly x: number; readonly y: number }) =>
    thingAt(scene, flow.screenToFlowPosition(client, { snapToGrid: false }), REACH / flow.getZoom())
  return {
    hovered: isFar ? hovered : undefined,
    focused,
    setFocused,
    isPointing,
    /** Where the pointer last went down, on the screen. */
    downAt,
    under,
    pointer: {
      onPointerDownCapture: (event: PointerEvent) => {
        isPointing.current = true
        downAt.current = { x: event.clientX, y: event.clientY }
      },
      onPointerUpCapture: () => {
        isPointing.current = false
      },
      onPointerCancelCapture: () => {
        isPointing.current = false
      },
      onPointerMove: (event: PointerEvent) => {
        if (!isFar || event.buttons !== 0) return
        const id = under({ x: event.clientX, y: event.clientY })
        if (id !== hovered) setHovered(id)
      },
      onPointerLeave: () => {
        if (!isPointing.current) setHovered(undefined)
      },
    },
  }
}
