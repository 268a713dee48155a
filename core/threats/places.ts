import { endsOf, flowIdsAt, flowsAt } from '../dfd/flows-at.ts'
import { type Between, boundariesBetween, endsOn } from '../dfd/interactions.ts'
import { changedIds, rowAt, rowsOf } from '../model/table.ts'
import type { Design, Element, Flow } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { hasUnresolvedBoundary } from './attention.ts'
import type { Binding, World } from './binding.ts'
import { type Bucket, candidatesIn, matchingAmong, type Stated } from './bucket.ts'
import type { CompiledRule, RuleIndex } from './compile.ts'
import { END, Graph, type Link, type Node } from './graph.ts'
import { Place } from './place.ts'
import { isQuietElement, isQuietFlow } from './quiet.ts'

/** What the rules read of a design; decisions and texts of other tables change nothing here. */
export type Ground = Pick<Design, 'elements' | 'flows' | 'boundaries' | 'data'>

/** What an update looked at, so that a test can hold it without a clock. */
export type Visits = { places: number; rules: number; full: number }

/**
 * Where the rules match: for each flow the rules on its interactions, for each element its own. A place is made of that when somebody
 * looks there. It lives from one state of the design to the next, and asks again only where an edit reaches: `update` moves it on, and
 * whoever holds an older state must not read from it any more (`generation` tells).
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
  /** Elements and flows, and the rules that match on these. */
  #graph = new Graph(0, 0)
  /** Rules that match on elements alone; where none does there is no entry. */
  readonly #element: Matches = new Map()
  /** Places somebody looked at. */
  readonly #made = new Map<string, readonly Place[]>()
  readonly #stated: Stated = {
    source: 0,
    target: 0,
    element: 0,
    flow: 0,
    phrases: { source: NO_PHRASES, target: NO_PHRASES, element: NO_PHRASES, flow: NO_PHRASES },
  }
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
    const known = this.#made.get(id)
    if (known) return known
    const made = this.#make(id)
    if (made.length > 0) this.#made.set(id, made)
    return made
  }

  /** All places: by flow, forward before reverse, then by element. */
  *all(): Generator<Place> {
    for (const { id } of rowsOf(this.#ground.flows)) yield* this.at(id)
    if (this.#element.size > 0) for (const { id } of rowsOf(this.#ground.elements)) if (this.#element.has(id)) yield* this.at(id)
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
    const elements = rowsOf(this.#ground.elements)
    const flows = rowsOf(this.#ground.flows)
    const graph = new Graph(elements.length, flows.length)
    this.#graph = graph
    this.#element.clear()
    this.#made.clear()
    this.#usersOf = undefined
    this.#inside = undefined
    this.count = 0
    this.#readBoundaries()
    for (const element of elements) graph.tell(element.id, element)
    for (const flow of flows) this.#tie(flow)
    if (this.index.hasElementRules) for (let node = 0; node < elements.length; node++) this.#putElement(node)
  }

  #patch(before: Ground, changes: Changes): void {
    if (this.#editsPlainly(changes)) return
    const { hasElementRules } = this.index
    const now = this.#ground
    if (changes.boundaries.length > 0) this.#readBoundaries()
    const flows = new Set<string>()
    const elements = new Set<string>()
    /** What lies elsewhere now, so that its flows may cross what they did not. */
    const moved = new Set<string>()
    for (const id of changes.boundaries) for (const inside of this.#elementsIn(id, before)) moved.add(inside)
    for (const id of changes.data) for (const user of this.#usersOfData(id)) (user.startsWith('F') ? flows : elements).add(user)
    for (const id of changes.elements) {
      const was = rowAt(before.elements, id)
      const is = rowAt(now.elements, id)
      this.#graph.tell(id, is)
      if (was && is && isQuietElement(was, is)) {
        this.#forget(id)
        continue
      }
      elements.add(id)
      this.#moveElement(was, is)
      if (was?.boundary !== is?.boundary || was?.outOfScope !== is?.outOfScope || !was !== !is) moved.add(id)
    }
    for (const id of changes.flows) {
      const was = rowAt(before.flows, id)
      const is = rowAt(now.flows, id)
      if (was && is && isQuietFlow(was, is)) {
        this.#rename(is)
        this.#made.delete(id)
        continue
      }
      flows.add(id)
      this.#moveData(was, is)
      // An element answers for what its flows cross: those it had and those it has.
      if (hasElementRules) for (const flow of [was, is]) for (const end of endsOf(flow)) elements.add(end)
    }
    for (const id of elements) for (const flow of flowIdsAt(now.flows, id)) if (!isOnlyEnd(changes, id)) flows.add(flow)
    for (const id of moved)
      for (const flow of flowIdsAt(now.flows, id)) {
        flows.add(flow)
        if (hasElementRules) for (const end of endsOf(rowAt(now.flows, flow))) elements.add(end)
      }
    for (const id of flows) this.#askFlow(id)
    if (!hasElementRules) return
    for (const id of elements) this.#askElement(id)
    for (const id of moved) if (!elements.has(id)) this.#askElement(id)
  }

  /**
   * Whether nothing but what elements state was edited, the most frequent edit of all. Then each one's flows are asked again along the
   * links of the graph.
   */
  #editsPlainly({ elements, flows, boundaries, data }: Changes): boolean {
    if (elements.length === 0 || flows.length > 0 || boundaries.length > 0 || data.length > 0) return false
    const now = this.#ground.elements
    const edits: { readonly node: Node; readonly is: Element }[] = []
    for (const id of elements) {
      const node = this.#graph.nodeOf(id)
      const was = node === undefined ? undefined : this.#graph.elements[node]
      const is = rowAt(now, id)
      if (node === undefined || was?.boundary !== is?.boundary || was?.outOfScope !== is?.outOfScope || !is) return false
      edits.push({ node, is })
    }
    for (const { node, is } of edits) this.#edit(node, is)
    return true
  }

  #edit(node: Node, is: Element): void {
    const graph = this.#graph
    const was = graph.elements[node] as Element
    if (isQuietElement(was, is)) {
      graph.elements[node] = is
      this.#forget(is.id)
      return
    }
    graph.state(node, is)
    this.#moveData(was, is)
    if (this.#made.size > 0) this.#forget(is.id)
    for (let half = graph.firstHalf(node); half !== END; half = graph.halfAfter(half)) this.#ask(half >> 1)
    if (this.index.hasElementRules) this.#askElement(is.id)
  }

  /** Asks the rules on both ways of a flow again. */
  #ask(link: Link): void {
    const { forward, reverse, twoWay } = this.#graph
    const there = this.#matchesOf(link, false)
    this.count += there.length - (forward[link] as Rules).length
    forward[link] = there
    if (twoWay[link] !== 1) return
    const back = this.#matchesOf(link, true)
    this.count += back.length - (reverse[link] as Rules).length
    reverse[link] = back
  }

  /** A flow says something else that no rule reads. */
  #rename(flow: Flow): void {
    const link = this.#graph.linkOf(flow.id)
    if (link !== undefined) this.#graph.flows[link] = flow
  }

  /** What was made of an element and its flows tells old words. */
  #forget(id: string): void {
    if (this.#made.size === 0) return
    this.#made.delete(id)
    for (const flow of flowIdsAt(this.#ground.flows, id)) this.#made.delete(flow)
  }

  #readBoundaries(): void {
    this.#isUnresolved = hasUnresolvedBoundary(this.#ground.boundaries)
    this.#between = boundariesBetween(this.#ground.boundaries)
  }

  #askFlow(id: string): void {
    this.#made.delete(id)
    const graph = this.#graph
    const link = graph.linkOf(id)
    if (link !== undefined) {
      this.count -= (graph.forward[link] as Rules).length + (graph.reverse[link] as Rules).length
      graph.untie(id, link)
    }
    const flow = rowAt(this.#ground.flows, id)
    if (flow) this.#tie(flow)
  }

  #tie(flow: Flow): void {
    const link = this.#graph.tie(flow, this.#between)
    if (link !== undefined) this.#ask(link)
  }

  #askElement(id: string): void {
    this.#made.delete(id)
    const node = this.#graph.nodeOf(id)
    if (node === undefined) this.#put(this.#element, id, NO_RULES)
    else this.#putElement(node)
  }

  #put(matches: Matches, id: string, rules: readonly CompiledRule[]): void {
    if (rules.length === 0 && matches.size === 0) return
    const before = matches.get(id)
    if (before === rules) return // most places share one list
    if (before) this.count -= before.length
    this.count += rules.length
    if (rules.length > 0) matches.set(id, rules)
    else if (before) matches.delete(id)
  }

  #matchesOf(link: Link, isReverse: boolean): readonly CompiledRule[] {
    const graph = this.#graph
    const by = (isReverse ? graph.targets[link] : graph.sources[link]) as Node
    const to = (isReverse ? graph.sources[link] : graph.targets[link]) as Node
    const { kinds, bits } = graph
    const crossed = graph.crossed[link] as readonly string[]
    const bucket = this.index.between(kinds[by] as Kind, kinds[to] as Kind, crossed.length > 0)
    const stated = this.#stated
    stated.source = bits[by] as number
    stated.target = bits[to] as number
    stated.element = 0
    stated.flow = graph.flowBits[link] as number
    const { phrases } = stated
    phrases.source = graph.phrases[by] as readonly number[]
    phrases.target = graph.phrases[to] as readonly number[]
    phrases.element = NO_PHRASES
    phrases.flow = graph.flowPhrases[link] as readonly number[]
    const candidates = this.#candidatesIn(bucket)
    if (!candidates) return bucket.alwaysRules
    return matchingAmong(bucket, candidates, this.#bindingOf(link, isReverse))
  }

  #putElement(node: Node): void {
    const element = this.#graph.elements[node] as Element
    if (element.outOfScope !== undefined) {
      this.#put(this.#element, element.id, NO_RULES)
      return
    }
    const { index } = this
    const isCrossing = index.elementsCross && this.#graph.crosses(node)
    const stated = this.#stated
    stated.source = 0
    stated.target = 0
    stated.element = this.#graph.bits[node] as number
    stated.flow = 0
    const { phrases } = stated
    phrases.source = NO_PHRASES
    phrases.target = NO_PHRASES
    phrases.element = this.#graph.phrases[node] as readonly number[]
    phrases.flow = NO_PHRASES
    const bucket = index.onElement(element.kind, isCrossing)
    const candidates = this.#candidatesIn(bucket)
    const rules = candidates ? matchingAmong(bucket, candidates, this.#bindElement(element)) : bucket.alwaysRules
    this.#put(this.#element, element.id, rules)
  }

  /** Undefined when only the rules that wait for nothing match. */
  #candidatesIn(bucket: Bucket): readonly number[] | undefined {
    this.visits.places++
    this.visits.rules += bucket.rules.length
    return candidatesIn(bucket, this.#stated)
  }

  #make(id: string): readonly Place[] {
    const element = this.#element.get(id)
    if (element) {
      const row = rowAt(this.#ground.elements, id)
      return row ? [new Place(this.#bindElement(row), element, this.#isUnresolved)] : NONE
    }
    const graph = this.#graph
    const link = graph.linkOf(id)
    if (link === undefined) return NONE
    const ways = [
      { rules: graph.forward[link] as Rules, isReverse: false },
      { rules: graph.reverse[link] as Rules, isReverse: true },
    ]
    return ways
      .filter(({ rules }) => rules.length > 0)
      .map(({ rules, isReverse }) => new Place(this.#bindingOf(link, isReverse), rules, this.#isUnresolved))
  }

  #bindingOf(link: Link, isReverse: boolean): Binding {
    const { elements, flows, sources, targets, crossed } = this.#graph
    const source = elements[sources[link] as Node] as Element
    const target = elements[targets[link] as Node] as Element
    return {
      world: this.#world,
      flow: flows[link] as Flow,
      source: isReverse ? target : source,
      target: isReverse ? source : target,
      crossed: crossed[link] as readonly string[],
      isReverse,
    }
  }

  #bindElement(element: Element): Binding {
    return new ElementBinding(element, { world: this.#world, ground: this.#ground, between: this.#between })
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

type Matches = Map<string, readonly CompiledRule[]>
type Rules = readonly CompiledRule[]
type Kind = Element['kind']
type Changes = { readonly [table in keyof Ground]: readonly string[] }

const NONE: readonly Place[] = []
const NONE_CROSSED: readonly string[] = []
const NO_RULES: readonly CompiledRule[] = []
const NO_PHRASES: readonly number[] = []
const NOBODY: ReadonlySet<string> = new Set()

function changesOf(before: Ground, after: Ground): Changes | undefined {
  const elements = changedIds(before.elements, after.elements)
  const flows = changedIds(before.flows, after.flows)
  const boundaries = changedIds(before.boundaries, after.boundaries)
  const data = changedIds(before.data, after.data)
  return elements && flows && boundaries && data ? { elements, flows, boundaries, data } : undefined
}

/** Whether an element is asked again only because it is the end of a flow that was edited: nothing of its own changed. */
function isOnlyEnd({ elements, data }: Changes, id: string): boolean {
  return data.length === 0 && !elements.includes(id)
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
