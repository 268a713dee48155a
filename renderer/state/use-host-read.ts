import { useEffect, useState } from 'react'
import type { Problem } from '../../core/support/result.ts'
import type { CallName, Input, Output } from '../../host/contract.ts'
import { useWorkbench } from './workbench.ts'

/** How far a reading is; a stale value stays in view until the next one is there. */
export type HostRead<T> =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly value: T; readonly isStale: boolean }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Reads something from the host for a view, again whenever the turn changes; the last answer stays in view meanwhile. */
export function useHostRead<N extends CallName>(name: N, input: Input<N> | undefined, turn: unknown): HostRead<Output<N>> {
  const { host } = useWorkbench()
  const key = JSON.stringify(input)
  const [read, setRead] = useState<HostRead<Output<N>>>({ kind: 'reading' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the input counts by what it says, the turn by being another
  useEffect(() => {
    if (input === undefined) return
    let isWanted = true
    setRead(before => (before.kind === 'read' ? { ...before, isStale: true } : { kind: 'reading' }))
    host.call(name, input).then(answer => {
      if (!isWanted) return
      setRead(answer.ok ? { kind: 'read', value: answer.value, isStale: false } : { kind: 'refused', problems: answer.problems })
    })
    return () => {
      isWanted = false
    }
  }, [host, name, key, turn])
  return read
}
