import type { Threat } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { addDrawnThreat } from '../reading/drawn-threats.ts'
import { type Foreign, foreignOf, keptForeign } from '../reading/foreign.ts'
import type { Item } from '../reading/items.ts'
import { defined, idOf, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { mergedOf } from './merge-keys.ts'
import type { Lists } from './read.ts'
import { pointer, TITLE } from './sections.ts'
import { linksAmong, type Targets } from './targets.ts'
import { decisionIn, type Trackings } from './tracking.ts'
import { CATEGORIES, IMPACT, LIKELIHOOD, meaningOf } from './words.ts'

/** A risk that a person wrote into the file, with the id that Threagile makes for it. */
export type Risk = {
  readonly category: Item
  readonly name: string
  readonly raw: Raw
  readonly at: string
  readonly synthetic: string
}

const RELEVANT = [
  'most_relevant_data_asset',
  'most_relevant_technical_asset',
  'most_relevant_communication_link',
  'most_relevant_trust_boundary',
  'most_relevant_shared_runtime',
]

/** The risks of all categories; Threagile names each by its category and what it is about. */
export function risksOf(building: Building, categories: readonly Item[]): readonly Risk[] {
  return categories.flatMap(category => {
    const at = `${category.place.at}/risks_identified`
    const named = Object.entries(mergedOf(category.raw.risks_identified) ?? {})
    if (named.length === 0) tellEmpty(category)
    return named.flatMap(([name, value]): Risk[] => {
      const raw = mergedOf(value)
      const place = `${at}/${pointer(name)}`
      if (!raw) {
        building.report.losses.push({
          at: place,
          what: 'One identified risk',
          why: 'It is no object: nothing can be read from it.',
        })
        return []
      }
      const synthetic = [category.originalId ?? '', ...RELEVANT.flatMap(key => idOf(raw[key]) ?? [])].join('@')
      return [{ category, name, raw, at: place, synthetic }]
    })
  })
}

function tellEmpty({ raw, place }: Item): void {
  place.report.losses.push({
    at: place.at,
    what: `Risk category "${lineOf(raw[TITLE], 80) ?? ''}"`,
    why: 'No risk of it is identified, so nothing here is threatened by it; kept under foreign of the design.',
  })
}

type Around = { readonly targets: Targets; readonly trackings: Trackings }

/** Risks that people identified become threats, with what is tracked about each. */
export function addRisks(building: Building, lists: Lists, around: Around): void {
  const seen = new Set<string>()
  for (const risk of lists.risks) {
    const isTwin = seen.has(risk.synthetic)
    seen.add(risk.synthetic)
    addRisk(building, risk, { ...around, origin: isTwin ? [risk.synthetic, risk.name] : [risk.synthetic] })
  }
}

function addRisk(
  building: Building,
  risk: Risk,
  { targets, trackings, origin }: Around & { readonly origin: readonly string[] },
) {
  const { category, raw, name, at, synthetic } = risk
  const found = RELEVANT.slice(0, 3).flatMap(key => targets.find(idOf(raw[key]) ?? '') ?? [])
  const place = { at, report: building.report }
  const statement = lineOf(plainOf(name), 4000)
  const stride = meaningOf(CATEGORIES, category.raw.stride)
  const rating = {
    likelihood: meaningOf(LIKELIHOOD, raw.exploitation_likelihood),
    impactScale: meaningOf(IMPACT, raw.exploitation_impact),
  }
  const used = new Set(Object.keys(raw).filter(key => raw[key] === null))
  if (rating.likelihood) used.add('exploitation_likelihood')
  if (rating.impactScale) used.add('exploitation_impact')
  for (const key of RELEVANT.slice(0, 3)) if (targets.find(idOf(raw[key]) ?? '')) used.add(key)
  const tracking = trackings.of(risk)
  const own: Foreign | undefined = foreignOf(statement === name ? raw : { ...raw, [TITLE]: name }, used, place)
  const decided = decisionIn(building, tracking)
  const id = addDrawnThreat(
    decided.building,
    {
      place: at,
      originalId: lineOf(synthetic, 1000),
      statement,
      description: textOf(category.raw.description),
      categories: stride ? [stride] : [],
      ...decided.said,
      foreign: keptForeign({ ...own, ...decided.foreign }, place),
    },
    {
      ...defined({ elements: linksAmong(found, 'E'), flows: linksAmong(found, 'F') }),
      origin: [building.model, '/risks_identified', ...origin],
    },
  )
  const row = building.threats[id]
  const cwe = Number(category.raw.cwe)
  const weaknesses = Number.isInteger(cwe) && cwe > 0 && cwe < 100_000 ? { [`CWE-${cwe}`]: true as const } : undefined
  if (row)
    building.threats[id] = {
      ...row,
      ...(defined({
        ...rating,
        data: linksAmong(found, 'D'),
        cwe: weaknesses as Threat['cwe'],
        impact: lineOf(category.raw.impact, 4000),
      }) as Partial<Threat>),
    }
  for (const key of RELEVANT.slice(0, 3)) if (!targets.find(idOf(raw[key]) ?? '')) tellLoose(risk, key, building)
  tellRisk(building, risk, { isRated: rating.likelihood !== undefined && rating.impactScale !== undefined, hasStride: !!stride })
}

/** Threagile writes titles with a little markup. */
function plainOf(title: string): string {
  return title.replace(/<\/?(?:b|i|u|em|strong|code|br)\s?\/?>/gi, '')
}

function tellRisk({ report }: Building, { raw, at }: Risk, { isRated, hasStride }: { isRated: boolean; hasStride: boolean }) {
  const tell = (what: string, why: string) => tally(report, at, { what: count => `${what} of ${many(count, 'risk')}`, why })
  tell(
    'Words of the category',
    'Mitigation, action, check and the like are advice for any risk of the category and not yet decided: kept under foreign of the design.',
  )
  if (!isRated) tell('Likelihood or impact', 'The file states no word of the format: estimate it.')
  if (!hasStride) tell('Category', 'The file states no STRIDE value: choose a category.')
  if (raw.severity !== undefined && raw.severity !== null)
    tell('Severity', 'The risk is computed here from likelihood and impact: kept under foreign.')
  for (const key of ['data_breach_probability', 'data_loss_probability'])
    if (raw[key] !== undefined && raw[key] !== null)
      tell(key, 'How likely data is lost has no field besides the likelihood: kept under foreign.')
  for (const key of RELEVANT.slice(3))
    if (idOf(raw[key]) !== undefined)
      tell('Boundary or runtime', 'A threat here hangs on elements, data flows and data: kept under foreign.')
}

function tellLoose({ raw, at, name: title }: Risk, key: string, { report }: Building): void {
  const name = idOf(raw[key])
  if (name !== undefined)
    report.losses.push({
      at: `${at}/${key}`,
      what: `What the risk "${plainOf(title).slice(0, 80)}" is about`,
      why: `It names "${name.slice(0, 80)}", which the model does not hold; kept under foreign.`,
    })
}
