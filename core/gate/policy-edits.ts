import { isSamePerson } from '../mitigations/acceptance.ts'
import { type Change, type Fields, patchRow } from '../model/change.ts'
import { newId } from '../model/identity.ts'
import { policyOf } from '../model/lookup.ts'
import { accepts } from '../model/parse.ts'
import type { Design, Policy, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { PRESETS } from './floors.ts'
import { GATE_RULES } from './gate-rules.ts'
import { approversText, mayApprove, type PolicyWaiver, waiverFault } from './waivers.ts'

/** Another starting point; rules, tools and waivers stay. */
export function choosePreset(
  design: Design,
  input: { readonly preset: Exclude<Policy['preset'], 'own'> },
  _stamp: Stamp,
): Result<readonly Change[]> {
  return set(design, { preset: input.preset, default: PRESETS[input.preset] })
}

/** What a gate rule does in this design. Rules without which a prompt would mean nothing always block. */
export function setGateRule(
  design: Design,
  input: { readonly code: string; readonly does: 'block' | 'warn' | 'off' },
  _stamp: Stamp,
): Result<readonly Change[]> {
  const rule = GATE_RULES[input.code]
  if (!rule || (rule.isLocked && input.does !== 'block'))
    return refuse({
      code: rule ? 'policy.gateLocked' : 'policy.gateUnknown',
      at: input.code,
      message: rule
        ? `${input.code} always blocks: without it a prompt would mean nothing.`
        : `There is no gate rule ${input.code}.`,
      cure: rule ? 'Cure what it points at instead.' : 'Choose one of the rules that skeptic gate prints.',
    })
  return set(design, { [`gate/${input.code}`]: input.does })
}

/** A rule that does not count somewhere for a while: two people and an end. */
export function addWaiver(
  design: Design,
  input: { readonly id: string; readonly waiver: PolicyWaiver },
  stamp: Stamp,
): Result<readonly Change[]> {
  const { waiver } = input
  if (isSamePerson(waiver.by, waiver.approver))
    return refuse({
      code: 'policy.waiver.samePerson',
      at: input.id,
      message: 'Who asks for a waiver cannot approve it.',
      cure: 'Have another person approve it.',
    })
  const policy = policyOf(design)
  if (!mayApprove(policy, waiver.approver))
    return refuse({
      code: 'policy.waiver.notNamed',
      at: input.id,
      message: `${waiver.approver} may not approve a waiver: the policy names ${approversText(policy)}.`,
      cure: 'Have one of them approve it, or name the person in the policy first.',
    })
  if (waiverFault(waiver, policy, stamp.at) !== undefined)
    return refuse({
      code: 'policy.waiver.expired',
      at: input.id,
      message: `The waiver would already have ended on ${waiver.expires}.`,
      cure: 'Choose a day in the future.',
    })
  if (GATE_RULES[waiver.rule]?.isLocked)
    return refuse({
      code: 'policy.gateLocked',
      at: input.id,
      message: `${waiver.rule} cannot be waived: without it a prompt would mean nothing.`,
      cure: 'Cure what it points at instead.',
    })
  return set(design, { [`waivers/${input.id}`]: waiver })
}

/** Takes a waiver away; what it let through is asked again. */
export function removeWaiver(design: Design, input: { readonly id: string }): Result<readonly Change[]> {
  if (policyOf(design).waivers?.[input.id]) return set(design, { [`waivers/${input.id}`]: undefined })
  return refuse({ code: 'policy.waiver.missing', at: input.id, message: `There is no waiver ${input.id}.` })
}

/** Names somebody who may approve waivers from now on, and the role in which; those not named may not. */
export function nameApprover(
  design: Design,
  input: { readonly name: string; readonly role: string },
  _stamp: Stamp,
): Result<readonly Change[]> {
  const [name, role] = [input.name.trim(), input.role.trim()]
  if (name === '' || role === '')
    return refuse({
      code: 'policy.approver.missing',
      at: 'policy',
      message: 'Who may approve waivers needs a name and a role.',
      cure: 'Write both, as "security lead" for the role.',
    })
  const taken = Object.keys(policyOf(design).waiverApprovers ?? {}).find(other => isSamePerson(other, name))
  const edit = set(design, {
    ...(taken === undefined || taken === name ? {} : { [`waiverApprovers/${taken}`]: undefined }),
    [`waiverApprovers/${name}`]: role,
  })
  if (accepts('policy', patchRow(policyOf(design), { [`waiverApprovers/${name}`]: role }))) return edit
  return refuse({
    code: 'policy.approver.invalid',
    at: 'policy',
    message: 'The name or the role is too long.',
    cure: 'Use at most 200 characters.',
  })
}

/** Takes somebody off the list; without anybody on it, anyone but who asks may approve. */
export function removeApprover(design: Design, input: { readonly name: string }): Result<readonly Change[]> {
  if (policyOf(design).waiverApprovers?.[input.name] !== undefined)
    return set(design, { [`waiverApprovers/${input.name}`]: undefined })
  return refuse({
    code: 'policy.approver.unknown',
    at: 'policy',
    message: `${input.name} is not among those who may approve waivers.`,
  })
}

/** An id no waiver of the policy has; by chance, so that two people's waivers both stay. */
export function freshWaiverId(design: Design, stamp: Stamp): string {
  return newId('V', stamp.random, id => policyOf(design).waivers?.[id] !== undefined)
}

/** Field by field where a policy exists, so that two people's rules both stay. */
function set(design: Design, fields: Fields): Result<readonly Change[]> {
  if (design.policy.policy) return ok([{ kind: 'patch', table: 'policy', id: 'policy', fields }])
  return ok([{ kind: 'put', table: 'policy', row: patchRow(policyOf(design), fields) }])
}
