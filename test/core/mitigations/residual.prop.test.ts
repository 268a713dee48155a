import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptanceState, daysLeft, isInForce, isSamePerson, WARNING_DAYS } from '../../../core/mitigations/acceptance.ts'
import { controlsById, residualOf } from '../../../core/mitigations/effect.ts'
import { RISK_LEVELS, riskOf } from '../../../core/mitigations/risk.ts'
import type { Acceptance, Control, Mitigation } from '../../../core/model/types.ts'
import { provenance } from '../threats/designs.ts'

const scale = fc.integer({ min: 1, max: 5 })
const STATUSES = ['planned', 'implemented', 'verified'] as const

function control(id: string, reduces: Control['reduces'], hasCheck: boolean): Control {
  return {
    id,
    title: id,
    requirement: 'x',
    categories: ['tampering'],
    cwe: ['CWE-1'],
    do: 'x',
    doNot: { what: 'x', instead: 'y' },
    primitives: {},
    negativeTest: 'x',
    checks: hasCheck ? [{ key: 'test', statement: 'x' }] : [],
    ...(reduces ? { reduces } : {}),
  }
}

const steps = [undefined, 0, 1, 2, 3] as const
const all = steps.flatMap(likelihood =>
  steps.flatMap(impact =>
    [true, false].map(hasCheck =>
      control(
        `C-${likelihood ?? 'X'}-${impact ?? 'X'}-${hasCheck ? 'Y' : 'N'}`,
        likelihood === undefined && impact === undefined
          ? undefined
          : { ...(likelihood === undefined ? {} : { likelihood }), ...(impact === undefined ? {} : { impact }) },
        hasCheck,
      ),
    ),
  ),
)
const controls = controlsById([{ id: 'test', version: '1.0.0', title: 'x', licence: 'x', controls: all }])

const mitigation: fc.Arbitrary<Mitigation> = fc.record({
  id: fc.constant('M-00001'),
  statement: fc.constant('x'),
  status: fc.constantFrom(...STATUSES),
  control: fc.constantFrom(...all.map(({ id }) => id)),
  provenance: fc.constantFrom(provenance, { kind: 'ai', at: provenance.at } as const),
})
const ground = fc.record({ likelihood: scale, impact: scale, mitigations: fc.array(mitigation, { maxLength: 4 }) })

function left(likelihood: number, impact: number, mitigations: readonly Mitigation[]) {
  return residualOf(riskOf(likelihood, impact), mitigations, controls)
}

function expectNoWorse(a: ReturnType<typeof left>, b: ReturnType<typeof left>): void {
  expect(a.likelihood).toBeLessThanOrEqual(b.likelihood)
  expect(a.impact).toBeLessThanOrEqual(b.impact)
  expect(RISK_LEVELS.indexOf(a.level)).toBeLessThanOrEqual(RISK_LEVELS.indexOf(b.level))
}

describe('residual risk', () => {
  test('is never more than inherent, and never less than the lowest place', () => {
    fc.assert(
      fc.property(ground, ({ likelihood, impact, mitigations }) => {
        const residual = left(likelihood, impact, mitigations)
        expectNoWorse(residual, riskOf(likelihood, impact))
        expect(Math.min(residual.likelihood, residual.impact)).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  test('never rises with one more mitigation, nor with a further status, and does not depend on their order', () => {
    fc.assert(
      fc.property(ground, mitigation, ({ likelihood, impact, mitigations }, one) => {
        expectNoWorse(left(likelihood, impact, [...mitigations, one]), left(likelihood, impact, mitigations))
        expect(left(likelihood, impact, [...mitigations].reverse())).toEqual(left(likelihood, impact, mitigations))
        const [planned, implemented, verified] = STATUSES.map(status =>
          left(likelihood, impact, [...mitigations, { ...one, status }]),
        )
        if (!planned || !implemented || !verified) throw new Error('no statuses')
        expectNoWorse(implemented, planned)
        expectNoWorse(verified, implemented)
      }),
    )
  })

  test('never falls when the inherent risk rises', () => {
    fc.assert(
      fc.property(ground, ({ likelihood, impact, mitigations }) => {
        expectNoWorse(left(likelihood, impact, mitigations), left(likelihood + 1, impact, mitigations))
        expectNoWorse(left(likelihood, impact, mitigations), left(likelihood, impact + 1, mitigations))
      }),
    )
  })

  test.each(all.filter(({ checks, reduces }) => checks.length > 0 && (reduces?.likelihood ?? 0) > 2).map(({ id }) => id))(
    'planned takes less than implemented, and that less than verified: %s',
    id => {
      const [planned = 0, implemented = 0, verified = 0] = STATUSES.map(
        status => left(5, 5, [{ id: 'M-00001', statement: 'x', status, control: id, provenance }]).likelihood,
      )
      expect(planned).toBeGreaterThan(implemented)
      expect(implemented).toBeGreaterThan(verified)
    },
  )
})

describe('an acceptance', () => {
  const acceptance: Acceptance = {
    id: 'X-00001',
    response: 'accept',
    threat: 'T-00001',
    reason: 'x',
    owner: 'product owner',
    approver: 'security lead',
    expires: '2027-03-01',
    provenance,
  }

  test('counts its days over the end of a month and of a year', () => {
    expect(daysLeft(acceptance, '2027-02-28T23:59:59Z')).toBe(1)
    expect(daysLeft(acceptance, '2026-12-31T00:00:00Z')).toBe(60)
    expect(daysLeft(acceptance, '2027-03-02T00:00:00Z')).toBe(-1)
    expect(daysLeft({ ...acceptance, expires: '2027-02-30' }, '2027-01-01T00:00:00Z')).toBeUndefined()
    const { expires: _, ...endless } = acceptance
    expect(daysLeft(endless, '2027-01-01T00:00:00Z')).toBeUndefined()
  })

  test('on any day: in force, then warning for fourteen days, then blocking', () => {
    const day = fc.integer({ min: Date.UTC(2026, 0, 1) / 86_400_000, max: Date.UTC(2029, 0, 1) / 86_400_000 })
    const text = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10)
    fc.assert(
      fc.property(day, day, (today, end) => {
        const one = { ...acceptance, expires: text(end) }
        const at = `${text(today)}T10:00:00Z`
        const rest = end - today
        expect(daysLeft(one, at)).toBe(rest)
        expect(acceptanceState(one, at)).toBe(rest <= 0 ? 'expired' : rest <= WARNING_DAYS ? 'expiring' : 'inForce')
        expect(isInForce(one, at)).toBe(rest > 0)
      }),
    )
  })

  test.each([
    ['Product Owner', 'product  owner '],
    ['Ｐroduct owner', 'Product owner'],
    ['product\u200bowner', 'productowner'],
    ['product owner\u2060', '\ufeffproduct owner'],
    ['product\u00adowner', 'productowner'],
  ])('%o and %o are one person', (a, b) => {
    expect(isSamePerson(a, b)).toBe(true)
    expect(acceptanceState({ ...acceptance, owner: a, approver: b }, '2026-01-01T00:00:00Z')).toBe('void')
  })

  test('an approver of whom nothing can be seen is none', () => {
    expect(acceptanceState({ ...acceptance, approver: ' \u200b' }, '2026-01-01T00:00:00Z')).toBe('void')
  })

  test('two people are two', () => {
    expect(isSamePerson('security lead', 'security leader')).toBe(false)
  })
})
