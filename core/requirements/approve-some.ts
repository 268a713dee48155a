import type { Change } from '../model/change.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Requirement, Stamp } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { approvalProblems } from './checks.ts'
import { approveRequirement } from './edits.ts'

/** A requirement that could not be approved with the others, and all it lacks. */
export type LeftOut = { readonly id: string; readonly problems: readonly Problem[] }

/** What several approvals come to: one list of changes, whom they approve, and whom they leave as they are. */
export type Approvals = {
  readonly changes: readonly Change[]
  readonly approved: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

/** Approves each of these drafts that lacks nothing; the others are named with what they lack, and hold nobody up. */
export function approveSome(design: Design, { ids }: { readonly ids: readonly string[] }, stamp: Stamp): Approvals {
  const tried = [...new Set(ids)]
    .filter(id => design.requirements[id]?.status !== 'approved')
    .map(id => ({ id, edit: approveRequirement(design, { id }, stamp) }))
  return {
    changes: tried.flatMap(({ edit }) => (edit.ok ? edit.value : [])),
    approved: tried.flatMap(({ id, edit }) => (edit.ok ? [id] : [])),
    leftOut: tried.flatMap(({ id, edit }) => (edit.ok ? [] : [{ id, problems: edit.problems }])),
  }
}

/** Whether an AI wrote it and nobody has said since that it stands. */
export function isOnlyProposed({ provenance }: Pick<Requirement, 'provenance'>): boolean {
  return provenance.kind === 'ai' && provenance.confirmedBy === undefined
}

/** Drafts that lack nothing and that a person wrote or confirmed. */
export function readyDrafts(design: Design): readonly Requirement[] {
  return rowsOf(design.requirements).filter(
    row => row.status === 'draft' && !isOnlyProposed(row) && approvalProblems(design, row).length === 0,
  )
}
