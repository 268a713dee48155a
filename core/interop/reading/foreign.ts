import type { Element } from '../../model/types.ts'
import { type ImportReport, many, tally } from '../report.ts'
import { cleanJson, type Raw } from './json-fields.ts'

/** Keys without a place of their own, kept as they were. */
export type Foreign = NonNullable<Element['foreign']>

/** Where in the file a reader stands, and whom it tells what it cannot keep. */
export type Place = { readonly at: string; readonly report: ImportReport }

/** Enough for every key of every real file seen, too little for an embedded picture. */
const MOST = 20_000

/** The keys nobody reads, as they were; nothing when there are none. */
export function foreignOf(raw: Raw, used: ReadonlySet<string>, place: Place): Foreign | undefined {
  const rest = Object.entries(raw).filter(([key]) => !used.has(key))
  return rest.length > 0 ? keptForeign(Object.fromEntries(rest), place) : undefined
}

/** The values as a row may keep them; too much of it becomes a loss. */
export function keptForeign(values: Raw, place: Place): Foreign | undefined {
  const kept = cleanJson(values) as Foreign
  if (JSON.stringify(kept).length <= MOST) return kept
  tally(place.report, place.at, {
    what: count => `Other keys of ${many(count, 'object')}`,
    why: `They hold more than ${MOST / 1000} kB, too much to carry along.`,
  })
  return undefined
}
