import { type Change, patchRow } from '../model/change.ts'
import { newId } from '../model/identity.ts'
import { entityOf, settingsOf } from '../model/lookup.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Boundary, DataAsset, Design, Element, Flow, Provenance, Stamp } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { ok, type Result } from '../support/result.ts'
import { containmentOf } from './containment.ts'
import { boundaryAt, layoutId, type Place, placeChanges } from './drawing.ts'
import { numbered } from './duplicate.ts'

/** Drawn things taken out of a design, with all that is needed to put copies of them into this design or another. */
export type Drawn = {
  /** The design they are from; only there do links to what was not copied mean anything. */
  readonly from: string
  readonly elements: readonly Element[]
  readonly boundaries: readonly Boundary[]
  readonly flows: readonly Flow[]
  /** The data they carry and hold. */
  readonly data: readonly DataAsset[]
  readonly places: readonly Place[]
}

/** What a boundary holds, at any depth, comes along with it; flows between what comes along do too. */
export function withInside(design: Design, ids: readonly string[]): readonly string[] {
  const { boundariesIn, elementsIn } = containmentOf(design)
  const all = new Set<string>()
  const waiting = ids.filter(id => /^[EFB]-/.test(id) && entityOf(design, id))
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (all.has(id)) continue
    all.add(id)
    if (id.startsWith('B-')) waiting.push(...(boundariesIn.get(id) ?? []), ...(elementsIn.get(id) ?? []))
  }
  for (const flow of rowsOf(design.flows)) if (all.has(flow.source ?? '') && all.has(flow.target ?? '')) all.add(flow.id)
  return [...all].sort(byText)
}

/** Takes things out of a design as they stand, with their places on a diagram. */
export function drawnOf(
  design: Design,
  { ids, diagram }: { readonly ids: readonly string[]; readonly diagram?: string | undefined },
): Drawn {
  const all = new Set(withInside(design, ids))
  const chosen = <Row extends { readonly id: string }>(rows: readonly Row[]) => rows.filter(row => all.has(row.id))
  const elements = chosen(rowsOf(design.elements))
  const flows = chosen(rowsOf(design.flows))
  const carried = new Set([...elements, ...flows].flatMap(row => idsOf(row.data)))
  const places = [...all].flatMap((id): Place[] => {
    const layout = diagram === undefined ? undefined : design.layout[layoutId(diagram, id)]
    if (!layout) return []
    const { id: _id, foreign: _foreign, ...place } = layout
    return [{ ...place, id }]
  })
  return {
    from: settingsOf(design)?.designId ?? '',
    elements,
    boundaries: chosen(rowsOf(design.boundaries)),
    flows,
    data: rowsOf(design.data).filter(row => carried.has(row.id)),
    places,
  }
}

/** Copies in a design: the changes that make them, and what each original is called there. */
export type Pasted = { readonly changes: readonly Change[]; readonly ids: ReadonlyMap<string, string> }

export type PasteInto = {
  readonly diagram?: string | undefined
  /** Where the middle of the copies should be; without it they lie beside the originals. */
  readonly at?: { readonly x: number; readonly y: number } | undefined
}

/** Puts copies with new ids into a design. Data that is there already under the same name and class is linked, not copied. */
export function pasteDrawn(design: Design, drawn: Drawn, { diagram, at }: PasteInto, stamp: Stamp): Result<Pasted> {
  const isHome = drawn.from !== '' && drawn.from === settingsOf(design)?.designId
  const ids = freshIds(design, drawn, { isHome, stamp })
  const by = diagram === undefined ? { x: 0, y: 0 } : offset(design, drawn, { diagram, at })
  const places = diagram === undefined ? [] : drawn.places.flatMap(place => movedPlace(place, ids, by))
  const spots = new Map(places.map(place => [place.id, place]))
  const names = new Set([...rowsOf(design.elements), ...rowsOf(design.boundaries)].map(row => row.name))
  const there = (id: string | undefined) => (isHome && id !== undefined && entityOf(design, id) ? id : undefined)
  const moved = (id: string | undefined) => (id === undefined ? undefined : (ids.get(id) ?? there(id)))
  const around = (row: Element) => {
    if (row.boundary !== undefined && ids.has(row.boundary)) return ids.get(row.boundary)
    const spot = spots.get(ids.get(row.id) ?? '')
    return diagram !== undefined && spot ? boundaryAt(design, { ...spot, diagram }) : there(row.boundary)
  }
  const fresh = (row: Element | Boundary | Flow | DataAsset) => ({
    id: ids.get(row.id) as string,
    provenance: copiedProvenance(row.provenance, stamp),
    foreign: undefined,
  })
  const data = (row: Element | Flow) => {
    const links = idsOf(row.data).flatMap(id => moved(id) ?? [])
    return links.length > 0 ? Object.fromEntries(links.map(id => [id, true as const])) : undefined
  }
  const named = (name: string) => {
    if (names.has(name)) return numbered(name, names)
    names.add(name)
    return name
  }
  const changes: Change[] = [
    ...drawn.data
      .filter(row => ids.has(row.id) && !hasRow(design.data, ids.get(row.id)))
      .map((row): Change => ({ kind: 'put', table: 'data', row: patchRow(row, fresh(row)) })),
    ...drawn.boundaries.map((row): Change => {
      const fields = { ...fresh(row), name: named(row.name), parent: moved(row.parent) }
      return { kind: 'put', table: 'boundaries', row: patchRow(row, fields) }
    }),
    ...drawn.elements.map((row): Change => {
      const fields = { ...fresh(row), name: named(row.name), boundary: around(row), data: data(row) }
      return { kind: 'put', table: 'elements', row: patchRow(row, fields) }
    }),
    ...drawn.flows.map((row): Change => {
      const fields = { ...fresh(row), source: moved(row.source), target: moved(row.target), data: data(row) }
      return { kind: 'put', table: 'flows', row: patchRow(row, fields) }
    }),
  ]
  if (diagram === undefined || !hasRow(design.diagrams, diagram)) return ok({ changes, ids })
  const shown = [...drawn.boundaries, ...drawn.elements, ...drawn.flows].map(row => ids.get(row.id) as string)
  const placed = placeChanges(design, diagram, [...shown.filter(id => !spots.has(id)).map(id => ({ id })), ...places])
  return placed.ok ? ok({ changes: [...changes, ...placed.value], ids }) : placed
}

