import { labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Policy, WorkItem, Zone } from '../model/types.ts'
import { isStricter, PRESETS } from './floors.ts'
import type { GatePacks } from './links.ts'
import { allows, type Decision, decideAt, placesIn } from './policy.ts'
import { mapsOf } from './policy-maps.ts'
import type { Use } from './policy-match.ts'
import { slicePartsOf } from './slice-parts.ts'

/** What one policy says of one thing. */
export type Simulated = {
  readonly level: Zone
  /** The rule, floor, tool entry or default that decides. */
  readonly from: string
  /** What that answers in AISVS, SSDF or the LLM Top 10. */
  readonly maps: readonly string[]
  /** Whether a prompt could be made; for an element, one that asks for code. */
  readonly allowed: boolean
  readonly reviewers: number
  /** Waivers without which the level would be stricter. */
  readonly waiver?: string
}

/** One thing of the design under two policies. */
export type SimulatedRow = {
  readonly id: string
  readonly kind: 'workItem' | 'element'
  readonly name: string
  readonly before: Simulated
  readonly after: Simulated
  readonly change: 'stricter' | 'looser' | 'same'
}

/** What a policy would do to a whole design. */
export type Simulation = {
  readonly workItems: readonly SimulatedRow[]
  readonly elements: readonly SimulatedRow[]
  readonly counts: { readonly stricter: number; readonly looser: number; readonly same: number }
}

type Input = {
  readonly before: Policy
  readonly after: Policy
  readonly at: string
  /** With which tool, model and person; without it, rules about them are silent. */
  readonly use?: Use
}

/**
 * Holds two policies against every work item, and against every element in scope as if code were asked for there alone.
 * Nothing is written, and the gate is not asked: this is about the policy.
 */
export function simulatePolicies(design: Design, packs: GatePacks, input: Input): Simulation {
  const workItems = rowsOf(design.workItems).map(item => rowOf(design, packs, { input, item, id: item.id, kind: 'workItem' }))
  const elements = rowsOf(design.elements)
    .filter(element => element.outOfScope === undefined)
    .map(({ id, name }) => rowOf(design, packs, { input, item: codeAt(id, name, input.at), id, kind: 'element' }))
  const all = [...workItems, ...elements]
  const countOf = (change: SimulatedRow['change']) => all.filter(row => row.change === change).length
  return { workItems, elements, counts: { stricter: countOf('stricter'), looser: countOf('looser'), same: countOf('same') } }
}

/** The policy with another preset; rules, tools and waivers stay. */
export function withPreset(policy: Policy, preset: Exclude<Policy['preset'], 'own'>): Policy {
  return { ...policy, preset, default: PRESETS[preset] }
}

type Asked = { readonly input: Input; readonly item: WorkItem; readonly id: string; readonly kind: SimulatedRow['kind'] }

function rowOf(design: Design, packs: GatePacks, { input, item, id, kind }: Asked): SimulatedRow {
  const { at, use } = input
  const places = placesIn(design, slicePartsOf(design, packs, { workItem: item, at }), { packs, at })
  const said = (policy: Policy) => simulated(policy, decideAt(policy, places, { at, use }), item)
  const [before, after] = [said(input.before), said(input.after)]
  const change = isStricter(after.level, before.level) ? 'stricter' : isStricter(before.level, after.level) ? 'looser' : 'same'
  return { id, kind, name: labelOf(design, id), before, after, change }
}

function simulated(policy: Policy, decision: Decision, item: WorkItem): Simulated {
  const { level, floorFrom, obligations, waiver } = decision
  return {
    level,
    from: floorFrom,
    maps: mapsOf(policy, floorFrom),
    allowed: allows(level, item.operation),
    reviewers: obligations.reviewers,
    ...(waiver === undefined ? {} : { waiver }),
  }
}

/** Code asked for at one element, as a work item that nobody wrote. */
function codeAt(id: string, name: string, at: string): WorkItem {
  return {
    id: 'W-00000',
    name,
    goal: name,
    operation: 'generate',
    elements: { [id]: true },
    provenance: { kind: 'rule', at },
  }
}
