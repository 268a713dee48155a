import type { Boundary, Element } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { cutCircles } from '../reading/circles.ts'
import { byName, type Item, linksTo, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, idOf, lineOf, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { kindOfType } from './kind.ts'
import { isUnknown, type Ours, withOurs } from './ours.ts'
import type { Lists } from './read.ts'
import { wholeUses } from './uses.ts'

type Named = ReadonlyMap<string, Item>

const TEXTS = { description: 100_000 } as const

/** Zones become boundaries, in each other where they say so. */
export function addZones(building: Building, lists: Lists): void {
  const zoneAround = zonesAround(lists)
  for (const zone of lists.zones) {
    const rating = recordOf(zone.raw.risk)?.trustRating
    const trustLevel = typeof rating === 'number' && rating >= 0 && rating <= 100 ? Math.round(rating) : undefined
    const { zone: parent, isWhole } = zoneAround(zone)
    const ours = lists.oursOf(zone)
    if (isOutside(ours)) continue
    const isRisk = trustLevel === rating && Object.keys(recordOf(zone.raw.risk) ?? {}).length === 1
    const keys = [...(isWhole ? ['parent'] : []), ...(isRisk ? ['risk'] : [])]
    const { provenance, foreign } = originOf(building, zone, { keys, texts: TEXTS, name: 'name' })
    const row: Boundary = defined({
      id: zone.id,
      name: nameOf(zone, 'name'),
      kind: 'unknown' as const,
      membership: 'stated' as const,
      trustLevel: isUnknown(ours, 'trustLevel') ? undefined : trustLevel,
      parent: parent && !isOutside(lists.oursOf(parent)) ? parent.id : undefined,
      description: textOf(zone.raw.description),
      provenance,
      foreign,
    })
    building.boundaries[zone.id] = withOurs('boundaries', row, ours)
  }
  cutCircles(building)
}

/** Components become elements in the zone around them. */
export function addComponents(building: Building, lists: Lists): void {
  const zoneAround = zonesAround(lists)
  const assets = byName(lists.assets)
  const isUseWhole = wholeUses(lists)
  for (const item of lists.components) {
    const { raw, place } = item
    const { zone, isWhole } = zoneAround(item)
    const stored = storedIn(item, assets)
    const ours = lists.oursOf(item)
    const isOurWord = ours.has('id') && OUR_TYPES.has(String(raw.type))
    const keys = [...(isWhole ? ['parent'] : []), ...(stored.isWhole ? ['assets'] : []), ...(isUseWhole(item) ? ['threats'] : [])]
    if (isOurWord) keys.push('type')
    const { provenance, foreign } = originOf(building, item, { keys, texts: TEXTS, name: 'name' })
    if (!isOurWord)
      tally(place.report, place.at, {
        what: count => `Kind of ${many(count, 'component')}`,
        why: 'The format has none: read from the words of its type, and a process where they say nothing. Check it; the type is kept under foreign.',
      })
    const row: Element = defined({
      id: item.id,
      name: nameOf(item, 'name'),
      kind: kindOfType(lineOf(raw.type, 400)),
      boundary: zone && !isOutside(lists.oursOf(zone)) ? zone.id : undefined,
      data: Object.keys(stored.links).length > 0 ? stored.links : undefined,
      description: textOf(raw.description),
      provenance,
      foreign,
    })
    building.elements[item.id] = withOurs('elements', row, ours)
  }
}

/** The types that kinds of ours are written as. */
const OUR_TYPES: ReadonlySet<string> = new Set(['process', 'data-store', 'external-entity'])

/** The zone that a file of ours has for what lies in none. */
function isOutside(ours: Ours): boolean {
  return ours.get('outside') === 'yes'
}

type Around = (item: Item) => { readonly zone: Item | undefined; readonly isWhole: boolean }

/** The zone an object lies in: its parent, or the one around the component that is its parent. Each object is walked once. */
function zonesAround(lists: Lists): Around {
  const zones = byName(lists.zones)
  const components = byName(lists.components)
  const known = new Map<Item, Item | undefined>()
  const zoneOf = ({ raw }: Item) => zones.get(idOf(recordOf(raw.parent)?.trustZone) ?? '')
  const outer = ({ raw }: Item) => components.get(idOf(recordOf(raw.parent)?.component) ?? '')
  return item => {
    const path = new Set<Item>()
    let at: Item | undefined = item
    while (at && !known.has(at) && !path.has(at) && !zoneOf(at)) {
      path.add(at)
      at = outer(at)
    }
    const zone = at && (known.get(at) ?? zoneOf(at))
    for (const one of path) known.set(one, zone)
    const isDirect = zoneOf(item) !== undefined
    if (!isDirect && outer(item)) tellNested(item)
    if (!zone) tellNoZone(item, outer(item) !== undefined)
    return { zone, isWhole: isDirect && Object.keys(recordOf(item.raw.parent) ?? {}).length === 1 }
  }
}

function tellNoZone(item: Item, isInside: boolean): void {
  const parent = recordOf(item.raw.parent)
  const name = idOf(parent?.trustZone) ?? idOf(parent?.component)
  if (name !== undefined && !isInside) tellMissing(item, 'parent', name)
  else if (item.noun === 'component')
    tally(item.place.report, item.place.at, {
      what: count => `Trust zone of ${many(count, 'component')}`,
      why: 'The file states none, so they lie in no boundary: say where they belong.',
    })
}

function tellNested({ place }: Item): void {
  tally(place.report, place.at, {
    what: count => `Place of ${many(count, 'component')} in another`,
    why: 'Elements lie in boundaries, not in each other: it was put into the zone around both; kept under foreign.',
  })
}

/** What a component processes has no place: data is on flows and in stores. */
function storedIn(item: Item, assets: Named) {
  const own = recordOf(item.raw.assets)
  if (!own) return { links: {}, isWhole: item.raw.assets === null }
  const inner: Item = { ...item, raw: { ...own, name: item.raw.name }, place: { ...item.place, at: `${item.place.at}/assets` } }
  const { links, isWhole } = linksTo(inner, 'stored', name => assets.get(name))
  const isAll = Object.keys(own).every(key => key === 'stored' || (key === 'processed' && own.processed === null))
  if (!isAll)
    tally(item.place.report, item.place.at, {
      what: count => `Data that ${many(count, 'component')} would process`,
      why: 'Data is linked to the flows that carry it and the stores that hold it: kept under foreign.',
    })
  return { links, isWhole: isWhole && isAll }
}
