/**
 * Metrics of CVSS 4.0 and their values, in the order a vector states them (specification, table 23): the eleven of
 * the base, which are mandatory, then threat, environmental and supplemental ones. Values run from worst to mildest;
 * X, not defined, comes first where it exists. CVSS is owned by FIRST (https://www.first.org/cvss/v4.0/).
 */
const BASE = 'AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN'
const MODIFIED = BASE.replace(/S([IA]):/g, 'S$1:S').replace(/(\w+):/g, 'M$1:X')
const REST = `E:XAPU CR:XHML IR:XHML AR:XHML ${MODIFIED} S:XNP AU:XNY R:XAUI V:XDC RE:XLMH U:X,Clear,Green,Amber,Red`

/** A metric that a vector may state. */
export type CvssMetric = { readonly name: string; readonly values: readonly string[]; readonly isMandatory: boolean }

export const CVSS_METRICS: readonly CvssMetric[] = `${BASE} ${REST}`.split(' ').map((entry, place) => {
  const [name = '', values = ''] = entry.split(':')
  return { name, values: values.split(values.includes(',') ? ',' : ''), isMandatory: place < 11 }
})

/** What a vector states, by metric. */
export type CvssValues = { readonly [metric: string]: string }

const VECTOR = new RegExp(
  `^CVSS:4\\.0${CVSS_METRICS.map(({ name, values, isMandatory }) => `(?:/${name}:(${values.join('|')}))${isMandatory ? '' : '?'}`).join('')}$`,
)

/** The values of a vector that follows the specification to the letter; undefined otherwise, and cvss.ts says what is wrong. */
export function cvssValues(text: string): CvssValues | undefined {
  const found = VECTOR.exec(text)
  if (!found) return undefined
  return Object.fromEntries(CVSS_METRICS.map(({ name }, place) => [name, found[place + 1] ?? 'X']))
}

/** The value that counts: the modified one where it is stated; not defined means the worst (specification, 3 and 4). */
export function effectiveValue(values: CvssValues, metric: string): string {
  const modified = values[`M${metric}`] ?? 'X'
  const value = modified === 'X' ? (values[metric] ?? 'X') : modified
  return value === 'X' ? (metric === 'E' ? 'A' : 'H') : value
}

/** Levels of the six equivalence sets, 0 the gravest (specification, tables 24 to 29). */
export type CvssLevels = readonly [number, number, number, number, number, number]

export function cvssLevels(values: CvssValues): CvssLevels {
  const is = (metric: string, value: string) => effectiveValue(values, metric) === value
  const open = ['AV', 'PR', 'UI'].filter(metric => is(metric, 'N')).length
  const high = ['VC', 'VI', 'VA'].filter(metric => is(metric, 'H'))
  return [
    open === 3 ? 0 : open > 0 && !is('AV', 'P') ? 1 : 2,
    is('AC', 'L') && is('AT', 'N') ? 0 : 1,
    is('VC', 'H') && is('VI', 'H') ? 0 : high.length > 0 ? 1 : 2,
    is('SI', 'S') || is('SA', 'S') ? 0 : SUBSEQUENT.some(metric => is(metric, 'H')) ? 1 : 2,
    'APU'.indexOf(effectiveValue(values, 'E')),
    high.some(metric => is(`${metric[1]}R`, 'H')) ? 0 : 1,
  ]
}

const SUBSEQUENT = ['SC', 'SI', 'SA']

/** Whether any of the six impact metrics says that something is lost. */
export function hasImpact(values: CvssValues): boolean {
  return ['VC', 'VI', 'VA', ...SUBSEQUENT].some(metric => effectiveValue(values, metric) !== 'N')
}

/**
 * What a vector says on our scales of 1 to 5; undefined when it cannot be read. Our own mapping: a worse metric never
 * lowers it, and it tells apart what the specification's equivalence sets tell apart.
 * Likelihood: 5, less one for each level of how it is reached (AV, PR, UI), how hard it is (AC, AT) and how far
 * exploits have come (E). Impact: 1 without any loss; else 2, and one more for each level of loss in the vulnerable
 * and in the subsequent system, one less when what is lost highly there is of little need here (CR, IR, AR).
 */
export function cvssEstimate(text: string): { readonly likelihood: number; readonly impact: number } | undefined {
  const values = cvssValues(text)
  if (!values) return undefined
  const [reach, effort, vulnerable, subsequent, exploits, need] = cvssLevels(values)
  const loss = vulnerable < 2 ? 2 - vulnerable - need : 0
  return {
    likelihood: Math.max(1, 5 - reach - effort - exploits),
    impact: hasImpact(values) ? Math.min(5, 2 + loss + 2 - subsequent) : 1,
  }
}
