import type { Element, Flow } from '../model/types.ts'
import type { Binding } from './binding.ts'
import type { Fact } from './condition.ts'
import { KIND_WORDS, type SuppressedBy } from './finding.ts'

/** Where the interaction leads and what it crosses; every finding on it starts with this. */
export function interactionReason({ design, source, target, flow, crossed }: Binding): string {
  const names = crossed.map(id => quoted(design.boundaries[id]?.name ?? id))
  return `${quoted(flow?.name)} leads from the ${wordsFor(source)} to the ${wordsFor(target)}${names.length > 0 ? ` and crosses ${names.join(', ')}` : ''}.`
}

/** What kind of element it is. */
export function elementReason(element: Element): string {
  return `${quoted(element.name)} is ${element.kind === 'externalEntity' ? 'an' : 'a'} ${KIND_WORDS[element.kind]}.`
}

/** What the rule's conditions found, as a sentence to add; empty when it has none. */
export function factsReason({ design }: Binding, facts: readonly Fact[]): string {
  return facts.map(({ at, name, value }) => ` ${quoted(nameOf(design, at))} states ${name}: ${value}.`).join('')
}

/** Why a finding is kept back, who said so and what it rests on. */
export function suppressedReason({ design }: Binding, { at, states, by, control }: SuppressedBy): string {
  return ` Suppressed: ${quoted(nameOf(design, at))} states ${states} (asserted by ${by}), which rests on the control ${control}.`
}

function nameOf(design: Binding['design'], id: string): string {
  return (design.elements[id] ?? design.flows[id])?.name ?? id
}

function wordsFor(element: Element | undefined): string {
  return element ? `${KIND_WORDS[element.kind]} ${quoted(element.name)}` : 'unknown'
}

function quoted(name: Flow['name'] | undefined): string {
  return `"${name ?? ''}"`
}
