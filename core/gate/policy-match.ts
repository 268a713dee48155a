import { classAtLeast, highestClass } from '../dfd/data-class.ts'
import { levelAtLeast, RISK_LEVELS, type RiskLevel } from '../mitigations/risk.ts'
import type { Design, Element, PolicyMatch, WorkItem } from '../model/types.ts'
import { liesWithin, mayOverlap } from './globs.ts'
import type { Links } from './links.ts'
import type { SliceParts } from './slice-parts.ts'

/** One place a rule is held against: an element of the slice and what happens there. */
export type Place = {
  readonly element: Element | undefined
  readonly workItem: WorkItem
  readonly dataClass: ReturnType<typeof highestClass>
  readonly crosses: boolean
  readonly residual: RiskLevel | 'unknown' | undefined
  readonly tool: string | undefined
  readonly hosting: string | undefined
}

/**
 * Whether a rule's condition holds at a place. What is unknown matches a rule that restricts and never one that
 * loosens: an unclassified datum may be secret, a glob that only overlaps may lie outside.
 */
export function matches(when: PolicyMatch, place: Place, restricts: boolean): boolean {
  const { element, workItem } = place
  return (
    oneOf(when.element, element?.id) &&
    oneOf(when.elementKind, element?.kind) &&
    (when.codeClass === undefined || when.codeClass.some(name => element?.codeClasses?.[name] === true)) &&
    (when.dataClassAtLeast === undefined || reaches(place, when.dataClassAtLeast, restricts)) &&
    (when.dataClassAtMost === undefined || staysUnder(place, when.dataClassAtMost)) &&
    oneOf(when.operation, workItem.operation) &&
    (when.crossesBoundary === undefined || when.crossesBoundary === place.crosses) &&
    (when.paths === undefined || touches(place, when.paths, restricts)) &&
    oneOf(when.language?.map(lower), workItem.language === undefined ? undefined : lower(workItem.language)) &&
    (when.tool === undefined || when.tool.some(name => name === place.tool || name === place.hosting)) &&
    (when.residualRiskAtLeast === undefined || risks(place, when.residualRiskAtLeast, restricts))
  )
}

/** The places of a slice: each element of the focus, or the work item alone when it has none. */
export function placesOf(design: Design, parts: SliceParts, links: Links, tool: string | undefined): readonly Place[] {
  const policy = design.policy.policy
  const common = {
    workItem: parts.workItem,
    residual: worstRisk(parts),
    tool,
    hosting: tool === undefined ? undefined : policy?.tools?.[tool]?.hosting,
  }
  if (parts.focus.length === 0) return [{ ...common, element: undefined, dataClass: undefined, crosses: false }]
  const inSlice = new Set(parts.flows)
  return parts.focus.map(id => {
    const flows = (links.flowsAt.get(id) ?? []).filter(flow => inSlice.has(flow.id))
    const data = Object.assign({}, design.elements[id]?.data, ...flows.map(flow => flow.data))
    return {
      ...common,
      element: design.elements[id],
      dataClass: highestClass(design, data),
      crosses: flows.some(flow => links.interactions.get(flow.id)?.some(one => one.crossing)),
    }
  })
}

function worstRisk(parts: SliceParts): Place['residual'] {
  let worst: RiskLevel | undefined
  for (const state of parts.threats) {
    const level = (state.residual ?? state.inherent)?.level
    if (level === undefined) return 'unknown'
    if (worst === undefined || RISK_LEVELS.indexOf(level) > RISK_LEVELS.indexOf(worst)) worst = level
  }
  return worst
}

function oneOf<T>(wanted: readonly T[] | undefined, value: T | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value))
}

function reaches(place: Place, floor: NonNullable<PolicyMatch['dataClassAtLeast']>, restricts: boolean): boolean {
  return place.dataClass === 'unknown' ? restricts : classAtLeast(place.dataClass, floor)
}

function staysUnder(place: Place, ceiling: NonNullable<PolicyMatch['dataClassAtMost']>): boolean {
  return place.dataClass !== undefined && place.dataClass !== 'unknown' && place.dataClass <= ceiling
}

function touches(place: Place, wanted: readonly string[], restricts: boolean): boolean {
  const edited = Object.keys(place.workItem.mayEdit ?? place.element?.paths ?? {})
  if (restricts) return edited.some(glob => wanted.some(pattern => mayOverlap(glob, pattern)))
  return edited.length > 0 && edited.every(glob => wanted.some(pattern => liesWithin(glob, pattern)))
}

function risks(place: Place, floor: RiskLevel, restricts: boolean): boolean {
  if (place.residual === 'unknown') return restricts
  return levelAtLeast(place.residual, floor)
}

function lower(text: string): string {
  return text.toLowerCase()
}
