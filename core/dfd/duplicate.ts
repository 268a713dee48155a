import { type Change, patchRow } from '../model/change.ts'
import { provenanceOf } from '../model/create.ts'
import { newId } from '../model/identity.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design, Flow, Stamp, Table } from '../model/types.ts'
import { missing } from '../requirements/fields.ts'
import { byText } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { layoutId, placeChanges } from './drawing.ts'

export type Duplication = {
  /** Elements, boundaries and flows; a flow between two copied elements comes along unasked. */
  readonly ids: readonly string[]
  readonly diagram?: string | undefined
  /** How far the copies are drawn from the originals; default 32 to the right and down. */
  readonly by?: number | undefined
}

/** Copies with fresh ids and numbered names. Decisions, links from requirements and original ids of an import stay behind. */
export function duplicateEntities(
  design: Design,
  { ids, diagram, by = 32 }: Duplication,
  stamp: Stamp,
): Result<readonly Change[]> {
  const wrong = ids.find(id => !has(design.elements, id) && !has(design.boundaries, id) && !has(design.flows, id))
  if (wrong !== undefined) return refuse(missing(wrong))
  const copies = copiesOf(design, ids, stamp)
  const names = new Set([...rowsOf(design.elements), ...rowsOf(design.boundaries)].map(row => row.name))
  const put = [...copies.keys()].map(from => copyOf(design, from, { copies, names, stamp }))
  if (diagram === undefined || !has(design.diagrams, diagram)) return ok(put)
  const places = [...copies].flatMap(([from, to]) => {
    const layout = design.layout[layoutId(diagram, from)]
    if (layout?.x === undefined || layout.y === undefined) return from.startsWith('F-') ? [{ id: to }] : []
    const { id: _id, foreign: _foreign, ...place } = layout
    return [{ ...place, id: to, x: layout.x + by, y: layout.y + by }]
  })
  const drawn = placeChanges(design, diagram, places)
  return drawn.ok ? ok([...put, ...drawn.value]) : drawn
}

/** Original id to fresh id. */
function copiesOf(design: Design, ids: readonly string[], stamp: Stamp): ReadonlyMap<string, string> {
  const chosen = new Set(ids)
  const between = rowsOf(design.flows).filter(flow => chosen.has(flow.source ?? '') && chosen.has(flow.target ?? ''))
  for (const flow of between) chosen.add(flow.id)
  const copies = new Map<string, string>()
  const fresh = new Set<string>()
  for (const id of [...chosen].sort(byText)) {
    const isTaken = (to: string) =>
      fresh.has(to) || has(design.elements, to) || has(design.flows, to) || has(design.boundaries, to)
    const to = newId(id.slice(0, 1), stamp.random, isTaken)
    fresh.add(to)
    copies.set(id, to)
  }
  return copies
}

type Copying = { readonly copies: ReadonlyMap<string, string>; readonly names: Set<string>; readonly stamp: Stamp }

function copyOf(design: Design, from: string, { copies, names, stamp }: Copying): Change {
  const moved = (id: string | undefined) => (id === undefined ? undefined : (copies.get(id) ?? id))
  const fresh = { id: copies.get(from) as string, provenance: provenanceOf(stamp), foreign: undefined }
  const element = design.elements[from]
  const boundary = design.boundaries[from]
  if (element) {
    const fields = { ...fresh, name: numbered(element.name, names), boundary: moved(element.boundary) }
    return { kind: 'put', table: 'elements', row: patchRow(element, fields) }
  }
  if (boundary) {
    const fields = { ...fresh, name: numbered(boundary.name, names), parent: moved(boundary.parent) }
    return { kind: 'put', table: 'boundaries', row: patchRow(boundary, fields) }
  }
  const flow = design.flows[from] as Flow
  return {
    kind: 'put',
    table: 'flows',
    row: patchRow(flow, { ...fresh, source: moved(flow.source), target: moved(flow.target) }),
  }
}

/** The same name with the next free number: two things of one name cannot be told apart in a prompt. */
export function numbered(name: string, taken: Set<string>): string {
  const stem = name.replace(/ \d+$/, '').slice(0, 390)
  let n = 2
  while (taken.has(`${stem} ${n}`)) n++
  taken.add(`${stem} ${n}`)
  return `${stem} ${n}`
}

function has(table: Table<{ readonly id: string }>, id: string): boolean {
  return hasRow(table, id)
}
