import { type Box, centreOf, ELEMENT_SIZE, innermostBoxOf, parentBoxOf } from '../../dfd/geometry.ts'
import { byText } from '../../support/order.ts'
import { many, tally } from '../report.ts'
import type { Building } from './building.ts'
import type { DrawnThing } from './drawing.ts'

/** A thing of one diagram and the id it got. */
export type Placed = { readonly id: string; readonly thing: DrawnThing }

/** Something that the file says lies in a boundary of ours. */
export type Within = { readonly id: string; readonly within: string }

/**
 * What lies in what: where the file says so as it says, elsewhere as drawn. Open curves enclose nothing; they stay questions. Answers
 * what lies in boundaries that this diagram does not show.
 */
export function resolveMembership(building: Building, place: string, placed: readonly Placed[]): readonly Within[] {
  const waiting = [...stateMembership(building, placed), ...claimsOf(placed)]
  const told = new Set(waiting.map(({ id }) => id))
  const asked = placed.filter(({ id, thing }) => thing.within === undefined && !told.has(id))
  const areas = placed.filter(({ thing }) => thing.kind === 'box').flatMap(boxOf)
  const boxes = asked.some(({ thing }) => thing.kind === 'box' || !NO_ELEMENT.has(thing.kind)) ? areas : []
  const isStated = placed.some(({ thing }) => typeof thing.within === 'string')
  let found = 0
  for (const box of asked.filter(({ thing }) => thing.kind === 'box').flatMap(boxOf)) if (setParent(building, box, boxes)) found++
  for (const { id, thing } of asked) {
    if (!Object.hasOwn(building.elements, id)) continue
    const position = thing.shape.position
    if (!position) {
      tally(building.report, thing.place, {
        what: count => `Position of ${many(count, 'element')}`,
        why: 'The file states none, so no boundary can be found around it.',
      })
      continue
    }
    const centre = centreOf({ ...position, ...(thing.shape.size ?? ELEMENT_SIZE) })
    if (setBoundary(building, { id, centre, boxes })) found++
  }
  tellLines(building, placed)
  if (isStated && found > 0)
    building.report.losses.push({
      at: place,
      what: `What ${many(found, 'thing')} ${found === 1 ? 'lies' : 'lie'} in`,
      why: 'The file states it for other things only. Each was put into the smallest box around its centre: check it.',
    })
  else if (!isStated && boxes.length > 0)
    building.report.losses.push({
      at: place,
      what: `What lies inside ${many(boxes.length, 'trust boundary')}`,
      why: 'The file states no containment. An element was put into the smallest box around its centre: check it.',
    })
  return waiting
}

const NO_ELEMENT: ReadonlySet<string> = new Set(['flow', 'box', 'line', 'other'])

function stateMembership(building: Building, placed: readonly Placed[]): readonly Within[] {
  const named = new Map(
    placed
      .toReversed()
      .flatMap(({ id, thing: { kind, originalId } }) => (kind === 'box' && originalId ? [[originalId, id]] : [])),
  )
  return placed.flatMap(({ id, thing }): Within[] => {
    if (typeof thing.within !== 'string') return []
    const within = named.get(thing.within)
    if (within === undefined) return [{ id, within: thing.within }]
    putInside(building, { id, within })
    return []
  })
}

/** What a file of ours says of things whose boundary stands on another diagram. */
function claimsOf(placed: readonly Placed[]): readonly Within[] {
  const drawn = new Set(
    placed
      .filter(({ thing }) => thing.kind === 'box')
      .flatMap(boxOf)
      .map(({ id }) => id),
  )
  return placed.flatMap(({ id, thing: { inside } }) =>
    inside === undefined || drawn.has(inside) ? [] : [{ id, within: inside }],
  )
}

/** Once all diagrams are read: things in boundaries that another diagram shows. */
export function resolveWaiting(building: Building, waiting: readonly Within[]): void {
  for (const one of waiting) if (Object.hasOwn(building.boundaries, one.within)) putInside(building, one)
}

/** What was stated before counts, and nothing ever lies in itself. */
function putInside(building: Building, { id, within }: Within): void {
  const element = Object.hasOwn(building.elements, id) ? building.elements[id] : undefined
  const boundary = Object.hasOwn(building.boundaries, id) ? building.boundaries[id] : undefined
  if (element && element.boundary === undefined) building.elements[id] = { ...element, boundary: within }
  if (boundary && boundary.parent === undefined && !chainOf(building, within).has(id))
    building.boundaries[id] = { ...boundary, parent: within }
}

/** Whether the file draws the thing as an area, so that something can lie inside. */
export function isArea(thing: DrawnThing): boolean {
  return thing.kind === 'box' && thing.shape.position !== undefined && thing.shape.size !== undefined
}

function boxOf({ id, thing }: Placed): Box[] {
  const { position, size } = thing.shape
  return position && size ? [{ id, ...position, ...size }] : []
}

function setParent(building: Building, box: Box, boxes: readonly Box[]): boolean {
  const parent = parentBoxOf(boxes, box)
  const row = building.boundaries[box.id]
  if (!row || parent === undefined || chainOf(building, parent).has(box.id)) return false
  building.boundaries[box.id] = { ...row, parent: row.parent ?? parent }
  return true
}

function setBoundary(
  building: Building,
  { id, centre, boxes }: { id: string; centre: { x: number; y: number }; boxes: readonly Box[] },
): boolean {
  const around = boxes.filter(box => isInside(box, centre))
  const boundary = innermostBoxOf(around, centre)
  const row = building.elements[id]
  if (boundary === undefined || !row) return false
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
  return true
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
    if (!row || isArea(thing) || row.membership !== 'unresolved') continue
    const what = thing.kind === 'line' ? 'drawn as an open curve' : 'drawn without position or size'
    building.report.losses.push({
      at: thing.place,
      what: `Trust boundary "${row.name}", ${what}`,
      why: 'Nothing says which elements lie inside: kept as an unresolved boundary. Say what it encloses, or delete it.',
    })
  }
}
