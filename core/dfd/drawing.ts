import { type Change, EMPTY_DESIGN, patchRow } from '../model/change.ts'
import { diffDesigns } from '../model/diff.ts'
import { tableOf } from '../model/lookup.ts'
import { accepts } from '../model/parse.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Layout } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { BOUNDARY_SIZE, type Box, centreOf, ELEMENT_SIZE, finderOf, innermostBoxOf } from './geometry.ts'

type Spread<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** Position, size, route and label of one thing; fields left out stay as they are, undefined takes one away. */
export type Place = { readonly id: string } & Spread<Omit<Layout, 'id' | 'foreign'>>
/** Where on which diagram a new thing is drawn. */
export type Spot = { readonly diagram: string } & Omit<Place, 'id'>

export function layoutId(diagram: string, id: string): string {
  return `${diagram}.${id}`
}

/** Draws things on a diagram, showing what it did not show. A moved element drops the drawn routes of its flows. */
export function placeChanges(design: Design, diagram: string, places: readonly Place[]): Result<readonly Change[]> {
  const before: Record<string, Layout> = {}
  const after: Record<string, Layout> = {}
  const wanted = new Map([...routesToDrop(design, diagram, places), ...places].map(place => [layoutId(diagram, place.id), place]))
  // In order of their ids, so that comparing the two tables need not sort them.
  for (const key of [...wanted.keys()].sort()) {
    const { id, ...fields } = wanted.get(key) as Place
    const row = design.layout[key]
    if (row) before[key] = row
    else if (Object.values(fields).every(value => value === undefined)) continue
    const next = patchRow(row ?? { id: key }, fields)
    if (!accepts('layout', next)) return refuse(cannotStand(id))
    after[key] = next
  }
  const drawn = diffDesigns({ ...EMPTY_DESIGN, layout: before }, { ...EMPTY_DESIGN, layout: after })
  return ok([
    ...showChanges(
      design,
      diagram,
      places.map(place => place.id),
    ),
    ...drawn,
  ])
}

function cannotStand(id: string) {
  return {
    code: 'dfd.place',
    at: id,
    message: `${id} cannot be drawn there.`,
    cure: 'Positions are numbers, sizes are greater than zero.',
  }
}

function routesToDrop(design: Design, diagram: string, places: readonly Place[]): readonly Place[] {
  const placed = new Set(places.map(place => place.id))
  const moved = new Set(
    places.filter(place => hasMoved(design.layout[layoutId(diagram, place.id)], place)).map(place => place.id),
  )
  if (moved.size === 0) return []
  return rowsOf(design.flows)
    .filter(flow => !placed.has(flow.id) && (moved.has(flow.source ?? '') || moved.has(flow.target ?? '')))
    .filter(flow => design.layout[layoutId(diagram, flow.id)] !== undefined)
    .map(flow => ({ id: flow.id, vertices: undefined, label: undefined }))
}

function hasMoved(row: Layout | undefined, place: Place): boolean {
  if (!row || !place.id.startsWith('E-')) return false
  return (place.x !== undefined && place.x !== row.x) || (place.y !== undefined && place.y !== row.y)
}

function showChanges(design: Design, diagram: string, ids: readonly string[]): readonly Change[] {
  const row = design.diagrams[diagram]
  const fields: Record<string, true> = {}
  for (const id of ids) {
    const field = tableOf(id)
    if (field !== 'elements' && field !== 'flows' && field !== 'boundaries') continue
    if (!Object.hasOwn(row?.[field] ?? {}, id)) fields[`${field}/${id}`] = true
  }
  return Object.keys(fields).length > 0 ? [{ kind: 'patch', table: 'diagrams', id: diagram, fields }] : []
}

/** The innermost boundary drawn around the centre of a new element. */
export function boundaryAt(design: Design, { diagram, ...place }: Spot): string | undefined {
  const box = boxOf({ ...place, id: 'E-' })
  return box && innermostBoxOf(boxesOn(design, diagram, 'boundaries'), centreOf(box))
}

/** For everything drawn on a diagram, the boundary drawn around it; by geometry alone. */
export function containersOn(design: Design, diagram: string): ReadonlyMap<string, string | undefined> {
  const boundaries = boxesOn(design, diagram, 'boundaries')
  const { parent, innermost } = finderOf(boundaries)
  return new Map([
    ...boundaries.map(box => [box.id, parent(box)] as const),
    ...boxesOn(design, diagram, 'elements').map(box => [box.id, innermost(centreOf(box))] as const),
  ])
}

function boxesOn(design: Design, diagram: string, field: 'elements' | 'boundaries'): readonly Box[] {
  return idsOf(design.diagrams[diagram]?.[field]).flatMap(id => {
    const box = boxOf({ ...design.layout[layoutId(diagram, id)], id })
    return box ? [box] : []
  })
}

function boxOf({ id, x, y, width, height }: Place): Box | undefined {
  if (x === undefined || y === undefined) return undefined
  const size = id.startsWith('B-') ? BOUNDARY_SIZE : ELEMENT_SIZE
  return { id, x, y, width: width ?? size.width, height: height ?? size.height }
}
