import type { CodeClass, Policy, PolicyObligations, Zone } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { defaultZone, FLOORS, isStricter, stricterOf } from './floors.ts'
import { isListed, matches, type Place, type Use, type User, userOf } from './policy-match.ts'
import { isExpired } from './waivers.ts'

/** One voice in a decision. */
export type Ruling = { readonly from: string; readonly level: Zone; readonly requires?: PolicyObligations }

type Asking = {
  readonly at: string
  readonly use?: Use | undefined
  readonly isWaived: (rule: string, place: Place) => boolean
}

/** Everything a policy says at these places. Where several tools may be meant, each of them is heard. */
export function rulingsOn(policy: Policy, places: readonly Place[], asking: Asking): readonly Ruling[] {
  const { at, use } = asking
  if (!use) return places.flatMap(place => rulingsAt(policy, { place, user: undefined }, asking))
  const tools = toolsMeant(policy, use, at)
  const users = (tools.length > 0 ? tools : [use.tool]).map(tool => userOf(policy, use, tool))
  const ruled = users.flatMap(user => places.flatMap(place => rulingsAt(policy, { place, user }, asking)))
  return [...ruled, ...toolRulings(policy, use, { at, tools })]
}

function rulingsAt(
  policy: Policy,
  asked: { readonly place: Place; readonly user: User | undefined },
  { isWaived }: Asking,
): readonly Ruling[] {
  const { place } = asked
  const base: Ruling = { from: 'default', level: defaultZone(policy) }
  const named = idsOf(policy.rules).flatMap(id => {
    const rule = policy.rules?.[id]
    const holds = rule ? matches(rule.when, asked) : 'no'
    if (!rule || holds === 'no' || isWaived(id, place)) return []
    const ruling: Ruling = { from: id, level: rule.level, ...(rule.requires ? { requires: rule.requires } : {}) }
    return [{ ruling, isSure: holds === 'yes', isInstead: holds === 'yes' && rule.insteadOfDefault === true }]
  })
  const sure = named.filter(({ isSure }) => isSure).map(({ ruling }) => ruling)
  const isReplaced = named.some(({ isInstead }) => isInstead)
  const isHeard = sure.length === 0 || (!isReplaced && sure.every(({ level }) => isStricter(base.level, level)))
  const stands = isHeard ? [...sure, base] : sure
  const level = stands.reduce((zone, ruling) => stricterOf(zone, ruling.level), stands[0]?.level ?? base.level)
  // What may hold counts where it asks for at least as much, and never allows more.
  const feared = named.filter(({ isSure, ruling }) => !isSure && !isStricter(level, ruling.level)).map(({ ruling }) => ruling)
  const floors = place.codeClasses.flatMap((name): Ruling[] => {
    const floor = FLOORS[name as CodeClass]
    const from = `floor.${name}`
    return floor === undefined || isWaived(from, place) ? [] : [{ from, level: floor }]
  })
  return [...stands, ...feared, ...floors]
}

/** The tool named, or those that the policy lets read this target; none where it lists no tools. */
function toolsMeant({ tools = {} }: Policy, use: Use, at: string): readonly string[] {
  if (use.tool !== undefined) return [use.tool]
  const reads = (targets: readonly string[] | undefined) =>
    targets === undefined || use.target === undefined || targets.includes(use.target)
  return Object.keys(tools)
    .filter(id => reads(tools[id]?.targets) && isUsable(tools[id], use, at))
    .sort(byText)
}

type Entry = NonNullable<Policy['tools']>[string]

/** A tool that nobody approved, whose approval ran out or whose model was not reviewed, may not be used; with no tools listed there is nothing to ask. */
function toolRulings(
  policy: Policy,
  use: Use,
  { at, tools }: { readonly at: string; readonly tools: readonly string[] },
): readonly Ruling[] {
  if (Object.keys(policy.tools ?? {}).length === 0) return []
  if (use.tool === undefined) return tools.length > 0 ? [] : [{ from: 'tool.none', level: 'forbidden' }]
  return isUsable(policy.tools?.[use.tool], use, at) ? [] : [{ from: `tool.${use.tool}`, level: 'forbidden' }]
}

function isUsable(entry: Entry | undefined, { model }: Use, at: string): boolean {
  if (entry?.approved !== true || isExpired(at, entry.expires)) return false
  return model === undefined || isListed(entry.models ?? ['*'], model)
}
