import { highestClass } from '../dfd/data-class.ts'
import type { DataClass } from '../model/types.ts'
import { type Binding, dataClassOf, type KnownClass } from './binding.ts'
import type { CompiledRule } from './compile.ts'

/** The harm when data of a class is lost, 1 to 5. */
export const CLASS_IMPACT: { readonly [c in DataClass]: number } = { D0: 1, D1: 2, D2: 3, D3: 4, D4: 5 }

/** The impact the data at stake demands; undefined when no class is known. */
export function impactOfClass(dataClass: KnownClass): number | undefined {
  return dataClass === undefined || dataClass === 'unknown' ? undefined : CLASS_IMPACT[dataClass]
}

/**
 * The rule's impact, never below what the data at stake demands. Only disclosure may fall below it:
 * what is public cannot be disclosed, but it can still be changed, denied or abused.
 */
export function impactOf({ rule }: CompiledRule, binding: Binding): number {
  const carried = impactOfClass(dataClassOf(binding))
  const subject = rule.subject === 'flow' ? undefined : binding[rule.subject]
  const held = subject && impactOfClass(highestClass(binding.world, subject.data))
  const demanded = carried === undefined ? held : Math.max(carried, held ?? 0)
  if (demanded === undefined) return rule.impact
  const isDisclosureOnly = rule.categories.length === 1 && rule.categories[0] === 'informationDisclosure'
  return isDisclosureOnly ? demanded : Math.max(rule.impact, demanded)
}
