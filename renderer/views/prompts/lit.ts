import { createContext, useContext } from 'react'
import type { GutterLine } from './prompts-model.ts'

/** What is pointed at: a line, whose origins glow, or an origin, whose lines glow. */
export type Lit = {
  /** The line pointed at last; it stays, so that its side list can be reached. */
  readonly line: GutterLine | undefined
  readonly id: string | undefined
  readonly pointAtLine: (line: GutterLine) => void
  readonly pointAtId: (id: string | undefined) => void
}

/** Shared by the text and the list beside it. */
export const LitContext = createContext<Lit>({
  line: undefined,
  id: undefined,
  pointAtLine: () => undefined,
  pointAtId: () => undefined,
})

export function useLit(): Lit {
  return useContext(LitContext)
}
