import { useEffect, useRef, useState } from 'react'
import type { HandOff } from '../../../core/monitoring/types.ts'
import { handOffNow } from '../../commands/monitoring-plans.ts'
import type { Facts } from '../../state/facts.ts'
import { useFactsSoon } from '../../state/facts-soon.tsx'

/** Milliseconds that nobody edited before it is derived again. */
const REST = 400

/** What is handed over, and the facts it follows from. */
export type Derived = { readonly handOff: HandOff; readonly facts: Facts }

/** The hand-off once it is derived, which a large design takes some time for; after that the last one until the design rests. */
export function useHandOff(): Derived | undefined {
  const facts = useFactsSoon()
  const [derived, setDerived] = useState<Derived>()
  const isFirst = useRef(true)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        isFirst.current = false
        setDerived({ handOff: handOffNow(facts.design, facts.packs, facts.at), facts })
      },
      isFirst.current ? 0 : REST,
    )
    return () => clearTimeout(timer)
  }, [facts])
  return derived
}
