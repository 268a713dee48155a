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
  /** The windows here that have said where they are, as they are to be told elsewhere; `changed` is called when that changes. */
  readonly here: () => readonly Window[]
  /** Every window here, whether it has said anything or not. */
  readonly clients: () => readonly number[]
  readonly onChange: (changed: () => void) => () => void
  /** Those who are here from other machines now; they are told to the windows like one of them. */
  readonly guests: (guests: readonly Guest[]) => void
  readonly close: () => void
}

export type Window = { readonly client: number; readonly update: Uint8Array }
export type Guest = { readonly client: number; readonly person: string; readonly shown: Shown }

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
    for (const guest of guests.values()) {
      guest.clock = ++tick
      tellOf(guest.client, stampedUpdate(guest.shown, guest, guest.clock))
    }
    if (lines.size > 1) for (const line of lines.values()) announce(line)
  }, REPEAT_EVERY)
  repeat.unref()

  const listeners = new Set<() => void>()
  /** One count for all guests: one who comes back is not taken for who they were before they left. */
  let tick = 0
  const guests = new Map<number, Guest & { readonly number: number; clock: number }>()
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  function tellOf(client: number, update: Uint8Array): void {
    for (const line of lines.values()) if (line.client !== client) line.tell('presence.update', { update: toBase64(update) })
  }

  function announce(line: Line): void {
    if (!line.said) return
    line.clock++
    const update = toBase64(updateOf(line, line.said))
    for (const other of lines.values()) if (other !== line) other.tell('presence.update', { update })
  }

  return {
    enter: tell => {
      const key = randomBytes(16).toString('hex')
      const line: Line = {
        client: freshClient(lines),
        number: freeNumber([...lines.values(), ...guests.values()]),
        tell,
        clock: 0,
        said: undefined,
      }
      tell('presence.here', { key, client: line.client, number: line.number })
      for (const other of lines.values())
        if (other.said) tell('presence.update', { update: toBase64(updateOf(other, other.said)) })
      for (const guest of guests.values())
        tell('presence.update', { update: toBase64(stampedUpdate(guest.shown, guest, guest.clock)) })
      lines.set(key, line)
      return () => {
        if (!lines.delete(key)) return
        const update = toBase64(goneUpdate(line.client, line.clock + 1))
        for (const other of lines.values()) other.tell('presence.update', { update })
        changed()
      }
    },
    show: ({ key, update, person }) => {
      const line = lines.get(key)
      if (!line) return refuse(NOT_HERE)
      const shown = readShown(fromBase64(update) ?? new Uint8Array(), line.client)
      if (!shown.ok) return shown
      line.said = { shown: shown.value, person }
      announce(line)
      changed()
      return ok(true)
    },
    here: () =>
      [...lines.values()].flatMap(line => {
        if (!line.said) return []
        line.clock++
        return [{ client: line.client, update: updateOf(line, line.said) }]
      }),
    clients: () => [...lines.values()].map(({ client }) => client),
    onChange: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    guests: now => {
      for (const client of [...guests.keys()])
        if (!now.some(guest => guest.client === client)) {
          guests.delete(client)
          tellOf(client, goneUpdate(client, ++tick))
        }
      for (const guest of now) {
        const known = guests.get(guest.client)
        const number = known?.number ?? freeNumber([...lines.values(), ...guests.values()])
        const clock = ++tick
        guests.set(guest.client, { ...guest, number, clock })
        tellOf(guest.client, stampedUpdate(guest.shown, { ...guest, number }, clock))
      }
    },
    close: () => {
      clearInterval(repeat)
      lines.clear()
      guests.clear()
      listeners.clear()
    },
  }
}

function updateOf(line: Line, { shown, person }: NonNullable<Line['said']>): Uint8Array {
  return stampedUpdate(shown, { client: line.client, number: line.number, person }, line.clock)
}

function freshClient(lines: ReadonlyMap<string, Line>): number {
  const taken = new Set([...lines.values()].map(line => line.client))
  let client = randomInt(1, 2 ** 32)
  while (taken.has(client)) client = randomInt(1, 2 ** 32)
  return client
}

function freeNumber(all: readonly { readonly number: number }[]): number {
  const taken = new Set(all.map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number++
  return number
}

const NOT_HERE = {
  code: 'presence.notHere',
  message: 'This window has no line to the host at the moment.',
  cure: 'It opens one again by itself.',
}
