import { randomBytes, randomInt } from 'node:crypto'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { goneUpdate, readShown, type Shown, stampedUpdate } from '../../ydoc/presence.ts'
import type { Announce } from './rooms.ts'

/** Who is here. A window is here as long as its line of events stands, whatever it says itself. */
export type PresenceDesk = {
  /** A line of events was opened; the answer says that it closed. */
  readonly enter: (tell: Announce) => () => void
  /** A window says where it is, under the key that only its own line was told. */
  readonly show: (said: { readonly key: string; readonly update: string; readonly person: string }) => Result<true>
  readonly close: () => void
}

type Line = {
  readonly client: number
  readonly number: number
  readonly tell: Announce
  clock: number
  /** What the window said last, and the name it was let in under. */
  said: { readonly shown: Shown; readonly person: string } | undefined
}

/** Others forget a window that was silent for 30 seconds; one in the background is slow, but here. */
const REPEAT_EVERY = 10_000

export function openPresence(): PresenceDesk {
  const lines = new Map<string, Line>()
  const repeat = setInterval(() => {
    if (lines.size > 1) for (const line of lines.values()) announce(line)
  }, REPEAT_EVERY)
  repeat.unref()

  function announce(line: Line): void {
    if (!line.said) return
    line.clock++
    const update = updateOf(line, line.said)
    for (const other of lines.values()) if (other !== line) other.tell('presence.update', { update })
  }

  return {
    enter: tell => {
      const key = randomBytes(16).toString('hex')
      const line: Line = { client: freshClient(lines), number: freeNumber(lines), tell, clock: 0, said: undefined }
      tell('presence.here', { key, client: line.client, number: line.number })
      for (const other of lines.values()) if (other.said) tell('presence.update', { update: updateOf(other, other.said) })
      lines.set(key, line)
      return () => {
        if (!lines.delete(key)) return
        const update = toBase64(goneUpdate(line.client, line.clock + 1))
        for (const other of lines.values()) other.tell('presence.update', { update })
      }
    },
    show: ({ key, update, person }) => {
      const line = lines.get(key)
      if (!line) return refuse(NOT_HERE)
      const shown = readShown(fromBase64(update) ?? new Uint8Array(), line.client)
      if (!shown.ok) return shown
      line.said = { shown: shown.value, person }
      announce(line)
      return ok(true)
    },
    close: () => {
      clearInterval(repeat)
      lines.clear()
    },
  }
}

function updateOf(line: Line, { shown, person }: NonNullable<Line['said']>): string {
  return toBase64(stampedUpdate(shown, { client: line.client, number: line.number, person }, line.clock))
}

function freshClient(lines: ReadonlyMap<string, Line>): number {
  const taken = new Set([...lines.values()].map(line => line.client))
  let client = randomInt(1, 2 ** 32)
  while (taken.has(client)) client = randomInt(1, 2 ** 32)
  return client
}

function freeNumber(lines: ReadonlyMap<string, Line>): number {
  const taken = new Set([...lines.values()].map(line => line.number))
  let number = 1
  while (taken.has(number)) number++
  return number
}

const NOT_HERE = {
  code: 'presence.notHere',
  message: 'This window has no line to the host at the moment.',
  cure: 'It opens one again by itself.',
}
