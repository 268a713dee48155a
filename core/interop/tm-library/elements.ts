import type { Element } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, type Item, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

/** Zones become boundaries, but for the one that stands for none; actors, components and stores become elements in them. */
export function addElements(building: Building, lists: Lists, nowhere: string | undefined): void {
  for (const zone of lists.zones) addZone(building, zone)
  const zones = byName(lists.zones)
  const zoneOf = (item: Item) => (nowhere !== undefined && item.raw.trust_zone === nowhere ? undefined : zoneNamed(item, zones))
  for (const actor of lists.actors) addElement(building, actor, { kind: 'externalEntity', zoneOf })
  for (const component of lists.components) addElement(building, component, { kind: 'process', zoneOf })
  for (const store of lists.stores) addElement(building, store, { kind: 'dataStore', zoneOf })
}

/** The format says neither what makes trust change at a zone nor how far it is trusted. */
function addZone(building: Building, zone: Item): void {
  const { provenance, foreign } = originOf(building, zone, { texts: TEXTS, name: 'title' })
  building.boundaries[zone.id] = defined({
    id: zone.id,
    name: nameOf(zone, 'title'),
    kind: 'unknown' as const,
    membership: 'stated' as const,
    description: textOf(zone.raw.description),
    provenance,
    foreign,
  })
}

const TEXTS = { description: 100_000 } as const

type As = { readonly kind: Element['kind']; readonly zoneOf: (item: Item) => string | undefined }

function addElement(building: Building, item: Item, { kind, zoneOf }: As): void {
  const { raw } = item
  const boundary = zoneOf(item)
  const technology = kind === 'dataStore' ? productOf(raw) : undefined
  const keys = boundary === undefined ? [] : ['trust_zone']
  if (technology !== undefined) keys.push(...fitting(raw, { vendor: 190, product: 200 }))
  const { provenance, foreign } = originOf(building, item, { keys, texts: TEXTS, name: 'title' })
  for (const key of ['type', 'permissions', 'parent_component', 'repo_link'])
    if (foreign && Object.hasOwn(foreign, key)) tellKept(item, key)
  building.elements[item.id] = defined({
    id: item.id,
    name: nameOf(item, 'title'),
    kind,
    technology,
    boundary,
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

/** A product that does not carry its vendor's name gets it; a vendor alone says nothing of the technology. */
function productOf({ vendor, product }: Raw): string | undefined {
  const made = lineOf(product, 200)
  const by = lineOf(vendor, 190)
  if (made === undefined || by === undefined) return made
  return made.toLowerCase().includes(by.toLowerCase()) ? made : `${by} ${made}`
}

function zoneNamed(item: Item, zones: ReadonlyMap<string, Item>): string | undefined {
  const name = idOf(item.raw.trust_zone)
  if (name === undefined)
    tally(item.place.report, item.place.at, {
      what: count => `Trust zone of ${many(count, 'element')}`,
      why: 'The file states none, so they lie in no boundary: say where they belong.',
    })
  else if (!zones.has(name)) tellMissing(item, 'trust_zone', name)
  return name === undefined ? undefined : zones.get(name)?.id
}

const WHY: Readonly<Record<string, string>> = {
  type: 'No attribute here means exactly this; kept under foreign.',
  permissions: 'What an actor may do has no field of its own; kept under foreign.',
  parent_component: 'Elements lie in boundaries, not in each other; kept under foreign.',
  repo_link: 'Paths here are globs in the repository of the design; kept under foreign.',
}

function tellKept({ place, noun }: Item, key: string): void {
  tally(place.report, place.at, { what: count => `${key} of ${many(count, noun)}`, why: WHY[key] ?? 'Kept under foreign.' })
}
