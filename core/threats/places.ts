import { endsOf, flowIdsAt, flowsAt } from '../dfd/flows-at.ts'
import { type Between, boundariesBetween, endsOn } from '../dfd/interactions.ts'
import { changedIds, rowAt, rowsOf } from '../model/table.ts'
import type { Design, Element, Flow } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { hasUnresolvedBoundary } from './attention.ts'
import type { Binding, BoundInteraction, World } from './binding.ts'
import { type Bucket, matching } from './bucket.ts'
import type { RuleIndex } from './compile.ts'
import type { Need } from './needs.ts'
import { Place } from './place.ts'

/** What the rules read of a design; decisions and texts of other tables change nothing here. */
export type Ground = Pick<Design, 'elements' | 'flows' | 'boundaries' | 'data'>

/** What an update looked at, so that a test can hold it without a clock. */
export type Visits = { places: number; rules: number; full: number }

/**
 * Where the rules match: for each flow the places of its interactions, for each element its own. It lives from one state of the
 * design to the next, and asks again only where an edit reaches: `update` moves it on, and whoever holds an older state must not read
 * from it any more (`generation` tells).
 */
export class Places {
  generation = 0
  readonly index: RuleIndex
  readonly visits: Visits = { places: 0, rules: 0, full: 0 }
  /** How many findings there are, suppressed ones included. */
  count = 0
  #ground: Ground
  #world: World
  #isUnresolved = false
  #between = boundariesBetween({})
  readonly #ofFlow = new Map<string, readonly Place[]>()
  readonly #ofElement = new Map<string, Place>()
  #usersOf: Map<string, Set<string>> | undefined
  #inside: Map<string, Set<string>> | undefined

  constructor(ground: Ground, index: RuleIndex) {
    this.index = index
    this.#ground = ground
    this.#world = { boundaries: ground.boundaries, data: ground.data }
    this.#fill()
  }

  get ground(): Ground {
    return this.#ground
  }

