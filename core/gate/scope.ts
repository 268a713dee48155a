import { type Interaction, interactionsOf } from '../dfd/interactions.ts'
import { type ThreatState, threatStates } from '../mitigations/derive.ts'
import { rowsOf } from '../model/table.ts'
import type {
  Acceptance,
  Boundary,
  ControlPack,
  DataAsset,
  Design,
  Element,
  Flow,
  Requirement,
  Table,
  WorkItem,
} from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Problem } from '../support/result.ts'
import { threatProblems } from '../threats/checks.ts'
import { deriveFindings, type Finding } from '../threats/engine.ts'
import { type GatePacks, linksOf } from './links.ts'
import type { Decision } from './policy.ts'
import type { Slice } from './slice.ts'

/** What the gate examines: the whole design, or what one work item touches. */
export type Scope = {
  readonly design: Design
  readonly at: string
  readonly elements: readonly Element[]
  readonly flows: readonly Flow[]
  readonly interactions: readonly Interaction[]
  readonly boundaries: readonly Boundary[]
  readonly data: readonly DataAsset[]
  readonly requirements: readonly Requirement[]
  readonly findings: readonly Finding[]
  readonly threats: readonly ThreatState[]
  readonly acceptances: readonly Acceptance[]
  readonly threatProblems: readonly Problem[]
  readonly controls: readonly ControlPack[]
  /** Only for one work item. */
  readonly work?: { readonly item: WorkItem; readonly slice: Slice; readonly decision: Decision }
}

const problemsOf = memoLast(threatProblems)

/** Everything that is in scope. */
export function wholeScope(design: Design, packs: GatePacks, at: string): Scope {
  return {
    design,
    at,
    elements: rowsOf(design.elements).filter(element => element.outOfScope === undefined),
    flows: rowsOf(design.flows).filter(flow => flow.outOfScope === undefined),
    interactions: interactionsOf(design),
    boundaries: rowsOf(design.boundaries),
    data: rowsOf(design.data),
    requirements: rowsOf(design.requirements).filter(row => row.status !== 'retired'),
    findings: deriveFindings(design, packs.rules).findings.filter(finding => finding.applicability === 'applies'),
    threats: threatStates(design, packs, at),
    acceptances: rowsOf(design.acceptances),
    threatProblems: problemsOf(design, packs.rules),
    controls: packs.controls,
  }
}

/** What the slice of a work item holds. Unresolved boundaries count wherever they are: nobody knows whom they enclose. */
export function scopeOfSlice(design: Design, packs: GatePacks, input: { slice: Slice; at: string }): Scope {
  const { slice, at } = input
  const links = linksOf(design, packs, at)
  const crossed = new Set(slice.boundaries)
  return {
    design,
    at,
    elements: pick(design.elements, slice.elements),
    flows: pick(design.flows, slice.flows),
    interactions: slice.flows.flatMap(id => links.interactions.get(id) ?? []),
    boundaries: rowsOf(design.boundaries).filter(row => row.membership === 'unresolved' || crossed.has(row.id)),
    data: pick(design.data, slice.data),
    requirements: pick(design.requirements, slice.requirements),
    findings: slice.findings,
    threats: slice.threats,
    acceptances: pick(design.acceptances, slice.acceptances),
    threatProblems: problemsOf(design, packs.rules),
    controls: packs.controls,
    work: { item: slice.workItem, slice, decision: slice.decision },
  }
}

function pick<Row>(table: Table<Row>, ids: readonly string[]): readonly Row[] {
  return ids.flatMap(id => {
    const row = table[id]
    return row === undefined ? [] : [row]
  })
}
