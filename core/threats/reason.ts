import type { Element, Flow } from '../model/types.ts'
import { type Binding, nameIn } from './binding.ts'
import type { Fact } from './condition.ts'
import { KIND_WORDS, type SuppressedBy } from './finding.ts'

/** Where the interaction leads and what it crosses; every finding on it starts with this. */
export function interactionReason(binding: Binding): string {
  const { source, target, flow, crossed } = binding
  const names = crossed.map(id => quoted(nameIn(binding, id)))
  return `${quoted(flow?.name)} leads from the ${wordsFor(source)} to the ${wordsFor(target)}${names.length > 0 ? ` and crosses ${names.join(', ')}` : ''}.`
}

/** What kind of element it is. */
export function elementReason(element: Element): string {
  return `${quoted(element.name)} is ${element.kind === 'externalEntity' ? 'an' : 'a'} ${KIND_WORDS[element.kind]}.`
}

/** What the rule's conditions found, as a sentence to add; empty when it has none. */
export function factsReason(binding: Binding, facts: readonly Fact[]): string {
  return facts.map(({ at, name, value }) => ` ${quoted(nameIn(binding, at))} states ${name}: ${value}.`).join('')
}

/** Why a finding is kept back, who said so and what it rests on. */
export function suppressedReason(binding: Binding, { at, states, by, control }: SuppressedBy): string {
  return ` Suppressed: ${quoted(nameIn(binding, at))} states ${states} (asserted by ${by}), which rests on the control ${control}.`
}

function wordsFor(element: Element | undefined): string {
  return element ? `${KIND_WORDS[element.kind]} ${quoted(element.name)}` : 'unknown'
}

function quoted(name: Flow['name'] | undefined): string {
  return `"${name ?? ''}"`
}
