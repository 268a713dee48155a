import type { Change } from '../model/change.ts'
import { rowAt } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'
import { parseCvss } from './cvss.ts'
import { OWASP_GROUPS, type OwaspFactor } from './owasp.ts'

const FACTORS: readonly string[] = Object.values(OWASP_GROUPS).flat()

/** Sets OWASP factors of a threat; undefined takes one away, and the others stay as they are. */
export function rateByOwasp(
  design: Design,
  input: { readonly threat: string; readonly factors: { readonly [F in OwaspFactor]?: number | undefined } },
): Result<readonly Change[]> {
  const threat = rowAt(design.threats, input.threat)
  if (!threat) return refuseMissing(input.threat)
  for (const [factor, value] of Object.entries(input.factors)) {
    const refusal = factorRefusal(threat.id, factor, value)
    if (refusal) return refusal
  }
  const fields = Object.fromEntries(Object.entries(input.factors).map(([factor, value]) => [`owasp/${factor}`, value]))
  return ok(Object.keys(fields).length > 0 ? [{ kind: 'patch', table: 'threats', id: threat.id, fields }] : [])
}

/** Takes all OWASP factors of a threat away. */
export function clearOwasp(design: Design, input: { readonly threat: string }): Result<readonly Change[]> {
  const stated = Object.keys(rowAt(design.threats, input.threat)?.owasp ?? {})
  return rateByOwasp(design, { ...input, factors: Object.fromEntries(stated.map(factor => [factor, undefined])) })
}

/** Sets the CVSS 4.0 vector of a threat, as written; undefined or nothing but blanks takes it away. */
export function rateByCvss(
  design: Design,
  input: { readonly threat: string; readonly vector: string | undefined },
): Result<readonly Change[]> {
  const threat = rowAt(design.threats, input.threat)
  if (!threat) return refuseMissing(input.threat)
  const vector = input.vector?.trim() || undefined
  const parsed = vector === undefined ? undefined : parseCvss(vector)
  if (parsed && !parsed.ok) return refuse({ ...parsed.problems[0], at: threat.id })
  return ok([{ kind: 'patch', table: 'threats', id: threat.id, fields: { cvss: vector } }])
}

function factorRefusal(at: string, factor: string, value: unknown): Refusal | undefined {
  if (!FACTORS.includes(factor))
    return refuse({
      code: 'threat.owaspFactor',
      at,
      message: `The OWASP Risk Rating Methodology has no factor "${factor}".`,
      cure: `Use one of ${FACTORS.join(', ')}.`,
    })
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9)) return undefined
  return refuse({
    code: 'threat.owaspValue',
    at,
    message: `${factor} cannot be ${String(value)}; factors are whole numbers from 0 to 9.`,
    cure: 'Give 0 to 9, or leave it out while nobody knows.',
  })
}

function refuseMissing(id: string): Refusal {
  return refuse({ code: 'threat.missing', at: id, message: `There is no threat ${id}.` })
}
