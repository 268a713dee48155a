import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Thing } from './lists.ts'
import type { Model } from './read.ts'

/** How likely and how bad, each 1 to 5, as far as a file says so. */
export type Rating = { readonly likelihood: number | undefined; readonly impact: number | undefined }

const LIKELIHOOD: Readonly<Record<string, number>> = { 'very-low': 1, low: 2, medium: 3, high: 4, 'very-high': 5, certain: 5 }
const IMPACT: Readonly<Record<string, number>> = { negligible: 1, low: 2, moderate: 3, major: 4, catastrophic: 5 }

/** The highest rating of a threat: its scenarios, and the risks that name it or a scenario of it, before any response. */
export function ratingsOf({ lists, links, isOurs }: Model): ReadonlyMap<string, Rating> {
  const ratings = new Map<string, Rating>()
  const note = (names: unknown, rating: Rating) => {
    for (const id of threatIds(names, links)) ratings.set(id, higher(ratings.get(id), rating))
  }
  for (const risk of lists.risks) {
    if (!isOurs) tellRisk(risk)
    note(risk.raw.relatedThreats, ratingIn(recordOf(risk.raw.inherentRisk) ?? {}))
  }
  for (const { raw, id } of lists.scenarios) {
    const rating = higher(ratings.get(id), ratingIn(raw))
    ratings.set(id, rating)
    note(raw.threats, rating)
  }
  return ratings
}

/** The threats and scenarios among the names. */
export function threatIds(names: unknown, links: Model['links']): readonly string[] {
  const ids = listOf(names).map(name => links.item(name)?.id ?? '')
  return [...new Set(ids.filter(id => id.startsWith('T-')))]
}

function ratingIn(raw: Raw): Rating {
  const impact = recordOf(raw.impact)
  return {
    likelihood: stepOf(LIKELIHOOD, recordOf(raw.likelihood)?.level),
    impact: impact?.polarity === 'benefit' ? undefined : stepOf(IMPACT, impact?.level),
  }
}

function stepOf(steps: Readonly<Record<string, number>>, value: unknown): number | undefined {
  const word = String(value).toLowerCase()
  return Object.hasOwn(steps, word) ? steps[word] : undefined
}

function higher(a: Rating | undefined, b: Rating): Rating {
  return { likelihood: most(a?.likelihood, b.likelihood), impact: most(a?.impact, b.impact) }
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

function tellRisk({ place }: Thing): void {
  tally(place.report, place.at, {
    what: count => `Statements, scores and responses of ${many(count, 'risk')}`,
    why: 'Likelihood and impact before any response went to the threats that a risk names, the score is computed here; the rest is kept under foreign of the design.',
  })
}
