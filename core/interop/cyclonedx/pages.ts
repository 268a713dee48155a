import { addOverview, provenanceFor } from '../reading/building.ts'
import { nameOf } from '../reading/items.ts'
import { defined, fitting, lineOf, textOf } from '../reading/json-fields.ts'
import { restOf } from './envelope.ts'
import { pushed } from './links.ts'
import type { Thing } from './lists.ts'
import type { Model } from './read.ts'

/** What stands in a blueprint is shown on a diagram of its own, what stands in none on the first; the format draws nothing. */
export function addPages(model: Model): void {
  const { building, lists } = model
  const shown = shownOn(model)
  const pages = lists.pages.filter(({ place }) => shown.has(place.at))
  const [first] = pages
  if (!first) {
    addOverview(building)
    return
  }
  const loose = lists.components.map(({ id }) => id)
  for (const page of pages) addPage(model, page, new Set([...(shown.get(page.place.at) ?? []), ...(page === first ? loose : [])]))
}

/** Ids of what can be drawn, by the place of the blueprint around it. */
function shownOn({ building, lists }: Model): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>()
  for (const { page, id } of [lists.zones, lists.actors, lists.assets, lists.stores, lists.flows].flat()) {
    if (page === undefined) continue
    const { source, target } = building.flows[id] ?? {}
    for (const one of [id, source, target]) if (one !== undefined) shown.set(page, pushed(shown.get(page), one))
  }
  return shown
}

function addPage({ building }: Model, page: Thing, ids: ReadonlySet<string>): void {
  const among = (rows: object) =>
    Object.fromEntries([...ids].flatMap(id => (Object.hasOwn(rows, id) ? [[id, true as const]] : [])))
  const used = [...fitting(page.raw, { description: 100_000 }), ...(lineOf(page.raw.name, 400) === page.raw.name ? ['name'] : [])]
  if (page.originalId !== undefined) used.push('bom-ref')
  building.diagrams[page.id] = defined({
    id: page.id,
    name: nameOf(page, 'name'),
    description: textOf(page.raw.description),
    elements: among(building.elements),
    flows: among(building.flows),
    boundaries: among(building.boundaries),
    provenance: provenanceFor(building, page.originalId),
    foreign: restOf(page, used),
  })
}
