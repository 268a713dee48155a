import type { Change } from '../model/change.ts'
import type { Design } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** A check of a mitigation's own, in one sentence that a stranger can decide. */
export function addCheck(
  design: Design,
  input: { readonly mitigation: string; readonly statement: string },
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  const statement = input.statement.trim()
  if (!row) return refuseMissing(input.mitigation)
  if (statement === '')
    return refuse({ code: 'check.empty', at: row.id, message: 'A check needs a sentence.', cure: 'Say what would show it.' })
  const key = freeKey(statement, row.checks ?? {})
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: { [`checks/${key}`]: { statement } } }])
}

/** Takes one of a mitigation's own checks away. */
export function removeCheck(
  design: Design,
  input: { readonly mitigation: string; readonly key: string },
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  if (!row?.checks?.[input.key]) return refuseMissing(row ? `${row.id}/${input.key}` : input.mitigation)
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: { [`checks/${input.key}`]: undefined } }])
}

/** The first words of the sentence as a key; numbered where it is taken. */
function freeKey(statement: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = statement
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
  const base = plain.replace(/-+$/, '') || 'check'
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}-${n}`
    if (!Object.hasOwn(taken, key)) return key
  }
}

function refuseMissing(id: string): ReturnType<typeof refuse> {
  return refuse({ code: 'check.missing', at: id, message: `There is no ${id}.`, cure: 'It may have been removed; look again.' })
}
