import { describe, expect, test } from 'vitest'
import { mitigationProblems } from '../../../core/mitigations/checks.ts'
import { clearOwasp, rateByCvss, rateByOwasp } from '../../../core/mitigations/rating-edits.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design, Threat } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { triageNotApplicable, triageReal } from '../../../core/threats/edits.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import * as accept from '../../../schemas/generated/accept-entities.js'
import { provenance, shop, stampOf, table } from '../threats/designs.ts'

const VECTOR = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
const threat: Threat = { id: 'T-00001', statement: 'x', categories: { tampering: true }, provenance }
const base: Design = { ...EMPTY_DESIGN, threats: table([threat]) }

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

const refusalOf = (edit: Result<unknown>) => (edit.ok ? undefined : edit.problems[0])
const rowOf = (design: Design) => design.threats['T-00001']

describe('rating by OWASP', () => {
  test('sets one factor and leaves the others', () => {
    const one = done(base, rateByOwasp(base, { threat: 'T-00001', factors: { motive: 4, size: 0 } }))
    const two = done(one, rateByOwasp(one, { threat: 'T-00001', factors: { motive: 9, awareness: 1 } }))
    expect(rowOf(two)?.owasp).toEqual({ motive: 9, size: 0, awareness: 1 })
    expect(accept.threat(rowOf(two))).toBe(true)
  })

  test('takes one away, and all', () => {
    const rated = done(base, rateByOwasp(base, { threat: 'T-00001', factors: { motive: 4, size: 2 } }))
    expect(rowOf(done(rated, rateByOwasp(rated, { threat: 'T-00001', factors: { motive: undefined } })))?.owasp).toEqual({
      size: 2,
    })
    expect(rowOf(done(rated, clearOwasp(rated, { threat: 'T-00001' })))).toEqual(threat)
    expect(clearOwasp(base, { threat: 'T-00001' })).toEqual({ ok: true, value: [] })
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['below the scale', { motive: -1 }, 'threat.owaspValue'],
    ['above the scale', { motive: 10 }, 'threat.owaspValue'],
    ['between two numbers', { motive: 4.5 }, 'threat.owaspValue'],
    ['no number', { motive: '4' }, 'threat.owaspValue'],
    ['not a number', { motive: Number.NaN }, 'threat.owaspValue'],
    ['a factor it does not have', { likelihood: 3 }, 'threat.owaspFactor'],
    ['a name every object answers to', { constructor: 3 }, 'threat.owaspFactor'],
  ])('%s is refused', (_, factors, code) => {
    expect(refusalOf(rateByOwasp(base, { threat: 'T-00001', factors }))).toMatchObject({ code, at: 'T-00001' })
  })

  test('a threat that is not there is refused', () => {
    expect(refusalOf(rateByOwasp(base, { threat: 'T-NNNNN', factors: { motive: 1 } }))?.code).toBe('threat.missing')
    expect(refusalOf(clearOwasp(base, { threat: 'T-NNNNN' }))?.code).toBe('threat.missing')
    expect(refusalOf(rateByCvss(base, { threat: 'T-NNNNN', vector: VECTOR }))?.code).toBe('threat.missing')
  })
})

describe('rating by CVSS', () => {
  test('sets and clears', () => {
    const rated = done(base, rateByCvss(base, { threat: 'T-00001', vector: ` ${VECTOR} ` }))
    expect(rowOf(rated)?.cvss).toBe(VECTOR)
    expect(accept.threat(rowOf(rated))).toBe(true)
    for (const vector of [undefined, '', '  '])
      expect(rowOf(done(rated, rateByCvss(rated, { threat: 'T-00001', vector })))).toEqual(threat)
  })

  test('says what is wrong, and where', () => {
    expect(refusalOf(rateByCvss(base, { threat: 'T-00001', vector: VECTOR.replace('AC:L', 'AC:M') }))).toMatchObject({
      code: 'cvss.value',
      at: 'T-00001',
      message: 'Character 15: AC cannot be "M".',
      cure: 'Write one of AC:L, AC:H.',
    })
  })
})

describe('ratings that came in by a file or a merge', () => {
  const problemsOf = (fields: Partial<Threat>) =>
    mitigationProblems(
      { ...EMPTY_DESIGN, threats: table([{ ...threat, likelihood: 1, impactScale: 1, ...fields }]) },
      builtinPacks,
      stampOf().at,
    )
      .filter(({ code }) => code !== 'threat.undecided')
      .map(({ code, severity, message }) => `${code} ${severity} ${message}`)

  test('a vector that cannot be read is a problem with its place', () => {
    expect(problemsOf({ cvss: VECTOR })).toEqual([])
    expect(problemsOf({ cvss: `${VECTOR}/` })).toEqual([
      'threat.cvss error Its CVSS vector cannot be read and counts for nothing. Character 65: Between two slashes, or behind the last, there is nothing.',
    ])
  })

  test('an incomplete OWASP rating names what it leaves out', () => {
    expect(problemsOf({ owasp: { financialDamage: 1, reputationDamage: 1, nonCompliance: 2 } })).toEqual([
      'threat.owaspIncomplete info Its OWASP rating leaves out privacyViolation, all of likelihood; what is stated counts alone.',
    ])
  })
})

describe('a rated threat', () => {
  test('is more than the decision that made it, and stays when that is withdrawn', () => {
    const [finding] = deriveFindings(shop(), builtinPacks.rules).findings
    if (!finding) throw new Error('no finding')
    const real = done(shop(), triageReal(shop(), { finding, likelihood: 3, impact: 3 }, stampOf()))
    const [id = ''] = Object.keys(real.threats)
    const close = (design: Design) => done(design, triageNotApplicable(design, { finding, reason: 'no' }, stampOf()))
    expect(Object.keys(close(real).threats)).toEqual([])
    const byVector = done(real, rateByCvss(real, { threat: id, vector: VECTOR }))
    const byFactors = done(real, rateByOwasp(real, { threat: id, factors: { motive: 1 } }))
    expect(Object.keys(close(byVector).threats)).toEqual([id])
    expect(Object.keys(close(byFactors).threats)).toEqual([id])
  })
})
