import { isId } from '../../model/identity.ts'
import type { DrawnEnd, DrawnKind, DrawnShape, DrawnThing } from '../reading/drawing.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { defined } from '../reading/json-fields.ts'
import { type ImportReport, many, tally } from '../report.ts'
import type { Cell } from './cells.ts'
import { framesOf, parentOf, positionIn, shifted } from './frames.ts'
import { ownFacts, ownKind } from './own.ts'
import { kindOf, type Shape, shapeOfEdge, shapeOfVertex } from './shapes.ts'
import { hasArrow } from './style.ts'

/** What is drawn on a page, and the cells that are neither element, flow nor boundary. */
export type PageThings = { readonly things: readonly DrawnThing[]; readonly unread: readonly Cell[] }

type Reading = {
  readonly report: ImportReport
  readonly byId: ReadonlyMap<string, Cell>
  readonly shapes: ReadonlyMap<Cell, Shape>
  readonly frameOf: ReturnType<typeof framesOf>
  /** Texts of the cells that hang on a line. */
  readonly labels: ReadonlyMap<Cell, readonly string[]>
  /** Whether anything is drawn as a process, so that a plain rectangle is none. */
  readonly isRound: boolean
  readonly holding: ReadonlySet<Cell>
}

/** Makes elements, flows and boundaries of the cells of one page. */
export function thingsOf(cells: readonly Cell[], report: ImportReport): PageThings {
  const reading = newReading(cells, report)
  const things: DrawnThing[] = []
  const unread: Cell[] = []
  for (const cell of cells) {
    const shape = reading.shapes.get(cell)
    if (shape === undefined || shape === 'label') continue
    if (shape === 'group' && cell.text === '') tally(report, cell.place, GROUPS)
    else if (shape === 'text' || shape === 'other' || shape === 'group') unread.push(cell)
    else things.push(thingOf(reading, cell, shape))
  }
  return { things, unread }
}

const GROUPS = {
  what: (count: number) => many(count, 'group'),
  why: 'It has no name and only holds things together; they are read as if it were not there.',
}

function newReading(cells: readonly Cell[], report: ImportReport): Reading {
  const byId = new Map(cells.toReversed().flatMap(cell => (cell.id === undefined ? [] : [[cell.id, cell]])))
  const shapes = new Map(cells.flatMap(cell => shapeOf(byId, cell)))
  const holding = new Set<Cell>()
  const labels = new Map<Cell, string[]>()
  const isRound = [...shapes.values()].includes('process')
  for (const [cell, shape] of shapes) {
    const parent = parentOf(byId, cell)
    if (shape === 'label' && parent && cell.text !== '') pushTo(labels, parent, cell.text)
    if (parent && cell.text !== '' && shape !== 'text' && shape !== 'label' && shape !== 'flow') holding.add(parent)
  }
  // A shape with named things in it is a boundary, whatever it looks like; what is drawn as a store stays one.
  for (const [cell, shape] of shapes) {
    const isHolder = ['plain', 'process', 'picture', 'externalEntity'].includes(shape) && holding.has(cell)
    if (isHolder && !ownKind(cell.data)) shapes.set(cell, 'box')
    else if (shape === 'group' && cell.text !== '') shapes.set(cell, 'box')
    else if (shape === 'picture' && cell.text === '' && isPart(shapes, byId, cell)) shapes.set(cell, 'other')
  }
  const frameOf = framesOf(byId, cell => shapes.get(cell) === 'box')
  return { report, byId, shapes, frameOf, labels, isRound, holding }
}

function pushTo(labels: Map<Cell, string[]>, cell: Cell, text: string): void {
  const known = labels.get(cell)
  if (known) known.push(text)
  else labels.set(cell, [text])
}

/** An icon inside a shape decorates it. */
function isPart(shapes: ReadonlyMap<Cell, Shape>, byId: ReadonlyMap<string, Cell>, cell: Cell): boolean {
  const parent = parentOf(byId, cell)
  return parent?.kind === 'vertex' && shapes.get(parent) !== 'box'
}

function shapeOf(byId: ReadonlyMap<string, Cell>, cell: Cell): [Cell, Shape][] {
  const own = ownKind(cell.data)
  if (cell.kind === 'other') return []
  if (own === 'boundary') return [[cell, cell.kind === 'edge' ? 'line' : 'box']]
  if (cell.kind === 'edge') return [[cell, own === 'flow' ? 'flow' : shapeOfEdge(cell)]]
  if (own !== undefined && own !== 'flow') return [[cell, own]]
  // Whatever hangs on a line is its label.
  return [[cell, parentOf(byId, cell)?.kind === 'edge' ? 'label' : shapeOfVertex(cell)]]
}

function thingOf(reading: Reading, cell: Cell, shape: Shape): DrawnThing {
  const { report } = reading
  const kind: DrawnKind = shape === 'box' || shape === 'line' || shape === 'flow' ? shape : kindOf(shape, cell, reading.isRound)
  const isOwn = ownKind(cell.data) !== undefined
  if (!isOwn && kind !== 'flow') tally(report, cell.place, GUESS)
  const { facts, wrong } = ownFacts(cell.data)
  for (const key of wrong)
    report.losses.push({
      at: cell.place,
      what: `The attribute ${key.slice(0, 80)}`,
      why: 'Its value is none that Skeptic knows.',
    })
  const isStated = kind === 'box' && !isOwn && reading.holding.has(cell)
  return {
    place: cell.place,
    kind,
    originalId: cell.id,
    ownId: ownIdIn(cell),
    name: nameOf(reading, cell),
    facts: defined({
      ...facts,
      membership: facts.membership ?? (isStated ? ('stated' as const) : undefined),
      bidirectional: kind === 'flow' && isBoth(cell) ? true : undefined,
    }),
    shape: shapeFor(reading, cell, kind),
    threats: [],
    within: kind === 'flow' ? undefined : withinOf(reading, cell),
    foreign: foreignOf(cell, reading),
  }
}

