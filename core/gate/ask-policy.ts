import { policyOf } from '../model/lookup.ts'
import { idsOf } from '../support/order.ts'
import { type Asked, GATE_RULES } from './gate-rules.ts'
import type { Scope } from './scope.ts'
import { waiverFault, waiversOf } from './waivers.ts'

/** What the policy says and cannot have: waivers that do not count, rules turned down that never are. */
export function askPolicyFile(scope: Scope): readonly Asked[] {
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
    const fault = waiverFault(waiver, scope.at)
    if (fault === undefined) return []
    return [
      {
        code: 'gate.waiver.void',
        at: id,
        message:
          fault === 'expired'
            ? `The waiver of ${waiver.rule} for ${waiver.scope} ended on ${waiver.expires}.`
            : `The waiver of ${waiver.rule} for ${waiver.scope} was asked for and approved by the same person.`,
        cure: fault === 'expired' ? 'Remove it, or have it approved again.' : 'Have another person approve it.',
        fix: { kind: 'openPolicy', id: 'policy' },
      },
    ]
  })
  return [...locked, ...voided]
}
