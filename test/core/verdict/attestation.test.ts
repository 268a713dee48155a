import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../core/evidence/types.ts'
import { attestersOf } from '../../../core/signing/attesters.ts'
import { PAYLOAD_TYPES, preAuthenticationEncoding } from '../../../core/signing/envelope.ts'
import { describeAttestation } from '../../../core/verdict/attestation.ts'
import { verifyEd25519 } from '../../../host/node/keys/ed25519.ts'
import type { AttestationMatcher } from '../../../schemas/generated/types.ts'
import { type Person, person } from '../signing/signers.ts'
import { AT, changeOf, checkOf, itemOf, judge, outcome } from './scenes.ts'

const COMMIT = 'a'.repeat(40)
const TREE = 'b'.repeat(40)
const FILE = 'c'.repeat(64)
const ann = person('Ann', { roles: ['release'] })
const PROVENANCE = 'https://slsa.dev/provenance/v1'

type Made = {
  readonly digest?: object
  readonly predicateType?: string
  readonly predicate?: object
  readonly by?: Person
  readonly type?: string
}

function statement({ digest = { gitCommit: COMMIT }, predicateType = PROVENANCE, predicate = {} }: Made = {}) {
  return JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject: [{ name: 'x', digest }], predicateType, predicate })
}
function envelope({ by = ann, type = PAYLOAD_TYPES.statement, ...made }: Made = {}, signed: readonly Person[] = [by]) {
  const body = Buffer.from(statement(made))
  const signatures = signed.map(({ key, signer }) => ({ keyid: key.id, sig: signer.sign(preAuthenticationEncoding(type, body)) }))
  return JSON.stringify({ payloadType: PAYLOAD_TYPES.statement, payload: body.toString('base64'), signatures })
}
/** As binding makes it: who of the enrolled signed. */
function item(text: string, people: readonly Person[] = [ann], name = 'build.json'): EvidenceItem {
  const made = itemOf(name, text, { binding: { state: 'unbound', reported: 'nobody', sentence: 'It has no sidecar.' } })
  const facts = made.reading.ok ? made.reading.value.facts.attestation : undefined
  const trust = { keys: people.map(({ key }) => key), verify: verifyEd25519 }
  return { ...made, attestedBy: facts?.envelope ? attestersOf(facts.envelope, trust) : [] }
}
const MATCHER: AttestationMatcher = { from: { slot: 'build' }, predicateType: 'https://slsa.dev/provenance/*' }
const change = changeOf({
  commit: COMMIT,
  tree: TREE,
  fileFacts: { 'dist/a.js': { after: { sha256: `sha256:${FILE}` }, before: undefined } },
})
const verdict = (items: readonly EvidenceItem[], matcher: Partial<AttestationMatcher> = {}, rest = { change }) =>
  judge(checkOf({ attestation: { ...MATCHER, ...matcher } }), items, rest)
const said = (...asked: Parameters<typeof verdict>) => outcome(verdict(...asked))

