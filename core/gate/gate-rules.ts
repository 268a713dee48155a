/** What a gate rule does unless the policy says otherwise, and how long its cure takes. */
export type GateRule = {
  readonly does: 'block' | 'warn'
  /** Without it a prompt would mean nothing: the policy cannot turn it down and nobody can waive it. */
  readonly isLocked: boolean
  /** Minutes one such problem usually costs. */
  readonly effort: number
}

/** Every rule of the gate by code. */
export const GATE_RULES: Readonly<Record<string, GateRule>> = {
  'gate.design.empty': locked(10),
  'gate.slice.empty': locked(2),
  'gate.model.broken': locked(3),
  'gate.crossing.protocolUnknown': block(1),
  'gate.crossing.encryptionUnknown': block(1),
  'gate.crossing.authenticationUnknown': block(1),
  'gate.crossing.dataUnknown': warn(2),
  'gate.boundary.unresolved': block(3),
  'gate.exposure.unknown': block(1),
  'gate.data.unclassified': block(1),
  'gate.requirement.notApproved': block(2),
  'gate.requirement.noVerification': block(1),
  'gate.requirement.none': warn(5),
  'gate.finding.undecided': locked(2),
  'gate.decision.hanging': locked(2),
  'gate.rules.broken': block(5),
  'gate.threat.undecided': locked(5),
  'gate.threat.unestimated': warn(1),
  'gate.mitigation.unverifiable': block(3),
  'gate.acceptance.expired': block(3),
  'gate.acceptance.notApproved': block(2),
  'gate.acceptance.expiring': warn(3),
  'gate.ai.unconfirmed': locked(1),
  'gate.workItem.dangling': locked(1),
  'gate.workItem.noGlobs': locked(2),
  'gate.workItem.badGlob': locked(1),
  'gate.workItem.wideGlobs': block(2),
  'gate.workItem.noLanguage': warn(1),
  'gate.workItem.tooLarge': block(10),
  'gate.policy.refuses': locked(15),
  'gate.policy.locked': warn(1),
  'gate.waiver.void': warn(2),
}

function block(effort: number): GateRule {
  return { does: 'block', isLocked: false, effort }
}

function warn(effort: number): GateRule {
  return { does: 'warn', isLocked: false, effort }
}

function locked(effort: number): GateRule {
  return { does: 'block', isLocked: true, effort }
}

/** What a gate rule found, before the policy has its say. */
export type Asked = {
  readonly code: string
  readonly at: string
  readonly message: string
  readonly cure: string
  /** What opens in place to cure it. */
  readonly fix?: Fix
}

/** Where the cure lies: what sort of deed, and on which object. */
export type Fix = { readonly kind: string; readonly id: string }
