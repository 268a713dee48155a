import type { EventName, Host, HostEvents } from '../contract.ts'

/** Who wants to hear which event. */
export type Listeners = {
  readonly on: Host['on']
  readonly tell: <N extends EventName>(name: N, payload: HostEvents[N]) => void
}

/** Told as soon as the line stands, which may be before anyone had the time to listen. */
const KEPT: ReadonlySet<EventName> = new Set(['presence.here', 'presence.update'])
const MOST_KEPT = 300

export function newListeners(): Listeners {
  const byName = new Map<string, Set<(payload: never) => void>>()
  const early = new Map<string, unknown[]>()
  return {
    on: (name, listener) => {
      const known = byName.get(name) ?? new Set()
      byName.set(name, known.add(listener))
      for (const payload of early.get(name) ?? []) listener(payload as never)
      early.delete(name)
      return () => void known.delete(listener)
    },
    tell: (name, payload) => {
      const known = byName.get(name)
      if (!known && KEPT.has(name)) early.set(name, [...(early.get(name) ?? []), payload].slice(-MOST_KEPT))
      for (const listener of [...(known ?? [])]) listener(payload as never)
    },
  }
}
