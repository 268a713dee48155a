import { type Slice, sliceOf } from '../gate/slice.ts'
import type { Check, Design, Packs } from '../model/types.ts'
import { ok, type Result } from '../support/result.ts'
import { contractChecks } from './from-contract.ts'
import { policyChecks } from './from-policy.ts'
import { requirementChecks } from './from-requirements.ts'
import { threatChecks } from './from-threats.ts'
import { checkOf } from './seed.ts'

/** Everything that must be proven about one change. */
export type Checklist = {
  /** L- and the characters of its work item. */
  readonly id: string
  readonly workItem: string
  /** Digest of the slice it was derived from. */
  readonly slice: string
  /** By group, then in the order of the prompt. */
  readonly checks: readonly Check[]
}

/** Derives the checklist of a work item. Editing one thing changes the digest of the checks that came from it, and of no other. */
export function deriveChecklist(
  design: Design,
  packs: Pick<Packs, 'rules' | 'controls'>,
  input: { readonly workItem: string; readonly at: string },
): Result<Checklist> {
  const slice = sliceOf(design, packs, input)
  return slice.ok ? ok(checklistOf(design, packs, slice.value)) : slice
}

function checklistOf(design: Design, packs: Pick<Packs, 'controls'>, slice: Slice): Checklist {
  const ground = { design, controls: packs.controls, slice }
  const seeds = [...requirementChecks(ground), ...threatChecks(ground), ...contractChecks(ground), ...policyChecks(ground)]
  const checks = seeds.map(seed => checkOf(ground, seed))
  return { id: slice.workItem.id.replace('W-', 'L-'), workItem: slice.workItem.id, slice: slice.digest, checks: grouped(checks) }
}

/** Groups in the order in which a reviewer works; within a group as derived. */
export const GROUPS = ['requirement', 'threat', 'contract', 'dependency', 'scan', 'review', 'monitoring'] as const

function grouped(checks: readonly Check[]): readonly Check[] {
  const unique = [...new Map(checks.map(check => [check.id, check])).values()]
  return GROUPS.flatMap(group => unique.filter(check => check.group === group))
}
