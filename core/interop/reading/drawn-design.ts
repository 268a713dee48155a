import { hasRow, rowAt } from '../../model/table.ts'
import type { Boundary, Design, Element, Flow, Table } from '../../model/types.ts'
import type { ImportReport } from '../report.ts'
import { type Building, calledOf, finished, newBuilding, type Origin, provenanceFor, type Whole } from './building.ts'
import type { Drawing, DrawnDiagram, DrawnThing } from './drawing.ts'
import { isArea, type Placed, resolveMembership, resolveWaiting, type Within } from './drawn-boundaries.ts'
import { boundaryRow, type ElementNamed, elementRow, flowRow, layoutRow } from './drawn-things.ts'
import { addDrawnThreat } from './drawn-threats.ts'
import { defined, lineOf, textOf } from './json-fields.ts'

/** One design with all diagrams of a drawing; what it cannot hold goes into the report. */
export function designOf(drawing: Drawing, origin: Origin, report: ImportReport): Design {
  const building = newBuilding(origin, report, drawing)
  const keys = keysOf(drawing.diagrams, diagram => diagram.originalId)
  const waiting: Within[] = []
  for (const [i, diagram] of drawing.diagrams.entries()) waiting.push(...addDiagram(building, diagram, keys[i] as string))
  resolveWaiting(building, waiting)
  const loose = drawing.loose ?? []
  const origins = keysOf(loose, threat => threat.originalId)
  for (const [i, threat] of loose.entries()) addDrawnThreat(building, threat, { origin: [building.model, origins[i] as string] })
  for (const statement of drawing.assumptions ?? []) addAssumption(building, statement)
  return finished(building, wholeOf(drawing))
}

function wholeOf(drawing: Drawing): Whole {
  const originalIds = drawing.diagrams.flatMap(diagram => [
    diagram.originalId ?? '',
    ...diagram.things.map(thing => thing.originalId ?? ''),
  ])
  const { name = 'Unnamed model', purpose, foreign, designId } = drawing
  return defined({ originalIds, name, purpose, foreign, designId })
}

function addAssumption(building: Building, statement: string): void {
  const id = building.idFor('A', building.model, statement)
  building.assumptions[id] = { id, statement, provenance: provenanceFor(building, undefined) }
}

function addDiagram(building: Building, diagram: DrawnDiagram, key: string): readonly Within[] {
  const id = building.ownId('G', diagram.ownId) ?? building.idFor('G', building.model, key, diagram.name ?? '')
  const paths = keysOf(diagram.things, thing => thing.originalId).map(own =>
    UUID.test(own) ? [key, own] : [building.model, key, own],
  )
  const here = new Set<string>()
  const placed = diagram.things.map((thing, i) => placeThing(building, { thing, origin: paths[i] ?? [], here }))
  const elementNamed = namesOf(building, placed)
  for (const [i, one] of placed.entries()) {
    addThing(building, one, { diagram: id, elementNamed })
    addThreats(building, one, paths[i] ?? [])
  }
  const waiting = resolveMembership(building, diagram.place, placed)
  building.diagrams[id] = defined({
    id,
    name: lineOf(diagram.name, 400) ?? 'Unnamed diagram',
    description: textOf(diagram.description),
    elements: linksTo(placed, building.elements),
    flows: linksTo(placed, building.flows),
    boundaries: linksTo(placed, building.boundaries),
    provenance: provenanceFor(building, diagram.originalId),
    foreign: diagram.foreign,
  })
  return waiting
}

type Placing = { readonly thing: DrawnThing; readonly origin: readonly string[]; readonly here: Set<string> }

/** What stands on an earlier diagram under the same id of ours is the same thing, shown again. */
function placeThing(building: Building, { thing, origin, here }: Placing): Placed {
  const isShownAgain = shownBefore(building, thing) !== undefined && !here.has(thing.ownId ?? '')
  const id = isShownAgain && thing.ownId !== undefined ? thing.ownId : idFor(building, thing, origin)
  here.add(id)
  return { id, thing }
}

function shownBefore(
  { elements, flows, boundaries }: Building,
  { kind, ownId }: DrawnThing,
): Element | Flow | Boundary | undefined {
  if (kind === 'flow') return rowAt(flows, ownId)
  if (kind === 'box' || kind === 'line') return rowAt(boundaries, ownId)
  const element = rowAt(elements, ownId)
  return element?.kind === kind ? element : undefined
}

