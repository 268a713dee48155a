import type { KeptState } from '../contract.ts'

export type Bounds = {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Digests that entries of the ledger name, of the last 90 days: these stay, whatever else is full. */
  readonly named: ReadonlySet<string>
  /** Bytes that all kept states may have together. */
  readonly most: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** So long a state lives at most, and so long what the ledger names is kept for sure. */
export const LONGEST = 90 * DAY

/** Bytes of all kept states together. */
export const MOST_BYTES = 256 * 1024 * 1024

/**
 * Digests of the states to let go: all of the last day stay, then the last of each hour for a week, then the last of each day for
 * 90 days; where the rest is still too large, the oldest go first. A time to come, from a clock that was set back, counts as now.
 */
export function statesToDrop(states: readonly KeptState[], { now, named, most }: Bounds): ReadonlySet<string> {
  const drop = new Set<string>()
  const taken = new Set<string>()
  let bytes = 0
  // Newest first, so that the first of a span is its last, and what is too much is the oldest; what is named counts before all others.
  const newest = states.toReversed()
  for (const state of newest) if (named.has(state.digest)) bytes += state.bytes
  for (const { digest, at, bytes: own } of newest) {
    const span = spanOf(Date.parse(at), now)
    if (named.has(digest)) {
      taken.add(span ?? '')
      continue
    }
    if (span === undefined || (span !== EACH && taken.has(span)) || bytes + own > most) drop.add(digest)
    else {
      taken.add(span)
      bytes += own
    }
  }
  return drop
}

const EACH = 'each'

/** The hour or day of which one state stays; nothing where none does. */
function spanOf(at: number, now: number): string | undefined {
  const age = now - at
  if (age <= DAY) return EACH
  if (age <= 7 * DAY) return `hour ${Math.floor(at / HOUR)}`
  return age <= LONGEST ? `day ${Math.floor(at / DAY)}` : undefined
}
