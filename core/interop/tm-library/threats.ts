import type { Threat } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, type Item, linksTo, originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'
import { type Rating, ratingsOf } from './risks.ts'

/** Threats with their weaknesses, who acts by their persona, and how likely and bad by the risks that name them. */
export function addThreats(building: Building, lists: Lists, { root, nobody }: { root: Raw; nobody: string | undefined }): void {
  const threats = byName(lists.threats)
  const ratings = ratingsOf(building, root.risks, threats)
  const personas = new Map([...personaTitles(root)].filter(([name]) => name !== nobody))
  const kinds = [byName(lists.components), byName(lists.stores), byName(lists.actors), byName(lists.flows)]
  const find = (name: string) => kinds.map(named => named.get(name)).find(item => item !== undefined)
  for (const threat of lists.threats) addThreat(building, threat, { find, personas, rating: ratings.get(threat.id) })
}

type Around = {
  readonly find: (name: string) => Item | undefined
  readonly personas: ReadonlyMap<string, string>
  readonly rating: Rating | undefined
}

function addThreat(building: Building, threat: Item, { find, personas, rating }: Around): void {
  const { raw, place, id } = threat
  const { links, isWhole } = linksTo(threat, 'components_affected', find)
  const { cwe, isPlain } = weaknessesOf(raw.weaknesses)
  const statement = lineOf(raw.title, 4000) ?? lineOf(raw.description, 4000)
  const keys = [...(isWhole ? ['components_affected'] : []), ...(isPlain ? ['weaknesses'] : [])]
  if (raw.title === statement) keys.push('title')
  const { provenance, foreign } = originOf(building, threat, { keys, texts: { description: 100_000 } })
  tellThreat(threat, Object.keys(links).length)
  const description = textOf(raw.description)
  building.threats[id] = defined({
    id,
    statement: statement ?? unnamed(threat),
    description: lineOf(description, 4000) === statement ? undefined : description,
    source: personas.get(idOf(raw.threat_persona) ?? ''),
    categories: {},
    cwe: cwe.length > 0 ? (Object.fromEntries(cwe.map(one => [one, true as const])) as Threat['cwe']) : undefined,
    elements: among(links, 'E'),
    flows: among(links, 'F'),
    likelihood: rating?.likelihood,
    impactScale: rating?.impact,
    provenance,
    foreign,
  })
  for (const key of ['event', 'sources', 'attack_mechanisms'])
    if (raw[key] !== undefined)
      tally(place.report, place.at, { what: count => `${key} of ${many(count, 'threat')}`, why: 'Kept under foreign.' })
}

function unnamed({ place }: Item): string {
  tally(place.report, place.at, {
    what: count => `Title of ${many(count, 'threat')}`,
    why: 'The file gives none; called "Unnamed threat".',
  })
  return 'Unnamed threat'
}

function among(links: Readonly<Record<string, true>>, prefix: string): { readonly [id: string]: true } | undefined {
  const own = Object.keys(links).filter(id => id.startsWith(prefix))
  return own.length > 0 ? Object.fromEntries(own.map(id => [id, true as const])) : undefined
}

/** Numbers of the CWE; plain when nothing else stands beside them. */
function weaknessesOf(value: unknown): { readonly cwe: readonly string[]; readonly isPlain: boolean } {
  const weaknesses = listOf(value)
  const numbers = weaknesses.map(one => recordOf(one)?.cwe_id)
  const isNumber = (number: unknown) => Number.isInteger(number) && Number(number) > 0 && Number(number) < 100_000
  const isPlain =
    Array.isArray(value) && weaknesses.every((one, i) => isNumber(numbers[i]) && Object.keys(one as Raw).length === 1)
  return { cwe: numbers.filter(isNumber).map(number => `CWE-${number}`), isPlain }
}

function personaTitles(root: Raw): ReadonlyMap<string, string> {
  return new Map(
    listOf(root.threat_personas).flatMap(value => {
      const persona = recordOf(value)
      const name = idOf(persona?.symbolic_name)
      const title = lineOf(persona?.title, 4000)
      return name !== undefined && title !== undefined ? [[name, title]] : []
    }),
  )
}

function tellThreat({ place }: Item, links: number): void {
  tally(place.report, place.at, {
    what: count => `Category of ${many(count, 'threat')}`,
    why: 'The format has none: choose a category for each.',
  })
  if (links === 0)
    tally(place.report, place.at, {
      what: count => `What ${many(count, 'threat')} would hit`,
      why: 'The file names no component: link the elements and data flows.',
    })
}
