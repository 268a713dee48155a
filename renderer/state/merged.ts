import { rowsOf } from '../../core/model/table.ts'
import type { Design, Triage } from '../../core/model/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Finding } from '../../core/threats/finding.ts'
import type { MergedFinding } from '../../core/threats/merged.ts'

/** The finding that is shown, and those shown with it. */
export function membersOf({ lead, others }: MergedFinding): readonly Finding[] {
  return others.length === 0 ? [lead] : [lead, ...others]
}

/** What was decided on findings that say the same; it is undecided until each of them has an answer. */
export type MergedDecision = {
  readonly state: 'undecided' | Triage['decision']
  readonly decided: number
  readonly of: number
}

/** The decision as a person reads it: real when one of them is, else what was said of the first. */
export function decisionOn({ triage }: Pick<Design, 'triage'>, merged: MergedFinding): MergedDecision {
  const members = membersOf(merged)
  const rows = members.flatMap(({ id }) => triage[id] ?? [])
  const of = members.length
  const standing = rows.find(row => row.decision === 'real') ?? rows[0]
  return { state: rows.length < of ? 'undecided' : (standing?.decision ?? 'undecided'), decided: rows.length, of }
}

/** What is proposed for all of them: the gravest of it, at least 1. */
export function gravest(chosen: readonly MergedFinding[], of: 'likelihood' | 'impact'): number {
  return chosen.flatMap(membersOf).reduce((most, finding) => Math.max(most, finding[of]), 1)
}

/** The reason last given for a finding of the same rule, so that nobody types it twice. */
export function lastReasonFor(design: Pick<Design, 'triage'>, chosen: readonly MergedFinding[]): string {
  const byRule = lastReasons(design.triage)
  const same = [...new Set(chosen.flatMap(membersOf).map(finding => finding.rule))].flatMap(rule => byRule.get(rule) ?? [])
  return same.reduce<Triage | undefined>((last, row) => (last && last.at >= row.at ? last : row), undefined)?.reason ?? ''
}

const lastReasons = memoLast((triage: Design['triage']): ReadonlyMap<string, Triage> => {
  const byRule = new Map<string, Triage>()
  for (const row of rowsOf(triage)) {
    const last = byRule.get(row.subject.rule)
    if (row.reason !== undefined && !(last && last.at >= row.at)) byRule.set(row.subject.rule, row)
  }
  return byRule
})
