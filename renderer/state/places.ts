import type { Session } from './session.ts'

/** Where a person was: what was selected, how far each part of the view was scrolled, and what had the focus. */
export type PlaceLeft = {
  readonly selection: readonly string[]
  readonly scrolled: readonly (readonly [part: number, top: number])[]
  readonly focused: number
}

/** Notes in the history what the window looks like now, so that going back finds it so. */
export function notePlace({ selection }: Pick<Session, 'selection'>): void {
  const parts = partsOfView()
  const place: PlaceLeft = {
    selection,
    scrolled: parts.flatMap((part, at) => (part.scrollTop > 0 ? [[at, part.scrollTop] as const] : [])),
    focused: parts.indexOf(document.activeElement as HTMLElement),
  }
  history.replaceState({ place }, '')
}

/** The place an entry of the history was left at; the browser may hold anything there. */
export function placeIn(state: unknown): PlaceLeft | undefined {
  const place = (state as { readonly place?: PlaceLeft } | null)?.place
  return Array.isArray(place?.selection) && Array.isArray(place.scrolled) ? place : undefined
}

/** Scrolls and focuses as it was, as far as the view still has these parts. */
export function restorePlace({ scrolled, focused }: PlaceLeft): void {
  const parts = partsOfView()
  for (const [part, top] of scrolled) parts[part]?.scrollTo({ top })
  parts[focused]?.focus({ preventScroll: true })
  if (isFocusLoose()) startOfView()?.focus({ preventScroll: true })
}

/** Whether nothing that does anything has the focus: what had it went with its view, or it is on the view as a whole. */
export function isFocusLoose(): boolean {
  const focused = document.activeElement
  return focused === null || focused === document.body || (focused instanceof HTMLElement && focused.dataset.focus === 'main')
}

/** What takes the focus when somebody comes to a view: where its single keys count, else the view as a whole. */
export function startOfView(): HTMLElement | undefined {
  const main = document.querySelector<HTMLElement>('[data-focus="main"]') ?? undefined
  return main?.querySelector<HTMLElement>('[data-focus="canvas"], [data-focus="outline"]') ?? main
}

function partsOfView(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-focus="main"], [data-focus="main"] *, aside *')]
}
