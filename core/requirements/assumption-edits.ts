import type { Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import type { Assumption, Design, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { missing, putRow, setRow } from './fields.ts'
import { removeAttached, unlinkChanges } from './links.ts'

type Edit = Result<readonly Change[]>
type Written = { readonly [K in 'consequence' | 'owner' | 'description']?: Assumption[K] | undefined }

/** A new assumption. The first change puts its row. */
export function addAssumption(design: Design, input: { readonly statement: string } & Written, stamp: Stamp): Edit {
  return putRow(design, 'assumptions', {
    ...input,
    id: freshId(design, 'assumptions', stamp),
    provenance: provenanceOf(stamp),
  })
}

/** Changes what is assumed, what breaks if it is false, or who would notice. */
export function editAssumption(
  design: Design,
  { id, ...fields }: { readonly id: string; readonly statement?: string } & Written,
): Edit {
  return design.assumptions[id] ? setRow(design, id, fields) : refuse(missing(id))
}

/** Deletes assumptions: one that turned out false is better told in the threat it leads to. */
export function removeAssumptions(design: Design, { ids }: { readonly ids: readonly string[] }): Edit {
  const wrong = ids.find(id => !design.assumptions[id])
  if (wrong !== undefined) return refuse(missing(wrong))
  const gone = new Set(ids)
  const removed = [...gone].sort().map((id): Change => ({ kind: 'remove', table: 'assumptions', id }))
  return ok([...unlinkChanges(design, gone), ...removeAttached(design, gone), ...removed])
}
