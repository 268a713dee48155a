import { rowsOf } from '../../model/table.ts'
import type { Acceptance, Category, PrivacyCategory, Threat } from '../../model/types.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { uniqueOf } from '../writing/merged.ts'
import { originalOf } from '../writing/returned.ts'
import { propertiesOf } from './marks.ts'
import { OWN_PROPERTIES, objectOf, ownProperties, type Pen, partyOf, refsOf, TOOL } from './write-objects.ts'

const STRIDE: Readonly<Record<Category, string>> = {
  spoofing: 'spoofing',
  tampering: 'tampering',
  repudiation: 'repudiation',
  informationDisclosure: 'information-disclosure',
  denialOfService: 'denial-of-service',
  elevationOfPrivilege: 'elevation-of-privilege',
}

const LINDDUN: Readonly<Record<PrivacyCategory, string>> = {
  linking: 'linkability',
  identifying: 'identifiability',
  nonRepudiation: 'non-repudiation',
  detecting: 'detectability',
  dataDisclosure: 'disclosure-of-information',
  unawareness: 'unawareness',
  nonCompliance: 'non-compliance',
}

const LIKELIHOOD = ['very-low', 'low', 'medium', 'high', 'very-high']
const IMPACT = ['negligible', 'low', 'moderate', 'major', 'catastrophic']

/** Answers to threats, by the id of the threat. */
export type Answers = ReadonlyMap<string, readonly string[]>

/** The threats with their scenarios; `kept` is what an import left of this part of the file. */
export function threatsPart(pen: Pen, kept: Raw, answers: Answers): Raw {
  const rows = rowsOf(pen.design.threats)
  const refs = new Set(rows.map(({ id }) => pen.refs.get(id)))
  const left = listOf(kept.scenarios).filter(one => realizes(recordOf(one) ?? {}, refs))
  const scenarios = [...left, ...rows.flatMap(row => scenarioOf(pen, row))]
  const threats = rows.map(row => threatOf(pen, row, answers.get(row.id) ?? []))
  const methods = rows.length > 0 ? [...(rows.some(({ privacy }) => privacy) ? ['LINDDUN'] : []), 'STRIDE'] : []
  const known = listOf(kept.methodologies)
  const methodologies = uniqueOf([...known, ...methods])
  const added = methodologies.filter(one => !known.includes(one))
  const properties = [
    ...listOf(kept.properties),
    ...(added.length > 0 ? propertiesOf({ methodologies: JSON.stringify(added) }) : []),
  ]
  return {
    ...kept,
    ...(methodologies.length > 0 ? { methodologies } : {}),
    ...(threats.length > 0 ? { threats } : {}),
    scenarios: scenarios.length > 0 ? scenarios : undefined,
    ...(properties.length > 0 ? { properties } : {}),
  }
}

/** A scenario of an import goes back when it realizes a threat that is still there; one that stood as a threat itself is written as one. */
function realizes(raw: Raw, refs: ReadonlySet<unknown>): boolean {
  return typeof raw['bom-ref'] === 'string' && !refs.has(raw['bom-ref']) && listOf(raw.threats).some(one => refs.has(one))
}

function threatOf(pen: Pen, row: Threat, answers: readonly string[]): Raw {
  const categories = [
    ...wordsOf(row.categories, STRIDE).map(category => ({ taxonomy: 'STRIDE', category })),
    ...wordsOf(row.privacy, LINDDUN).map(category => ({ taxonomy: 'LINDDUN', category })),
  ]
  const weaknesses = Object.keys(row.cwe ?? {})
    .map(cwe => Number(cwe.slice(4)))
    .filter(cweId => cweId > 0)
    .sort((a, b) => a - b)
    .map(cweId => ({ cweId }))
  return objectOf(pen, row, 'threat', {
    name: row.statement,
    description: row.description,
    categories: categories.length > 0 ? categories : undefined,
    weaknesses: weaknesses.length > 0 ? uniqueOf(weaknesses) : undefined,
    affectedAssets: refsOf(pen, row.elements, row.flows, row.data),
    mitigations: answers.length > 0 ? answers : undefined,
  })
}

function wordsOf<T extends string>(set: Readonly<Partial<Record<T, true>>> | undefined, words: Readonly<Record<T, string>>) {
  return (Object.keys(words) as T[]).filter(key => set?.[key] === true).map(key => words[key])
}

/** Who acts, how likely and how bad, as the format has it: beside the threat. An import that brought scenarios of the threat said it. */
function scenarioOf(pen: Pen, row: Threat): readonly Raw[] {
  const rating = ratingOf(row)
  if (row.source === undefined && Object.keys(rating).length === 0) return []
  return [
    {
      'bom-ref': `scenario-${row.id}`,
      name: row.statement,
      threats: [pen.refs.get(row.id)],
      ...(row.source === undefined ? {} : { threatProfile: profileRef(row.source, pen) }),
      ...rating,
      properties: OWN_PROPERTIES,
    },
  ]
}

