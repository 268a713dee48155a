import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OWASP_GROUPS, type OwaspFactor, type OwaspFactors, owaspRating } from '../../../core/mitigations/owasp.ts'
import { OWASP_OPTIONS, owaspSeverity } from '../../../core/mitigations/owasp-severity.ts'

const ALL = Object.values(OWASP_GROUPS).flat() as readonly OwaspFactor[]

/** The example of the methodology itself. */
const LIKELIHOOD: OwaspFactors = {
  skillLevel: 5,
  motive: 2,
  opportunity: 7,
  size: 1,
  easeOfDiscovery: 3,
  easeOfExploit: 6,
  awareness: 9,
  intrusionDetection: 2,
}
const TECHNICAL: OwaspFactors = { lossOfConfidentiality: 9, lossOfIntegrity: 7, lossOfAvailability: 5, lossOfAccountability: 8 }
const BUSINESS: OwaspFactors = { financialDamage: 1, reputationDamage: 2, nonCompliance: 1, privacyViolation: 5 }

describe('the OWASP rating', () => {
  test('has sixteen factors, four in each group, each with its options', () => {
    expect(ALL.length).toBe(16)
    expect(new Set(ALL).size).toBe(16)
    expect(Object.keys(OWASP_OPTIONS).sort()).toEqual([...ALL].sort())
    for (const options of Object.values(OWASP_OPTIONS)) {
      expect(options).toEqual([...options].sort((a, b) => a - b))
      expect(options.every(value => value >= 0 && value <= 9)).toBe(true)
    }
  })

  test('nothing stated is nothing known', () => {
    expect(owaspRating({})).toEqual({ likelihood: undefined, impact: undefined })
    expect(owaspSeverity(owaspRating({}))).toBeUndefined()
    expect(owaspSeverity(owaspRating(LIKELIHOOD))).toBeUndefined()
    expect(owaspSeverity(owaspRating(BUSINESS))).toBeUndefined()
  })

  test('the example of the methodology comes out', () => {
    const technical = owaspRating({ ...LIKELIHOOD, ...TECHNICAL })
    expect(technical.likelihood).toEqual({ score: 4.375, level: 'medium', scale: 3, missing: [] })
    expect(technical.impact).toEqual({ score: 7.25, level: 'high', scale: 4, missing: [], from: 'technicalImpact' })
    expect(owaspSeverity(technical)).toBe('high')
    const business = owaspRating({ ...LIKELIHOOD, ...TECHNICAL, ...BUSINESS })
    expect(business.impact).toEqual({ score: 2.25, level: 'low', scale: 2, missing: [], from: 'businessImpact' })
    expect(owaspSeverity(business)).toBe('low')
  })

  test('what nobody stated is missing, and not zero', () => {
    const { likelihood, impact } = owaspRating({ motive: 9, size: 4, financialDamage: 0 })
    expect(likelihood?.score).toBe(6.5)
    expect(likelihood?.missing).toEqual([
      'skillLevel',
      'opportunity',
      'easeOfDiscovery',
      'easeOfExploit',
      'awareness',
      'intrusionDetection',
    ])
    expect(impact).toMatchObject({ score: 0, scale: 1, missing: ['reputationDamage', 'nonCompliance', 'privacyViolation'] })
  })

  test.each([
    [0, 'low', 1],
    [1, 'low', 1],
    [2, 'low', 2],
    [3, 'medium', 3],
    [5, 'medium', 3],
    [6, 'high', 4],
    [7, 'high', 4],
    [8, 'high', 5],
    [9, 'high', 5],
  ] as const)('a mean of %d is %s, and %d on our scale', (motive, level, scale) => {
    expect(owaspRating({ motive }).likelihood).toMatchObject({ score: motive, level, scale })
  })

  test.each([
    [{ motive: 2, size: 1 }, 2],
    [{ motive: 3, size: 0 }, 2],
    [{ motive: 5, size: 0 }, 2],
    [{ motive: 6, size: 9 }, 5],
    [{ motive: 7, size: 7, skillLevel: 8 }, 4],
  ] as const)('half steps: %o is %d', (factors, scale) => {
    expect(owaspRating(factors).likelihood?.scale).toBe(scale)
  })

  test.each([
    ['low', 'low', 'note'],
    ['low', 'medium', 'low'],
    ['low', 'high', 'medium'],
    ['medium', 'low', 'low'],
    ['medium', 'medium', 'medium'],
    ['medium', 'high', 'high'],
    ['high', 'low', 'medium'],
    ['high', 'medium', 'high'],
    ['high', 'high', 'critical'],
  ] as const)('impact %s and likelihood %s are %s', (impact, likelihood, severity) => {
    const value = { low: 1, medium: 4, high: 8 }
    expect(owaspSeverity(owaspRating({ motive: value[likelihood], lossOfIntegrity: value[impact] }))).toBe(severity)
  })

  test('a higher factor never lowers either side', () => {
    const factors = fc.record(Object.fromEntries(ALL.map(name => [name, fc.integer({ min: 0, max: 8 })])), { requiredKeys: [] })
    fc.assert(
      fc.property(factors, fc.constantFrom(...ALL), (stated: OwaspFactors, name) => {
        const before = stated[name]
        if (before === undefined) return
        const [low, high] = [owaspRating(stated), owaspRating({ ...stated, [name]: before + 1 })]
        expect(high.likelihood?.scale ?? 0).toBeGreaterThanOrEqual(low.likelihood?.scale ?? 0)
        expect(high.impact?.scale ?? 0).toBeGreaterThanOrEqual(low.impact?.scale ?? 0)
      }),
    )
  })
})
