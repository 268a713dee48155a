import type { EventName, Host, HostEvents } from '../contract.ts'

/** Who wants to hear which event. */
export type Listeners = {
  readonly on: Host['on']
  readonly tell: <N extends EventName>(name: N, payload: HostEvents[N]) => void
}

export function newListeners(): Listeners {
  const byName = new Map<string, Set<(payload: never) => void>>()
  return {
    on: (name, listener) => {
      const known = byName.get(name) ?? new Set()
      byName.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
    tell: (name, payload) => {
      for (const listener of [...(byName.get(name) ?? [])]) listener(payload as never)
    },
  }
}
