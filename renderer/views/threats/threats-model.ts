import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, PrivacyCategory, Triage } from '../../../core/model/types.ts'
import { byText } from '../../../core/support/order.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { decisionOn, type MergedDecision, membersOf } from '../../state/merged.ts'
import type { FindingFilter } from '../../state/session.ts'
import { CATEGORY_NAMES, PRIVACY_CATEGORIES, PRIVACY_NAMES } from '../../state/words.ts'

/** A finding as the table shows it: one row for all that say the same. */
export type FindingLine = {
  readonly finding: Finding
  /** Findings shown under this one. */
  readonly others: readonly Finding[]
  readonly subject: string
  readonly decision: MergedDecision
}

/** The parts of the table. */
export type FindingLists = {
  readonly now: readonly FindingLine[]
  readonly later: readonly FindingLine[]
  /** Findings that something asserted keeps back; they come again when that is withdrawn. */
  readonly kept: readonly FindingLine[]
  /** Decided findings that no rule makes any more; the decision is kept. */
  readonly gone: readonly FindingLine[]
}

/** Findings as the table shows them: what asks for an answer now, what may wait, what is kept back or gone. A decision moves no row. */
export function findingLists(design: Design, merged: readonly MergedFinding[], filter: FindingFilter): FindingLists {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const lines = merged
    .map(one => lineOf(design, one))
    .filter(line => fits(line, filter, words))
    .map(line => ({ line, need: needOf(line) }))
    .sort((a, b) => b.need - a.need || byText(a.line.subject, b.line.subject) || byText(a.line.finding.id, b.line.finding.id))
  const lists = { now: [], later: [], kept: [], gone: [] } as { [L in keyof FindingLists]: FindingLine[] }
  for (const { line } of lines) lists[listOf(line.finding)].push(line)
  return lists
}

function listOf({ applicability, attention }: Finding): keyof FindingLists {
  if (applicability === 'applies') return attention
  return applicability === 'suppressed' ? 'kept' : 'gone'
}

function lineOf(design: Design, merged: MergedFinding): FindingLine {
  const { lead, others } = merged
  return { finding: lead, others, subject: labelOf(design, lead.subject), decision: decisionOn(design, merged) }
}

function fits({ finding, others, subject, decision }: FindingLine, filter: FindingFilter, words: readonly string[]): boolean {
  if (!filter.decided && decision.state !== 'undecided') return false
  if (filter.element !== undefined && finding.subject !== filter.element) return false
  if (filter.category !== undefined && !finding.categories.includes(filter.category)) return false
  if (filter.privacy === 'any' && !finding.privacy) return false
  if (filter.privacy !== undefined && filter.privacy !== 'any' && !finding.privacy?.includes(filter.privacy)) return false
  if (words.length === 0) return true
  const text = [subject, ...[finding, ...others].flatMap(wordsOf)].join(' ').toLowerCase()
  return words.every(word => text.includes(word))
}

function wordsOf({ id, title, rule, pack, cwe, categories, privacy = [] }: Finding): readonly string[] {
  return [id, title, rule, pack, ...cwe, ...categories.map(one => CATEGORY_NAMES[one]), ...privacy.map(one => PRIVACY_NAMES[one])]
}

function needOf({ finding, others }: FindingLine): number {
  return others.reduce((most, other) => Math.max(most, riskOf(other)), riskOf(finding))
}

function riskOf({ likelihood, impact }: Finding): number {
  return likelihood * impact
}

/** The privacy threat types that some finding speaks of, in the order of LINDDUN. */
export function privacyIn(merged: readonly MergedFinding[]): readonly PrivacyCategory[] {
  const met = new Set(merged.flatMap(({ lead }) => lead.privacy ?? []))
  return PRIVACY_CATEGORIES.filter(category => met.has(category))
}

/** What a dialog proposes for all that it is about: the gravest of it, at least 1. */
export function gravest(chosen: readonly MergedFinding[], of: 'likelihood' | 'impact'): number {
  return chosen.flatMap(membersOf).reduce((most, finding) => Math.max(most, finding[of]), 1)
}

/** The reason last given for a finding of the same rule, so that nobody types it twice. */
export function lastReasonFor(design: Design, chosen: readonly MergedFinding[]): string {
  const rules = new Set(chosen.flatMap(membersOf).map(finding => finding.rule))
  const same = rowsOf(design.triage).filter(row => row.reason !== undefined && rules.has(row.subject.rule))
  return same.reduce<Triage | undefined>((last, row) => (last && last.at >= row.at ? last : row), undefined)?.reason ?? ''
}

/** Findings that may say the same: those on the same subject first. */
export function possibleOriginals(
  design: Design,
  merged: readonly MergedFinding[],
  chosen: readonly MergedFinding[],
): readonly Finding[] {
  const own = new Set(chosen.map(one => one.lead.id))
  const subjects = new Set(chosen.map(one => one.lead.subject))
  const offered = merged
    .filter(one => one.lead.applicability === 'applies' && !own.has(one.lead.id))
    .filter(one => decisionOn(design, one).state !== 'duplicate')
    .map(one => one.lead)
  return [...offered.filter(one => subjects.has(one.subject)), ...offered.filter(one => !subjects.has(one.subject))]
}
