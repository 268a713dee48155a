import { deriveChecklist } from '../../checklists/derive.ts'
import { type AnswerOf, answersIn } from '../../mitigations/answers.ts'
import { type ThreatState, threatStates } from '../../mitigations/derive.ts'
import { rowIds, rowsOf } from '../../model/table.ts'
import type { Check, Design, Packs } from '../../model/types.ts'
import { deriveFindings, type Finding, findingsById } from '../../threats/engine.ts'
import { type Loss, many } from '../report.ts'

/** Findings and threats with what people decided, and what must be proven: what writers of a threat list all need. */
export type Decided = {
  /** Those that the rules find today, kept back ones included, in the order of the drawing. */
  readonly findings: readonly Finding[]
  readonly answerOf: AnswerOf
  readonly states: readonly ThreatState[]
  /** The checks of each work item. */
  readonly checklists: readonly { readonly workItem: string; readonly checks: readonly Check[] }[]
}

/** Derives it once for one writing. */
export function decidedOf(design: Design, { packs, at }: { readonly packs: Packs; readonly at: string }): Decided {
  const derived = deriveFindings(design, packs.rules).findings
  const states = threatStates(design, packs, at)
  const checklists = rowIds(design.workItems).flatMap(workItem => {
    const list = deriveChecklist(design, packs, { workItem, at })
    return list.ok ? [{ workItem, checks: list.value.checks }] : []
  })
  return {
    findings: derived.filter(finding => finding.applicability !== 'gone'),
    answerOf: answersIn(design.triage, findingsById(derived), states),
    states,
    checklists,
  }
}

/** Checks of any work item by the threats that they come from. */
export function checksByThreat({ checklists }: Pick<Decided, 'checklists'>): ReadonlyMap<string, readonly Check[]> {
  const byThreat = new Map<string, Map<string, Check>>()
  for (const check of checklists.flatMap(({ checks }) => checks))
    for (const id of check.from.filter(from => from.startsWith('T-'))) {
      const known = byThreat.get(id)
      if (known) known.set(check.id, check)
      else byThreat.set(id, new Map([[check.id, check]]))
    }
  return new Map([...byThreat].map(([id, checks]) => [id, [...checks.values()]]))
}

/** Decisions that no finding of today carries; formats of findings have no place for them. */
export function goneLost(design: Design, { findings }: Pick<Decided, 'findings'>): readonly Loss[] {
  const alive = new Set(findings.map(finding => finding.id))
  const gone = rowsOf(design.triage).filter(({ id }) => !alive.has(id)).length
  return gone === 0
    ? []
    : [{ at: 'triage', what: many(gone, 'triage decision'), why: 'The rules do not find any more what was decided there.' }]
}

/** Mitigations without a threat have no line of their own. */
export function looseMitigationsLost(design: Design): readonly Loss[] {
  const loose = rowsOf(design.mitigations).filter(
    row => !Object.keys(row.threats ?? {}).some(id => design.threats[id]?.id === id),
  )
  return loose.length === 0
    ? []
    : [
        {
          at: 'mitigations',
          what: many(loose.length, 'mitigation'),
          why: 'They answer no threat, and are told beside threats only.',
        },
      ]
}

/** What somebody decided against a threat, where another decision for the same threat counts, or where the threat is gone. */
export function otherAcceptancesLost(design: Design, { states }: Pick<Decided, 'states'>): readonly Loss[] {
  const told = new Set(states.flatMap(({ acceptance }) => acceptance?.id ?? []))
  const others = rowsOf(design.acceptances).filter(({ id }) => !told.has(id)).length
  return others === 0
    ? []
    : [
        {
          at: 'acceptances',
          what: many(others, 'acceptance'),
          why: 'Their threat is gone, or another decision on it lasts longer: one is told for each threat.',
        },
      ]
}
