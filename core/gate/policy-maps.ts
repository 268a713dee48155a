import type { CodeClass, Policy } from '../model/types.ts'

/**
 * Which published duties a voice in a decision answers: OWASP AISVS 1.0 Appendix C, NIST SSDF (SP 800-218) and the
 * OWASP Top 10 for LLM applications 2025. A team's own rule says so itself.
 */
export function mapsOf(policy: Policy, from: string): readonly string[] {
  if (from.startsWith('floor.')) return FLOOR_MAPS[from.slice(6) as CodeClass] ?? []
  if (from.startsWith('tool.')) return ['AISVS AC.1.1', 'AISVS AC.2.2', 'SSDF PO.5', 'LLM03']
  if (from === 'default' || from === 'unknownWorkItem') return ['AISVS AC.1.1', 'SSDF PO.1']
  return policy.rules?.[from]?.maps ?? []
}

const REVIEWED_BY_TWO = ['AISVS AC.4.4', 'SSDF PW.7']
const PIPELINE = ['AISVS AC.4.4', 'AISVS AC.7.1', 'AISVS AC.7.2', 'SSDF PW.7']
const RELEASE = ['AISVS AC.7.4', 'SSDF PS.2']

const FLOOR_MAPS: Readonly<Record<CodeClass, readonly string[]>> = {
  authn: REVIEWED_BY_TWO,
  authz: REVIEWED_BY_TWO,
  crypto: REVIEWED_BY_TWO,
  iam: PIPELINE,
  ci: [...PIPELINE, 'AISVS AC.7.4'],
  deployment: PIPELINE,
  sandbox: PIPELINE,
  iac: PIPELINE,
  secrets: ['AISVS AC.3.1', 'AISVS AC.4.4', 'LLM02', 'SSDF PW.7'],
  parser: ['AISVS AC.4.4', 'AISVS AC.4.5', 'SSDF PW.8'],
  payment: REVIEWED_BY_TWO,
  safety: REVIEWED_BY_TWO,
  auditLog: ['AISVS AC.4.4', 'AISVS AC.5.3', 'SSDF PW.7'],
  keyCustody: ['AISVS AC.7.4', 'SSDF PS.1'],
  releaseSigning: RELEASE,
}

/** Whether an id is one of these lists; others may stand in a rule, but nobody can look them up here. */
export function isKnownMap(id: string): boolean {
  return /^(?:AISVS (?:AC|C)\.?\d+(?:\.\d+)*|SSDF (?:PO|PS|PW|RV)\.\d+(?:\.\d+)*|LLM(?:0[1-9]|10))$/.test(id)
}
