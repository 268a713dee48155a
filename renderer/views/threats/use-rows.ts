import { type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { selectObjects } from '../../commands/definitions/select.ts'
import { markAll, markRange, toggleMark } from '../../commands/definitions/threats-look.ts'
import { ROW_KEYS } from '../../commands/definitions/threats-write.ts'
import { chordOf, commandFor } from '../../commands/shortcuts.ts'
import { useRun } from '../../state/use-commands.ts'
import type { RegisterLine } from './threats-model.ts'
import { DIALOG_GIVES_BACK } from './use-emptied-focus.ts'

type Rows = {
  readonly lines: readonly RegisterLine[]
  readonly current: number
  readonly isMarked: ReadonlySet<string>
  readonly scroller: RefObject<HTMLElement | null>
  readonly reveal: (index: number) => void
}

/**
 * The keys of the register. Arrows walk, with Shift they mark. Tab takes a suggestion only once somebody walked or clicked in the list,
 * and no longer after Escape: who only tabs through the page changes nothing and is never held.
 */
export function useRows({ lines, current, isMarked, scroller, reveal }: Rows) {
  const run = useRun()
  const entered = useRef(false)
  const anchor = useRef<string>(undefined)
  const wanted = useRef<string>(undefined)

  function rowOf(id: string): HTMLElement | null | undefined {
    return scroller.current?.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(id)}"]`)
  }

  useLayoutEffect(() => {
    const row = wanted.current === undefined ? undefined : rowOf(wanted.current)
    if (!row) return
    wanted.current = undefined
    giveFocus(row)
  })

  /** Focus that the list gives itself changes nothing about whether somebody walks in it. */
  function giveFocus(row: HTMLElement): void {
    const was = entered.current
    row.focus({ preventScroll: true })
    entered.current = was
  }

  function goTo(index: number, isMarking = false): void {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))]
    if (!line) return
    reveal(lines.indexOf(line))
    wanted.current = line.id
    if (isMarking) {
      const from = lines.findIndex(one => one.id === anchor.current)
      const [a, b] = [from < 0 ? current : from, lines.indexOf(line)]
      anchor.current ??= lines[current]?.id
      const range = lines.slice(Math.min(a, b), Math.max(a, b) + 1).filter(one => one.found)
      run(markRange, { ids: range.map(one => one.id), at: line.id })
    } else {
      anchor.current = line.id
      run(selectObjects, [line.id])
    }
    const row = rowOf(line.id)
    if (row) giveFocus(row)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-id]') : null
    if (!row || event.target !== row) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / Math.max(1, row.offsetHeight)) - 2)
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: lines.length - 1,
    }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      entered.current = true
      goTo(to, event.shiftKey)
      return
    }
    const id = row.dataset.id ?? ''
    const chord = chordOf({ key: event.key, mod: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey })
    if (chord === ' ') {
      event.preventDefault()
      entered.current = true
      run(toggleMark, id)
    }
    if (chord === 'Mod+A') {
      event.preventDefault()
      run(
        markAll,
        lines.filter(line => line.found).map(line => line.id),
      )
    }
    if (chord === 'Escape') entered.current = false
    const command = commandFor(ROW_KEYS, chord, 'row')
    if (!command || (chord === 'Tab' && !canTake(id))) return
    event.preventDefault()
    event.stopPropagation()
    run(command as (typeof ROW_KEYS)[number])
  }

  function canTake(id: string): boolean {
    const isAsking = (one: RegisterLine) => one.standing === 'triage' || one.standing === 'later'
    return entered.current && lines.some(line => isAsking(line) && (line.id === id || isMarked.has(line.id)))
  }

  useKeptFocus(lines, { current, marked: isMarked.size }, index => goTo(index))

  return {
    onKeyDown,
    onFocus: (event: FocusEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) entered.current = false
    },
    onMouseUp: () => {
      entered.current = true
    },
    onRowClick: (event: MouseEvent, id: string) => {
      const index = lines.findIndex(line => line.id === id)
      goTo(index, event.shiftKey)
    },
  }
}

type Place = { readonly current: number; readonly marked: number }

/** When the row that had the focus leaves the list, or the buttons for what was marked go, the row now in the place takes it. */
function useKeptFocus(lines: readonly RegisterLine[], { current, marked }: Place, goTo: (index: number) => void): void {
  const before = useRef({ lines, current })
  useLayoutEffect(() => {
    const { lines: then, current: at } = before.current
    before.current = { lines, current }
    const left = then[at]
    if (then === lines || !left || lines.includes(left) || lines.some(line => line.id === left.id)) return
    if (lines.length > 0 && document.activeElement === document.body) goTo(at)
  })
  // A dialog gives the focus back a moment later, to a row or a button that may be gone by then.
  const here = useRef({ goTo, at: current })
  here.current = { goTo, at: Math.max(0, current) }
  const count = lines.length
  const last = useRef({ count, marked })
  useEffect(() => {
    const isDecided = count < last.current.count || marked < last.current.marked
    last.current = { count, marked }
    if (!isDecided || count === 0) return
    const { at } = here.current
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) here.current.goTo(Math.min(at, count - 1))
    }, DIALOG_GIVES_BACK)
    return () => clearTimeout(timer)
  }, [count, marked])
}