describe('attestation', () => {
  test.each<[string, Made, Partial<AttestationMatcher>]>([
    ['the commit', {}, {}],
    ['the tree alone', { digest: { gitTree: TREE } }, {}],
    ['the commit under the bare name of its hash', { digest: { sha1: COMMIT } }, { subject: 'commit' }],
    ['a file', { digest: { sha256: FILE } }, { subject: 'file', path: 'dist/a.js' }],
    ['the commit, by somebody of the role', {}, { role: 'release' }],
    [
      'a summary that passed',
      { predicateType: 'https://slsa.dev/verification_summary/v1', predicate: { verificationResult: 'PASSED' } },
      { predicateType: 'https://slsa.dev/*' },
    ],
  ])('signed by an enrolled key, about %s, it passes', (_name, made, matcher) => {
    const judged = verdict([item(envelope(made))], matcher)
    expect([outcome(judged), judged.selfReported]).toEqual(['pass', false])
    expect(judged.sentence).toContain('Ann signed')
  })

  test.each<[string, readonly EvidenceItem[], Partial<AttestationMatcher>, string]>([
    ['no evidence', [], {}, 'missing'],
    ['another kind of predicate', [item(envelope({ predicateType: 'https://example.org/other' }))], {}, 'missing'],
    ['another commit', [item(envelope({ digest: { gitCommit: TREE } }))], {}, 'stale-commit'],
    [
      'the tree where the commit is asked',
      [item(envelope({ digest: { gitTree: TREE } }))],
      { subject: 'commit' },
      'stale-commit',
    ],
    ['another file', [item(envelope())], { subject: 'file', path: 'dist/a.js' }, 'stale-commit'],
    ['a file that is not there', [item(envelope())], { subject: 'file', path: 'dist/b.js' }, 'missing'],
    ['no signature at all', [item(statement())], {}, 'self-reported'],
    ['a key that is not enrolled', [item(envelope(), [])], {}, 'self-reported'],
    ['a key enrolled for something else', [item(envelope())], { role: 'security' }, 'self-reported'],
    ['a signature for another type', [item(envelope({ type: PAYLOAD_TYPES.sidecar }))], {}, 'self-reported'],
    ['no signatures in the envelope', [item(envelope({}, []))], {}, 'self-reported'],
    ['a revoked key', [item(envelope({ by: revoked() }), [revoked()])], {}, 'self-reported'],
    [
      'a result that is no result',
      [item(envelope({ predicateType: 'https://in-toto.io/attestation/test-result/v0.1' }))],
      { predicateType: 'https://in-toto.io/*' },
      'cannot-tell',
    ],
    [
      'a file nobody can read',
      [item(envelope()), item('{"payloadType":"x/y","payload":"AAAA"}', [], 'other.json')].map(one => ({
        ...one,
        slot: 'build',
      })),
      {},
      'unreadable',
    ],
    [
      'a report that was edited',
      [{ ...item(envelope()), binding: { state: 'broken', reported: 'self', sentence: 'Edited.' } }],
      {},
      'contradictory',
    ],
  ])('with %s nobody can tell', (_name, items, matcher, reason) => {
    expect(said(items, matcher)).toBe(reason)
  })

  test('a statement that what is judged failed fails, signed or not', () => {
    const made = { predicateType: 'https://in-toto.io/attestation/test-result/v0.1', predicate: { result: 'FAILED' } }
    for (const text of [envelope(made), statement(made)])
      expect(said([item(text), item(envelope())], { predicateType: 'https://*' })).toBe('fail')
  })

  test('uncommitted changes are no commit, so no statement can name them', () => {
    expect(said([item(envelope())], {}, { change: changeOf() })).toBe('unbound')
  })

  test('a certificate is not verified offline, and the sentence says so', () => {
    const bundle = JSON.stringify({
      verificationMaterial: { certificate: { rawBytes: 'AA==' } },
      dsseEnvelope: JSON.parse(envelope()),
    })
    expect(verdict([item(bundle, [])]).sentence).toContain('certificate, which cannot be verified offline')
    expect(said([item(bundle)])).toBe('pass')
  })

  test('without a signature of an enrolled key nothing passes, whatever the check allows', () => {
    const stranger = person('Stranger')
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom('commit', 'tree', undefined),
        fc.boolean(),
        (allowSelfReported, subject, signed) => {
          const asked = { ...MATCHER, ...(subject === undefined ? {} : { subject }) } as AttestationMatcher
          const text = signed
            ? envelope({ by: stranger, digest: { gitCommit: COMMIT, gitTree: TREE } })
            : statement({ digest: { gitCommit: COMMIT, gitTree: TREE } })
          expect(judge(checkOf({ attestation: asked }, { allowSelfReported }), [item(text)], { change }).verdict).toBe(
            'inconclusive',
          )
        },
      ),
    )
  })

  test('one sentence says what is asked', () => {
    expect(describeAttestation({ ...MATCHER, role: 'release' })).toBe(
      'Somebody enrolled as release signed a statement https://slsa.dev/provenance/* about the judged commit or its tree, in evidence "build".',
    )
  })
})

let gone: Person | undefined
function revoked(): Person {
  gone ??= person('Gone', { revokedAt: '2026-11-01T00:00:00Z' })
  expect(AT > '2026-11-01').toBe(true)
  return gone
}