  /** The places of a flow (one, or two when it runs both ways) or of an element. */
  at(id: string): readonly Place[] {
    const own = this.#ofElement.get(id)
    return own ? [own] : (this.#ofFlow.get(id) ?? NONE)
  }

  /** All places: by flow, forward before reverse, then by element. */
  *all(): Generator<Place> {
    for (const { id } of rowsOf(this.#ground.flows)) yield* this.#ofFlow.get(id) ?? NONE
    if (this.#ofElement.size > 0)
      for (const { id } of rowsOf(this.#ground.elements)) {
        const place = this.#ofElement.get(id)
        if (place) yield place
      }
  }

  /** Moves on to another state of the same design. */
  update(ground: Ground): void {
    const before = this.#ground
    const changes = changesOf(before, ground)
    this.generation++
    this.#ground = ground
    if (before.boundaries !== ground.boundaries || before.data !== ground.data)
      this.#world = { boundaries: ground.boundaries, data: ground.data }
    const isWide = !changes || (changes.boundaries.length > 0 && hasUnresolvedBoundary(ground.boundaries) !== this.#isUnresolved)
    if (isWide) this.#fill()
    else this.#patch(before, changes)
  }

  #fill(): void {
    this.visits.full++
    this.#ofFlow.clear()
    this.#ofElement.clear()
    this.#usersOf = undefined
    this.#inside = undefined
    this.count = 0
    this.#readBoundaries()
    for (const flow of rowsOf(this.#ground.flows)) this.#putFlow(flow.id, this.#placesOf(flow))
    if (this.index.hasElementRules) for (const element of rowsOf(this.#ground.elements)) this.#askElement(element.id)
  }

  #patch(before: Ground, changes: Changes): void {
    const { index } = this
    const now = this.#ground
    if (changes.boundaries.length > 0) this.#readBoundaries()
    const flows = new Set(changes.flows)
    const elements = new Set(changes.elements)
    /** What lies elsewhere now, so that its flows may cross what they did not. */
    const moved = new Set<string>()
    for (const id of changes.boundaries) for (const inside of this.#elementsIn(id, before)) moved.add(inside)
    for (const id of changes.data) for (const user of this.#usersOfData(id)) (user.startsWith('F') ? flows : elements).add(user)
    for (const id of changes.elements) {
      const [was, is] = [rowAt(before.elements, id), rowAt(now.elements, id)]
      this.#moveElement(was, is)
      if (was?.boundary !== is?.boundary || was?.outOfScope !== is?.outOfScope || !was !== !is) moved.add(id)
    }
    for (const id of changes.flows) {
      const [was, is] = [rowAt(before.flows, id), rowAt(now.flows, id)]
      this.#moveData(was, is)
      // An element answers for what its flows cross: those it had and those it has.
      if (index.hasElementRules) for (const flow of [was, is]) for (const end of endsOf(flow)) elements.add(end)
    }
    for (const id of moved) {
      elements.add(id)
      for (const flow of flowIdsAt(now.flows, id))
        if (index.hasElementRules) for (const end of endsOf(rowAt(now.flows, flow))) elements.add(end)
    }
    for (const id of [...changes.elements, ...moved, ...this.#dataUsers(changes)])
      for (const flow of flowIdsAt(now.flows, id)) flows.add(flow)
    for (const id of flows) this.#askFlow(id)
    if (index.hasElementRules) for (const id of elements) this.#askElement(id)
  }

  /** Elements that hold data which was edited: their flows are as urgent as that data. */
  #dataUsers({ data }: Changes): readonly string[] {
    return data.flatMap(id => [...this.#usersOfData(id)].filter(user => !user.startsWith('F')))
  }

  #readBoundaries(): void {
    this.#isUnresolved = hasUnresolvedBoundary(this.#ground.boundaries)
    this.#between = boundariesBetween(this.#ground.boundaries)
  }

  #askFlow(id: string): void {
    for (const place of this.#ofFlow.get(id) ?? NONE) this.count -= place.matched.length
    this.#ofFlow.delete(id)
    const flow = rowAt(this.#ground.flows, id)
    if (flow) this.#putFlow(id, this.#placesOf(flow))
  }

  #putFlow(id: string, places: readonly Place[]): void {
    if (places.length === 0) return
    this.#ofFlow.set(id, places)
    for (const place of places) this.count += place.matched.length
  }

  #askElement(id: string): void {
    this.count -= this.#ofElement.get(id)?.matched.length ?? 0
    const element = rowAt(this.#ground.elements, id)
    const place = element && element.outOfScope === undefined ? this.#placeOfElement(element) : undefined
    if (place) this.#ofElement.set(id, place)
    else this.#ofElement.delete(id)
    this.count += place?.matched.length ?? 0
  }

  #placesOf(flow: Flow): readonly Place[] {
    const ends = endsOn(this.#ground.elements, flow, this.#between)
    if (!ends) return NONE
    const { source, target, crossed } = ends
    const forward = this.#placeBetween({ world: this.#world, flow, source, target, crossed, isReverse: false })
    const reverse =
      flow.bidirectional &&
      this.#placeBetween({ world: this.#world, flow, source: target, target: source, crossed, isReverse: true })
    return reverse ? (forward ? [forward, reverse] : [reverse]) : forward ? [forward] : NONE
  }

  #placeBetween(binding: BoundInteraction): Place | undefined {
    const { flow, source, target, crossed } = binding
    const { stated, between } = this.index
    const bucket = between(source.kind, target.kind, crossed.length > 0)
    if (bucket.rules.length === 0) return undefined
    const bits = { source: stated.element(source), target: stated.element(target), element: 0, flow: stated.flow(flow) }
    return this.#placeFor(bucket, bits, binding)
  }

  #placeOfElement(element: Element): Place | undefined {
    const binding = new ElementBinding(element, { world: this.#world, ground: this.#ground, between: this.#between })
    const bucket = this.index.onElement(element.kind, this.index.elementsCross && binding.crossed.length > 0)
    if (bucket.rules.length === 0) return undefined
    return this.#placeFor(bucket, { source: 0, target: 0, element: this.index.stated.element(element), flow: 0 }, binding)
  }

  #placeFor(bucket: Bucket, bits: Need, binding: Binding): Place | undefined {
    this.visits.places++
    this.visits.rules += bucket.rules.length
    const matched = matching(bucket, bits, binding)
    return matched.length > 0 ? new Place(binding, matched, this.#isUnresolved) : undefined
  }

  #moveElement(before: Element | undefined, after: Element | undefined): void {
    this.#moveData(before, after)
    if (!this.#inside || before?.boundary === after?.boundary) return
    if (before?.boundary !== undefined) this.#inside.get(before.boundary)?.delete(before.id)
    if (after?.boundary !== undefined) addTo(this.#inside, after.boundary, after.id)
  }

  #moveData(before: Flow | Element | undefined, after: Flow | Element | undefined): void {
    if (!this.#usersOf || before?.data === after?.data) return
    for (const id of Object.keys(before?.data ?? {})) this.#usersOf.get(id)?.delete(before?.id ?? '')
    for (const id of Object.keys(after?.data ?? {})) if (after) addTo(this.#usersOf, id, after.id)
  }

  /** Flows and elements that link a data asset; sorted out when data is first edited. */
  #usersOfData(id: string): ReadonlySet<string> {
    if (!this.#usersOf) {
      this.#usersOf = new Map()
      for (const row of [...rowsOf(this.#ground.flows), ...rowsOf(this.#ground.elements)])
        for (const data of Object.keys(row.data ?? {})) addTo(this.#usersOf, data, row.id)
    }
    return this.#usersOf.get(id) ?? NOBODY
  }

  /** Elements in a boundary and in all within it, before an edit and after. */
  #elementsIn(id: string, before: Ground): readonly string[] {
    if (!this.#inside) {
      this.#inside = new Map()
      for (const { id: element, boundary } of rowsOf(before.elements))
        if (boundary !== undefined) addTo(this.#inside, boundary, element)
    }
    const boundaries = new Set([...within(before.boundaries, id), ...within(this.#ground.boundaries, id)])
    return [...boundaries].flatMap(boundary => [...(this.#inside?.get(boundary) ?? NOBODY)])
  }
}

type Changes = { readonly [table in keyof Ground]: readonly string[] }

const NONE: readonly Place[] = []
const NONE_CROSSED: readonly string[] = []
const NOBODY: ReadonlySet<string> = new Set()

function changesOf(before: Ground, after: Ground): Changes | undefined {
  const elements = changedIds(before.elements, after.elements)
  const flows = changedIds(before.flows, after.flows)
  const boundaries = changedIds(before.boundaries, after.boundaries)
  const data = changedIds(before.data, after.data)
  return elements && flows && boundaries && data ? { elements, flows, boundaries, data } : undefined
}

/** An element as rules see it; what its flows cross is found out when somebody reads it, since most rules never do. */
class ElementBinding implements Binding {
  readonly world: World
  readonly element: Element
  readonly #in: { readonly ground: Ground; readonly between: Between }
  #crossed: readonly string[] | undefined

  constructor(
    element: Element,
    { world, ground, between }: { readonly world: World; readonly ground: Ground; readonly between: Between },
  ) {
    this.world = world
    this.element = element
    this.#in = { ground, between }
  }

  get crossed(): readonly string[] {
    this.#crossed ??= this.#cross()
    return this.#crossed
  }

  #cross(): readonly string[] {
    const { ground, between } = this.#in
    const crossed = new Set<string>()
    for (const flow of flowsAt(ground.flows, this.element.id))
      for (const one of endsOn(ground.elements, flow, between)?.crossed ?? NONE_CROSSED) crossed.add(one)
    return crossed.size > 0 ? [...crossed].sort(byText) : NONE_CROSSED
  }
}

/** A boundary and all within it; one that lies inside itself is met once. */
function within(boundaries: Design['boundaries'], id: string): ReadonlySet<string> {
  const children = new Map<string, Set<string>>()
  for (const row of rowsOf(boundaries)) if (row.parent !== undefined) addTo(children, row.parent, row.id)
  const all = new Set([id])
  for (const one of all) for (const child of children.get(one) ?? NOBODY) all.add(child)
  return all
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
