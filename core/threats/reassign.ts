import type { Change } from '../model/change.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Triage } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { Finding } from './finding.ts'

/** Findings that could carry the decision on one that is gone: of the same rule, alive and undecided. */
export function heirsOf(design: Design, findings: readonly Finding[], gone: Finding): readonly Finding[] {
  return findings.filter(
    ({ id, rule, applicability }) => rule === gone.rule && id !== gone.id && applicability === 'applies' && !design.triage[id],
  )
}

/** Moves a decision from a finding that is gone to a living one of the same rule; its threats go with it. Who decided, and when, stays. */
export function reassignDecision(
  design: Design,
  input: { readonly from: Finding; readonly to: Finding },
): Result<readonly Change[]> {
  const { from, to } = input
  const before = design.triage[from.id]
  if (!before) return refuse({ code: 'triage.open', at: from.id, message: 'This finding has no decision to hand on.' })
  if (from.rule !== to.rule || to.applicability === 'gone' || design.triage[to.id])
    return refuse({
      code: 'triage.noHeir',
      at: to.id,
      message: `${to.id} cannot take this decision over.`,
      cure: 'Choose an undecided finding of the same rule.',
    })
  const { kind: _kind, ...objects } = to.on
  const row: Triage = { ...before, id: to.id, subject: { rule: to.rule, ...objects } }
  const flow = to.on.kind === 'interaction' ? to.on.flow : undefined
  const threats = rowsOf(design.threats).filter(threat => threat.findings?.[from.id])
  return ok([
    { kind: 'remove', table: 'triage', id: from.id },
    { kind: 'put', table: 'triage', row },
    ...threats.map(
      (threat): Change => ({
        kind: 'patch',
        table: 'threats',
        id: threat.id,
        fields: {
          [`findings/${from.id}`]: undefined,
          [`findings/${to.id}`]: true,
          ...(to.subject.startsWith('E-') ? { [`elements/${to.subject}`]: true } : {}),
          ...(flow === undefined ? {} : { [`flows/${flow}`]: true }),
          ...(threat.statement === from.title ? { statement: to.title } : {}),
        },
      }),
    ),
  ])
}

/** What would bring a finding back that is gone: an element or flow taken out of scope comes back into it. */
export function outOfScopeBehind(design: Design, { on }: Finding): readonly string[] {
  const ids = on.kind === 'element' ? [on.element] : [on.flow, on.source, on.target]
  return ids.filter(id => (design.elements[id] ?? design.flows[id])?.outOfScope !== undefined)
}
