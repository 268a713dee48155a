import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Entry, partsOf, type Reading } from './entries.ts'
import type { Lists } from './read.ts'
import { type Facts, type Risks, tellFacts } from './risks.ts'
import type { TargetsOf } from './targets.ts'

type Around = { readonly targetsOf: TargetsOf; readonly risks: Risks }

/** Threats with their method, who acts by their attackers, and which weaknesses they need by the risks that name them. */
export function addThreats(reading: Reading, lists: Lists, around: Around): void {
  for (const threat of lists.threats) addThreat(reading, threat, around)
}

function addThreat({ building }: Reading, threat: Entry, { targetsOf, risks }: Around): void {
  const { id, raw, node } = threat
  const facts = risks.factsOf(threat)
  const { elements, data, isWhole } = targetsOf(threat, partsOf(node, 'threat_environment', 'threatened_asset'))
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.method, 4000)
  const description = textOf(raw.method)
  const { provenance, foreign } = originOf(building, threat, { texts: { method: 100_000 } })
  tellThreat(threat, { elements, data, isWhole })
  tellFacts(threat, facts)
  building.threats[id] = defined({
    id,
    statement: statement ?? unnamed(threat),
    source: listed(partsOf(node, 'threat_environment', 'threat_attacker').map(({ attributes }) => attributes.name)),
    prerequisite: listed(facts.risks.map(risk => risk.raw.vulnerability)),
    categories: {},
    elements,
    data,
    likelihood: likelihoodOf(threat),
    description: description === statement ? undefined : description,
    provenance,
    foreign: withFacts(threat, facts, foreign),
  })
}

/** Names as one line, each once. */
function listed(names: readonly unknown[]): string | undefined {
  return lineOf([...new Set(names.flatMap(name => idOf(name) ?? []))].join(', '), 4000)
}

/** Six steps on five: what is negligible and what is very low are one. */
const LIKELIHOOD: Readonly<Record<string, number>> = {
  incredible: 1,
  improbable: 1,
  remote: 2,
  occasional: 3,
  probable: 4,
  frequent: 5,
}

/** Of several environments the highest, since the threat may come true in each. */
function likelihoodOf({ node, place }: Entry): number | undefined {
  const words = partsOf(node, 'threat_environment').map(({ attributes }) => idOf(attributes.likelihood)?.toLowerCase() ?? '')
  const steps = words.flatMap(word => (Object.hasOwn(LIKELIHOOD, word) ? (LIKELIHOOD[word] ?? []) : []))
  if (steps.length > 0)
    tally(place.report, place.at, {
      what: count => `Likelihood of ${many(count, 'threat')} in each environment`,
      why: 'Six words became five steps, and the highest of all environments counts; the words are kept under foreign.',
    })
  else
    tally(place.report, place.at, {
      what: count => `Likelihood of ${many(count, 'threat')}`,
      why: 'It is none of the six words of the format: estimate it.',
    })
  return steps.length > 0 ? steps.reduce((most, step) => Math.max(most, step)) : undefined
}

/** Risks and responses beside the rest; those that are too long cost only themselves. */
function withFacts({ place }: Entry, { risks, responses }: Facts, foreign: Foreign | undefined): Foreign | undefined {
  const keep = (key: string, list: readonly Entry[]): Raw =>
    list.length > 0 ? (keptForeign({ [key]: list.map(({ raw }) => raw) }, place) ?? {}) : {}
  const all = { ...foreign, ...keep('risk', risks), ...keep('response', responses) }
  return Object.keys(all).length > 0 ? all : undefined
}

function unnamed({ place }: Entry): string {
  tally(place.report, place.at, {
    what: count => `Title of ${many(count, 'threat')}`,
    why: 'The file gives none; called "Unnamed threat".',
  })
  return 'Unnamed threat'
}

function tellThreat({ raw, place }: Entry, { elements, data, isWhole }: ReturnType<TargetsOf>): void {
  tally(place.report, place.at, {
    what: count => `Category of ${many(count, 'threat')}`,
    why: 'The format has types of its own, which are no STRIDE values: kept under foreign; choose a category for each.',
  })
  if (!elements && !data)
    tally(place.report, place.at, {
      what: count => `What ${many(count, 'threat')} would hit`,
      why: 'None of its assets is information or on a data flow: link the elements, data flows and data.',
    })
  else if (!isWhole)
    tally(place.report, place.at, {
      what: count => `Some assets that ${many(count, 'threat')} would hit`,
      why: 'They are neither information nor on a data flow: their names are kept under foreign.',
    })
  if (Array.isArray(raw.threat_environment))
    tally(place.report, place.at, {
      what: count => `Security properties that ${many(count, 'threat')} would hurt`,
      why: 'How much the attacker wants each of them has no field of its own: kept under foreign.',
    })
}
