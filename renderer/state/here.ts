import type { Host } from '../../host/contract.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { joinPresence, type Presence, type Shown } from '../../ydoc/presence.ts'
import { type Session, setSession, useSession } from './session.ts'

/** Tells the other windows where this one is, and hears where they are; every line of events starts it anew. */
export function joinOthers(host: Host): () => void {
  let presence: Presence | undefined
  let sending: Promise<unknown> | undefined
  let waiting: (() => Promise<unknown>) | undefined

  /** One message at a time; of those that wait, the last alone counts. */
  function send(next: () => Promise<unknown>): void {
    if (sending) {
      waiting = next
      return
    }
    sending = next().finally(() => {
      sending = undefined
      const last = waiting
      waiting = undefined
      if (last) send(last)
    })
  }

  const stopHere = host.on('presence.here', ({ key, client, number }) => {
    presence?.leave()
    const mine = joinPresence({
      client,
      send: update => send(() => host.call('presence.show', { key, update: toBase64(update) })),
      changed: () => setSession({ others: mine.others() }),
    })
    presence = mine
    setSession({ number, others: [] })
    mine.show(shownOf(useSession.getState()))
  })
  const stopUpdates = host.on('presence.update', ({ update }) => {
    const bytes = fromBase64(update)
    if (bytes) presence?.receive(bytes)
  })
  const stopLine = host.on('host.connection', ({ online }) => (online ? undefined : setSession({ others: [] })))
  const stopSession = useSession.subscribe((now, before) => {
    if (now.step !== before.step || now.selection !== before.selection) presence?.show(shownOf(now))
  })
  return () => {
    for (const stop of [stopHere, stopUpdates, stopLine, stopSession]) stop()
    presence?.leave()
  }
}

function shownOf({ step, selection }: Session): Shown {
  return { step, selection }
}
