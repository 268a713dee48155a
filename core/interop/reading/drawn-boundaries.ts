import { type Box, centreOf, ELEMENT_SIZE, innermostBoxOf, parentBoxOf } from '../../dfd/geometry.ts'
import { hasRow } from '../../model/table.ts'
import { byText } from '../../support/order.ts'
import { many, tally } from '../report.ts'
import type { Building } from './building.ts'
import type { DrawnThing } from './drawing.ts'

/** A thing of one diagram and the id it got. */
export type Placed = { readonly id: string; readonly thing: DrawnThing }

/** What lies in what, where only the drawing says so. Open curves enclose nothing; they stay questions. */
export function resolveMembership(building: Building, place: string, placed: readonly Placed[]): readonly Claim[] {
  const boxes = placed.filter(({ thing }) => thing.kind === 'box').flatMap(boxOf)
  const drawn = new Set(boxes.map(box => box.id))
  const claims = placed.flatMap(({ id, thing: { inside } }) =>
    inside === undefined || drawn.has(inside) ? [] : [{ id, inside }],
  )
  const claimed = new Set(claims.map(claim => claim.id))
  for (const box of boxes) if (!claimed.has(box.id)) setParent(building, box, boxes)
  for (const { id, thing } of placed) {
    if (!Object.hasOwn(building.elements, id) || claimed.has(id)) continue
    const position = thing.shape.position
    if (!position) {
      tally(building.report, thing.place, {
        what: count => `Position of ${many(count, 'element')}`,
        why: 'The file states none, so no boundary can be found around it.',
      })
      continue
    }
    const centre = centreOf({ ...position, ...(thing.shape.size ?? ELEMENT_SIZE) })
    setBoundary(building, { id, centre, boxes })
  }
  tellLines(building, placed)
  if (boxes.length > 0)
    building.report.losses.push({
      at: place,
      what: `What lies inside ${many(boxes.length, 'trust boundary')}`,
      why: 'The file states no containment. An element was put into the smallest box around its centre: check it.',
    })
  return claims
}

/** A boundary that a file of ours names around a thing because its box is not on the same diagram. */
export type Claim = { readonly id: string; readonly inside: string }

/** Where a diagram shows no box around a thing, what the file says of it counts, unless another diagram shows one. */
export function settleClaims(building: Building, claims: readonly Claim[]): void {
  for (const { id, inside } of claims) {
    if (!hasRow(building.boundaries, inside)) continue
    const element = building.elements[id]
    const boundary = building.boundaries[id]
    if (element) building.elements[id] = { boundary: inside, ...element }
    else if (boundary && inside !== id && !isAround(building, id, inside))
      building.boundaries[id] = { parent: inside, ...boundary }
  }
}

function isAround(building: Building, id: string, inside: string): boolean {
  return chainOf(building, inside).has(id)
}

/** Whether the file draws the thing as an area, so that something can lie inside. */
export function isArea(thing: DrawnThing): boolean {
  return thing.kind === 'box' && thing.shape.position !== undefined && thing.shape.size !== undefined
}

function boxOf({ id, thing }: Placed): Box[] {
  const { position, size } = thing.shape
  return position && size ? [{ id, ...position, ...size }] : []
}

function setParent(building: Building, box: Box, boxes: readonly Box[]): void {
  const parent = parentBoxOf(boxes, box)
  const row = building.boundaries[box.id]
  if (row && parent !== undefined && !isAround(building, box.id, parent))
    building.boundaries[box.id] = { ...row, parent: row.parent ?? parent }
}

function setBoundary(
  building: Building,
  { id, centre, boxes }: { id: string; centre: { x: number; y: number }; boxes: readonly Box[] },
): void {
  const around = boxes.filter(box => isInside(box, centre))
  const boundary = innermostBoxOf(around, centre)
  const row = building.elements[id]
  if (boundary === undefined || !row) return
  building.elements[id] = { ...row, boundary: row.boundary ?? boundary }
  const chain = chainOf(building, boundary)
  const beside = around.map(box => box.id).filter(other => !chain.has(other))
  if (beside.length > 0)
    building.report.problems.push({
      code: 'import.overlap',
      severity: 'warning',
      at: id,
      message: `It is drawn where boundaries overlap; of ${[boundary, ...beside.sort(byText)].slice(0, 5).join(', ')} the smallest was taken.`,
      cure: 'Say which boundary it belongs to.',
    })
}

function isInside({ x, y, width, height }: Box, point: { x: number; y: number }): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
}

function chainOf(building: Building, id: string): ReadonlySet<string> {
  const chain = new Set<string>()
  for (let next: string | undefined = id; next !== undefined && !chain.has(next); next = building.boundaries[next]?.parent)
    chain.add(next)
  return chain
}

function tellLines(building: Building, placed: readonly Placed[]): void {
  for (const { id, thing } of placed) {
    const row = building.boundaries[id]
    if (!row || isArea(thing)) continue
    const what = thing.kind === 'line' ? 'drawn as an open curve' : 'drawn without position or size'
    building.report.losses.push({
      at: thing.place,
      what: `Trust boundary "${row.name}", ${what}`,
      why: 'Nothing says which elements lie inside: kept as an unresolved boundary. Say what it encloses, or delete it.',
    })
  }
}
