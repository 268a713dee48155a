import type { Building } from '../reading/building.ts'
import { cutCircles } from '../reading/circles.ts'
import { byName, type Item, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, idOf, listOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'
import { TITLE } from './sections.ts'
import { BOUNDARIES, meaningOf } from './words.ts'

/** What lies directly in which boundary, by the boundary's own list; each thing lies in the first that names it. */
export type Inside = { readonly of: ReadonlyMap<Item, Item>; readonly isWhole: (boundary: Item) => boolean }

/** Who names it, and whether every name of the list was found and is in no other list. */
export function insideOf(boundaries: readonly Item[], inner: readonly Item[], key: string): Inside {
  const named = byName(inner)
  const of = new Map<Item, Item>()
  const partial = new Set<Item>()
  for (const boundary of boundaries) {
    if (boundary.raw[key] !== undefined && boundary.raw[key] !== null && !Array.isArray(boundary.raw[key])) partial.add(boundary)
    for (const [i, value] of listOf(boundary.raw[key]).entries()) {
      const name = idOf(value)
      const one = name === undefined ? undefined : named.get(name)
      if (one && !of.has(one)) of.set(one, boundary)
      else {
        partial.add(boundary)
        if (!one) tellMissing(boundary, `${key}/${i}`, name)
        else if (of.get(one) !== boundary) tellTwice(boundary, `${key}/${i}`, one)
      }
    }
  }
  return { of, isWhole: boundary => !partial.has(boundary) }
}

/** Trust boundaries with what is nested in them. */
export function addBoundaries(building: Building, lists: Lists, assets: Inside): void {
  const nested = insideOf(lists.boundaries, lists.boundaries, 'trust_boundaries_nested')
  for (const item of lists.boundaries) {
    const { raw, id, place } = item
    const keys = [
      ...(assets.isWhole(item) ? ['technical_assets_inside'] : []),
      ...(nested.isWhole(item) ? ['trust_boundaries_nested'] : []),
      ...(Array.isArray(raw.tags) && raw.tags.length === 0 ? ['tags'] : []),
    ]
    const { provenance, foreign } = originOf(building, item, { keys, texts: { description: 100_000 }, name: TITLE })
    const kind = meaningOf(BOUNDARIES, raw.type)
    building.boundaries[id] = defined({
      id,
      name: nameOf(item, TITLE),
      kind: kind ?? ('unknown' as const),
      parent: nested.of.get(item)?.id,
      membership: 'stated' as const,
      description: textOf(raw.description),
      provenance,
      foreign,
    })
    tally(place.report, place.at, {
      what: count => `${kind ? 'Kind of network' : 'Type'} of ${many(count, 'trust boundary')}`,
      why: kind
        ? 'All networks are one kind here: kept under foreign.'
        : 'It says nothing of what makes trust change that a kind here means exactly: kept under foreign; choose a kind.',
    })
    if (listOf(raw.tags).length > 0)
      tally(place.report, place.at, {
        what: count => `Tags of ${many(count, 'trust boundary')}`,
        why: 'Only elements have tags here: kept under foreign.',
      })
  }
  cutCircles(building)
}

function tellTwice({ place }: Item, at: string, one: Item): void {
  place.report.losses.push({
    at: `${place.at}/${at}`,
    what: `A second place of ${one.noun} "${String(one.raw[TITLE]).slice(0, 80)}"`,
    why: 'Another trust boundary names it before; everything here lies in one. Kept under foreign.',
  })
}
