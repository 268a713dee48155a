import { parseJson } from '../../model/json.ts'
import { accepts } from '../../model/parse.ts'
import type { Diagram, Layout } from '../../model/types.ts'
import { addOverview, provenanceFor } from '../reading/building.ts'
import { nameOf } from '../reading/items.ts'
import { defined, fitting, isStorable, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { restOf } from './envelope.ts'
import { pushed } from './links.ts'
import type { Thing } from './lists.ts'
import { marksIn } from './marks.ts'
import type { Model } from './read.ts'

/** What stands in a blueprint is shown on a diagram of its own, what stands in none on the first; the format draws nothing. */
export function addPages(model: Model): void {
  const { building, lists } = model
  if (model.isOurs) {
    addDrawings(model)
    return
  }
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

function addPage(model: Model, page: Thing, ids: Iterable<string>): void {
  const { building } = model
  const used = [...fitting(page.raw, { description: 100_000 }), ...(lineOf(page.raw.name, 400) === page.raw.name ? ['name'] : [])]
  if (page.originalId !== undefined) used.push('bom-ref')
  building.diagrams[page.id] = defined({
    id: page.id,
    name: nameOf(page, 'name'),
    description: textOf(page.raw.description),
    ...amongAll(model, ids),
    provenance: provenanceFor(building, page.originalId),
    foreign: restOf(model, page, used),
  })
}

function amongAll({ building }: Model, ids: Iterable<string>): Pick<Diagram, 'elements' | 'flows' | 'boundaries'> {
  const all = [...ids]
  const among = (rows: object) => Object.fromEntries(all.flatMap(id => (Object.hasOwn(rows, id) ? [[id, true as const]] : [])))
  return { elements: among(building.elements), flows: among(building.flows), boundaries: among(building.boundaries) }
}

/** In a file of ours each diagram is a visualization, with its drawing attached; one that came from a blueprint says from which. */
function addDrawings(model: Model): void {
  for (const page of model.lists.pages)
    for (const [i, value] of listOf(page.raw.visualizations).entries()) {
      const raw = recordOf(value) ?? {}
      const marks = marksIn(raw)
      const isPage = marks.has('page') && marks.get('id') === page.id
      const id = isPage ? page.id : model.building.ownId('G', marks.get('id'))
      if (id === undefined) continue
      const at = `${page.place.at}/visualizations/${i}`
      const ids = listOf(raw.elements).map(name => model.links.item(name)?.id ?? '')
      if (isPage) addPage(model, page, ids)
      else addDrawing(model, { id, raw, ids })
      model.marked.push({ table: 'diagrams', id, marks, at })
      addPlaces(model, id, raw)
    }
}

type Drawn = { readonly id: string; readonly raw: Raw; readonly ids: readonly string[] }

function addDrawing(model: Model, { id, raw, ids }: Drawn): void {
  const { building } = model
  building.diagrams[id] = defined({
    id,
    name: lineOf(raw.name, 400) ?? 'Unnamed diagram',
    description: textOf(raw.description),
    ...amongAll(model, ids),
    provenance: provenanceFor(building, undefined),
  })
}

/** Where things are drawn, as the attachment says. */
function addPlaces({ building }: Model, id: string, { attachment }: Raw): void {
  const { content } = recordOf(attachment) ?? {}
  const parsed = typeof content === 'string' ? parseJson('', content) : undefined
  for (const value of parsed?.ok ? listOf(parsed.value) : []) {
    const row = recordOf(value)
    const place = typeof row?.id === 'string' ? row.id : ''
    const isThere = [building.elements, building.flows, building.boundaries].some(rows =>
      Object.hasOwn(rows, place.slice(id.length + 1)),
    )
    if (place.startsWith(`${id}.`) && isThere && isStorable(row) && accepts('layout', row)) building.layout[place] = row as Layout
  }
}
