import type { Change } from '../model/change.ts'
import { rowsOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { isNobody, isSamePerson } from './acceptance.ts'

/** A person and what they answer for: mitigations they see to, risks they carry. */
export type Ownership = {
  readonly owner: string
  readonly mitigations: readonly string[]
  readonly acceptances: readonly string[]
}

/** Everybody who owns something, by name, and the mitigations nobody sees to. */
export function ownerships(design: Design): { readonly owners: readonly Ownership[]; readonly unowned: readonly string[] } {
  const owners = new Map<string, { mitigations: string[]; acceptances: string[] }>()
  const unowned: string[] = []
  const of = (name: string) => {
    const known = [...owners.keys()].find(one => isSamePerson(one, name)) ?? name
    const own = owners.get(known) ?? { mitigations: [], acceptances: [] }
    owners.set(known, own)
    return own
  }
  for (const { id, owner } of rowsOf(design.mitigations))
    if (owner === undefined) unowned.push(id)
    else of(owner).mitigations.push(id)
  for (const { id, owner } of rowsOf(design.acceptances)) of(owner).acceptances.push(id)
  return { owners: [...owners].map(([owner, own]) => ({ owner, ...own })).sort((a, b) => byText(a.owner, b.owner)), unowned }
}

/** Gives things to another person; a risk cannot go to who approved it, for nobody agrees to their own. */
export function handOver(
  design: Design,
  input: { readonly ids: readonly string[]; readonly to: string },
): Result<readonly Change[]> {
  const owner = input.to.trim()
  if (isNobody(owner)) return refuse({ code: 'owner.nobody', message: 'Nobody would own it.', cure: 'Name a person.' })
  const changes: Change[] = []
  for (const id of input.ids) {
    const acceptance = design.acceptances[id]
    if (!acceptance && !design.mitigations[id])
      return refuse({
        code: 'owner.missing',
        at: id,
        message: `There is no ${id}.`,
        cure: 'It may have been removed; look again.',
      })
    if (acceptance?.approver !== undefined && isSamePerson(acceptance.approver, owner))
      return refuse({
        code: 'owner.approved',
        at: id,
        message: `${owner} agreed to ${id} and cannot also carry its risk.`,
        cure: 'Give it to another person, or decide it again with another approver.',
      })
    changes.push({ kind: 'patch', table: acceptance ? 'acceptances' : 'mitigations', id, fields: { owner } })
  }
  return ok(changes)
}
