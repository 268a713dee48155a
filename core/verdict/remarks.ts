import type { Expression } from '../../schemas/generated/types.ts'
import { shown } from '../evidence/show.ts'
import type { EvidenceItem } from '../evidence/types.ts'
import { by } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { clockBehind } from './clock.ts'
import type { JudgedChecklist, VerdictContext } from './context.ts'
import { lastPrompt } from './last-prompt.ts'
import { policyStricter } from './policy-of-prompt.ts'
import { UNSIGNED, waiverEntries, whyNoWaiver } from './waivers.ts'

/** What is broken rather than wrong, and makes the whole run end with exit code 4. */
export function integrityOf(items: readonly EvidenceItem[], { ledger }: VerdictContext): readonly Problem[] {
  const edited = items
    .filter(item => item.binding.state === 'broken')
    .map(item => ({
      code: 'evidence.edited',
      severity: 'error' as const,
      at: item.file,
      message: item.binding.sentence,
      cure: 'Collect the evidence again; reports are never edited.',
    }))
  return [...edited, ...ledger.problems].sort(by(problem => `${problem.at} ${problem.code}`))
}

/** Things worth saying that decide no check. */
export function remarksOf(
  checklist: JudgedChecklist,
  items: readonly EvidenceItem[],
  context: VerdictContext,
): readonly Problem[] {
  return [
    ...(context.problems ?? []),
    ...items.flatMap(item =>
      item.reading.ok ? [] : item.reading.problems.map(problem => ({ ...problem, severity: 'warning' as const })),
    ),
    ...unusedEvidence(checklist, items),
    ...stalePrompt(checklist, context),
    ...(context.policySince ? [policyStricter(checklist.workItem, context.policySince)] : []),
    ...waiversAside(checklist, context),
    ...clockBehind(context),
  ].sort(by(problem => `${problem.at ?? ''} ${problem.code}`))
}

/** Often a slot that is spelt otherwise than the check spells it. */
function unusedEvidence({ checks }: JudgedChecklist, items: readonly EvidenceItem[]): readonly Problem[] {
  const asked = new Set(checks.flatMap(check => (check.verify ? slotsOf(check.verify) : [])))
  return items
    .filter(item => !asked.has(item.slot))
    .map(item => ({
      code: 'evidence.unused',
      severity: 'info',
      at: item.file,
      message: `No check asks for evidence "${item.slot}".`,
      cure:
        asked.size > 0 ? `The checks ask for: ${[...asked].sort().join(', ')}.` : 'No check of this work item asks for a report.',
    }))
}

function slotsOf({ all, any, ...asked }: Expression): readonly string[] {
  const own = Object.values(asked).flatMap(matcher => ('from' in matcher ? [matcher.from.slot] : []))
  return [...own, ...[...(all ?? []), ...(any ?? [])].flatMap(slotsOf)]
}

function stalePrompt({ workItem }: JudgedChecklist, { ledger, promptSlice, promptTemplate }: VerdictContext): readonly Problem[] {
  const issued = lastPrompt(workItem, ledger)?.entry.payload.slice
  if (promptSlice === undefined || issued === undefined || issued === promptSlice) return []
  return [
    {
      code: 'verify.promptStale',
      severity: 'warning',
      at: workItem,
      message: promptTemplate
        ? `The template ${promptTemplate.name} ${promptTemplate.is === 'gone' ? 'is gone' : 'changed'} since the last prompt of this work item was made with it.`
        : 'The design changed after the last prompt of this work item was issued; the checks are those of the design as it is now.',
      cure: 'Issue the prompt again, or see that the change covers what is new.',
    },
  ]
}

function waiversAside(checklist: JudgedChecklist, context: VerdictContext): readonly Problem[] {
  return waiverEntries(checklist.workItem, context.ledger).flatMap(({ hash, entry }) => {
    const why = whyNoWaiver({ hash, entry }, checklist, context)
    if (why === undefined) return []
    return [
      {
        code: why === UNSIGNED ? 'verify.waiverUnsigned' : 'verify.waiverRefused',
        severity: 'warning' as const,
        at: `ledger/${hash.replace('sha256:', '')}.json`,
        message: `A waiver of ${String(entry.payload.check)} by ${shown(entry.actor)} does not count: ${why}.`,
        cure: 'Have two people with enrolled keys sign it, neither of whom made or asked for the change.',
      },
    ]
  })
}
