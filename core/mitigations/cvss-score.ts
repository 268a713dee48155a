import { CVSS_METRICS, type CvssLevels, type CvssValues, cvssLevels, effectiveValue, hasImpact } from './cvss-metrics.ts'

/** How bad a score is in words (specification, table 22). */
export type CvssSeverity = 'none' | 'low' | 'medium' | 'high' | 'critical'

/** Which groups of metrics a score rests on (specification, 1.3): base, threat, environmental. */
export type CvssNomenclature = 'CVSS-B' | 'CVSS-BT' | 'CVSS-BE' | 'CVSS-BTE'

export type CvssScore = { readonly score: number; readonly severity: CvssSeverity; readonly nomenclature: CvssNomenclature }

/** Score, severity and nomenclature of the values of a vector, as the specification (8.2) has them. */
export function cvssScore(values: CvssValues): CvssScore {
  const score = scoreOf(values)
  return { score, severity: severityOf(score), nomenclature: nomenclatureOf(values) }
}

function severityOf(score: number): CvssSeverity {
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : score > 0 ? 'low' : 'none'
}

function nomenclatureOf(values: CvssValues): CvssNomenclature {
  const isStated = (metric: string) => (values[metric] ?? 'X') !== 'X'
  const threat = isStated('E') ? 'T' : ''
  const environment = CVSS_METRICS.some(({ name }) => /^(?:[CIA]R|M..?)$/.test(name) && isStated(name)) ? 'E' : ''
  return `CVSS-B${threat}${environment}`
}

/**
 * Scores in tenths of the 270 sets of levels (MacroVectors) that exist, as FIRST publishes them: a row for each level
 * of the first three sets, in it the fourth, fifth and sixth. The sixth is always 1 where the third is 2.
 */
const TENTHS: { readonly [levels: string]: readonly number[] } = {
  '000': [100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68],
  '001': [98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48],
  '002': [92, 82, 72, 79, 69, 50, 69, 55, 27],
  '010': [99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53],
  '011': [95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30],
  '012': [86, 75, 52, 71, 52, 29, 63, 29, 17],
  '100': [98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49],
  '101': [94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25],
  '102': [83, 70, 54, 65, 58, 26, 53, 21, 13],
  '110': [95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30],
  '111': [89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16],
  '112': [71, 59, 30, 58, 26, 15, 23, 13, 6],
  '200': [93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22],
  '201': [85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8],
  '202': [64, 51, 20, 47, 21, 11, 24, 9, 4],
  '210': [88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11],
  '211': [75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2],
  '212': [53, 24, 14, 24, 12, 5, 10, 3, 1],
}

function tenthsAt([reach, effort, vulnerable, subsequent, exploits, need]: CvssLevels): number | undefined {
  const place = subsequent * 3 + exploits
  return TENTHS[`${reach}${effort}${vulnerable}`]?.[vulnerable === 2 ? (need === 1 ? place : -1) : place * 2 + need]
}

/** Metrics of a set, its gravest members (specification, tables 24 to 30) and how many steps it is deep. */
type Equivalence = { readonly metrics: readonly string[]; readonly gravest: readonly string[]; readonly depth: number }

