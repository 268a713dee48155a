import type { Item } from '../reading/items.ts'
import { lineOf, type Raw } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'

/** Whether somebody decided against the mitigation: then it is none, and the design keeps the words. */
export function isDropped({ status }: Raw): boolean {
  return status === 'mitigationResolvedWillNotAction'
}

export function tellDropped({ raw, place }: Item): void {
  place.report.losses.push({
    at: place.at,
    what: `Mitigation "${lineOf(raw.content, 80) ?? 'without a text'}"`,
    why: 'Its status says that nobody will do it, so it mitigates nothing; kept under foreign of the design.',
  })
}

/** A status that decides nothing here: who accepts, or how it was solved, the file does not say. */
export function tellStatus({ raw, place, noun }: Item): void {
  const word = lineOf(raw.status, 80) ?? ''
  tally(place.report, place.at, {
    what: count => `Status "${word}" of ${many(count, noun)}`,
    why: 'Here a status follows from what is decided and done: it counts as open, and the word is kept under foreign.',
  })
}
