import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Design } from '../../../core/model/types.ts'
import { decisionsIn } from '../../../core/reports/decisions-since.ts'
import type { SpokenChange } from '../../../core/reports/difference-changes.ts'
import { spokenChanges } from '../../../core/reports/difference-changes.ts'
import type { KeptState } from '../../../host/contract.ts'

/** A place where the slider rests: a kept state, or now. */
export type Stop = {
  readonly digest: string | undefined
  readonly at: string
  readonly why: KeptState['why'] | undefined
  readonly place: number
}

export type Scale = {
  /** Oldest first; the last is now. */
  readonly stops: readonly Stop[]
  /** Where entries of the ledger lie between them. */
  readonly marks: readonly { readonly hash: string; readonly place: number }[]
}

/** The length of the slider. */
export const LENGTH = 1000

/**
 * Kept states and entries of the ledger on one line of time from 0 to 1000. Hours without anything count less the more they are, so that
 * the last day does not vanish beside the months before it; the order in time is always kept, and two stops never share a place.
 */
export function scaleOf(states: readonly KeptState[], { entries }: Pick<LedgerState, 'entries'>, now: string): Scale {
  const points = [
    ...states.map(({ digest, at, why }) => ({ at: at < now ? at : now, stop: { digest, at, why } })),
    ...entries.map(({ hash, entry }) => ({ at: entry.at < now ? entry.at : now, hash })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const ends = [...points, { at: now, stop: { digest: undefined, at: now, why: undefined } }]
  let sum = 0
  const sums = ends.map(({ at }, n) => {
    const before = ends[n - 1]
    sum += before ? 1 + gap(before.at, at) : 0
    return sum
  })
  const placeOf = (n: number) => (sum === 0 ? LENGTH : Math.round(((sums[n] ?? 0) / sum) * LENGTH))
  return {
    stops: ends.flatMap((end, n) => ('stop' in end ? [{ ...end.stop, place: placeOf(n) }] : [])),
    marks: ends.flatMap((end, n) => ('hash' in end ? [{ hash: end.hash, place: placeOf(n) }] : [])),
  }
}

/** An hour counts a little, a day more, a month not much more than that. */
function gap(from: string, to: string): number {
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  return Number.isFinite(hours) && hours > 0 ? Math.min(6, Math.log2(1 + hours)) : 0
}

/** The stop nearest to a place of the slider. */
export function nearest(stops: readonly Stop[], place: number): number {
  return stops.reduce(
    (best, stop, at) => (Math.abs(stop.place - place) < Math.abs((stops[best]?.place ?? 0) - place) ? at : best),
    0,
  )
}

/** Where a key leads from one stop; nothing for other keys. */
export function stopFor(key: string, at: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageDown: at - 10,
    PageUp: at + 10,
    Home: 0,
    End: count - 1,
  }
  return Object.hasOwn(moves, key) ? Math.max(0, Math.min(count - 1, moves[key] ?? at)) : undefined
}

/** What was decided after a state, which is taken back with it. */
export function decisionsSince(then: Design, now: Design): readonly SpokenChange[] {
  const untitled = new Map<string, string>()
  return decisionsIn(spokenChanges({ design: then, titles: untitled }, { design: now, titles: untitled }))
}
