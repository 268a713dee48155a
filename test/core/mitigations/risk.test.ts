import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelAtLeast, RISK_LEVELS, RISK_MATRIX, riskOf } from '../../../core/mitigations/risk.ts'

describe('the risk matrix', () => {
  test.each([
    [1, 1, 'low'],
    [1, 5, 'medium'],
    [5, 1, 'medium'],
    [2, 2, 'low'],
    [3, 3, 'medium'],
    [3, 4, 'high'],
    [5, 3, 'high'],
    [4, 5, 'critical'],
    [5, 5, 'critical'],
  ] as const)('likelihood %i and impact %i are %s', (likelihood, impact, level) => {
    expect(riskOf(likelihood, impact)).toEqual({ likelihood, impact, score: likelihood * impact, level })
  })

  test('never falls when likelihood or impact rises, and is the same both ways round', () => {
    expect(RISK_MATRIX.length).toBe(5)
    const grave = (likelihood: number, impact: number) => RISK_LEVELS.indexOf(riskOf(likelihood, impact).level)
    const scale = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(scale, scale, (a, b) => {
        expect(grave(a + 1, b)).toBeGreaterThanOrEqual(grave(a, b))
        expect(grave(a, b + 1)).toBeGreaterThanOrEqual(grave(a, b))
        expect(grave(a, b)).toBe(grave(b, a))
      }),
    )
  })

  test('what lies outside the scale counts as its edge, and what is no number as the worst', () => {
    expect(riskOf(-3, 9)).toEqual(riskOf(1, 5))
    expect(riskOf(Number.NaN, 2).likelihood).toBe(5)
  })

  test('a level that is not known reaches no floor', () => {
    expect(levelAtLeast(undefined, 'low')).toBe(false)
    expect(levelAtLeast('high', 'high')).toBe(true)
    expect(levelAtLeast('medium', 'high')).toBe(false)
  })
})
