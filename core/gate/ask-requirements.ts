import type { Requirement } from '../model/types.ts'
import type { Asked } from './gate-rules.ts'
import type { Scope } from './scope.ts'

/** What the gate asks of requirements: somebody approved each, and it is known how it will be shown. */
export function askRequirements(scope: Scope): readonly Asked[] {
  if (scope.requirements.length === 0 && scope.elements.length > 0) return [askAny(scope)]
  return scope.requirements.flatMap(row => [
    ...(row.status === 'approved' ? [] : [askApproval(row)]),
    ...(row.verification === undefined ? [askVerification(row)] : []),
  ])
}

function askAny(scope: Scope): Asked {
  const at = scope.work?.item.id ?? 'design'
  return {
    code: 'gate.requirement.none',
    at,
    message: 'No requirement says what this must do; a prompt can only repeat the goal.',
    cure: 'Write one requirement and link it to an element.',
    fix: { kind: 'addRequirement', id: at },
  }
}

function askApproval(row: Requirement): Asked {
  const isRetired = row.status === 'retired'
  return {
    code: 'gate.requirement.notApproved',
    at: row.id,
    message: isRetired ? 'This requirement is retired, and the work item still names it.' : 'This requirement is a draft.',
    cure: isRetired ? 'Take it out of the work item.' : 'Approve it, or retire it.',
    fix: { kind: 'approveRequirement', id: row.id },
  }
}

function askVerification(row: Requirement): Asked {
  return {
    code: 'gate.requirement.noVerification',
    at: row.id,
    message: 'It is not said how this requirement will be shown.',
    cure: 'Choose test, analysis, inspection or demonstration.',
    fix: { kind: 'setVerification', id: row.id },
  }
}
