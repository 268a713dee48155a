import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cvssFault, parseCvss } from '../../../core/mitigations/cvss.ts'
import { CVSS_METRICS, type CvssValues, cvssEstimate, cvssValues } from '../../../core/mitigations/cvss-metrics.ts'
import { cvssScore } from '../../../core/mitigations/cvss-score.ts'
import { RISK_LEVELS, riskOf } from '../../../core/mitigations/risk.ts'

/** Any vector that the specification allows: every metric stated, or an optional one left out. */
const stated: fc.Arbitrary<readonly (readonly [string, string | undefined])[]> = fc.tuple(
  ...CVSS_METRICS.map(({ name, values, isMandatory }) =>
    (isMandatory ? fc.constantFrom(...values) : fc.option(fc.constantFrom(...values), { nil: undefined })).map(
      value => [name, value] as const,
    ),
  ),
)

function write(metrics: readonly (readonly [string, string | undefined])[]): string {
  return ['CVSS:4.0', ...metrics.flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`]))].join('/')
}

function values(text: string): CvssValues {
  const found = cvssValues(text)
  if (!found) throw new Error(text)
  return found
}

describe('any vector', () => {
  test('is read, scored between 0 and 10, and says the same with X as without', () => {
    fc.assert(
      fc.property(stated, metrics => {
        const read = values(write(metrics))
        for (const [name, value] of metrics) expect(read[name]).toBe(value ?? 'X')
        const { score } = cvssScore(read)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(10)
        expect(Math.round(score * 10) / 10).toBe(score)
        const bare = metrics.map(([name, value]) => [name, value === 'X' ? undefined : value] as const)
        expect(cvssScore(values(write(bare)))).toEqual(cvssScore(read))
        expect(cvssEstimate(write(bare))).toEqual(cvssEstimate(write(metrics)))
      }),
      { numRuns: 400 },
    )
  })

  test('a damaged one is refused with a fault that lies inside it', () => {
    const damage = fc.record({
      at: fc.nat(200),
      cut: fc.nat(6),
      put: fc.constantFrom('', '/', ':', 'X', 'AV:N', '/E:Q', ' ', 'Ä'),
    })
    fc.assert(
      fc.property(stated, damage, (metrics, { at, cut, put }) => {
        const whole = write(metrics)
        const place = at % (whole.length + 1)
        const text = whole.slice(0, place) + put + whole.slice(place + cut)
        const parsed = parseCvss(text)
        expect(parsed.ok).toBe(cvssValues(text) !== undefined)
        if (parsed.ok) return
        const { start, end, code, message, cure } = cvssFault(text)
        expect(code).toMatch(/^cvss\.[a-z]+$/)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(start).toBeLessThanOrEqual(text.length)
        expect(message).toContain(`Character ${start + 1}: `)
        expect(cure).not.toBe('')
      }),
      { numRuns: 600 },
    )
  })

  test('any text at all is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map(text => `CVSS:4.0/${text}`),
        ),
        text => {
          expect(parseCvss(text).ok).toBe(cvssValues(text) !== undefined)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the estimate from a vector', () => {
  test('is never lowered by a worse value of any metric', () => {
    const change = fc.record({ metric: fc.nat(25), worse: fc.nat(4) })
    fc.assert(
      fc.property(stated, change, (metrics, { metric, worse }) => {
        const [name, value = 'X'] = metrics[metric] ?? []
        const order = CVSS_METRICS[metric]?.values.filter(one => one !== 'X') ?? []
        const place = order.indexOf(value)
        if (name === undefined || place <= 0) return
        const graver = metrics.map(entry => (entry[0] === name ? ([name, order[worse % place]] as const) : entry))
        const [before, after] = [cvssEstimate(write(metrics)), cvssEstimate(write(graver))]
        expect(after?.likelihood).toBeGreaterThanOrEqual(before?.likelihood ?? 9)
        expect(after?.impact).toBeGreaterThanOrEqual(before?.impact ?? 9)
      }),
      { numRuns: 1500 },
    )
  })

  test('puts a threat at most one level from what CVSS calls it, for every eleventh base vector', () => {
    const grave = { none: 0, low: 0, medium: 1, high: 2, critical: 3 }
    const apart = [0, 0, 0, 0]
    for (const vector of baseVectors(11)) {
      const estimate = cvssEstimate(vector)
      const ours = estimate && RISK_LEVELS.indexOf(riskOf(estimate.likelihood, estimate.impact).level)
      const distance = Math.abs((ours ?? 9) - grave[cvssScore(values(vector)).severity])
      apart[distance] = (apart[distance] ?? 0) + 1
    }
    expect(apart.slice(2)).toEqual([0, 0])
    expect((apart[0] ?? 0) / ((apart[0] ?? 0) + (apart[1] ?? 0))).toBeGreaterThan(0.7)
  })
})

describe('the score of many vectors', () => {
  /** Sums of tenths computed once by an independent calculator (ae-cvss-calculator 1.0.13), over all 270 sets of levels. */
  test.each([
    ['', 75_556],
    ['/MSI:S', 101_323],
    ['/CR:L/IR:M/AR:L', 60_458],
    ['/CR:L/IR:M/AR:L/MSI:S', 89_321],
    ['/E:P', 54_597],
    ['/E:P/MSI:S', 81_922],
    ['/E:P/CR:L/IR:M/AR:L', 38_482],
    ['/E:P/CR:L/IR:M/AR:L/MSI:S', 68_678],
    ['/E:U', 33_438],
    ['/E:U/MSI:S', 58_815],
    ['/E:U/CR:L/IR:M/AR:L', 19_355],
    ['/E:U/CR:L/IR:M/AR:L/MSI:S', 44_589],
  ])('agrees with another calculator, with "%s"', (rest, sum) => {
    const tenths = [...baseVectors(79)].map(vector => Math.round(cvssScore(values(vector + rest)).score * 10))
    expect(tenths.length).toBe(1329)
    expect(tenths.reduce((a, b) => a + b, 0)).toBe(sum)
  })
})

/** Every so many of the 104,976, in the order of a counter whose first digit is the first metric. */
function* baseVectors(step: number): Generator<string> {
  const mandatory = CVSS_METRICS.filter(metric => metric.isMandatory)
  const count = mandatory.reduce((product, metric) => product * metric.values.length, 1)
  for (let n = 0; n < count; n += step) {
    let rest = n
    const metrics = mandatory.map(({ name, values: known }) => {
      const value = known[rest % known.length]
      rest = Math.floor(rest / known.length)
      return [name, value] as const
    })
    yield write(metrics)
  }
}
