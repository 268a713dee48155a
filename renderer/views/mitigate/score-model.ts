import { cvssFault } from '../../../core/mitigations/cvss.ts'
import { type CvssValues, cvssEstimate, cvssValues } from '../../../core/mitigations/cvss-metrics.ts'
import { type CvssSeverity, cvssScore } from '../../../core/mitigations/cvss-score.ts'
import {
  OWASP_GROUPS,
  type OwaspFactor,
  type OwaspFactors,
  type OwaspScore,
  owaspRating,
} from '../../../core/mitigations/owasp.ts'
import { OWASP_OPTIONS, type OwaspSeverity, owaspSeverity } from '../../../core/mitigations/owasp-severity.ts'
import type { Problem } from '../../../core/support/result.ts'
import type { Choice } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { FACTOR_WORDS } from './owasp-words.ts'

/** What may be stated of a factor: the values that have a meaning, and the one stated where it is none of these. */
export function factorChoices(factor: OwaspFactor, stated: number | undefined): readonly Choice[] {
  const { values } = FACTOR_WORDS[factor]
  const known = OWASP_OPTIONS[factor].map((value, place) => ({
    value: String(value),
    label: `${value}  ${t(values[place] ?? '')}`,
  }))
  if (stated === undefined || OWASP_OPTIONS[factor].includes(stated)) return known
  return [...known, { value: String(stated), label: String(stated) }].sort((a, b) => Number(a.value) - Number(b.value))
}

/** What the factors come to, as sentences; empty while nothing is stated. */
export function owaspSentences(factors: OwaspFactors): readonly string[] {
  const rating = owaspRating(factors)
  const severity = owaspSeverity(rating)
  const { likelihood, impact } = rating
  if (!likelihood && !impact) return []
  const from = impact?.from === 'businessImpact' ? 'what the organisation loses' : 'what the system loses'
  const ofImpact = OWASP_GROUPS[impact?.from ?? 'technicalImpact'].length
  return [
    sideSentence('Likelihood', likelihood, OWASP_GROUPS.threatAgent.length + OWASP_GROUPS.vulnerability.length),
    sideSentence('Impact', impact, ofImpact) + (impact ? ` It rests on ${from}.` : ''),
    ...(severity ? [`OWASP calls this ${SEVERITY_NAMES[severity]}.`] : []),
  ]
}

function sideSentence(side: string, score: OwaspScore | undefined, of: number): string {
  if (!score) return `${side} is unknown: nothing of it is stated.`
  const stated = score.missing.length > 0 ? ` from ${of - score.missing.length} of ${of} factors` : ''
  return `${side} ${decimal(score.score)} of 9${stated}: ${score.level}, ${score.scale} of 5 here.`
}

/** A mean to one decimal, whole numbers without one. */
function decimal(value: number): string {
  return String(Math.round(value * 10) / 10)
}

const SEVERITY_NAMES: Readonly<Record<OwaspSeverity | CvssSeverity, string>> = {
  note: 'less than low',
  none: 'none',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
}

/** A vector as typed: what it comes to, or why it is none, with the part to blame between the others. */
export type VectorReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'score'; readonly score: string; readonly sentence: string }
  | { readonly kind: 'fault'; readonly problem: Problem; readonly parts: readonly [string, string, string] }

export function readVector(text: string): VectorReading {
  const vector = text.trim()
  if (vector === '') return { kind: 'empty' }
  const values = cvssValues(vector)
  if (values) return { kind: 'score', ...scoreWords(vector, values) }
  const fault = cvssFault(vector)
  const { start, end } = fault
  return { kind: 'fault', problem: fault, parts: [vector.slice(0, start), vector.slice(start, end), vector.slice(end)] }
}

function scoreWords(vector: string, values: CvssValues): { readonly score: string; readonly sentence: string } {
  const { score, severity, nomenclature } = cvssScore(values)
  const estimate = cvssEstimate(vector)
  const here = estimate ? ` Here it counts as likelihood ${estimate.likelihood} and impact ${estimate.impact} of 5.` : ''
  return { score: score.toFixed(1), sentence: `${nomenclature}, ${SEVERITY_NAMES[severity]}.${here}` }
}
