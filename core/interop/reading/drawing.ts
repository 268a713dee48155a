import type { AttributeName, Boundary, Category, CodeClass, Element, Ternary } from '../../model/types.ts'
import type { Foreign } from './foreign.ts'

/** What any drawing tool's file says, in our words; readers make it, drawn-design.ts turns it into a design. */
export type Drawing = {
  readonly name: string | undefined
  readonly purpose: string | undefined
  /** Who the file names as owner of the model. */
  readonly owner: string | undefined
  readonly foreign: Foreign | undefined
  /** The id of the design of ours that the file was written from. */
  readonly designId?: string | undefined
  readonly diagrams: readonly DrawnDiagram[]
  /** What the file says is taken as true, one sentence each. */
  readonly assumptions?: readonly string[]
  /** Threats that the file holds apart from its drawing and that are on nothing drawn. */
  readonly loose?: readonly DrawnThreat[]
}

/** One page of a drawing. */
export type DrawnDiagram = {
  /** JSON pointer into the file. */
  readonly place: string
  readonly originalId: string | undefined
  /** The id that a diagram of ours had, where a file of ours gives it back. */
  readonly ownId?: string | undefined
  readonly name: string | undefined
  readonly description: string | undefined
  readonly foreign: Foreign | undefined
  readonly things: readonly DrawnThing[]
}

/** A `line` is a boundary drawn as an open curve; `other` has no place in a design but may carry threats. */
export type DrawnKind = 'process' | 'dataStore' | 'externalEntity' | 'flow' | 'box' | 'line' | 'other'

/** Anything drawn on a diagram. */
export type DrawnThing = {
  readonly place: string
  readonly kind: DrawnKind
  /** Unique within its diagram at best. */
  readonly originalId: string | undefined
  /** The id that a row of ours had, where a file of ours gives it back. */
  readonly ownId?: string | undefined
  /** The id of the boundary of ours around it, where the boundary itself is not on the diagram. */
  readonly inside?: string | undefined
  /** As written, perhaps over several lines. */
  readonly name: string | undefined
  readonly facts: DrawnFacts
  readonly shape: DrawnShape
  /**
   * Where a file states containment: the original id of the boundary around it on its diagram, or the id of one of ours on another; null
   * for none. Undefined where only the drawing can tell.
   */
  readonly within?: string | null | undefined
  readonly threats: readonly DrawnThreat[]
  readonly foreign: Foreign | undefined
}

/** What a file states in words we have; a missing fact is unknown. */
export type DrawnFacts = {
  readonly description?: string
  readonly outOfScope?: string
  readonly technology?: string
  readonly attributes?: { readonly [name in AttributeName]?: Ternary }
  readonly codeClasses?: { readonly [name in CodeClass]?: true }
  readonly protocol?: string
  readonly authentication?: Ternary
  readonly encryption?: Ternary
  readonly publicNetwork?: Ternary
  readonly bidirectional?: boolean
  readonly paths?: NonNullable<Element['paths']>
  readonly tags?: NonNullable<Element['tags']>
  /** Of trust boundaries. */
  readonly boundaryKind?: Boundary['kind']
  readonly trustLevel?: number
  readonly membership?: Boundary['membership']
}

/** In the units of the drawing; y grows downwards. */
export type DrawnPoint = { readonly x: number; readonly y: number }

/** Where a thing is drawn: nodes have position and size, lines have ends and bends. */
export type DrawnShape = {
  readonly position?: DrawnPoint
  readonly size?: { readonly width: number; readonly height: number }
  readonly source?: DrawnEnd
  readonly target?: DrawnEnd
  readonly vertices?: readonly DrawnPoint[]
}

/** One end of a line: on a thing of the same diagram, or loose at a point. `place` is where the file says so, if not under its name. */
export type DrawnEnd = { readonly on?: string; readonly at?: DrawnPoint; readonly place?: string }

/** A threat as its tool recorded it, with the decision in our words. */
export type DrawnThreat = {
  readonly place: string
  readonly originalId: string | undefined
  /** The id that a threat of ours had, where a file of ours gives it back. */
  readonly ownId?: string | undefined
  readonly statement: string | undefined
  readonly description: string | undefined
  readonly categories: readonly Category[]
  readonly decision: DrawnDecision
  /** What is done about it, or why nothing is; only text that a person wrote. */
  readonly answer: string | undefined
  /** Ids that a file of ours gives back for what the answer is made of: mitigations in the order of its paragraphs, or one acceptance. */
  readonly ownAnswers?: readonly string[] | undefined
  /** Who decided, where it is not the owner of the whole model. */
  readonly owner?: string | undefined
  /** The file's own word for the decision. */
  readonly status: string | undefined
  readonly foreign: Foreign | undefined
}

/** `unclear` is a status nobody knows: the threat counts as open and keeps the word. */
export type DrawnDecision = 'open' | 'mitigated' | 'accept' | 'transfer' | 'avoid' | 'notApplicable' | 'unclear'

/** Stands where a person must still say why. */
export const NO_REASON = 'No reason stated.'