function ratingOf({ likelihood, impactScale }: Threat): Raw {
  const [likely, bad] = [
    likelihood === undefined ? undefined : LIKELIHOOD[likelihood - 1],
    impactScale === undefined ? undefined : IMPACT[impactScale - 1],
  ]
  return {
    ...(likely === undefined ? {} : { likelihood: { level: likely } }),
    ...(bad === undefined ? {} : { impact: { level: bad } }),
  }
}

/** Those who act, each once: the bom-ref is that of the first threat that names them. */
export function profilesOf(pen: Pen): readonly Raw[] {
  return [...sourcesOf(pen)].map(([name, ref]) => ({ 'bom-ref': ref, name, properties: OWN_PROPERTIES }))
}

function sourcesOf({ design }: Pen): ReadonlyMap<string, string> {
  const refs = new Map<string, string>()
  for (const { id, source } of rowsOf(design.threats))
    if (source !== undefined && !refs.has(source)) refs.set(source, `actor-${id}`)
  return refs
}

function profileRef(source: string, pen: Pen): string | undefined {
  return profileRefs(pen).get(source)
}

const profiles = new WeakMap<Pen, ReadonlyMap<string, string>>()

function profileRefs(pen: Pen): ReadonlyMap<string, string> {
  const known = profiles.get(pen) ?? sourcesOf(pen)
  profiles.set(pen, known)
  return known
}

/** The risks with what was decided about them; `kept` is what an import left of this part of the file. */
export function risksPart(pen: Pen, kept: Raw, answers: Answers): Raw {
  const { design } = pen
  const byThreat = new Map<string, Acceptance[]>()
  const byRisk = new Map<string, Acceptance>()
  const refs = new Set(listOf(kept.risks).map(one => recordOf(one)?.['bom-ref']))
  for (const row of rowsOf(design.acceptances)) {
    const risk = originalOf(row, TOOL)
    if (risk !== undefined && refs.has(risk) && !byRisk.has(risk)) byRisk.set(risk, row)
    else byThreat.set(row.threat, [...(byThreat.get(row.threat) ?? []), row])
  }
  const left = listOf(kept.risks).map(one => withDecision(pen, recordOf(one) ?? {}, byRisk))
  const own = rowsOf(design.threats).flatMap(row =>
    riskOf(pen, row, { decisions: byThreat.get(row.id) ?? [], answers: answers.get(row.id) ?? [] }),
  )
  const risks = [...left, ...own]
  return risks.length > 0 ? { ...kept, risks } : kept
}

/** A risk of the import carries the id of the decision that was read from it; ours may say more by now. */
function withDecision(pen: Pen, risk: Raw, byRisk: ReadonlyMap<string, Acceptance>): Raw {
  const row = byRisk.get(String(risk['bom-ref']))
  if (pen.plan.undecided.has(String(risk['bom-ref']))) {
    const { responses: _responses, status: _status, ...open } = risk
    return open
  }
  const [response, ...others] = listOf(risk.responses).map(one => recordOf(one) ?? {})
  if (!row || !response || others.length > 0) return risk
  const owner = response.owner ?? risk.owner ?? partyOf(row.owner)
  const properties = [...listOf(response.properties), ...ownProperties(pen, row.id)]
  return {
    ...risk,
    responses: [{ ...response, strategy: row.response, description: response.description ?? row.reason, owner, properties }],
  }
}

type Decided = { readonly decisions: readonly Acceptance[]; readonly answers: readonly string[] }

function riskOf(pen: Pen, row: Threat, { decisions, answers }: Decided): readonly Raw[] {
  const rating = ratingOf(row)
  const controls = answers.filter(ref => pen.refs.get(row.id) !== ref)
  if (decisions.length === 0 && Object.keys(rating).length === 0) return []
  const reduce = controls.length > 0 ? [{ 'bom-ref': `reduce-${row.id}`, strategy: 'reduce', controls }] : []
  return [
    {
      'bom-ref': `risk-${row.id}`,
      name: row.statement,
      statement: row.statement,
      relatedThreats: [pen.refs.get(row.id)],
      ...(Object.keys(rating).length > 0 ? { inherentRisk: rating } : {}),
      responses: [...decisions.map(one => responseOf(pen, one)), ...reduce],
      status: statusOf(decisions),
      properties: OWN_PROPERTIES,
    },
  ]
}

function statusOf([decision]: readonly Acceptance[]): string {
  return decision?.response === 'accept' ? 'accepted' : decision?.response === 'transfer' ? 'transferred' : 'assessed'
}

function responseOf(pen: Pen, row: Acceptance): Raw {
  return {
    'bom-ref': pen.refs.get(row.id),
    strategy: row.response,
    description: row.reason,
    status: row.approver === undefined ? 'proposed' : 'approved',
    owner: partyOf(row.owner),
    ...(row.expires === undefined || !isDay(row.expires) ? {} : { targetDate: `${row.expires}T00:00:00Z` }),
    properties: ownProperties(pen, row.id),
  }
}

/** A day that the calendar has; the pattern of our field lets others through. */
export function isDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const days = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return date >= 1 && date <= (days[month - 1] ?? 0)
}
