import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import { PAYLOAD_TYPES } from '../../../core/signing/envelope.ts'

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'x', digest: { gitCommit: 'a'.repeat(40) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {},
}
const base64 = (text: string) => Buffer.from(text).toString('base64')
const envelope = (fields: object = {}) =>
  JSON.stringify({
    payloadType: PAYLOAD_TYPES.statement,
    payload: base64(JSON.stringify(STATEMENT)),
    signatures: [{ sig: 'AA==' }],
    ...fields,
  })
const problem = (text: string) => {
  const read = readEvidence('build.json', text)
  return read.ok ? undefined : read.problems[0]
}
const evidenceIn = (text: string) => {
  const read = readEvidence('build.json', text)
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value
}

describe('in-toto statements', () => {
  test('name what they are about, and nobody who signed', () => {
    expect(evidenceIn(JSON.stringify(STATEMENT))).toMatchObject({
      format: 'in-toto',
      made: { commits: ['a'.repeat(40)] },
      facts: { attestation: { predicateType: STATEMENT.predicateType, keyIds: [] } },
    })
  })

  test.each<[string, object, string]>([
    ['another version', { _type: 'https://in-toto.io/Statement/v9' }, 'build.json#/_type'],
    ['no kind of predicate', { predicateType: '' }, 'build.json#/predicateType'],
    ['no subject', { subject: [] }, 'build.json#/subject'],
    ['a subject without a digest', { subject: [...STATEMENT.subject, { name: 'y', digest: {} }] }, 'build.json#/subject/1'],
    ['a digest that is a number', { subject: [{ digest: { sha256: 7 } }] }, 'build.json#/subject/0'],
  ])('with %s are refused with the place', (_name, fields, at) => {
    const text = JSON.stringify({ ...STATEMENT, ...fields })
    expect(problem(text)).toMatchObject({ code: 'evidence.attestation', at })
    expect(problem(envelope({ payload: base64(text) }))?.at).toBe(at.replace('#', '#/payload#'))
  })

  test.each([
    ['verification_summary/v1', { verificationResult: 'PASSED' }, 'passed'],
    ['verification_summary/v1', { verificationResult: 'FAILED' }, 'failed'],
    ['verification_summary/v1', {}, 'unclear'],
  ])('of a %s with %j say %s', (kind, predicate, says) => {
    const text = JSON.stringify({ ...STATEMENT, predicateType: `https://slsa.dev/${kind}`, predicate })
    expect(evidenceIn(text).facts.attestation?.says).toBe(says)
  })
})

describe('envelopes', () => {
  test('are read alone and in a bundle, the payload kept for its signature', () => {
    const bundle = JSON.stringify({
      mediaType: 'x',
      verificationMaterial: { certificate: {} },
      dsseEnvelope: JSON.parse(envelope()),
    })
    expect(evidenceIn(envelope()).facts.attestation).toMatchObject({
      keyIds: [''],
      envelope: { signatures: [{ value: 'AA==' }] },
    })
    expect([envelope(), bundle].map(text => evidenceIn(text).facts.attestation?.certificate)).toEqual([undefined, true])
  })

  test.each<[string, object, string]>([
    ['another payload', { payloadType: 'text/plain' }, '/payloadType'],
    ['a payload that is no base64', { payload: '%%%' }, '/payload'],
    ['a payload that is no text', { payload: Buffer.from([0xff, 0xfe]).toString('base64') }, '/payload'],
    ['a payload that is no JSON', { payload: base64('{') }, '/payload'],
    ['a subject that stands twice in the payload', { payload: base64('{"subject":[],"subject":[]}') }, '/payload'],
    ['more signatures than anybody gives', { signatures: Array.from({ length: 101 }, () => ({ sig: 'AA==' })) }, '/signatures'],
  ])('with %s are refused with the place', (_name, fields, place) => {
    expect(problem(envelope(fields))?.at).toContain(`build.json#${place}`)
  })
})

describe('what a coding tool says of its own work', () => {
  const trace = {
    version: '0.1.0',
    vcs: { type: 'git', revision: 'b'.repeat(40) },
    tool: { name: 'aider', version: '1' },
    timestamp: 'soon',
  }
  const files = [{ path: './src/a.ts', conversations: [{ contributor: { type: 'ai', model_id: 'm' } }] }, { path: 7 }]

  test('a trace names tool, commit and files, and what names none is noted', () => {
    expect(evidenceIn(JSON.stringify({ ...trace, files }))).toMatchObject({
      made: { tool: 'aider', version: '1', commits: ['b'.repeat(40)] },
      facts: {
        attribution: { files: [{ pointer: '/files/0', path: 'src/a.ts' }], models: ['m'], oddities: [{ pointer: '/files/1' }] },
      },
    })
    expect(evidenceIn(JSON.stringify({ ...trace, files })).made.at).toBeUndefined()
    expect(problem(JSON.stringify({ ...trace, version: '7', files }))?.at).toBe('build.json#/version')
  })

  test('a session whose totals are not what it lists is noted as odd', () => {
    const session = (created: number) => ({
      'chainloop.material.evidence.id': 'CHAINLOOP_AI_CODING_SESSION',
      data: {
        agent: { name: 'a' },
        code_changes: { files_modified: 0, files_created: created, files_deleted: 0, files: [{ path: 'x' }] },
      },
    })
    const oddities = [1, 2].map(n => evidenceIn(JSON.stringify(session(n))).facts.attribution?.oddities.length)
    expect(oddities).toEqual([0, 1])
  })
})
