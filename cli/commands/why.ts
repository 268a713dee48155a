import { labelOf } from '../../core/model/lookup.ts'
import { hasRow } from '../../core/model/table.ts'
import type { Category, Design, RulePack } from '../../core/model/types.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { explainAbsence } from '../../core/threats/absence.ts'
import { type Explanation, explainFinding } from '../../core/threats/explain.ts'
import { answer, type Outcome } from '../frame.ts'

const CATEGORIES: readonly Category[] = [
  'spoofing',
  'tampering',
  'repudiation',
  'informationDisclosure',
  'denialOfService',
  'elevationOfPrivilege',
]

/** Why a finding is there, or, for an element or flow, what was considered for each category and what stopped it. */
export function why(design: Design, rules: readonly RulePack[], id: string): Result<Outcome> {
  if (hasRow(design.elements, id) || hasRow(design.flows, id)) return whyNot(design, rules, id)
  const explanation = explainFinding(design, rules, id)
  if (explanation) return answer(explanation, textOf(explanation))
  return refuse({
    code: 'threats.unknown',
    at: id,
    message: 'There is no finding, element or data flow with this id.',
    cure: 'skeptic threats --all lists the findings.',
  })
}

function textOf({ finding, bindings, boundaries, facts, suppressions, attention, decision }: Explanation): string {
  return [
    `${finding.id}  ${finding.title}`,
    finding.description,
    '',
    `Why: ${finding.reason}`,
    ...bindings.map(({ role, id, label }) => `  ${role.padEnd(7)} ${id}  ${label}`),
    ...boundaries.map(
      ({ id, label, kind, around }) => `  crosses ${id}  ${label} (${around === '' ? kind : `${kind}, around ${around}`})`,
    ),
    ...facts.map(({ sentence }) => `  ${sentence}`),
    ...attention.map(({ sentence }) => `  ${sentence}`),
    ...suppressions.map(
      ({ control, holds }) => `  ${control} ${holds ? 'is stated: it suppresses this' : 'would suppress it, and is not stated'}`,
    ),
    `Rule ${finding.rule} of ${finding.pack}; ${finding.cwe.join(', ')}; answered by ${finding.controls.join(', ')}`,
    decision
      ? `Decided: ${decision.decision} by ${decision.by}, ${decision.at}${decision.reason === undefined ? '' : `: ${decision.reason}`}`
      : `Undecided. ${finding.question}`,
  ].join('\n')
}

function whyNot(design: Design, rules: readonly RulePack[], subject: string): Result<Outcome> {
  const absences = CATEGORIES.map(category => explainAbsence(design, rules, { subject, category }))
  const lines = absences.flatMap(({ category, blockers, considered }) => [
    '',
    category,
    ...blockers.map(blocker => `  ${blocker}`),
    ...considered.map(({ rule, outcome, sentence }) => `  ${outcome.padEnd(10)} ${rule.padEnd(12)} ${sentence}`),
  ])
  return answer({ subject, categories: absences }, [`${subject}  ${labelOf(design, subject)}`, ...lines].join('\n'))
}
