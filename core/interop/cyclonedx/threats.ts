import type { Category, PrivacyCategory, Threat } from '../../model/types.ts'
import { originOf } from '../reading/items.ts'
import { defined, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { isDropped } from './controls.ts'
import { among, linksFrom, pushed } from './links.ts'
import type { Thing } from './lists.ts'
import { partyName, wordOf } from './party.ts'
import { type Rating, ratingsOf } from './ratings.ts'
import type { Model } from './read.ts'

const STRIDE: Readonly<Record<string, Category>> = {
  spoofing: 'spoofing',
  tampering: 'tampering',
  repudiation: 'repudiation',
  informationdisclosure: 'informationDisclosure',
  denialofservice: 'denialOfService',
  elevationofprivilege: 'elevationOfPrivilege',
}

const LINDDUN: Readonly<Record<string, PrivacyCategory>> = {
  linkability: 'linking',
  identifiability: 'identifying',
  nonrepudiation: 'nonRepudiation',
  detectability: 'detecting',
  disclosureofinformation: 'dataDisclosure',
  unawareness: 'unawareness',
  noncompliance: 'nonCompliance',
}

/** Threats, with who acts and how likely and bad it is by the scenarios and risks that name them. */
export function addThreats(model: Model): void {
  const ratings = ratingsOf(model)
  const realized = new Map<string, Realized[]>()
  for (const scenario of model.lists.scenarios) {
    const { ids } = linksFrom(model.links, scenario, { key: 'threats', kinds: ['T'] })
    if (ids.length === 0) {
      tellAlone(scenario)
      addThreat(model, scenario, { rating: ratings.get(scenario.id), scenarios: [{ scenario, hit: [] }] })
    } else {
      const hit = hitBy(model, scenario)
      for (const id of ids) realized.set(id, pushed(realized.get(id), { scenario, hit }))
    }
  }
  for (const threat of model.lists.threats)
    addThreat(model, threat, { rating: ratings.get(threat.id), scenarios: realized.get(threat.id) ?? [] })
}

/** A scenario and what it says its threat hits. */
type Realized = { readonly scenario: Thing; readonly hit: readonly string[] }

/** A scenario of one threat says what that threat hits; one of several does not say which hits what. */
function hitBy(model: Model, scenario: Thing): readonly string[] {
  const { ids } = linksFrom(model.links, scenario, { key: 'affectedAssets', kinds: HIT })
  return listOf(scenario.raw.threats).length <= 1 ? ids : []
}

const HIT = ['E', 'F', 'D'] as const

function tellAlone({ place }: Thing): void {
  tally(place.report, place.at, {
    what: count => `Place of ${many(count, 'threat scenario')}`,
    why: 'It realizes no threat of this file, so it stands as a threat itself.',
  })
}

type Around = { readonly rating: Rating | undefined; readonly scenarios: readonly Realized[] }

function addThreat(model: Model, threat: Thing, { rating, scenarios }: Around): void {
  const { building, links } = model
  const { raw, id } = threat
  const sorted = sortedCategories(raw.categories)
  const { cwe, isWhole } = weaknessesOf(raw.weaknesses)
  const hit = linksFrom(links, threat, { key: 'affectedAssets', kinds: HIT })
  const answers = linksFrom(links, threat, { key: 'mitigations', kinds: ['M', 'R'] })
  const isAnswered = answers.isWhole && answers.items.every(item => !isDropped(item.raw))
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000)
  const keys = [
    ...(hit.isWhole ? ['affectedAssets'] : []),
    ...(isAnswered ? ['mitigations'] : []),
    ...(isWhole ? ['weaknesses'] : []),
  ]
  if (raw.name === statement) keys.push('name')
  const isSorted = Array.isArray(raw.categories)
  if (isSorted && sorted.others.length === 0) keys.push('categories')
  const left = isSorted ? { ...threat, raw: { ...raw, categories: sorted.others } } : threat
  const { provenance, foreign } = originOf(building, left, { keys, texts: { description: 100_000 } })
  const description = textOf(raw.description)
  const ids = new Set([...hit.ids, ...scenarios.flatMap(one => one.hit)])
  building.threats[id] = defined({
    id,
    statement: statement ?? unnamed(threat),
    description: lineOf(description, 4000) === statement ? undefined : description,
    source: sourceOf(model, scenarios),
    categories: yes<Threat['categories']>(sorted.stride) ?? {},
    privacy: yes<NonNullable<Threat['privacy']>>(sorted.privacy),
    cwe: yes<NonNullable<Threat['cwe']>>(cwe),
    elements: among(ids, 'E'),
    flows: among(ids, 'F'),
    data: among(ids, 'D'),
    likelihood: rating?.likelihood,
    impactScale: rating?.impact,
    provenance,
    foreign,
  })
  tellThreat(threat, { sorted, isPlaced: ids.size > 0 })
  for (const key of KEPT)
    if (foreign && Object.hasOwn(foreign, key))
      tally(threat.place.report, threat.place.at, {
        what: count => `${key} of ${many(count, threat.noun)}`,
        why: 'Kept under foreign.',
      })
}

