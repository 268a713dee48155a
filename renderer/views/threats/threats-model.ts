import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { STANDINGS, type Standing, standingOfThreats } from '../../../core/mitigations/standing.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Category, Design, PrivacyCategory } from '../../../core/model/types.ts'
import { idsOf } from '../../../core/support/order.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { type Facts, standingsNow } from '../../state/facts.ts'
import { decisionOn, type MergedDecision } from '../../state/merged.ts'
import { byNeed, rankOf } from '../../state/register-order.ts'
import type { FindingFilter } from '../../state/session.ts'
import { CATEGORY_NAMES, PRIVACY_CATEGORIES, PRIVACY_NAMES } from '../../state/words.ts'

/** A row of the register: a finding with all that say the same, or a threat that somebody wrote by hand. */
export type RegisterLine = {
  readonly id: string
  readonly title: string
  readonly categories: readonly Category[]
  readonly privacy: readonly PrivacyCategory[]
  readonly subjects: readonly string[]
  readonly subject: string
  readonly standing: Standing
  readonly need: number
  /** What stands behind the row; undefined for what was written by hand. */
  readonly found:
    | { readonly finding: Finding; readonly others: readonly Finding[]; readonly decision: MergedDecision }
    | undefined
}

/** Everything that threatens the design, what is graver first. A decision changes where a row stands, never its place among others. */
export function registerOf(design: Design, facts: Facts): readonly RegisterLine[] {
  const standings = standingsNow(design, facts)
  const found = facts.merged().map(merged => foundLine(design, merged, standings.get(merged.lead.id) ?? 'triage'))
  const written = facts
    .states()
    .filter(({ threat }) => idsOf(threat.findings).length === 0)
    .map(state => writtenLine(design, state))
  return [...found, ...written].sort(byNeed)
}

function foundLine(design: Design, merged: MergedFinding, standing: Standing): RegisterLine {
  const { lead, others } = merged
  return {
    ...rankOf(design, merged),
    title: lead.title,
    categories: lead.categories,
    privacy: lead.privacy ?? [],
    subjects: [lead.subject],
    standing,
    found: { finding: lead, others, decision: decisionOn(design, merged) },
  }
}

function writtenLine(design: Design, state: ThreatState): RegisterLine {
  const { threat, inherent } = state
  const subjects = [...idsOf(threat.elements), ...idsOf(threat.flows)]
  return {
    id: threat.id,
    title: threat.statement,
    categories: idsOf(threat.categories) as readonly Category[],
    privacy: idsOf(threat.privacy) as readonly PrivacyCategory[],
    subjects,
    subject: subjects.map(id => labelOf(design, id)).join(', '),
    standing: standingOfThreats([state]),
    need: inherent?.score ?? 0,
    found: undefined,
  }
}

/** What the filter leaves, wherever it stands. */
export function fitting(lines: readonly RegisterLine[], filter: FindingFilter): readonly RegisterLine[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return lines.filter(line => fits(line, filter, words))
}

/** Those of them that stand there. */
export function standingAt(lines: readonly RegisterLine[], standing: FindingFilter['standing']): readonly RegisterLine[] {
  return standing === 'all' ? lines : lines.filter(line => line.standing === standing)
}

/** How many rows stand where. */
export function countsOf(lines: readonly RegisterLine[]): Readonly<Record<Standing, number>> {
  const counts = Object.fromEntries(STANDINGS.map(standing => [standing, 0])) as Record<Standing, number>
  for (const { standing } of lines) counts[standing]++
  return counts
}

function fits(line: RegisterLine, filter: FindingFilter, words: readonly string[]): boolean {
  if (filter.element !== undefined && !line.subjects.includes(filter.element)) return false
  if (filter.category !== undefined && !line.categories.includes(filter.category)) return false
  if (filter.privacy === 'any' && line.privacy.length === 0) return false
  if (filter.privacy !== undefined && filter.privacy !== 'any' && !line.privacy.includes(filter.privacy)) return false
  if (words.length === 0) return true
  const text = [...wordsOf(line), ...(line.found?.others ?? []).flatMap(sourceWords)].join(' ').toLowerCase()
  return words.every(word => text.includes(word))
}

function wordsOf({ id, title, subject, categories, privacy, found }: RegisterLine): readonly string[] {
  const names = [...categories.map(one => CATEGORY_NAMES[one]), ...privacy.map(one => PRIVACY_NAMES[one])]
  return [id, title, subject, ...categories, ...names, ...(found ? sourceWords(found.finding) : [])]
}

function sourceWords({ id, title, rule, pack, cwe }: Finding): readonly string[] {
  return [id, title, rule, pack, ...cwe]
}

/** The privacy threat types that some finding speaks of, in the order of LINDDUN. */
export function privacyIn(lines: readonly Pick<RegisterLine, 'privacy'>[]): readonly PrivacyCategory[] {
  const met = new Set(lines.flatMap(line => line.privacy))
  return PRIVACY_CATEGORIES.filter(category => met.has(category))
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
