import { type FocusEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'

/** What a choice shows, and what it hears: the arrows only walk through the answers. */
export type Settled<Value> = {
  readonly shown: Value
  readonly onPick: (value: Value) => void
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onPointerDown: (event: PointerEvent) => void
    readonly onBlur: (event: FocusEvent) => void
  }
}

/**
 * In a group of radio buttons each arrow chooses, so that a walk over the middle answer would write it on the way, and every step
 * would be one to undo. Here an answer reached by arrows is written once: on leaving, with Enter or any other key, or when the field goes
 * away. Escape takes it back; a press of the pointer or of Space is meant at once.
 */
export function useSettled<Value>(value: Value, write: (value: Value) => void): Settled<Value> {
  const [walked, setWalked] = useState<{ readonly to: Value }>()
  const held = useRef<() => void>(undefined)
  const walks = useRef(false)
  useEffect(
    () => () => {
      held.current?.()
      held.current = undefined
    },
    [],
  )
  function hold(next: { readonly to: Value } | undefined) {
    held.current = next && (() => (next.to === value ? undefined : write(next.to)))
    setWalked(next)
  }
  function settle() {
    const last = held.current
    hold(undefined)
    last?.()
  }
  function onKeyDown(event: KeyboardEvent) {
    walks.current = event.key.startsWith('Arrow') && !event.altKey && !event.ctrlKey && !event.metaKey
    if (walks.current || held.current === undefined) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      hold(undefined)
      return
    }
    if (event.key === 'Enter') event.preventDefault()
    settle()
  }
  return {
    shown: walked ? walked.to : value,
    onPick: picked => {
      if (walks.current) return hold({ to: picked })
      hold(undefined)
      if (picked !== value) write(picked)
    },
    handlers: {
      onKeyDown,
      onPointerDown: () => {
        walks.current = false
      },
      onBlur: event => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        settle()
      },
    },
  }
}
