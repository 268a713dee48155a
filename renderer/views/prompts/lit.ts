import { createContext, useContext } from 'react'
import type { GutterLine } from './prompts-model.ts'

/** What is pointed at: a line, whose origins glow, or an origin, whose lines glow. */
export type Lit = {
  /** The line pointed at last; it stays, so that its side list can be reached. */
  readonly line: GutterLine | undefined
  readonly id: string | undefined
}

/** How to point; apart from what is pointed at, so that hundreds of origins need not be drawn anew for one of them. */
export type Point = {
  readonly atLine: (line: GutterLine) => void
  readonly atId: (id: string | undefined) => void
}

/** Shared by the text and the list beside it. */
export const LitContext = createContext<Lit>({ line: undefined, id: undefined })
export const PointContext = createContext<Point>({ atLine: () => undefined, atId: () => undefined })

export function useLit(): Lit {
  return useContext(LitContext)
}

export function usePoint(): Point {
  return useContext(PointContext)
}
