import { describe, expect, test } from 'vitest'
import { cvssFault, parseCvss } from '../../../core/mitigations/cvss.ts'
import { CVSS_METRICS, type CvssValues, cvssEstimate, effectiveValue } from '../../../core/mitigations/cvss-metrics.ts'
import { cvssScore } from '../../../core/mitigations/cvss-score.ts'

const BASE = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
const WORST = 'CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
const HARMLESS = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N'

function valuesOf(text: string): CvssValues {
  const parsed = parseCvss(text)
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

describe('reading a vector', () => {
  test('knows the 32 metrics of the specification', () => {
    expect(CVSS_METRICS.length).toBe(32)
    expect(CVSS_METRICS.filter(metric => metric.isMandatory).length).toBe(11)
    expect(CVSS_METRICS.find(metric => metric.name === 'MSI')?.values).toEqual(['X', 'S', 'H', 'L', 'N'])
    expect(CVSS_METRICS.find(metric => metric.name === 'MSC')?.values).toEqual(['X', 'H', 'L', 'N'])
    expect(CVSS_METRICS.find(metric => metric.name === 'U')?.values).toEqual(['X', 'Clear', 'Green', 'Amber', 'Red'])
  })

  test('what is not stated is not defined', () => {
    expect(valuesOf(BASE)).toMatchObject({ AV: 'N', SA: 'H', E: 'X', MAV: 'X', U: 'X' })
    expect(valuesOf(`${BASE}/E:P/MAV:L/U:Amber`)).toMatchObject({ E: 'P', MAV: 'L', U: 'Amber' })
  })

  test.each([
    ['AV', '', 'N'],
    ['AV', '/MAV:P', 'P'],
    ['AV', '/MAV:X', 'N'],
    ['E', '', 'A'],
    ['E', '/E:U', 'U'],
    ['CR', '', 'H'],
    ['CR', '/CR:L', 'L'],
    ['SI', '/MSI:S', 'S'],
  ])('%s of a vector with "%s" counts as %s', (metric, rest, value) => {
    expect(effectiveValue(valuesOf(`${BASE}${rest}`), metric)).toBe(value)
  })

  /** The text, the code, the characters to blame, and what the message and the cure must say. */
  test.each<[string, string, string, string, string, string]>([
    ['nothing', '', 'cvss.prefix', '', 'Character 1: A vector starts with "CVSS:4.0/"', 'Write CVSS:4.0/ first.'],
    ['no prefix', 'AV:N/AC:L', 'cvss.prefix', 'AV:N', 'not with "AV:N"', 'Write CVSS:4.0/ first.'],
    ['an older version', 'CVSS:3.1/AV:N', 'cvss.version', 'CVSS:3.1', 'CVSS 3.1, not of 4.0', 'Score it again by CVSS 4.0.'],
    ['a small prefix', BASE.replace('CVSS', 'cvss'), 'cvss.prefix', 'cvss:4.0', 'not with "cvss:4.0"', 'Write CVSS:4.0/ first.'],
    ['blanks around', ` ${BASE}`, 'cvss.prefix', ' CVSS:4.0', 'starts with', 'Write CVSS:4.0/ first.'],
    ['only the prefix', 'CVSS:4.0', 'cvss.missing', '', 'AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA are missing', 'Add AV, AC'],
    ['a mandatory metric missing', BASE.replace('/AT:N', ''), 'cvss.missing', 'P', 'Character 20: AT is missing', 'Add AT.'],
    ['the last one missing', BASE.replace('/SA:H', ''), 'cvss.missing', '', 'Character 59: SA is missing', 'Add SA.'],
    ['an unknown metric', `${BASE}/XX:N`, 'cvss.metric', 'XX:N', 'Character 65: CVSS 4.0 has no metric "XX"', 'Take it away.'],
    ['a metric of CVSS 3', `${BASE}/RL:O`, 'cvss.metric', 'RL:O', 'no metric "RL"', 'Take it away.'],
    ['a metric in small letters', BASE.replace('AV:', 'av:'), 'cvss.metric', 'av:N', 'no metric "av"', 'Write it as AV.'],
    [
      'a value it does not have',
      BASE.replace('AV:N', 'AV:Z'),
      'cvss.value',
      'AV:Z',
      'AV cannot be "Z"',
      'Write one of AV:N, AV:A, AV:L, AV:P.',
    ],
    ['X where it is mandatory', BASE.replace('AV:N', 'AV:X'), 'cvss.value', 'AV:X', 'AV cannot be "X"', 'Write one of'],
    [
      'safety outside the modified metrics',
      BASE.replace('SI:H', 'SI:S'),
      'cvss.value',
      'SI:S',
      'SI cannot be "S"',
      'SI:H, SI:L, SI:N',
    ],
    ['no value', BASE.replace('AV:N', 'AV'), 'cvss.value', 'AV', 'AV has no value', 'Write one of'],
    ['an empty value', BASE.replace('AV:N', 'AV:'), 'cvss.value', 'AV:', 'AV has no value', 'Write one of'],
    ['two values', BASE.replace('AV:N', 'AV:N:L'), 'cvss.value', 'AV:N:L', 'AV cannot be "N:L"', 'Write one of'],
    [
      'the same metric twice',
      BASE.replace('/AC', '/AV:N/AC'),
      'cvss.twice',
      'AV:N',
      'Character 15: AV is stated twice',
      'Keep one of the two.',
    ],
    [
      'the wrong order',
      BASE.replace('AV:N/AC:L', 'AC:L/AV:N'),
      'cvss.order',
      'AV:N',
      'Character 15: AV comes before AC',
      'Move it before AC.',
    ],
    ['threat behind supplemental', `${BASE}/S:P/E:A`, 'cvss.order', 'E:A', 'E comes before S', 'Move it before S.'],
    ['two slashes', BASE.replace('/AC', '//AC'), 'cvss.empty', '/', 'there is nothing', 'Take the slash away.'],
    ['a slash at the end', `${BASE}/`, 'cvss.empty', '', 'Character 65:', 'Take the slash away.'],
    ['a line break at the end', `${BASE}\n`, 'cvss.value', 'SA:H\n', 'SA cannot be', 'Write one of'],
  ])('%s', (_, text, code, blamed, message, cure) => {
    const parsed = parseCvss(text)
    expect(parsed.ok).toBe(false)
    const fault = cvssFault(text)
    expect(parsed.ok ? undefined : parsed.problems).toEqual([fault])
    expect(fault.code).toBe(code)
    expect(text.slice(fault.start, fault.end)).toBe(blamed)
    expect(fault.message).toContain(message)
    expect(fault.cure).toContain(cure)
  })

  test('a long text makes no long message', () => {
    expect(cvssFault(`CVSS:4.0/${'x'.repeat(5000)}`).message.length).toBeLessThan(200)
  })
})

describe('the score', () => {
  /** Scores as FIRST publishes them with its examples (https://www.first.org/cvss/v4.0/examples). */
  const EXAMPLES: readonly (readonly [number, string])[] = [
    [7.3, 'AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
    [7.7, 'AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
    [5.2, 'AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U'],
    [8.3, 'AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N'],
    [8.1, 'AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L'],
    [4.6, 'AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N'],
    [5.1, 'AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N'],
    [6.9, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N'],
    [5.9, 'AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N'],
    [9.4, 'AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'],
    [8.3, 'AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N/S:P/V:D'],
    [8.7, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A'],
    [10, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A'],
    [9.3, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A'],
    [6.4, 'AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H'],
    [9.3, 'AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/R:I'],
    [8.7, 'AV:L/AC:L/AT:P/PR:H/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/R:I'],
    [8.6, 'AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'],
    [7.1, 'AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'],
    [8.2, 'AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'],
    [6.6, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:L/E:U'],
    [5.1, 'AV:N/AC:L/AT:N/PR:L/UI:P/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N'],
    [8.3, 'AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N'],
    [5.6, 'AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N/E:U'],
    [9.2, 'AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A'],
    [5.4, 'AV:P/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
    [9.4, 'AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/S:P/AU:Y/V:C/RE:L'],
    [
      7,
      'AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P/CR:L/IR:H/AR:L/MAV:L/MAC:H/MAT:N/MPR:N/MUI:N/MVC:N/MVI:H/MVA:L/MSC:N/MSI:S/MSA:L',
    ],
    [9.7, 'AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N/MSI:S/S:P'],
  ]

  /** Scores from the test data of the reference calculator (github.com/RedHatProductSecurity/cvss-v4-calculator). */
  const REFERENCE: readonly (readonly [number, string])[] = [
    [9.2, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L'],
    [7.8, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:H/SI:N/SA:L'],
    [6.9, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:L/SA:N'],
    [6.4, 'AV:N/AC:L/AT:N/PR:L/UI:P/VC:L/VI:L/VA:N/SC:H/SI:H/SA:H'],
    [5.6, 'AV:N/AC:L/AT:P/PR:L/UI:N/VC:L/VI:L/VA:N/SC:L/SI:H/SA:H'],
    [1.8, 'AV:N/AC:L/AT:P/PR:H/UI:A/VC:N/VI:L/VA:L/SC:L/SI:N/SA:N'],
    [9.4, 'AV:N/AC:H/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:L/SI:H/SA:L'],
    [4, 'AV:N/AC:H/AT:N/PR:H/UI:A/VC:N/VI:N/VA:N/SC:N/SI:H/SA:N'],
    [7.9, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/AR:L'],
    [7.7, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/MSI:H'],
    // Exactly half a tenth: rounded up, where sums of floating point numbers come out below.
    [8.6, 'AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H'],
    [9.1, 'AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:L/E:U'],
  ]

  test.each([...EXAMPLES, ...REFERENCE])('%d: %s', (score, metrics) => {
    expect(cvssScore(valuesOf(`CVSS:4.0/${metrics}`)).score).toBe(score)
  })

  /** The same test data: the worst loss by the hardest way, with every requirement and every maturity. */
  test.each([
    ['/CR:H/IR:H/AR:H', 7.3],
    ['/CR:H/IR:H/AR:M', 7.2],
    ['/CR:H/IR:M/AR:L', 7.1],
    ['/CR:M/IR:M/AR:H', 7.2],
    ['/CR:M/IR:M/AR:M', 5.5],
    ['/CR:L/IR:M/AR:L', 5.5],
    ['/CR:L/IR:L/AR:L', 5.4],
    ['/E:A', 7.3],
    ['/E:P', 5.9],
    ['/E:U', 4.1],
  ])('the hardest way with %s: %d', (rest, score) => {
    expect(cvssScore(valuesOf(`${WORST}${rest}`)).score).toBe(score)
    expect(cvssScore(valuesOf(`${HARMLESS}${rest}`))).toMatchObject({ score: 0, severity: 'none' })
  })

  test.each([
    ['', 'CVSS-B'],
    ['/E:P', 'CVSS-BT'],
    ['/E:X', 'CVSS-B'],
    ['/CR:L', 'CVSS-BE'],
    ['/MSA:S', 'CVSS-BE'],
    ['/MAV:X', 'CVSS-B'],
    ['/E:U/MAV:L', 'CVSS-BTE'],
    ['/S:P/AU:Y/R:U/V:D/RE:L/U:Red', 'CVSS-B'],
  ])('%s is called %s', (rest, nomenclature) => {
    expect(cvssScore(valuesOf(`${BASE}${rest}`)).nomenclature).toBe(nomenclature)
  })

  test.each([
    [HARMLESS, 'none'],
    ['CVSS:4.0/AV:N/AC:H/AT:N/PR:L/UI:P/VC:L/VI:N/VA:L/SC:N/SI:N/SA:N', 'low'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:L/SA:N', 'medium'],
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:P/VC:H/VI:N/VA:L/SC:N/SI:H/SA:L', 'high'],
    ['CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:L/SI:L/SA:H', 'critical'],
  ])('%s is %s', (vector, severity) => {
    expect(cvssScore(valuesOf(vector)).severity).toBe(severity)
  })
})

describe('what a vector says on our scales', () => {
  test.each<[string, readonly [number, number]]>([
    [BASE, [5, 5]],
    [HARMLESS, [5, 1]],
    [`${BASE}/E:P`, [4, 5]],
    [`${BASE}/E:U`, [3, 5]],
    [WORST, [2, 5]],
    [`${WORST}/E:U`, [1, 5]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', [5, 2]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', [5, 3]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N', [5, 4]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N', [5, 3]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/MSA:S', [5, 4]],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/CR:L', [5, 2]],
    ['CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:P/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N', [3, 4]],
  ])('%s', (vector, [likelihood, impact]) => {
    expect(cvssEstimate(vector)).toEqual({ likelihood, impact })
  })

  test('a text that is no vector says nothing', () => {
    expect(cvssEstimate(`${BASE}/`)).toBeUndefined()
    expect(cvssEstimate('')).toBeUndefined()
  })
})