const KEPT =
  'source origin weaknesses attackPatterns attackTrees abuseCases killChainPhase behaviors indicators relatedVulnerabilities relatedBusinessObjectives'.split(
    ' ',
  )

function unnamed({ place, noun }: Thing): string {
  tally(place.report, place.at, {
    what: count => `Name of ${many(count, noun)}`,
    why: 'The file gives none; called "Unnamed threat".',
  })
  return 'Unnamed threat'
}

function yes<T>(values: readonly string[]): T | undefined {
  return values.length > 0 ? (Object.fromEntries(values.map(value => [value, true])) as T) : undefined
}

type Sorted = {
  readonly stride: readonly Category[]
  readonly privacy: readonly PrivacyCategory[]
  readonly others: readonly unknown[]
}

/** STRIDE as ours; LINDDUN as privacy, and named beside it like every other taxonomy. */
function sortedCategories(value: unknown): Sorted {
  const list = listOf(value).map(one => ({
    one,
    stride: categoryIn(one, 'stride', STRIDE),
    privacy: categoryIn(one, 'linddun', LINDDUN),
  }))
  return {
    stride: list.flatMap(({ stride }) => stride ?? []),
    privacy: list.flatMap(({ privacy }) => privacy ?? []),
    others: list.flatMap(({ one, stride }) => (stride ? [] : [one])),
  }
}

function categoryIn<T>(value: unknown, taxonomy: string, words: Readonly<Record<string, T>>): T | undefined {
  const raw = recordOf(value)
  const stated = lineOf(raw?.taxonomy, 100)?.toLowerCase()
  const word =
    lineOf(raw?.category, 100)
      ?.toLowerCase()
      .replace(/[^a-z]/g, '') ?? ''
  return stated === taxonomy && Object.hasOwn(words, word) ? words[word] : undefined
}

/** Numbers of the CWE; whole when nothing but a bom-ref stands beside them. */
function weaknessesOf(value: unknown): { readonly cwe: readonly string[]; readonly isWhole: boolean } {
  const list = listOf(value).map(one => recordOf(one) ?? {})
  const numbers = list.map(({ cweId }) => cweId)
  const isNumber = (number: unknown) => Number.isInteger(number) && Number(number) > 0 && Number(number) < 100_000
  const isPlain = (raw: Raw) => Object.keys(raw).every(key => key === 'cweId' || key === 'bom-ref')
  return {
    cwe: numbers.filter(isNumber).map(number => `CWE-${number}`),
    isWhole: Array.isArray(value) && numbers.every(isNumber) && list.every(isPlain),
  }
}

/** Who acts, when all scenarios of the threat say the same. */
function sourceOf({ links }: Model, scenarios: readonly Realized[]): string | undefined {
  const names = scenarios.map(
    ({ scenario: { raw } }) => partyName(raw.actor, links) ?? wordOf(links.ref(raw.threatProfile)?.raw.name),
  )
  const [first] = names
  return names.every(name => name === first) ? first : undefined
}

function tellThreat({ place, noun }: Thing, { sorted, isPlaced }: { sorted: Sorted; isPlaced: boolean }): void {
  if (sorted.stride.length === 0)
    tally(place.report, place.at, {
      what: count => `Category of ${many(count, noun)}`,
      why: 'The file states no STRIDE value: choose a category.',
    })
  if (sorted.others.length > 0)
    tally(place.report, place.at, {
      what: count => `Other categories of ${many(count, noun)}`,
      why: 'Categories here are those of STRIDE, and LINDDUN beside them: what another taxonomy says is kept under foreign.',
    })
  if (!isPlaced)
    tally(place.report, place.at, {
      what: count => `What ${many(count, noun)} would hit`,
      why: 'The file names no asset, data or flow that it holds: link the elements and data flows.',
    })
}
