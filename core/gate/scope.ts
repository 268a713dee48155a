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
  WorkItem,
} from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Problem } from '../support/result.ts'
import { applyingFindings, threatProblems } from '../threats/checks.ts'
import type { Finding } from '../threats/finding.ts'
import type { GatePacks } from './links.ts'
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

/** Problems of the threats with the rules; remembered, since every work item asks for them. */
export const problemsOf = memoLast(threatProblems)

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
    findings: applyingFindings(design, packs.rules),
    threats: threatStates(design, packs, at),
    acceptances: rowsOf(design.acceptances),
    threatProblems: problemsOf(design, packs.rules),
    controls: packs.controls,
  }
}