/** Ids of this form are unique in the world; others only in their model, whose name then helps to tell them apart. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

const PREFIX = { process: 'E', dataStore: 'E', externalEntity: 'E', flow: 'F', box: 'B', line: 'B', other: undefined } as const

/** Things of no kind get no id: no row carries them. */
function idFor(building: Building, thing: DrawnThing, origin: readonly string[]): string {
  const prefix = PREFIX[thing.kind]
  return prefix === undefined ? '' : (building.ownId(prefix, thing.ownId) ?? building.idFor(prefix, ...origin))
}

function addThing(building: Building, { id, thing }: Placed, on: { diagram: string; elementNamed: ElementNamed }): void {
  if (thing.kind === 'other') return
  const before = id === thing.ownId ? shownBefore(building, thing) : undefined
  const flow = thing.kind === 'flow' ? flowRow(building, id, thing, on.elementNamed) : undefined
  if (before) tellDifference(building, { before, thing, flow })
  else if (flow) building.flows[id] = flow
  else if (PREFIX[thing.kind] === 'E') building.elements[id] = elementRow(building, id, thing)
  else building.boundaries[id] = boundaryRow(building, id, thing, isArea(thing) ? 'geometry' : 'unresolved')
  const layout = layoutRow(on.diagram, id, thing, flow ?? {})
  if (layout) building.layout[layout.id] = layout
}

type Difference = { readonly before: Element | Flow | Boundary; readonly thing: DrawnThing; readonly flow: Flow | undefined }

/** The first diagram counts; what another says differently of the same thing is told. */
function tellDifference({ report }: Building, { before, thing, flow }: Difference): void {
  const says = (name: string | undefined, description: string | undefined, ends: readonly (string | undefined)[]) =>
    JSON.stringify([name, description, ...ends])
  const ends = 'source' in before || 'target' in before ? [before.source, before.target] : []
  const first = says(before.name, before.description, ends)
  if (first === says(lineOf(thing.name, 400) ?? before.name, thing.facts.description, flow ? [flow.source, flow.target] : []))
    return
  report.losses.push({
    at: thing.place,
    what: `${calledOf(thing)}, shown again`,
    why: 'It says something else than on the first diagram that shows it, which counts.',
  })
}

function addThreats(building: Building, { id, thing }: Placed, origin: readonly string[]): void {
  const keys = keysOf(thing.threats, threat => threat.originalId)
  const field = { E: 'elements', F: 'flows', B: undefined }[PREFIX[thing.kind] ?? 'B']
  const on = field === undefined ? {} : { [field]: { [id]: true as const } }
  for (const [i, threat] of thing.threats.entries())
    addDrawnThreat(building, threat, { ...on, origin: [...origin, keys[i] as string] })
}

/** The first element with an original id; where two share one, nobody can tell which is meant. */
function namesOf(building: Building, placed: readonly Placed[]): ElementNamed {
  const ids = new Map<string, string>()
  for (const { id, thing } of placed) {
    if (thing.originalId === undefined || PREFIX[thing.kind] !== 'E') continue
    if (!ids.has(thing.originalId)) ids.set(thing.originalId, id)
    else
      building.report.problems.push({
        code: 'import.sameId',
        severity: 'warning',
        at: id,
        message: `Another element of its diagram has the same id in the file; data flows that name it were given to ${ids.get(thing.originalId)}.`,
        cure: 'Check the ends of the data flows of both.',
      })
  }
  return originalId => (originalId === undefined ? undefined : ids.get(originalId))
}

/** What tells things of one list apart: the original id, else the place; a repeated id gets its count. */
function keysOf<T>(things: readonly T[], idOf: (thing: T) => string | undefined): readonly string[] {
  const seen = new Map<string, number>()
  return things.map((thing, i) => {
    const id = idOf(thing)
    if (id === undefined) return `#${i}`
    const times = seen.get(id) ?? 0
    seen.set(id, times + 1)
    return times === 0 ? id : `${id} ${times + 1}`
  })
}

function linksTo(placed: readonly Placed[], table: Table<{ readonly id: string }>): { readonly [id: string]: true } | undefined {
  const links = placed.filter(({ id }) => hasRow(table, id)).map(({ id }) => [id, true as const] as const)
  return links.length > 0 ? Object.fromEntries(links) : undefined
}
