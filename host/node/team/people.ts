import { type Elsewhere, readElsewhere } from '../../../ydoc/presence.ts'
import type { Guest, PresenceDesk } from '../presence.ts'

/** Where people on other machines are, and telling them where those here are. */
export type People = {
  readonly hear: (update: Uint8Array) => void
  /** How many others are here from elsewhere. */
  readonly count: () => number
  /** The line stands: everyone here is told; or it does not, and nobody else is here as far as one knows. */
  readonly line: (stands: boolean) => void
  readonly close: () => void
}

/** Milliseconds: between two messages about the same change, between repeats, and until one who is silent is taken for gone. */
const TOGETHER = 200
const REPEAT = 15_000
const SILENT = 40_000

export function followPeople(tools: {
  readonly desk: PresenceDesk
  readonly send: (update: Uint8Array) => void
  readonly changed: () => void
}): People {
  const { desk, send, changed } = tools
  const known = new Map<number, Guest & { readonly heard: number }>()
  let stands = false
  let soon: NodeJS.Timeout | undefined

  function tell(): void {
    soon = undefined
    if (stands) for (const { update } of desk.here()) send(update)
  }
  function show(): void {
    desk.guests([...known.values()].map(({ client, person, shown }) => ({ client, person, shown })))
    changed()
  }
  function take({ client, person, shown }: Elsewhere): void {
    if (shown) known.set(client, { client, person, shown, heard: performance.now() })
    else known.delete(client)
  }

  const stop = desk.onChange(() => {
    soon ??= setTimeout(tell, TOGETHER)
  })
  const repeat = setInterval(() => {
    tell()
    const gone = [...known.values()].filter(({ heard }) => performance.now() - heard > SILENT)
    for (const { client } of gone) known.delete(client)
    if (gone.length > 0) show()
  }, REPEAT)
  repeat.unref()
  return {
    hear: update => {
      const own = new Set(desk.clients())
      const others = readElsewhere(update).filter(({ client }) => !own.has(client))
      // Who has just come has not heard of anyone here.
      if (others.some(({ client, shown: isHere }) => isHere && !known.has(client))) soon ??= setTimeout(tell, TOGETHER)
      for (const one of others) take(one)
      show()
    },
    count: () => new Set([...known.values()].map(({ person }) => person)).size,
    line: now => {
      if (now === stands) return
      stands = now
      if (stands) tell()
      else if (known.size > 0) {
        known.clear()
        show()
      }
    },
    close: () => {
      stop()
      clearInterval(repeat)
      clearTimeout(soon)
      known.clear()
      desk.guests([])
    },
  }
}
