import { digestOf } from '../model/digest.ts'
import { policyOf } from '../model/lookup.ts'
import type { Design, Policy, PolicyObligations, WorkItem, Zone } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { defaultZone, FLOORS, isStricter, ZONE_OBLIGATIONS } from './floors.ts'
import { type GatePacks, linksOf } from './links.ts'
import { matches, type Place, placesOf } from './policy-match.ts'
import { type SliceParts, slicePartsOf } from './slice-parts.ts'
import { isExpired, type NamedWaiver, waiverFor, waiversOf } from './waivers.ts'

/** What must be done before a change in that zone counts. */
export type Obligations = {
  readonly reviewers: number
  readonly roles: readonly string[]
  readonly tests: readonly string[]
  readonly scans: readonly string[]
}

/** Where AI may be applied to one work item, and what that costs. */
export type Decision = {
  readonly level: Zone
  /** Rules, floors and tool entries that had a say; the default when nothing else had. */
  readonly matched: readonly string[]
  /** The one of them that set the level. */
  readonly floorFrom: string
  readonly obligations: Obligations
  /** Digest of exactly the rules used, so that an unrelated rule makes nothing stale. */
  readonly policyDigest: string
  readonly evaluatedAt: string
  /** Waivers without which the level would be stricter. */
  readonly waiver?: string
}

/** One voice in the decision. */
type Ruling = { readonly from: string; readonly level: Zone; readonly requires?: PolicyObligations }

/** The policy's decision; a work item that does not exist may not be prompted at all. */
export function decide(
  design: Design,
  packs: GatePacks,
  input: { readonly workItem: string; readonly at: string; readonly tool?: string },
): Decision {
  const workItem = design.workItems[input.workItem]
  if (!workItem) return conclude([{ from: 'unknownWorkItem', level: 'forbidden' }], [], input.at)
  return decideSlice(design, slicePartsOf(design, packs, { workItem, at: input.at }), { ...input, packs })
}

/** The same decision for a slice already at hand. */
export function decideSlice(
  design: Design,
  parts: SliceParts,
  input: { readonly packs: GatePacks; readonly at: string; readonly tool?: string },
): Decision {
  const policy = policyOf(design)
  const waivers = waiversOf(policy)
  const used: NamedWaiver[] = []
  const isWaived = (rule: string, place: Place): boolean => {
    const found = waiverFor(waivers, policy, { rule, scopes: [place.element?.id, place.workItem.id], at: input.at })
    if (found) used.push(found)
    return found !== undefined
  }
  const places = placesOf(design, parts, linksOf(design, input.packs, input.at), input.tool)
  const rulings = places.flatMap(place => rulingsAt(policy, place, isWaived))
  return conclude([...rulings, ...toolRulings(policy, input)], used, input.at)
}

/** Whether an operation asks for code, rather than for words about it. */
export function isGenerating(operation: WorkItem['operation']): boolean {
  return operation !== 'design' && operation !== 'review' && operation !== 'docs'
}

/** Whether files are changed at all; documentation is, without being code. */
export function isChanging(operation: WorkItem['operation']): boolean {
  return operation !== 'design' && operation !== 'review'
}

/** Whether a zone lets AI do what the work item asks for. */
export function allows(level: Zone, operation: WorkItem['operation']): boolean {
  if (level === 'forbidden') return false
  return level !== 'advise-only' || !isGenerating(operation)
}

function rulingsAt(policy: Policy, place: Place, isWaived: (rule: string, place: Place) => boolean): readonly Ruling[] {
  const base: Ruling = { from: 'default', level: defaultZone(policy) }
  const rules = idsOf(policy.rules).flatMap((id): Ruling[] => {
    const rule = policy.rules?.[id]
    if (!rule || !matches(rule.when, place, !isStricter(base.level, rule.level)) || isWaived(id, place)) return []
    return [{ from: id, level: rule.level, ...(rule.requires ? { requires: rule.requires } : {}) }]
  })
  const floors = idsOf(place.element?.codeClasses).flatMap((name): Ruling[] => {
    const level = FLOORS[name as keyof typeof FLOORS]
    const from = `floor.${name}`
    return level === undefined || isWaived(from, place) ? [] : [{ from, level }]
  })
  return rules.length > 0 ? [...rules, ...floors] : [base, ...floors]
}

/** A tool that nobody approved, or whose approval ran out, may not be used; with no tools listed there is nothing to ask. */
function toolRulings(policy: Policy, input: { readonly at: string; readonly tool?: string }): readonly Ruling[] {
  if (input.tool === undefined || Object.keys(policy.tools ?? {}).length === 0) return []
  const entry = policy.tools?.[input.tool]
  const isUsable = entry?.approved === true && !isExpired(input.at, entry.expires)
  return isUsable ? [] : [{ from: `tool.${input.tool}`, level: 'forbidden' }]
}

function conclude(rulings: readonly Ruling[], used: readonly NamedWaiver[], at: string): Decision {
  const voices = [...new Map(rulings.map(ruling => [ruling.from, ruling])).values()].sort((a, b) => byText(a.from, b.from))
  const strictest = voices.reduce((a, b) => (isStricter(b.level, a.level) ? b : a))
  const waivers = [...new Map(used.map(named => [named.id, named])).values()].sort((a, b) => byText(a.id, b.id))
  return {
    level: strictest.level,
    matched: voices.map(ruling => ruling.from),
    floorFrom: strictest.from,
    obligations: obligationsOf(strictest.level, voices),
    policyDigest: digestOf({ voices, waivers }),
    evaluatedAt: at,
    ...(waivers.length > 0 ? { waiver: waivers.map(named => named.id).join(', ') } : {}),
  }
}

function obligationsOf(level: Zone, voices: readonly Ruling[]): Obligations {
  const asked = [ZONE_OBLIGATIONS[level], ...voices.flatMap(voice => (voice.requires ? [voice.requires] : []))]
  const union = (field: 'roles' | 'tests' | 'scans'): readonly string[] =>
    [...new Set(asked.flatMap(one => one[field] ?? []))].sort(byText)
  return {
    reviewers: Math.max(0, ...asked.map(one => one.reviewers ?? 0)),
    roles: union('roles'),
    tests: union('tests'),
    scans: union('scans'),
  }
}
