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
import { numberWords } from '../../words/format.ts'
import { spoken, t } from '../../words/translate.ts'
import { FACTOR_WORDS } from './owasp-words.ts'

/** What may be stated of a factor: the values that have a meaning, and the one stated where it is none of these. */
export function factorChoices(factor: OwaspFactor, stated: number | undefined): readonly Choice[] {
  const { values } = FACTOR_WORDS[factor]
  const known = OWASP_OPTIONS[factor].map((value, place) => ({
    value: String(value),
    label: `${value}  ${values[place] ?? ''}`,
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
  const of = { likelihood: OWASP_GROUPS.threatAgent.length + OWASP_GROUPS.vulnerability.length, impact: ofImpact(rating) }
  return [
    likelihood
      ? t('Likelihood {{score}} of 9{{stated}}: {{level}}, {{scale}} of 5 here.', scoreValues(likelihood, of.likelihood))
      : t('Likelihood is unknown: nothing of it is stated.'),
    impact
      ? `${t('Impact {{score}} of 9{{stated}}: {{level}}, {{scale}} of 5 here.', scoreValues(impact, of.impact))} ${basisOf(impact.from)}`
      : t('Impact is unknown: nothing of it is stated.'),
    ...(severity ? [t('OWASP calls this {{severity}}.', { severity: SEVERITY_NAMES[severity] })] : []),
  ]
}

type Rating = ReturnType<typeof owaspRating>

function ofImpact({ impact }: Rating): number {
  return OWASP_GROUPS[impact?.from ?? 'technicalImpact'].length
}

function basisOf(from: NonNullable<Rating['impact']>['from']): string {
  return from === 'businessImpact' ? t('It rests on what the organisation loses.') : t('It rests on what the system loses.')
}

function scoreValues(score: OwaspScore, of: number) {
  const given = of - score.missing.length
  return {
    score: decimal(score.score),
    stated: given < of ? ` ${t('from {{given}} of {{of}} factors', { given, of })}` : '',
    level: SEVERITY_NAMES[score.level],
    scale: score.scale,
  }
}

/** A mean to one decimal, whole numbers without one. */
function decimal(value: number): string {
  return numberWords(Math.round(value * 10) / 10)
}

const SEVERITY_NAMES: Readonly<Record<OwaspSeverity | CvssSeverity, string>> = spoken({
  note: 'less than low',
  none: 'none',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
})

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
  const here = estimate ? ` ${t('Here it counts as likelihood {{likelihood}} and impact {{impact}} of 5.', estimate)}` : ''
  return { score: score.toFixed(1), sentence: `${nomenclature}, ${SEVERITY_NAMES[severity]}.${here}` }
}
