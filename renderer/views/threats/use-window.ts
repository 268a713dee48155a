import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { inView } from './window-model.ts'

/** How high a row is until one was measured. */
const ROW = 52

type Window = {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly from: number
  readonly to: number
  readonly row: number
  /** Scrolls so that a row is in view, whether it is drawn or not. */
  readonly reveal: (index: number) => void
}

/** Which rows of a long table to draw: those in view and a few around them. Rows are equally high. */
export function useWindow(count: number): Window {
  const scroller = useRef<HTMLDivElement>(null)
  const [row, setRow] = useState(ROW)
  const [shown, setShown] = useState(() => inView({ top: 0, height: 800, row: ROW }, count))
  const measure = useCallback(() => {
    const box = scroller.current
    if (!box) return
    const next = inView({ top: box.scrollTop, height: box.clientHeight, row }, count)
    setShown(before => (before.from === next.from && before.to === next.to ? before : next))
  }, [row, count])
  useLayoutEffect(() => {
    const height = scroller.current?.querySelector('tr[data-id]')?.getBoundingClientRect().height
    if (height && Math.abs(height - row) > 0.5) setRow(height)
    measure()
  }, [row, measure])
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      const height = box.querySelector('tr[data-id]')?.getBoundingClientRect().height
      if (height) setRow(height)
      measure()
    })
    observer.observe(box)
    box.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', measure)
    }
  }, [measure])
  const reveal = useCallback(
    (index: number) => {
      const box = scroller.current
      if (!box) return
      const head = box.querySelector('thead')?.getBoundingClientRect().height ?? 0
      const [top, end] = [index * row, (index + 1) * row + head]
      if (top < box.scrollTop) box.scrollTop = top
      else if (end > box.scrollTop + box.clientHeight) box.scrollTop = end - box.clientHeight
      measure()
    },
    [row, measure],
  )
  return { scroller, ...shown, row, reveal }
}
