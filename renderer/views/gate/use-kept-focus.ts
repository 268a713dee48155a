import { type FocusEvent, type RefObject, useEffect, useRef } from 'react'

type Kept = {
  readonly ref: RefObject<HTMLOListElement | null>
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: (event: FocusEvent) => void
}

/** When the row that has the focus is answered and leaves, the row that takes its place has it; after the last, the seal. */
export function useKeptFocus(rows: string): Kept {
  const ref = useRef<HTMLOListElement>(null)
  const place = useRef<number | undefined>(undefined)
  useEffect(
    () => () => {
      // The last row takes the list with it.
      if (place.current !== undefined && document.activeElement === document.body) focusSeal()
    },
    [],
  )
  useEffect(() => {
    const here = document.activeElement
    if (rows === undefined || place.current === undefined || (here !== null && here !== document.body)) return
    const left = ref.current?.children ?? []
    const row = left[Math.min(place.current, left.length - 1)]
    const next =
      row?.querySelector<HTMLElement>('[data-fix] :is(input:checked, select, input, button)') ??
      row?.querySelector<HTMLElement>('button')
    if (next) next.focus()
    else focusSeal()
  }, [rows])
  return {
    ref,
    onFocus: event => {
      const row = event.target.closest('li[data-row]')
      place.current = row ? [...(ref.current?.children ?? [])].indexOf(row) : undefined
    },
    onBlur: event => {
      if (event.relatedTarget && !ref.current?.contains(event.relatedTarget)) place.current = undefined
    },
  }
}

function focusSeal(): void {
  document.querySelector<HTMLElement>('[data-focus="gate-seal"]')?.focus()
}
