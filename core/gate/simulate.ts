import { labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Policy, WorkItem, Zone } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { isStricter, PRESETS } from './floors.ts'
import type { GatePacks } from './links.ts'
import { allows, type Decision, decideAt, placesIn } from './policy.ts'
import { mapsOf } from './policy-maps.ts'
import type { Place, Use } from './policy-match.ts'
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
  const rows = subjectsOf(design, packs.rules, packs.controls, input.at).map(subject => rowOf(subject, input))
  const countOf = (change: SimulatedRow['change']) => rows.filter(row => row.change === change).length
  return {
    workItems: rows.filter(row => row.kind === 'workItem'),
    elements: rows.filter(row => row.kind === 'element'),
    counts: { stricter: countOf('stricter'), looser: countOf('looser'), same: countOf('same') },
  }
}

type Subject = Pick<SimulatedRow, 'id' | 'kind' | 'name'> & { readonly item: WorkItem; readonly places: readonly Place[] }

/** What policies are held against does not depend on them, so that looking at one after the other costs little. */
const subjectsOf = memoLast(
  (design: Design, rules: GatePacks['rules'], controls: GatePacks['controls'], at: string): readonly Subject[] => {
    const packs = { rules, controls }
    const subject = (item: WorkItem, { id, kind }: Pick<Subject, 'id' | 'kind'>): Subject => {
      const places = placesIn(design, slicePartsOf(design, packs, { workItem: item, at }), { packs, at })
      return { id, kind, name: labelOf(design, id), item, places }
    }
    const elements = rowsOf(design.elements).filter(element => element.outOfScope === undefined)
    return [
      ...rowsOf(design.workItems).map(item => subject(item, { id: item.id, kind: 'workItem' })),
      ...elements.map(({ id, name }) => subject(codeAt(id, name, at), { id, kind: 'element' })),
    ]
  },
)

/** The policy with another preset; rules, tools and waivers stay. */
export function withPreset(policy: Policy, preset: Exclude<Policy['preset'], 'own'>): Policy {
  return { ...policy, preset, default: PRESETS[preset] }
}

function rowOf({ item, places, ...named }: Subject, { before, after, at, use }: Input): SimulatedRow {
  const said = (policy: Policy) => simulated(policy, decideAt(policy, places, { at, use }), item)
  const [was, is] = [said(before), said(after)]
  const change = isStricter(is.level, was.level) ? 'stricter' : isStricter(was.level, is.level) ? 'looser' : 'same'
  return { ...named, before: was, after: is, change }
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
