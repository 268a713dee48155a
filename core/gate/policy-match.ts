import { classAtLeast } from '../dfd/data-class.ts'
import { isSamePerson } from '../mitigations/acceptance.ts'
import { levelAtLeast, RISK_LEVELS, type RiskLevel } from '../mitigations/risk.ts'
import { policyOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { DataClass, Design, Element, Policy, PolicyMatch, Ternary, WorkItem } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText, idsOf } from '../support/order.ts'
import { liesWithin, mayOverlap } from './globs.ts'
import type { Links } from './links.ts'
import type { SliceParts } from './slice-parts.ts'

/** With what and by whom a prompt is used. The gate asks before anybody knows; whoever makes or copies one knows the target at least. */
export type Use = {
  readonly target?: string
  readonly tool?: string
  readonly model?: string
  /** Whose deed it is, by name. */
  readonly by?: string
}

/** One place a rule is held against: an element of the slice and what happens there. */
export type Place = {
  readonly element: Element | undefined
  readonly workItem: WorkItem
  /** Whether code is asked for, which is in some language even where nobody says in which. */
  readonly isCode: boolean
  readonly codeClasses: readonly string[]
  /** The highest class that is known; undefined when none is. */
  readonly dataClass: DataClass | undefined
  /** Some datum has no class, so the answer may be anything. */
  readonly hasUnclassified: boolean
  readonly crossed: readonly string[]
  /** Some boundary does not say what it encloses, so more may be crossed than is known. */
  readonly mayCross: boolean
  readonly residual: RiskLevel | 'unknown' | undefined
}

/** The tool and the person of a use, as far as the policy knows them. */
export type User = {
  readonly tool: string | undefined
  readonly hosting: string | undefined
  readonly model: string | undefined
  readonly role: string | undefined
}

/** What a rule is held against; `user` is undefined while nobody uses anything yet, and rules about tools and people are silent. */
export type Case = { readonly place: Place; readonly user: User | undefined }

/**
 * Whether a rule's condition holds. Unknown means that it may: an unclassified datum may be secret, a glob that only
 * overlaps may lie outside. Whoever asks lets such a rule restrict and never loosen.
 */
export function matches(when: PolicyMatch, { place, user }: Case): Ternary {
  const { element, workItem } = place
  return allOf([
    oneOf(when.element, element?.id),
    oneOf(when.elementKind, element?.kind),
    someOf(when.tag, idsOf(element?.tags)),
    someOf(when.codeClass, place.codeClasses),
    when.dataClassAtLeast === undefined ? 'yes' : reaches(place, when.dataClassAtLeast),
    when.dataClassAtMost === undefined ? 'yes' : staysUnder(place, when.dataClassAtMost),
    oneOf(when.operation, workItem.operation),
    when.crossesBoundary === undefined ? 'yes' : crosses(place, when.crossesBoundary),
    when.boundary === undefined || when.boundary.some(id => place.crossed.includes(id)) ? 'yes' : unless(place.mayCross),
    when.paths === undefined ? 'yes' : touches(place, when.paths),
    when.language === undefined ? 'yes' : speaks(place, when.language.map(lower)),
    when.residualRiskAtLeast === undefined ? 'yes' : risks(place, when.residualRiskAtLeast),
    usedBy(when, user),
  ])
}

/** The places of a slice: each element of the focus, or the work item alone when it has none. */
export function placesOf(
  design: Design,
  parts: SliceParts,
  { links, isCode }: { readonly links: Links; readonly isCode: boolean },
): readonly Place[] {
  const { workItem } = parts
  const ofWork = workItem.operation === 'iac' ? ['iac'] : []
  const common = { workItem, isCode, mayCross: hasUnresolved(design.boundaries), residual: worstRisk(parts) }
  if (parts.focus.length === 0)
    return [{ ...common, element: undefined, codeClasses: ofWork, dataClass: undefined, hasUnclassified: false, crossed: [] }]
  const inSlice = new Set(parts.flows)
  return parts.focus.map(id => {
    const flows = (links.flowsAt.get(id) ?? []).filter(flow => inSlice.has(flow.id))
    const element = design.elements[id]
    const classes = idsOf(Object.assign({}, element?.data, ...flows.map(flow => flow.data))).map(one => design.data[one]?.class)
    return {
      ...common,
      element,
      codeClasses: [...new Set([...idsOf(element?.codeClasses), ...ofWork])].sort(byText),
      dataClass: classes
        .filter(one => one !== undefined)
        .sort(byText)
        .at(-1),
      hasUnclassified: classes.includes(undefined),
      crossed: flows.flatMap(flow => (links.interactions.get(flow.id) ?? []).flatMap(one => one.crossed)),
    }
  })
}

