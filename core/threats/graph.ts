import type { Between } from '../dfd/interactions.ts'
import type { Element, Flow } from '../model/types.ts'
import type { CompiledRule } from './compile.ts'
import { phrasesIn, phrasesOnce } from './lexicon.ts'
import { bitsOfElement, bitsOfFlow } from './needs.ts'

/** The number of an element in a graph, or of a flow; found by id once, then used to read its columns. */
export type Node = number
export type Link = number

/**
 * The drawing by number, so that an edit of one element reaches its flows and their other ends without a single search by id: in large
 * tables those searches cost more than the rules do. Numbers stand in columns, which take a tenth of the memory of objects and give
 * the collector nothing to do.
 *
 * Each flow has two halves, one at its source and one at its target; the halves at an element are a chain.
 */
export class Graph {
  /** Of elements: the row, and what it states, summed up once since many rules ask. */
  readonly elements: Element[] = []
  readonly kinds: Element['kind'][] = []
  readonly phrases: (readonly number[])[] = []
  bits: Int32Array
  /** Of flows: the row, what it states, the boundaries it crosses, and the rules that match there, forward and on the way back. */
  readonly flows: Flow[] = []
  readonly flowPhrases: (readonly number[])[] = []
  readonly crossed: (readonly string[])[] = []
  readonly forward: (readonly CompiledRule[])[] = []
  readonly reverse: (readonly CompiledRule[])[] = []
  flowBits: Int32Array
  /** 1 where a flow runs both ways: a byte each, so that asking reads the row and its way back only where there is one. */
  twoWay: Uint8Array
  sources: Int32Array
  targets: Int32Array
  /** First half at an element, and the halves before and after a half; END where there is none. */
  #first: Int32Array
  #after: Int32Array
  #before: Int32Array
  readonly #nodes = new Map<string, Node>()
  /** Made when a flow is first searched for: deriving everything once needs none. */
  #links: Map<string, Link> | undefined
  readonly #freeLinks: Link[] = []

  /** Room for so many elements and flows, to begin with. */
  constructor(elements: number, flows: number) {
    this.bits = new Int32Array(elements)
    this.#first = new Int32Array(elements)
    this.flowBits = new Int32Array(flows)
    this.twoWay = new Uint8Array(flows)
    this.sources = new Int32Array(flows)
    this.targets = new Int32Array(flows)
    this.#after = new Int32Array(2 * flows)
    this.#before = new Int32Array(2 * flows)
  }

  nodeOf(element: string): Node | undefined {
    return this.#nodes.get(element)
  }

  linkOf(flow: string): Link | undefined {
    return this.#known().get(flow)
  }

  /** The flows at an element that have both ends in scope, in no order: the half to begin with, and from one to the next. */
  firstHalf(node: Node): number {
    return this.#first[node] as number
  }

  halfAfter(half: number): number {
    return this.#after[half] as number
  }

  /** Whether a flow of the element crosses a boundary. */
  crosses(node: Node): boolean {
    for (let half = this.firstHalf(node); half !== END; half = this.halfAfter(half))
      if ((this.crossed[half >> 1] as readonly string[]).length > 0) return true
    return false
  }

  /** An element is there, says something else, or is gone. Its flows are tied anew by whoever knows that they must be. */
  tell(id: string, element: Element | undefined): void {
    if (element) this.state(this.#nodes.get(id) ?? this.#newNode(id), element)
    // Its number is not given to another: flows may still be tied to it.
    else this.#nodes.delete(id)
  }

  /** Sums up what an element states. */
  state(node: Node, element: Element): void {
    const { technology } = element
    const phrases = technology === undefined ? phrasesOnce(element.name) : phrasesIn(technology)
    this.elements[node] = element
    this.kinds[node] = element.kind
    this.phrases[node] = phrases
    this.bits[node] = bitsOfElement(element, phrases.length > 0)
  }

  /** Ties a flow that is not tied to its ends; undefined when an end is loose or something is out of scope. No rule matches there yet. */
  tie(flow: Flow, between: Between): Link | undefined {
    const source = this.#endOf(flow.source)
    const target = this.#endOf(flow.target)
    if (source === undefined || target === undefined || flow.outOfScope !== undefined) return undefined
    const { protocol } = flow
    const phrases = protocol === undefined ? NO_PHRASES : phrasesIn(protocol)
    const link = this.#newLink(flow.id)
    this.flows[link] = flow
    this.flowPhrases[link] = phrases
    this.flowBits[link] = bitsOfFlow(flow, phrases.length > 0)
    this.twoWay[link] = flow.bidirectional ? 1 : 0
    this.crossed[link] = between(this.elements[source]?.boundary, this.elements[target]?.boundary)
    this.forward[link] = NO_RULES
    this.reverse[link] = NO_RULES
    this.sources[link] = source
    this.targets[link] = target
    this.#put(2 * link, source)
    if (target !== source) this.#put(2 * link + 1, target)
    return link
  }

  /** Takes a flow out of the graph. */
  untie(flow: string, link: Link): void {
    const source = this.sources[link] as Node
    const target = this.targets[link] as Node
    this.#take(2 * link, source)
    if (target !== source) this.#take(2 * link + 1, target)
    this.#known().delete(flow)
    this.#freeLinks.push(link)
  }

  #endOf(element: string | undefined): Node | undefined {
    const node = element === undefined ? undefined : this.#nodes.get(element)
    return node === undefined || this.elements[node]?.outOfScope !== undefined ? undefined : node
  }

  #newNode(id: string): Node {
    const node = this.elements.length
    if (node === this.bits.length) {
      this.bits = longer(this.bits)
      this.#first = longer(this.#first)
    }
    this.#first[node] = END
    this.#nodes.set(id, node)
    return node
  }

  #newLink(id: string): Link {
    const link = this.#freeLinks.pop() ?? this.flows.length
    if (link === this.flowBits.length) {
      this.flowBits = longer(this.flowBits)
      const twoWay = new Uint8Array(this.flowBits.length)
      twoWay.set(this.twoWay)
      this.twoWay = twoWay
      this.sources = longer(this.sources)
      this.targets = longer(this.targets)
      this.#after = longer(this.#after)
      this.#before = longer(this.#before)
    }
    this.#links?.set(id, link)
    return link
  }

  #known(): Map<string, Link> {
    this.#links ??= new Map(this.flows.map((flow, link) => [flow.id, link]))
    return this.#links
  }

  #put(half: number, node: Node): void {
    const after = this.#first[node] as number
    this.#first[node] = half
    this.#before[half] = END
    this.#after[half] = after
    if (after !== END) this.#before[after] = half
  }

  #take(half: number, node: Node): void {
    const before = this.#before[half] as number
    const after = this.#after[half] as number
    if (before === END) this.#first[node] = after
    else this.#after[before] = after
    if (after !== END) this.#before[after] = before
  }
}

/** Where a chain ends. */
export const END = -1

/** Twice as long, and never too short for one more of each kind. */
function longer(column: Int32Array): Int32Array {
  const grown = new Int32Array(column.length * 2 + 16)
  grown.set(column)
  return grown
}

const NO_PHRASES: readonly number[] = []
const NO_RULES: readonly CompiledRule[] = []
