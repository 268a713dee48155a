import { classAtLeast, highestClass } from '../dfd/data-class.ts'
import { rowsOf } from '../model/table.ts'
import type { AttributeName, Design, Element } from '../model/types.ts'
import { type Binding, dataClassOf } from './binding.ts'
import type { AttentionReason } from './finding.ts'

/** Why an interaction must be looked at now; empty means later. It is the same for all findings on it. */
export function attentionOn(binding: Binding, hasUnresolvedBoundary: boolean): readonly AttentionReason[] {
  const place = interaction(binding, hasUnresolvedBoundary)
  return CASES.filter(([, holds]) => holds(place)).map(([reason]) => reason)
}

/** Whether there is any such reason, at the price of the first one met. */
export function isNowOn(binding: Binding, hasUnresolvedBoundary: boolean): boolean {
  if (binding.crossed.length > 0) return true
  const place = interaction(binding, hasUnresolvedBoundary)
  return CASES.some(([, holds]) => holds(place))
}

/** Why an element alone must be looked at now; that a flow of it crosses is a matter of the flow. */
export function attentionOnElement(binding: Binding, element: Element): readonly AttentionReason[] {
  const place: Place = { binding: { ...binding, crossed: [] }, ends: [element], isOutward: false, hasUnresolvedBoundary: false }
  return CASES.filter(([, holds]) => holds(place)).map(([reason]) => reason)
}

/** Whether some boundary was drawn so that nobody can say what lies inside. */
export function hasUnresolvedBoundary(boundaries: Design['boundaries']): boolean {
  return rowsOf(boundaries).some(boundary => boundary.membership === 'unresolved')
}

type Place = {
  readonly binding: Binding
  readonly ends: readonly Element[]
  /** Towards the outside, what nobody stated counts as if it were so. */
  readonly isOutward: boolean
  readonly hasUnresolvedBoundary: boolean
}

function interaction(binding: Binding, unresolved: boolean): Place {
  const { source, target } = binding
  const ends = source && target ? [source, target] : [source, target].filter(end => end !== undefined)
  const isOutward = source?.kind === 'externalEntity' || target?.kind === 'externalEntity'
  return { binding, ends, isOutward, hasUnresolvedBoundary: unresolved }
}

/** Data from this class up is worth asking about wherever it goes. */
const FLOOR = 'D2'

/** Every reason there is, in the order in which they are told. */
const CASES: readonly (readonly [AttentionReason, holds: (place: Place) => boolean])[] = [
  ['crossing', ({ binding }) => binding.crossed.length > 0],
  [
    'dataClass',
    ({ binding, ends }) =>
      classAtLeast(dataClassOf(binding), FLOOR) || ends.some(end => classAtLeast(highestClass(binding.world, end.data), FLOOR)),
  ],
  ['exposed', stated('exposedToInternet')],
  ['privileged', stated('runsAsPrivileged')],
  ['aiAgent', stated('isAiAgent')],
  ['parsesUntrusted', stated('parsesUntrusted')],
  ['unknownBoundary', place => place.isOutward && place.hasUnresolvedBoundary],
  ['unknownClass', place => place.isOutward && dataClassOf(place.binding) === 'unknown'],
  ['unknownExposure', place => place.isOutward && place.ends.some(isUnstated)],
]

function stated(name: AttributeName): (place: Place) => boolean {
  return ({ ends }) => ends.some(end => end.attributes?.[name] === 'yes')
}

function isUnstated(end: Element): boolean {
  return end.kind !== 'externalEntity' && (end.attributes?.exposedToInternet ?? 'unknown') === 'unknown'
}
