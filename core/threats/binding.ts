import { highestClass } from '../dfd/data-class.ts'
import { type Interaction, interactionsOf, interactionsOn } from '../dfd/interactions.ts'
import type { DataClass, Design, Element, Flow } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { FindingOn } from './finding.ts'

/** The objects a rule is held against: both ends and the flow of an interaction, or one element. */
export type Binding = {
  readonly design: Design
  readonly interaction?: Interaction
  readonly flow?: Flow
  readonly source?: Element
  readonly target?: Element
  readonly element?: Element
  readonly crossed: readonly string[]
  /** Highest class the flow carries, or the element holds. */
  readonly dataClass: KnownClass
}

/** As highestClass answers: nothing linked, or linked and not classified, are two different things. */
export type KnownClass = DataClass | 'unknown' | undefined

/** A binding of an interaction with both its ends; undefined when a row is missing. */
export function bindInteraction(design: Design, interaction: Interaction): Required<Omit<Binding, 'element'>> | undefined {
  const flow = design.flows[interaction.flow]
  const source = design.elements[interaction.source]
  const target = design.elements[interaction.target]
  if (!flow || !source || !target) return undefined
  const dataClass = highestClass(design, flow.data)
  return { design, interaction, flow, source, target, crossed: interaction.crossed, dataClass }
}

/** A binding of one element; `crossed` are the boundaries that its interactions cross. */
export function bindElement(
  design: Design,
  element: Element,
  crossed: readonly string[],
): Binding & { readonly element: Element } {
  return { design, element, crossed, dataClass: highestClass(design, element.data) }
}

/** The objects of a finding as they stand now; undefined when the interaction or element is no longer there. */
export function bindingOf(design: Design, on: FindingOn): Binding | undefined {
  if (on.kind === 'element') {
    const element = design.elements[on.element]
    return element && bindElement(design, element, crossedBy(design, on.element))
  }
  const flow = design.flows[on.flow]
  const interaction =
    flow &&
    interactionsOn(design, flow).find(i => i.direction === on.direction && i.source === on.source && i.target === on.target)
  return interaction && bindInteraction(design, interaction)
}

function crossedBy(design: Design, element: string): readonly string[] {
  const touching = interactionsOf(design).filter(({ source, target }) => source === element || target === element)
  return [...new Set(touching.flatMap(({ crossed }) => crossed))].sort(byText)
}
