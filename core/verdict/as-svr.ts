import { subjectsOf } from './as-statement.ts'
import type { CheckVerdict, VerdictRecord } from './record.ts'

/** Source: in-toto attestation framework, spec/predicates/svr.md, version 0.1. */
export const SVR_TYPE = 'https://in-toto.io/attestation/svr/v0.1'

/** Names what judged, and by which rules; another meaning of the properties gets another number. */
const VERIFIER = 'urn:skeptic:verifier:1'

/**
 * A Simple Verification Result: an in-toto Statement v1 that lists what passed and nothing else, so that a reader who asks for a property never
 * takes silence for a yes. The whole gate is a property of its own; broken integrity leaves no property at all.
 */
export function svrOf(record: VerdictRecord): unknown {
  const isWhole = record.integrity.length === 0
  const passed = isWhole ? record.checks.filter(check => check.verdict === 'pass').map(propertyOf) : []
  const gate = isWhole && record.verdict === 'pass' ? ['SKEPTIC_GATE'] : []
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjectsOf(record),
    predicateType: SVR_TYPE,
    predicate: {
      verifier: { id: VERIFIER, policy: { digest: { sha256: record.policy.replace('sha256:', '') } } },
      timeCreated: record.at,
      properties: [...gate, ...new Set(passed)].sort(),
      // A field of our own, which others may pass over: what was set aside is never silent.
      ...(record.waivers ? { 'urn:skeptic:waivers': record.waivers } : {}),
    },
  }
}

/** `C-7K3Q2ABC` as `SKEPTIC_C_7K3Q2ABC`; what rests on nobody's signature says so in its name. */
function propertyOf({ id, selfReported }: CheckVerdict): string {
  return `SKEPTIC_${id.replaceAll('-', '_')}${selfReported ? '_SELF_REPORTED' : ''}`
}
