import { hasRow, rowAt, rowsOf } from '../model/table.ts'
import type { Boundary, Design, Element, Flow, Table } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'

/** Data moving one way between two elements; what most threats are about. */
export type Interaction = {
  readonly flow: string
  readonly source: string
  readonly target: string
  readonly direction: 'forward' | 'reverse'
  readonly crossing: boolean
  /** Boundaries that hold exactly one end, sorted by id. */
  readonly crossed: readonly string[]
}

/** All interactions whose flow and ends are known and in scope, by flow id, forward before reverse. */
export function interactionsOf(design: Design): readonly Interaction[] {
  return derive(design.flows, design.elements, design.boundaries)
}

const derive = memoLast((flows: Table<Flow>, elements: Table<Element>, boundaries: Table<Boundary>) => {
  const between = boundariesBetween(boundaries)
  return rowsOf(flows).flatMap(flow => interactionsBetween(elements, flow, between))
})

/** The interactions of one flow: none, one, or two when it runs both ways. */
export function interactionsOn(design: Pick<Design, 'elements' | 'boundaries'>, flow: Flow): readonly Interaction[] {
  return interactionsBetween(design.elements, flow, boundariesBetween(design.boundaries))
}

/** The same with what lies between two boundaries already at hand. */
export function interactionsBetween(elements: Table<Element>, flow: Flow, between: Between): readonly Interaction[] {
  const ends = endsOn(elements, flow, between)
  if (!ends) return []
  const { source, target, crossed } = ends
  const forward: Interaction = {
    flow: flow.id,
    source: source.id,
    target: target.id,
    direction: 'forward',
    crossing: crossed.length > 0,
    crossed,
  }
  return flow.bidirectional ? [forward, { ...forward, source: target.id, target: source.id, direction: 'reverse' }] : [forward]
}

/** Both ends of a flow and the boundaries between them. */
export type Ends = { readonly source: Element; readonly target: Element; readonly crossed: readonly string[] }

/** The ends of a flow; undefined when an end is loose or something is out of scope. */
export function endsOn(elements: Table<Element>, flow: Flow, between: Between): Ends | undefined {
  if (flow.outOfScope !== undefined) return undefined
  const source = endOf(elements, flow.source)
  const target = endOf(elements, flow.target)
  return source && target ? { source, target, crossed: between(source.boundary, target.boundary) } : undefined
}

/** Boundaries around an element, innermost first; a boundary that lies inside itself is met once. */
export function boundariesAround(design: Design, elementId: string): readonly string[] {
  return chainFrom(design.boundaries, design.elements[elementId]?.boundary)
}

/** A boundary and all around it, innermost first; ends where a parent is missing or comes back. */
export function chainFrom(boundaries: Table<Boundary>, start: string | undefined): readonly string[] {
  const chain = new Set<string>()
  for (let id = start; id !== undefined && !chain.has(id) && hasRow(boundaries, id); id = boundaries[id]?.parent) chain.add(id)
  return [...chain]
}

function endOf(elements: Table<Element>, id: string | undefined): Element | undefined {
  const element = rowAt(elements, id)
  return element?.outOfScope === undefined ? element : undefined
}

const NONE: readonly string[] = []

/** The boundaries to cross from one boundary to another. */
export type Between = (a: string | undefined, b: string | undefined) => readonly string[]

/** The boundaries to cross from one to another, sorted by id; a drawing has few pairs, so each is found once. */
export function boundariesBetween(boundaries: Table<Boundary>): Between {
  const known = new Map<string | undefined, Map<string | undefined, readonly string[]>>()
  return (a, b) => {
    if (a === b) return NONE
    const fromA = known.get(a) ?? new Map<string | undefined, readonly string[]>()
    if (fromA.size === 0) known.set(a, fromA)
    const crossed = fromA.get(b) ?? crossedBetween(boundaries, a, b)
    fromA.set(b, crossed)
    return crossed
  }
}

function crossedBetween(boundaries: Table<Boundary>, a: string | undefined, b: string | undefined): readonly string[] {
  const around = new Set(chainFrom(boundaries, a))
  const crossed = new Set(around)
  for (const id of chainFrom(boundaries, b)) {
    if (around.has(id)) crossed.delete(id)
    else crossed.add(id)
  }
  return [...crossed].sort(byText)
}
