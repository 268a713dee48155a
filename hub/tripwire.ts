/** Rows that go within one minute by one person's hand, and the share of the design, beyond which it is no slip any more. */
export const MOST_ROWS = 20
export const MOST_SHARE = 0.3
const WINDOW = 60_000

type Minute = { readonly since: number; readonly rows: number; readonly before: Uint8Array; readonly lost: Set<string> }

export type Tripwire = {
  /** Notes rows that would go; answers the state from before the first of them when they are too many. */
  readonly lose: (person: string, lost: readonly string[]) => Uint8Array | undefined
  /** Takes back what was noted, when the edit was not let through. */
  readonly spare: (person: string, lost: readonly string[]) => void
}

/** Watches for one person taking a design apart, in one edit or in many small ones. */
export function tripwire(look: {
  readonly rows: () => number
  readonly state: () => Uint8Array
  readonly now: () => number
}): Tripwire {
  const minutes = new Map<string, Minute>()
  return {
    lose: (person, lost) => {
      if (lost.length === 0) return undefined
      for (const [other, { since }] of minutes) if (look.now() - since > WINDOW) minutes.delete(other)
      let minute = minutes.get(person)
      if (!minute) {
        minute = { since: look.now(), rows: look.rows(), before: look.state(), lost: new Set() }
        minutes.set(person, minute)
      }
      for (const row of lost) minute.lost.add(row)
      return minute.lost.size > MOST_ROWS && minute.lost.size > MOST_SHARE * minute.rows ? minute.before : undefined
    },
    spare: (person, lost) => {
      for (const row of lost) minutes.get(person)?.lost.delete(row)
    },
  }
}