/** A copy is the deed of who pastes it; what an AI proposed and nobody confirmed stays that. */
export function copiedProvenance(original: Provenance, stamp: Stamp): Provenance {
  const isProposal = original.kind === 'ai' && original.confirmedBy === undefined
  return { kind: isProposal ? 'ai' : (stamp.kind ?? 'human'), at: stamp.at, by: stamp.by }
}

function freshIds(
  design: Design,
  drawn: Drawn,
  { isHome, stamp }: { readonly isHome: boolean; readonly stamp: Stamp },
): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const ids = new Map<string, string>()
  for (const { id } of [...drawn.boundaries, ...drawn.elements, ...drawn.flows]) ids.set(id, fresh(id))
  for (const row of drawn.data) {
    const same = isHome && design.data[row.id] ? row : rowsOf(design.data).find(one => isSameData(one, row))
    ids.set(row.id, same?.id ?? fresh(row.id))
  }
  return ids

  function fresh(id: string): string {
    const next = newId(id.slice(0, 1), stamp.random, one => taken.has(one) || entityOf(design, one) !== undefined)
    taken.add(next)
    return next
  }
}

function isSameData(a: DataAsset, b: DataAsset): boolean {
  return a.name === b.name && a.class === b.class
}

const STEP = 32

/** How far the copies lie from the originals: around a point, or beside them, and never exactly on what is there. */
function offset(design: Design, drawn: Drawn, { diagram, at }: { readonly diagram: string } & Pick<PasteInto, 'at'>) {
  const boxes = drawn.places.flatMap(({ x, y, width = 160, height = 64 }) =>
    x === undefined || y === undefined ? [] : [{ x, y, width, height }],
  )
  const left = Math.min(...boxes.map(box => box.x))
  const top = Math.min(...boxes.map(box => box.y))
  const right = Math.max(...boxes.map(box => box.x + box.width))
  const bottom = Math.max(...boxes.map(box => box.y + box.height))
  if (boxes.length === 0) return { x: 0, y: 0 }
  const first = at ? { x: Math.round(at.x - (left + right) / 2), y: Math.round(at.y - (top + bottom) / 2) } : { x: STEP, y: STEP }
  const corners = new Set(
    idsOf({ ...design.diagrams[diagram]?.elements, ...design.diagrams[diagram]?.boundaries }).map(id => {
      const layout = design.layout[layoutId(diagram, id)]
      return `${layout?.x} ${layout?.y}`
    }),
  )
  let { x, y } = first
  for (let n = 0; n < 100 && boxes.some(box => corners.has(`${box.x + x} ${box.y + y}`)); n++) {
    x += STEP
    y += STEP
  }
  return { x, y }
}

function movedPlace(
  place: Place,
  ids: ReadonlyMap<string, string>,
  by: { readonly x: number; readonly y: number },
): readonly Place[] {
  const id = ids.get(place.id)
  if (id === undefined) return []
  const shift = <P extends { readonly x: number; readonly y: number }>(point: P) => ({ x: point.x + by.x, y: point.y + by.y })
  return [
    {
      ...place,
      id,
      ...(place.x === undefined || place.y === undefined ? {} : shift({ x: place.x, y: place.y })),
      ...(place.start ? { start: shift(place.start) } : {}),
      ...(place.end ? { end: shift(place.end) } : {}),
      ...(place.label ? { label: shift(place.label) } : {}),
      ...(place.vertices ? { vertices: place.vertices.map(shift) } : {}),
    },
  ]
}
