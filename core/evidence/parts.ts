import { type Result, refuse } from '../support/result.ts'
import { textOf } from './loose.ts'
import type { EvidenceFormat, Severity } from './types.ts'

/**
 * A word for how bad a weakness is, as npm, Trivy, Grype and OSV use them. Milder words than low are low, for there is none
 * below it; every other word, and none at all, stays unknown.
 */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  negligible: 'low',
  info: 'low',
}

export function severityOf(word: unknown): Severity {
  const lower = typeof word === 'string' ? word.toLowerCase() : ''
  return Object.hasOwn(SEVERITIES, lower) ? (SEVERITIES[lower] ?? 'unknown') : 'unknown'
}

/** Severity of a CVSS base score by the bands of FIRST; a score of 0 or none says nothing. */
export function severityOfScore(score: unknown): Severity {
  const text = typeof score === 'number' ? String(score) : score
  if (typeof text !== 'string' || !/^\d{1,2}(?:\.\d{1,2})?$/.test(text)) return 'unknown'
  const value = Number(text)
  if (value <= 0 || value > 10) return 'unknown'
  if (value >= 9) return 'critical'
  if (value >= 7) return 'high'
  return value >= 4 ? 'medium' : 'low'
}

const BY_WEIGHT: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** The worst that is said; unknown only when nothing is. */
export function worstOf(severities: readonly Severity[]): Severity {
  return BY_WEIGHT.find(severity => severities.includes(severity)) ?? 'unknown'
}

/** A count as tools write it: a whole number, or its digits as text. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\d{1,9}$/.test(value) ? Number(value) : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The advisory that an address of GitHub leads to. */
export function ghsaIn(url: unknown): string | undefined {
  return /\/(GHSA-[0-9a-z-]{14})$/.exec(textOf(url) ?? '')?.[1]
}

/** An instant that can mean only one: ISO 8601 with a zone. The year 1 is how Go writes that there is none. */
export function instantOf(value: unknown): string | undefined {
  const text = textOf(value)
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  return Number.isNaN(Date.parse(text)) || text.startsWith('0001-') ? undefined : text
}

/** One step of a JSON pointer (RFC 6901). */
export function step(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Refusals of one format, at a place in the file. */
export function refusalsOf(format: EvidenceFormat, cure: string) {
  return (file: string, pointer: string, message: string): Result<never> =>
    refuse({ code: `evidence.${format}`, at: pointer === '' ? file : `${file}:${pointer}`, message, cure })
}
