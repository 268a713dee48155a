import type { Building } from '../reading/building.ts'
import type { Item } from '../reading/items.ts'
import { idOf, lineOf, listOf, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'

/** How likely and how bad, each 1 to 5, as far as a file says so. */
export type Rating = { readonly likelihood: number | undefined; readonly impact: number | undefined }

const LIKELIHOOD = ['rare', 'unlikely', 'possible', 'likely', 'certain']
const IMPACT = ['negligible', 'minor', 'moderate', 'major', 'severe']

/** The ratings of the risks, by the threats they name; of several the highest, since each of them may come true. */
export function ratingsOf(building: Building, risks: unknown, threats: ReadonlyMap<string, Item>): ReadonlyMap<string, Rating> {
  const ratings = new Map<string, Rating>()
  for (const [i, value] of listOf(risks).entries()) {
    const raw = recordOf(value)
    if (!raw) continue
    const at = `/risks/${i}`
    const rating = { likelihood: stepOf(LIKELIHOOD, raw.likelihood), impact: stepOf(IMPACT, raw.impact) }
    tellRisk(building, at, rating)
    for (const [j, name] of listOf(raw.threats).entries()) {
      const threat = threats.get(idOf(name) ?? '')
      if (threat) ratings.set(threat.id, higher(ratings.get(threat.id), rating))
      else
        building.report.losses.push({
          at: `${at}/threats/${j}`,
          what: `A link of Risk "${lineOf(raw.title, 80) ?? 'without a title'}"`,
          why: `It names ${JSON.stringify(idOf(name)?.slice(0, 80) ?? null)}, which is no threat of this file; kept under foreign.`,
        })
    }
  }
  return ratings
}

function stepOf(steps: readonly string[], value: unknown): number | undefined {
  const step = steps.indexOf(String(value).toLowerCase())
  return step < 0 ? undefined : step + 1
}

function higher(a: Rating | undefined, b: Rating): Rating {
  return { likelihood: most(a?.likelihood, b.likelihood), impact: most(a?.impact, b.impact) }
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

function tellRisk({ report }: Building, at: string, { likelihood, impact }: Rating): void {
  tally(report, at, {
    what: count => `Titles, descriptions, scores and levels of ${many(count, 'risk')}`,
    why: 'Likelihood and impact went to the threats that a risk names, the score is computed here; the rest is kept under foreign.',
  })
  if (likelihood === undefined || impact === undefined)
    tally(report, at, {
      what: count => `Likelihood or impact of ${many(count, 'risk')}`,
      why: 'It is none of the five words of the format: estimate it.',
    })
}
