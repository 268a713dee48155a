import { useCallback, useEffect, useState } from 'react'
import type { Design } from '../../core/model/types.ts'
import type { Difference } from '../../core/reports/difference.ts'
import { useSession } from '../state/session.ts'

/** How far a comparison is. */
export type Comparing =
  | { readonly kind: 'deriving'; readonly done: number; readonly of: number }
  | { readonly kind: 'ready'; readonly difference: Difference }
  | { readonly kind: 'cancelled' | 'failed' }

const START: Comparing = { kind: 'deriving', done: 0, of: 1 }

/** The difference of two designs in the words of threat modelling; derived again when either is another, called off when nobody waits. */
export function useDifference(before: Design, after: Design, issued: ReadonlyMap<string, number>) {
  const packs = useSession(session => session.packs)
  const at = useSession(session => session.now)
  const [state, setState] = useState<Comparing>(START)
  const [turn, setTurn] = useState(0)
  const [stop, setStop] = useState<() => void>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute counts when asking, and is no reason to ask again
  useEffect(() => {
    let isOver = false
    let end = () => {}
    setState(START)
    setStop(() => () => {
      isOver = true
      end()
      setState({ kind: 'cancelled' })
    })
    import('./ask.ts')
      .then(({ askDifference }) => {
        if (!isOver) end = askDifference({ before, after, packs, at, issued }, next => (isOver ? undefined : setState(next)))
      })
      .catch(() => (isOver ? undefined : setState({ kind: 'failed' })))
    return () => {
      isOver = true
      end()
    }
  }, [before, after, packs, issued, turn])
  return { state, cancel: useCallback(() => stop?.(), [stop]), again: useCallback(() => setTurn(now => now + 1), []) }
}
