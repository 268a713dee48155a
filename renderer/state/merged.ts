import type { Design, Triage } from '../../core/model/types.ts'
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
