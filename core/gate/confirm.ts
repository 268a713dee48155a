import type { Change } from '../model/change.ts'
import { entityOf, tableOf } from '../model/lookup.ts'
import type { Design, Provenance, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** A person stands behind what an AI proposed, whatever it is; an AI never does. */
export function confirmProposed(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  const { id } = input
  const table = tableOf(id)
  const row = entityOf(design, id) as { readonly provenance?: Provenance } | undefined
  if (table === undefined || row === undefined)
    return refuse({
      code: 'confirm.missing',
      at: id,
      message: `There is no ${id}.`,
      cure: 'It may have been removed; look again.',
    })
  if (row.provenance?.kind !== 'ai' || row.provenance.confirmedBy !== undefined)
    return refuse({ code: 'confirm.notProposed', at: id, message: `${id} does not wait for anybody.` })
  if (stamp.kind === 'ai')
    return refuse({
      code: 'confirm.ai',
      at: id,
      message: 'What an AI proposed, only a person confirms.',
      cure: 'Let a person decide.',
    })
  const provenance = { ...row.provenance, confirmedBy: stamp.by, confirmedAt: stamp.at }
  return ok([{ kind: 'patch', table, id, fields: { provenance } }])
}
