import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'
import type { Problem } from '../../core/support/result.ts'
import type { Facts } from './facts.ts'
import { useSession } from './session.ts'
import { useFacts } from './use-commands.ts'
import { useWorkbench } from './workbench.ts'

const Soon = createContext<Facts | undefined>(undefined)

/** Hands the facts down a frame late: an edit is painted first, and only then is asked what follows from it. */
export function FactsSoon({ children }: { readonly children: ReactNode }) {
  const facts = useFacts()
  const [soon, setSoon] = useState(facts)
  useEffect(() => afterPaint(() => startTransition(() => setSoon(facts))), [facts])
  return <Soon value={soon}>{children}</Soon>
}

/** What follows from the design, as of a moment ago: for what stands around the work. */
export function useFactsSoon(): Facts {
  const soon = useContext(Soon)
  if (!soon) throw new Error('useFactsSoon: no FactsSoon around this view')
  return soon
}

/** Everything that asks for a look, as of a moment ago: what the design says about itself, and rows that others left unreadable. */
export function useProblems(): readonly Problem[] {
  const { shared } = useWorkbench()
  const facts = useFactsSoon()
  const ofPacks = useSession(session => session.packProblems)
  return [...shared.problems(), ...ofPacks, ...facts.problems()]
}

/** A window that nobody sees paints nothing, and must not wait for it. */
function afterPaint(then: () => void): () => void {
  let timer = document.hidden ? setTimeout(then) : undefined
  const frame = document.hidden
    ? undefined
    : requestAnimationFrame(() => {
        timer = setTimeout(then)
      })
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
