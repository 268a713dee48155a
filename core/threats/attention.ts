import { classAtLeast, highestClass } from '../dfd/data-class.ts'
import type { AttributeName, Design, Element } from '../model/types.ts'
import type { Binding } from './binding.ts'
import type { AttentionReason } from './finding.ts'

/** Why an interaction must be looked at now; empty means later. It is the same for all findings on it. */
export function attentionOn(binding: Binding, hasUnresolvedBoundary: boolean): readonly AttentionReason[] {
  const { design, source, target, crossed, dataClass } = binding
  const ends = [source, target].filter(end => end !== undefined)
  const reasons: AttentionReason[] = crossed.length > 0 ? ['crossing'] : []
  if (classAtLeast(dataClass, FLOOR) || ends.some(end => classAtLeast(highestClass(design, end.data), FLOOR)))
    reasons.push('dataClass')
  reasons.push(...statedReasons(ends))
  if (ends.some(end => end.kind === 'externalEntity')) reasons.push(...unknownReasons(binding, ends, hasUnresolvedBoundary))
  return reasons
}

/** Why an element alone must be looked at now. */
export function attentionOnElement({ dataClass }: Binding, element: Element): readonly AttentionReason[] {
  return [...(classAtLeast(dataClass, FLOOR) ? (['dataClass'] as const) : []), ...statedReasons([element])]
}

/** Whether some boundary was drawn so that nobody can say what lies inside. */
export function hasUnresolvedBoundary(boundaries: Design['boundaries']): boolean {
  return Object.values(boundaries).some(boundary => boundary.membership === 'unresolved')
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
function unknownReasons({ dataClass }: Binding, ends: readonly Element[], unresolved: boolean): readonly AttentionReason[] {
  const reasons: AttentionReason[] = unresolved ? ['unknownBoundary'] : []
  if (dataClass === 'unknown') reasons.push('unknownClass')
  const isUnstated = (end: Element) =>
    end.kind !== 'externalEntity' && (end.attributes?.exposedToInternet ?? 'unknown') === 'unknown'
  if (ends.some(isUnstated)) reasons.push('unknownExposure')
  return reasons
}
