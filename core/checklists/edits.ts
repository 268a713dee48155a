import type { Change } from '../model/change.ts'
import type { Check, Design } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** Adds a check in own words to a mitigation: the only place from which a check of one's own can come. */
export function addOwnCheck(
  design: Design,
  input: { readonly mitigation: string; readonly statement: string },
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  const statement = input.statement.trim()
  if (!row) return missing(input.mitigation)
  if (statement === '')
    return refuse({
      code: 'check.empty',
      at: row.id,
      message: 'A check needs a sentence.',
      cure: 'Say what must be so, so that a stranger can answer yes, no or cannot tell.',
    })
  const key = keyOf(statement, new Set(Object.keys(row.checks ?? {})))
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: { [`checks/${key}`]: { statement } } }])
}

/** Takes an own check away. */
export function removeOwnCheck(
  design: Design,
  input: { readonly mitigation: string; readonly key: string },
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  if (!row?.checks || !Object.hasOwn(row.checks, input.key)) return missing(input.mitigation)
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: { [`checks/${input.key}`]: undefined } }])
}

/** Where a check of one's own is written; undefined for what a control, a requirement or the policy asks. */
export function ownCheckOf(
  design: Design,
  check: Pick<Check, 'from' | 'statement'>,
): { readonly mitigation: string; readonly key: string } | undefined {
  for (const mitigation of check.from.filter(id => id.startsWith('M-')))
    for (const [key, own] of Object.entries(design.mitigations[mitigation]?.checks ?? {}))
      if (own.statement === check.statement) return { mitigation, key }
  return undefined
}

/** The first words in small letters, with a number where another check has the same. */
function keyOf(statement: string, taken: ReadonlySet<string>): string {
  const words = statement
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  const base = words === '' ? 'check' : words
  for (let round = 1; ; round++) {
    const key = round === 1 ? base : `${base}-${round}`
    if (!taken.has(key)) return key
  }
}

function missing(id: string): ReturnType<typeof refuse> {
  return refuse({ code: 'mitigation.missing', at: id, message: `There is no mitigation ${id}.`, cure: 'Look again.' })
}
