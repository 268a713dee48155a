import { policyOf } from '../model/lookup.ts'
import { idsOf } from '../support/order.ts'
import { type Asked, GATE_RULES } from './gate-rules.ts'
import type { Scope } from './scope.ts'
import { type PolicyWaiver, waiverFault, waiversOf } from './waivers.ts'

/** What the packs and the policy say and cannot have: broken rules, waivers that do not count, rules that always block. */
export function askSettings(scope: Scope): readonly Asked[] {
  const policy = policyOf(scope.design)
  const locked = idsOf(policy.gate)
    .filter(code => GATE_RULES[code]?.isLocked === true && policy.gate?.[code] !== 'block')
    .map(code => ({
      code: 'gate.policy.locked',
      at: code,
      message: `The policy turns ${code} down, and that rule always blocks.`,
      cure: 'Take it out of the policy.',
      fix: { kind: 'openPolicy', id: 'policy' },
    }))
  const voided = waiversOf(policy).flatMap(({ id, waiver }) => {
    const fault = waiverFault(waiver, policy, scope.at)
    if (fault === undefined) return []
    const [why, cure] = VOID[fault]
    return [
      {
        code: 'gate.waiver.void',
        at: id,
        message: `The waiver of ${waiver.rule} for ${waiver.scope} ${why(waiver)}.`,
        cure,
        fix: { kind: 'openPolicy', id: 'policy' },
      },
    ]
  })
  const broken = scope.threatProblems
    .filter(problem => problem.severity === 'error' && !problem.at?.startsWith('N-'))
    .map(problem => ({
      code: 'gate.rules.broken',
      at: problem.at ?? 'packs',
      message: problem.message,
      cure: problem.cure ?? 'Correct the rule pack, or take it out.',
    }))
  return [...locked, ...voided, ...broken]
}

const VOID: Readonly<
  Record<NonNullable<ReturnType<typeof waiverFault>>, readonly [why: (waiver: PolicyWaiver) => string, cure: string]>
> = {
  expired: [({ expires }) => `ended on ${expires}`, 'Remove it, or have it approved again.'],
  samePerson: [() => 'was asked for and approved by the same person', 'Have another person approve it.'],
  notNamed: [
    ({ approver }) => `was approved by ${approver}, whom the policy does not name for it`,
    'Have somebody approve it whom the policy names.',
  ],
}
