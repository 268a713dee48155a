import type { Layout } from '../../model/types.ts'
import { addOverview, type Building, provenanceFor } from '../reading/building.ts'
import { byName, type Item, itemsOf, nameOf } from '../reading/items.ts'
import { defined, idOf, listOf, numberOf, pointOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { listWithoutOurs } from './ours.ts'
import type { Lists } from './read.ts'

/** One drawing of one thing, where its parent's drawing begins. */
type Drawn = { readonly item: Item; readonly at: { x: number; y: number } | undefined; readonly raw: Raw }

/** Drawings of the file with what each shows; what none shows comes in on the first, or on a view of its own. */
export function addDiagrams(building: Building, lists: Lists, root: Raw): void {
  const { list, ours } = listWithoutOurs(root.representations)
  const own = (raw: Raw) => ours.get(raw)?.get('id')
  const pages = itemsOf(building, { list, own, at: '/representations', prefix: 'G', noun: 'diagram', key: 'id' })
  const things = [...lists.zones, ...lists.components]
  const shown = pages.flatMap(page => {
    const drawings = page.originalId === undefined ? [] : things.flatMap(item => drawingOf(item, page.originalId ?? ''))
    return drawings.length > 0 ? [{ page, drawings }] : []
  })
  const [first] = shown
  if (!first) {
    addOverview(building)
    return
  }
  const placed = new Set(shown.flatMap(({ drawings }) => drawings.map(({ item }) => item)))
  const unplaced = things.filter(item => !placed.has(item)).map(({ id }) => id)
  for (const { page, drawings } of shown)
    addPage(building, page, { lists, drawings, more: page === first.page && own(page.raw) === undefined ? unplaced : [] })
}

function drawingOf(item: Item, page: string): readonly Drawn[] {
  const raw = listOf(item.raw.representations)
    .map(recordOf)
    .find(one => one && idOf(one.representation) === page)
  return raw ? [{ item, raw, at: pointOf(raw.position) }] : []
}

type On = { readonly lists: Lists; readonly drawings: readonly Drawn[]; readonly more: readonly string[] }

function addPage(building: Building, page: Item, { lists, drawings, more }: On): void {
  const ids = new Set([...drawings.map(({ item }) => item.id), ...more])
  const among = (rows: object) => Object.fromEntries(Object.keys(rows).flatMap(id => (ids.has(id) ? [[id, true as const]] : [])))
  const flows = Object.values(building.flows).filter(({ source, target }) =>
    [source, target].every(end => end !== undefined && ids.has(end)),
  )
  building.diagrams[page.id] = defined({
    id: page.id,
    name: nameOf(page, 'name'),
    description: textOf(page.raw.description),
    elements: among(building.elements),
    flows: Object.fromEntries(flows.map(({ id }) => [id, true as const])),
    boundaries: among(building.boundaries),
    provenance: provenanceFor(building, page.originalId),
  })
  const originOf = cornersOf(drawings, lists)
  for (const drawn of drawings) {
    const row = layoutRow(page.id, drawn, originOf(drawn.item))
    if (row) building.layout[row.id] = row
  }
}

/** Positions count from the corner of the parent's drawing; one that is drawn nowhere moves nothing. Each thing is asked once. */
function cornersOf(drawings: readonly Drawn[], lists: Lists): (item: Item) => { x: number; y: number } {
  const at = new Map(drawings.map(drawn => [drawn.item, drawn.at]))
  const zones = byName(lists.zones)
  const components = byName(lists.components)
  const known = new Map<Item, { x: number; y: number }>()
  const parentOf = ({ raw }: Item) => {
    const parent = recordOf(raw.parent)
    return zones.get(idOf(parent?.trustZone) ?? '') ?? components.get(idOf(parent?.component) ?? '')
  }
  return item => {
    const chain = new Set<Item>()
    for (let one: Item | undefined = item; one && !known.has(one) && !chain.has(one); one = parentOf(one)) chain.add(one)
    for (const one of [...chain].reverse()) {
      const parent = parentOf(one)
      const base = (parent && known.get(parent)) ?? { x: 0, y: 0 }
      const own = at.get(one) ?? { x: 0, y: 0 }
      known.set(one, { x: base.x + own.x, y: base.y + own.y })
    }
    return known.get(item) ?? { x: 0, y: 0 }
  }
}

function layoutRow(diagram: string, { item, raw, at }: Drawn, corner: { x: number; y: number }): Layout | undefined {
  const width = numberOf(recordOf(raw.size)?.width)
  const height = numberOf(recordOf(raw.size)?.height)
  const isSized = width !== undefined && height !== undefined && width > 0 && height > 0
  if (!at) {
    tally(item.place.report, item.place.at, {
      what: count => `Position of ${many(count, 'drawn thing')}`,
      why: 'The file draws it on a diagram and does not say where.',
    })
    return undefined
  }
  return defined({
    id: `${diagram}.${item.id}`,
    ...corner,
    width: isSized ? width : undefined,
    height: isSized ? height : undefined,
  })
}
