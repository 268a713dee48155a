import type { CodeClass, Policy, PolicyObligations, Zone } from '../model/types.ts'

/** From the most restrictive to the least; where several apply, the first of them wins. */
export const ZONES: readonly Zone[] = ['forbidden', 'advise-only', 'assisted-2p', 'assisted', 'sandboxed-agent']

/** Whether the first zone allows less than the second. */
export function isStricter(a: Zone, b: Zone): boolean {
  return ZONES.indexOf(a) < ZONES.indexOf(b)
}

/** The stricter of two zones. */
export function stricterOf(a: Zone, b: Zone): Zone {
  return isStricter(a, b) ? a : b
}

/** Where each preset starts: the zone of anything that no rule names. */
export const PRESETS: Readonly<Record<Exclude<Policy['preset'], 'own'>, Zone>> = {
  team: 'assisted',
  strict: 'assisted-2p',
  regulated: 'advise-only',
}

/** A preset never allows more than its own default; `own` stands by what the policy says. */
export function defaultZone(policy: Policy): Zone {
  return policy.preset === 'own' ? policy.default : stricterOf(policy.default, PRESETS[policy.preset])
}

/** What a zone asks for by itself; rules add to it. */
export const ZONE_OBLIGATIONS: Readonly<Record<Zone, PolicyObligations>> = {
  forbidden: {},
  'advise-only': { reviewers: 1 },
  'assisted-2p': { reviewers: 2, roles: ['security'], tests: ['negative'], scans: ['sast'] },
  assisted: { reviewers: 1, tests: ['negative'] },
  'sandboxed-agent': { reviewers: 1, tests: ['negative'], scans: ['sast'] },
}

/** The zone that a class of code cannot go above without a waiver (AISVS AC.4.4, AC.7.1, AC.7.4). */
export const FLOORS: Readonly<Record<CodeClass, Zone>> = {
  authn: 'assisted-2p',
  authz: 'assisted-2p',
  crypto: 'assisted-2p',
  iam: 'assisted-2p',
  ci: 'assisted-2p',
  deployment: 'assisted-2p',
  sandbox: 'assisted-2p',
  iac: 'assisted-2p',
  secrets: 'assisted-2p',
  parser: 'assisted-2p',
  payment: 'assisted-2p',
  safety: 'assisted-2p',
  auditLog: 'assisted-2p',
  keyCustody: 'forbidden',
  releaseSigning: 'forbidden',
}
