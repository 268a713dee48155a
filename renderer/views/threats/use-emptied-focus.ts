import { useEffect, useRef } from 'react'

/** How long a dialog that closes takes to give the focus back, in milliseconds. */
export const DIALOG_GIVES_BACK = 160

/** When a decision takes the last row and the focus with it, what names the empty list takes the focus, so that nobody starts over at the top of the page. */
export function useEmptiedFocus(count: number, landing: string): void {
  const before = useRef(count)
  const id = useRef(landing)
  id.current = landing
  useEffect(() => {
    const isEmptied = count === 0 && before.current > 0
    before.current = count
    if (!isEmptied) return
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById(id.current)?.focus()
    }, DIALOG_GIVES_BACK)
    return () => clearTimeout(timer)
  }, [count])
}