const hasUnresolved = memoLast((boundaries: Design['boundaries']): boolean =>
  rowsOf(boundaries).some(row => row.membership === 'unresolved'),
)

/** Who uses it with which tool; `tool` is one of those that may be meant. */
export function userOf(policy: Policy, use: Use, tool: string | undefined): User {
  const known = Object.entries(policy.roles ?? {}).find(([name]) => use.by !== undefined && isSamePerson(name, use.by))
  return { tool, hosting: tool === undefined ? undefined : policy.tools?.[tool]?.hosting, model: use.model, role: known?.[1] }
}

/** Whether the policy speaks of tools, models or people at all. */
export function asksForUse(design: Design): boolean {
  const { rules, tools } = policyOf(design)
  return (
    Object.keys(tools ?? {}).length > 0 ||
    Object.values(rules ?? {}).some(({ when }) => when.tool ?? when.model ?? when.actorRole)
  )
}

/** Whether a name is one of those listed, where * stands for any run of characters. */
export function isListed(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => {
    const [start = '', ...rest] = pattern.split('*')
    const end = rest.pop()
    if (end === undefined) return name === pattern
    let at = start.length
    const isInside = rest.every(part => {
      const found = name.indexOf(part, at)
      at = found + part.length
      return found >= 0
    })
    return isInside && name.startsWith(start) && name.endsWith(end) && name.length - end.length >= at
  })
}

function usedBy({ tool, model, actorRole }: PolicyMatch, user: User | undefined): Ternary {
  if (!(tool ?? model ?? actorRole)) return 'yes'
  if (!user) return 'no'
  const tools = tool?.some(name => name === user.tool || name === user.hosting)
  const isKnown = user.tool !== undefined && user.hosting !== undefined
  return allOf([
    tools === undefined || tools ? 'yes' : unless(!isKnown),
    model === undefined ? 'yes' : user.model === undefined ? 'unknown' : isListed(model, user.model) ? 'yes' : 'no',
    actorRole === undefined ? 'yes' : user.role === undefined ? 'unknown' : oneOf(actorRole.map(lower), lower(user.role)),
  ])
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

function allOf(answers: readonly Ternary[]): Ternary {
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

/** Not so as far as is known, or nobody can say. */
function unless(isUnknown: boolean): Ternary {
  return isUnknown ? 'unknown' : 'no'
}

function oneOf<T>(wanted: readonly T[] | undefined, value: T | undefined): Ternary {
  return wanted === undefined || (value !== undefined && wanted.includes(value)) ? 'yes' : 'no'
}

function someOf(wanted: readonly string[] | undefined, values: readonly string[]): Ternary {
  return wanted === undefined || wanted.some(one => values.includes(one)) ? 'yes' : 'no'
}

function reaches({ dataClass, hasUnclassified }: Place, floor: DataClass): Ternary {
  return classAtLeast(dataClass, floor) ? 'yes' : unless(hasUnclassified)
}

/** An element of which no data is stated may handle any. */
function staysUnder({ dataClass, hasUnclassified }: Place, ceiling: DataClass): Ternary {
  if (dataClass !== undefined && dataClass > ceiling) return 'no'
  return dataClass === undefined || hasUnclassified ? 'unknown' : 'yes'
}

function crosses({ crossed, mayCross }: Place, wanted: boolean): Ternary {
  if (crossed.length > 0) return wanted ? 'yes' : 'no'
  return mayCross ? 'unknown' : wanted ? 'no' : 'yes'
}

function touches({ workItem, element }: Place, wanted: readonly string[]): Ternary {
  const edited = Object.keys(workItem.mayEdit ?? element?.paths ?? {})
  if (edited.length > 0 && edited.every(glob => wanted.some(pattern => liesWithin(glob, pattern)))) return 'yes'
  return unless(edited.some(glob => wanted.some(pattern => mayOverlap(glob, pattern))))
}

function speaks({ workItem: { language }, isCode }: Place, wanted: readonly string[]): Ternary {
  if (language === undefined) return unless(isCode)
  return wanted.includes(lower(language)) ? 'yes' : 'no'
}

function risks({ residual }: Place, floor: RiskLevel): Ternary {
  if (residual === 'unknown') return 'unknown'
  return levelAtLeast(residual, floor) ? 'yes' : 'no'
}

function lower(text: string): string {
  return text.toLowerCase()
}
