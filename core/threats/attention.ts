import { classAtLeast, highestClass } from '../dfd/data-class.ts'
import { rowsOf } from '../model/table.ts'
import type { AttributeName, Design, Element } from '../model/types.ts'
import { type Binding, dataClassOf } from './binding.ts'
import type { AttentionReason } from './finding.ts'

/** Why an interaction must be looked at now; empty means later. It is the same for all findings on it. */
export function attentionOn(binding: Binding, hasUnresolvedBoundary: boolean): readonly AttentionReason[] {
  const { world, source, target, crossed } = binding
  const dataClass = dataClassOf(binding)
  const ends = [source, target].filter(end => end !== undefined)
  const reasons: AttentionReason[] = crossed.length > 0 ? ['crossing'] : []
  if (classAtLeast(dataClass, FLOOR) || ends.some(end => classAtLeast(highestClass(world, end.data), FLOOR)))
    reasons.push('dataClass')
  reasons.push(...statedReasons(ends))
  if (ends.some(end => end.kind === 'externalEntity')) reasons.push(...unknownReasons(binding, ends, hasUnresolvedBoundary))
  return reasons
}

/** Whether there is any such reason, at the price of the first one met. */
export function isNowOn(binding: Binding, hasUnresolvedBoundary: boolean): boolean {
  return binding.crossed.length > 0 || attentionOn(binding, hasUnresolvedBoundary).length > 0
}

/** Why an element alone must be looked at now. */
export function attentionOnElement(binding: Binding, element: Element): readonly AttentionReason[] {
  return [...(classAtLeast(dataClassOf(binding), FLOOR) ? (['dataClass'] as const) : []), ...statedReasons([element])]
}

/** Whether some boundary was drawn so that nobody can say what lies inside. */
export function hasUnresolvedBoundary(boundaries: Design['boundaries']): boolean {
  return rowsOf(boundaries).some(boundary => boundary.membership === 'unresolved')
}

/** Data from this class up is worth asking about wherever it goes. */
const FLOOR = 'D2'

const STATED: readonly (readonly [AttributeName, AttentionReason])[] = [
  ['exposedToInternet', 'exposed'],
  ['runsAsPrivileged', 'privileged'],
  ['isAiAgent', 'aiAgent'],
  ['parsesUntrusted', 'parsesUntrusted'],
]

function statedReasons(elements: readonly Element[]): readonly AttentionReason[] {
  return STATED.filter(([name]) => elements.some(element => element.attributes?.[name] === 'yes')).map(([, reason]) => reason)
}

/** Towards the outside, what nobody stated counts as if it were so. */
function unknownReasons(binding: Binding, ends: readonly Element[], unresolved: boolean): readonly AttentionReason[] {
  const reasons: AttentionReason[] = unresolved ? ['unknownBoundary'] : []
  if (dataClassOf(binding) === 'unknown') reasons.push('unknownClass')
  const isUnstated = (end: Element) =>
    end.kind !== 'externalEntity' && (end.attributes?.exposedToInternet ?? 'unknown') === 'unknown'
  if (ends.some(isUnstated)) reasons.push('unknownExposure')
  return reasons
}
