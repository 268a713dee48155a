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
}

function partsOfView(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-focus="main"], [data-focus="main"] *, aside *')]
}
