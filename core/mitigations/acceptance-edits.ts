import type { Change } from '../model/change.ts'
import type { Design, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { type AcceptanceInput, acceptThreat } from './edits.ts'

/** Decides an answer again in place: the same answer with other words, people or end; every rule of a new one holds. */
export function reviseAcceptance(
  design: Design,
  input: {
    readonly acceptance: string
    readonly fields: Partial<Pick<AcceptanceInput, 'reason' | 'owner' | 'approver' | 'expires'>>
  },
  stamp: Stamp,
): Result<readonly Change[]> {
  const row = design.acceptances[input.acceptance]
  if (!row)
    return refuse({
      code: 'acceptance.missing',
      at: input.acceptance,
      message: `There is no acceptance ${input.acceptance}.`,
      cure: 'It may have been removed; look again.',
    })
  const { threat, response, reason, owner, approver, expires } = { ...row, ...input.fields }
  const decided = acceptThreat(
    design,
    { threat, response, reason, owner, ...(approver ? { approver } : {}), ...(expires ? { expires } : {}) },
    stamp,
  )
  if (!decided.ok) return decided
  const fields = Object.fromEntries(Object.entries(input.fields).map(([field, value]) => [field, value?.trim() || undefined]))
  return ok([{ kind: 'patch', table: 'acceptances', id: row.id, fields }])
}
