import type { Boundary, Element } from '../../model/types.ts'
import { kindOfType } from '../otm/kind.ts'
import type { Building } from '../reading/building.ts'
import { cutCircles } from '../reading/circles.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { nameOf, originOf } from '../reading/items.ts'
import { defined, fitting, lineOf, listOf, numberOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { MODEL } from './draft.ts'
import { type Links, linkTo } from './links.ts'
import type { Thing } from './lists.ts'
import { partyName, wordOf } from './party.ts'
import type { Model } from './read.ts'

const TEXTS = { description: 100_000 } as const

/** What makes trust change at a zone, where the format says the same; its other types say what a zone groups. */
const ZONES: Readonly<Record<string, Boundary['kind']>> = {
  network: 'network',
  process: 'process',
  organizational: 'organisation',
}

/** Zones become boundaries, in each other as stated. */
export function addZones({ building, lists, links }: Model): void {
  for (const zone of lists.zones) {
    const { raw, id } = zone
    const word = lineOf(raw.type, 100) ?? ''
    const kind = Object.hasOwn(ZONES, word) ? ZONES[word] : undefined
    const parent = linkTo(links, zone, { key: 'parent', kinds: ['B'] })
    const rating = numberOf(raw[TRUST])
    const trustLevel = rating !== undefined && rating >= 0 && rating <= 100 ? Math.round(rating) : undefined
    const keys = [...(kind ? ['type'] : []), ...(parent ? ['parent'] : []), ...(trustLevel === rating ? [TRUST] : [])]
    const { provenance, foreign } = originOf(building, zone, { keys, texts: TEXTS, name: 'name' })
    for (const key of ['type', 'characteristics', 'constraints'])
      if (foreign && Object.hasOwn(foreign, key)) tellKept(zone, key, 'No field here means exactly this; kept under foreign.')
    building.boundaries[id] = defined({
      id,
      name: nameOf(zone, 'name'),
      kind: kind ?? ('unknown' as const),
      membership: 'stated' as const,
      parent: parent?.id,
      trustLevel,
      description: textOf(raw.description),
      provenance,
      foreign,
    })
  }
  cutCircles(building)
}

const TRUST = `${MODEL}risk:trustRating`

/** Assets, stores, actors and the components that the model speaks of become elements. */
export function addElements({ building, lists, links }: Model): void {
  for (const actor of lists.actors) addElement(building, actor, { kind: 'externalEntity', links })
  for (const asset of [...lists.assets, ...lists.components]) addElement(building, asset, { kind: kindOf(asset, links), links })
  for (const store of lists.stores) addElement(building, store, { kind: 'dataStore', links })
}

type As = { readonly kind: Element['kind']; readonly links: Links }

function addElement(building: Building, item: Thing, { kind, links }: As): void {
  const { raw, id } = item
  const boundary = linkTo(links, item, { key: 'zone', kinds: ['B'] })?.id
  const { technology, keys: made } = technologyOf(raw, item.noun)
  const isOut = raw[SCOPE] === 'false'
  const keys = [...made, ...(boundary === undefined ? [] : ['zone']), ...(isOut || raw[SCOPE] === 'true' ? [SCOPE] : [])]
  if (item.noun === 'asset' && (EXACT.has(raw.type) || raw[DRAFTED] !== undefined)) keys.push('type')
  const { provenance, foreign } = originOf(building, item, { keys, texts: TEXTS, name: 'name' })
  if (raw.zone === undefined && item.noun !== 'component')
    tally(item.place.report, item.place.at, {
      what: count => `Zone of ${many(count, 'element')}`,
      why: 'The file states none, so they lie in no boundary: say where they belong.',
    })
  for (const key of KEPT)
    if (foreign && Object.hasOwn(foreign, key)) tellKept(item, key, 'No field here means exactly this; kept under foreign.')
  building.elements[id] = defined({
    id,
    name: elementName(item, links),
    kind,
    technology,
    boundary,
    outOfScope: isOut ? NO_REASON : undefined,
    description: textOf(raw.description) ?? textOf(links.ref(raw.componentRef)?.raw.description),
    provenance,
    foreign,
  })
}

const SCOPE = `${MODEL}inScope`
const PLATFORM = `${MODEL}platform`
/** Drafts state a type in a property, which is kept. */
const DRAFTED = `${MODEL}type`
const EXACT: ReadonlySet<unknown> = new Set(['actor', 'data-store', 'process'])
const KEPT = 'type classification interfaces authentication authorization permissions responsibilities tags'.split(' ')

/** Types that are code without a doubt. */
const CODE: ReadonlySet<unknown> = new Set(
  'agent api application component container endpoint function gateway interface model module service subsystem system tool'.split(
    ' ',
  ),
)

function kindOf(item: Thing, links: Links): Element['kind'] {
  const { raw, place, noun } = item
  if (raw.type === 'actor' || (raw.partyRef !== undefined && raw.type === undefined)) return 'externalEntity'
  const stated = raw.type ?? links.ref(raw.componentRef)?.raw.type
  if (stated === 'data-store') return 'dataStore'
  if (CODE.has(stated) || stated === 'process') return 'process'
  tally(place.report, place.at, {
    what: count => `Kind of ${many(count, noun)}`,
    why: 'The type is neither code nor data at rest nor outside by its word: read from it, and a process where it says nothing. Check it; the type is kept under foreign.',
  })
  return stated === 'data' || stated === 'file' ? 'dataStore' : kindOfType(wordOf(stated))
}

/** An asset that stands for a component or party has its name; an actor that of its party. */
function elementName(item: Thing, links: Links): string {
  const { raw, place, noun } = item
  if (lineOf(raw.name, 400) !== undefined) return nameOf(item, 'name')
  const found = lineOf(links.ref(raw.componentRef)?.raw.name, 400) ?? partyName(raw.party ?? raw.partyRef, links)
  if (found === undefined) return nameOf(item, 'name')
  tally(place.report, place.at, {
    what: count => `Name of ${many(count, noun)}`,
    why: 'It has none of its own: called as the component or party it stands for, which is kept under foreign.',
  })
  return found
}

type Made = { readonly technology: string | undefined; readonly keys: readonly string[] }

/** A product that does not carry its vendor's name gets it; a vendor alone says nothing of the technology. */
function technologyOf(raw: Raw, noun: string): Made {
  const platform = lineOf(raw[PLATFORM], 400)
  if (platform !== undefined) return { technology: platform, keys: fitting(raw, { [PLATFORM]: 400 }) }
  if (noun !== 'data store') return { technology: undefined, keys: [] }
  const product = lineOf(raw.product, 200)
  const vendor = lineOf(raw.vendor, 190) ?? ''
  if (product !== undefined) {
    const technology = product.toLowerCase().includes(vendor.toLowerCase()) ? product : `${vendor} ${product}`
    return { technology, keys: fitting(raw, { product: 200, vendor: 190 }) }
  }
  const technologies = listOf(raw.technologies).map(one => lineOf(one, 400))
  const [only] = technologies
  return { technology: only, keys: technologies.length === 1 && only === listOf(raw.technologies)[0] ? ['technologies'] : [] }
}

function tellKept({ place, noun }: Thing, key: string, why: string): void {
  tally(place.report, place.at, { what: count => `${key} of ${many(count, noun)}`, why })
}
