import { useStoreApi, type Viewport } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import { crowdIn, type Rect, type Scene } from './scene.ts'
import { type Seen, type Size, seenAfter } from './seen.ts'

/** What is seen of the plane; it changes only when something else must be mounted, not with every move of the view. */
export function useSeen(scene: Scene, start: Viewport, size: Size): Seen {
  const store = useStoreApi()
  const latest = useRef(scene)
  const [crowd] = useState(() => (rect: Rect) => crowdIn(latest.current, rect))
  const [seen, setSeen] = useState(() => seenAfter(undefined, start, size, crowd))
  useEffect(() => {
    latest.current = scene
  }, [scene])
  useEffect(
    () =>
      store.subscribe(({ panZoom, transform: [x, y, zoom], width, height }) => {
        if (panZoom && width > 0) setSeen(before => seenAfter(before, { x, y, zoom }, { width, height }, crowd))
      }),
    [store, crowd],
  )
  return seen
}
