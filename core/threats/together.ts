import { applyChanges, type Change } from '../model/change.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Stamp } from '../model/types.ts'
import { ok, type Result } from '../support/result.ts'
import { triageDuplicate, triageNotApplicable, triageReal } from './edits.ts'
import type { Finding } from './finding.ts'

/** What a person says of findings that are shown as one. */
export type Said =
  | { readonly decision: 'real'; readonly likelihood: number; readonly impact: number }
  | { readonly decision: 'notApplicable'; readonly reason: string }
  | { readonly decision: 'duplicate'; readonly of: string }

/**
 * One decision on findings that say the same, lead first, written to each of them. A real one makes one threat, not several: the lead
 * is real, and the others are duplicates of it; where a threat speaks of one of them already, that one leads.
 */
export function decideTogether(
  design: Design,
  input: { readonly findings: readonly Finding[]; readonly said: Said },
  stamp: Stamp,
): Result<readonly Change[]> {
  const spoken = new Set(rowsOf(design.threats).flatMap(threat => Object.keys(threat.findings ?? {})))
  const lead = input.findings.find(finding => spoken.has(finding.id)) ?? input.findings[0]
  const changes: Change[] = []
  let now = design
  // The lead comes first, so that a duplicate of it is never followed back to itself. An AI opens one threat and closes nothing.
  const others = stamp.kind === 'ai' && input.said.decision === 'real' ? [] : input.findings.filter(finding => finding !== lead)
  for (const finding of lead ? [lead, ...others] : []) {
    const isOther = lead !== undefined && finding !== lead && input.said.decision === 'real'
    const decided = decide(now, { finding, said: isOther ? { decision: 'duplicate', of: lead.id } : input.said }, stamp)
    if (!decided.ok) return decided
    changes.push(...decided.value)
    now = applyChanges(now, decided.value)
  }
  return ok(changes)
}

function decide(
  design: Design,
  { finding, said }: { readonly finding: Finding; readonly said: Said },
  stamp: Stamp,
): Result<readonly Change[]> {
  if (said.decision === 'real') return triageReal(design, { finding, ...said }, stamp)
  if (said.decision === 'notApplicable') return triageNotApplicable(design, { finding, reason: said.reason }, stamp)
  return triageDuplicate(design, { finding, of: said.of }, stamp)
}