const REACH: readonly Equivalence[] = [
  { metrics: ['AV', 'PR', 'UI'], gravest: ['NNN'], depth: 1 },
  { metrics: ['AV', 'PR', 'UI'], gravest: ['ANN', 'NLN', 'NNP'], depth: 4 },
  { metrics: ['AV', 'PR', 'UI'], gravest: ['PNN', 'ALP'], depth: 5 },
]
const EFFORT: readonly Equivalence[] = [
  { metrics: ['AC', 'AT'], gravest: ['LN'], depth: 1 },
  { metrics: ['AC', 'AT'], gravest: ['HN', 'LP'], depth: 2 },
]
const LOSS = ['VC', 'VI', 'VA', 'CR', 'IR', 'AR']
const VULNERABLE: { readonly [levels: string]: Equivalence } = {
  '00': { metrics: LOSS, gravest: ['HHHHHH'], depth: 7 },
  '01': { metrics: LOSS, gravest: ['HHLMMH', 'HHHMMM'], depth: 6 },
  '10': { metrics: LOSS, gravest: ['LHHHHH', 'HLHHHH'], depth: 8 },
  '11': { metrics: LOSS, gravest: ['LHLHMH', 'LHHHMM', 'HLHMHM', 'HLLMHH', 'LLHHHM'], depth: 8 },
  '21': { metrics: LOSS, gravest: ['LLLHHH'], depth: 10 },
}
const SUBSEQUENT: readonly Equivalence[] = [
  { metrics: ['SC', 'SI', 'SA'], gravest: ['HSS'], depth: 6 },
  { metrics: ['SC', 'SI', 'SA'], gravest: ['HHH'], depth: 5 },
  { metrics: ['SC', 'SI', 'SA'], gravest: ['LLL'], depth: 4 },
]

/** Values from worst to mildest; the modified metrics know every value that can count, safety included. */
const ORDER: ReadonlyMap<string, readonly string[]> = new Map(
  CVSS_METRICS.map(({ name, values }) => [name.replace(/^M(?=..)/, ''), values.filter(value => value !== 'X')]),
)

/** All depths divide it, so that the mean of the distances is exact and a half is rounded up as FIRST's calculator does. */
const WHOLE = 840

function scoreOf(values: CvssValues): number {
  if (!hasImpact(values)) return 0
  const levels = cvssLevels(values)
  const [reach, effort, vulnerable, subsequent, exploits, need] = levels
  const tenths = tenthsAt(levels) ?? 0
  const steps: readonly (readonly [number | undefined, Equivalence | undefined])[] = [
    [tenthsAt([reach + 1, effort, vulnerable, subsequent, exploits, need]), REACH[reach]],
    [tenthsAt([reach, effort + 1, vulnerable, subsequent, exploits, need]), EFFORT[effort]],
    [belowVulnerable(levels), VULNERABLE[`${vulnerable}${need}`]],
    [subsequent < 2 ? tenthsAt([reach, effort, vulnerable, subsequent + 1, exploits, need]) : undefined, SUBSEQUENT[subsequent]],
    [exploits < 2 ? tenthsAt([reach, effort, vulnerable, subsequent, exploits + 1, need]) : undefined, undefined],
  ]
  const parts = steps.flatMap(([below, set]) =>
    below === undefined ? [] : [set ? ((tenths - below) * distance(values, set) * WHOLE) / set.depth : 0],
  )
  const sum = parts.reduce((total, part) => total + part, 0)
  const whole = WHOLE * Math.max(1, parts.length)
  return Math.floor((2 * (tenths * whole - sum) + whole) / (2 * whole)) / 10
}

/** The third and the sixth set fall together; where two ways lead down, the higher score counts. */
function belowVulnerable([reach, effort, vulnerable, subsequent, exploits, need]: CvssLevels): number | undefined {
  const lessLoss = tenthsAt([reach, effort, vulnerable + 1, subsequent, exploits, need])
  const lessNeed = need === 0 ? tenthsAt([reach, effort, vulnerable, subsequent, exploits, 1]) : undefined
  if (need === 1) return lessLoss
  return vulnerable === 0 ? Math.max(lessLoss ?? 0, lessNeed ?? 0) : lessNeed
}

/** Steps down from the first of the gravest members that is nowhere milder. */
function distance(values: CvssValues, { metrics, gravest }: Equivalence): number {
  for (const member of gravest) {
    const steps = metrics.map((metric, place) => {
      const order = ORDER.get(metric) ?? []
      return order.indexOf(effectiveValue(values, metric)) - order.indexOf(member.charAt(place))
    })
    if (steps.every(step => step >= 0)) return steps.reduce((total, step) => total + step, 0)
  }
  return 0
}
