import { useStoreApi, type Viewport } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { type Seen, type Size, seenAfter } from './seen.ts'

/** What is seen of the plane; it changes only when something else must be mounted, not with every move of the view. */
export function useSeen(start: Viewport, size: Size): Seen {
  const store = useStoreApi()
  const [seen, setSeen] = useState(() => seenAfter(undefined, start, size))
  useEffect(
    () =>
      store.subscribe(({ panZoom, transform: [x, y, zoom], width, height }) => {
        if (panZoom && width > 0) setSeen(before => seenAfter(before, { x, y, zoom }, { width, height }))
      }),
    [store],
  )
  return seen
}