const GUESS = {
  what: (count: number) => `Kind of ${many(count, 'shape')}`,
  why: 'Kind guessed from its shape: a drawing states none. Check it.',
}

/** The id of ours: stated, or that of the cell. */
function ownIdIn({ id, data }: Cell): string | undefined {
  const stated = data['skeptic-id'] ?? id
  return stated !== undefined && ['E', 'F', 'B'].some(prefix => isId(prefix, stated)) ? stated : undefined
}

function nameOf({ labels }: Reading, cell: Cell): string | undefined {
  const parts = [cell.text, ...(labels.get(cell) ?? [])].filter(part => part !== '')
  return parts.length > 0 ? parts.join(', ') : undefined
}

/** Containers state what lies in them; files of ours state it where a page shows no container. Elsewhere the drawing is asked. */
function withinOf({ frameOf }: Reading, cell: Cell): string | null | undefined {
  const { within } = frameOf(cell)
  if (within !== undefined) return within
  return ownKind(cell.data) === undefined ? undefined : (cell.data['skeptic-boundary'] ?? null)
}

function shapeFor(reading: Reading, cell: Cell, kind: DrawnKind): DrawnShape {
  if (cell.kind === 'edge') return routeOf(reading, cell, kind)
  return kind === 'line' ? axisOf(areaOf(reading, cell)) : areaOf(reading, cell)
}

/** A curve that is drawn as a shape runs along the longer side of it. */
function axisOf({ position, size }: DrawnShape): DrawnShape {
  if (!position || !size) return {}
  const { x, y } = position
  const { width, height } = size
  const isTall = height >= width
  const start = isTall ? { x: x + width / 2, y } : { x, y: y + height / 2 }
  const end = isTall ? { x: x + width / 2, y: y + height } : { x: x + width, y: y + height / 2 }
  return { source: { at: start }, target: { at: end } }
}

function areaOf({ frameOf, byId }: Reading, cell: Cell): DrawnShape {
  const { width, height, x, y } = cell.geometry
  if (width === undefined && height === undefined && x === undefined && y === undefined) return {}
  const size = width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : undefined
  return defined({ position: positionIn(frameOf(cell), cell, parentOf(byId, cell)), size })
}

/** Arrow heads say where data flows; without any it flows as drawn, which is told. */
function routeOf(reading: Reading, cell: Cell, kind: DrawnKind): DrawnShape {
  const { geometry, style } = cell
  const frame = reading.frameOf(cell)
  const points = geometry.points.map(point => shifted(frame, point))
  const ends = [endOf(reading, cell, 'source'), endOf(reading, cell, 'target')] as const
  const isBack = kind === 'flow' && hasArrow(style, 'startArrow') && !hasArrow(style, 'endArrow')
  if (kind === 'flow' && !isBack && !hasArrow(style, 'endArrow')) tally(reading.report, cell.place, DIRECTION)
  const [source, target] = isBack ? [ends[1], ends[0]] : ends
  const vertices = isBack ? points.reverse() : points
  return defined({ source, target, vertices: vertices.length > 0 ? vertices : undefined })
}

const DIRECTION = {
  what: (count: number) => `Direction of ${many(count, 'line')}`,
  why: 'Drawn without an arrow: taken to flow from where its drawing began. Check it.',
}

function isBoth({ style }: Cell): boolean {
  return hasArrow(style, 'startArrow') && hasArrow(style, 'endArrow')
}

/** What an end is on: a part of an element, such as its icon, stands for the element. */
function endOf({ byId, shapes, frameOf }: Reading, cell: Cell, word: 'source' | 'target'): DrawnEnd {
  const named = cell[word]
  const point = cell.geometry[word]
  const at = point && shifted(frameOf(cell), point)
  let on = named === undefined ? undefined : byId.get(named)
  for (let depth = 0; on && depth < DEEPEST_PART && !isElement(shapes.get(on)) && shapes.get(on) !== 'box'; depth++) {
    const above = parentOf(byId, on)
    if (above?.kind !== 'vertex') break
    on = above
  }
  return defined({ on: on?.id ?? named, at })
}

/** Parts of parts are not looked through any further. */
const DEEPEST_PART = 20

function isElement(shape: Shape | undefined): boolean {
  return shape !== undefined && ['process', 'dataStore', 'externalEntity', 'plain', 'picture'].includes(shape)
}

/** Style and data of a shape, so that it looks the same when it is written again. */
function foreignOf(cell: Cell, { report }: Reading): Foreign | undefined {
  const { data: all } = cell
  const data = Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith('skeptic-')))
  const isOurs = ownKind(cell.data) !== undefined
  const style =
    cell.styleText === '' || (isOurs && Object.keys(data).length === 0 && isOwnStyle(cell)) ? undefined : cell.styleText
  const values = defined({ style, data: Object.keys(data).length > 0 ? data : undefined })
  return Object.keys(values).length > 0 ? keptForeign(values, { at: cell.place, report }) : undefined
}

/** Styles that our writer gives. */
function isOwnStyle({ styleText }: Cell): boolean {
  return styleText.endsWith('skeptic=1;')
}
