import { highestClass } from '../dfd/data-class.ts'
import { flowsAt } from '../dfd/flows-at.ts'
import { interactionsOn } from '../dfd/interactions.ts'
import { rowAt } from '../model/table.ts'
import type { Boundary, DataClass, Design, Element, Flow } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { FindingOn } from './finding.ts'

/** The tables a binding reads beside its own rows. A binding is made anew when what it reads of them changes, so it may keep them. */
export type World = Pick<Design, 'boundaries' | 'data'>

/** The objects a rule is held against: both ends and the flow of an interaction, or one element. */
export type Binding = {
  readonly world: World
  readonly flow?: Flow
  readonly source?: Element
  readonly target?: Element
  readonly element?: Element
  readonly crossed: readonly string[]
  /** The flow runs both ways, and this is its way back. */
  readonly isReverse?: boolean
}

/** As highestClass answers: nothing linked, or linked and not classified, are two different things. */
export type KnownClass = DataClass | 'unknown' | undefined

/** A binding of an interaction with both its ends. */
export type BoundInteraction = Required<Omit<Binding, 'element'>>

/** The objects of a finding as they stand now; undefined when the interaction or element is no longer there. */
export function bindingOf(design: Design, on: FindingOn): Binding | undefined {
  const world: World = design
  if (on.kind === 'element') {
    const element = design.elements[on.element]
    return element && { world, element, crossed: crossedBy(design, on.element) }
  }
  const flow = design.flows[on.flow]
  const interaction =
    flow &&
    interactionsOn(design, flow).find(i => i.direction === on.direction && i.source === on.source && i.target === on.target)
  const source = rowAt(design.elements, on.source)
  const target = rowAt(design.elements, on.target)
  if (!flow || !interaction || !source || !target) return undefined
  return { world, flow, source, target, crossed: interaction.crossed, isReverse: on.direction === 'reverse' }
}

/** Highest class the flow carries, or the element holds. */
export function dataClassOf({ world, flow, element }: Binding): KnownClass {
  return highestClass(world, (flow ?? element)?.data)
}

/** The row with this id among what is bound. */
export function rowIn({ world, flow, source, target, element }: Binding, id: string): Flow | Element | Boundary | undefined {
  if (flow?.id === id) return flow
  if (source?.id === id) return source
  if (target?.id === id) return target
  return element?.id === id ? element : world.boundaries[id]
}

/** Its name, else its id. */
export function nameIn(binding: Binding, id: string): string {
  return rowIn(binding, id)?.name ?? id
}

function crossedBy(design: Design, element: string): readonly string[] {
  const touching = flowsAt(design.flows, element).flatMap(flow => interactionsOn(design, flow))
  return [...new Set(touching.flatMap(({ crossed }) => crossed))].sort(byText)
}
