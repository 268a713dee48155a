import { ok, type Result, refuse } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { shown } from './show.ts'
import type { AttestationFacts, Evidence } from './types.ts'

const STATEMENT = /^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/
/** A build attests its artefacts; more than this is no statement about a change. */
const MOST_SUBJECTS = 20_000

/** Whether JSON calls itself an in-toto statement, of whatever version. */
export function isStatement(value: unknown): boolean {
  return isObject(value) && textOf(value._type)?.startsWith('https://in-toto.io/Statement/') === true
}

/** An in-toto statement that nobody signed. Source: in-toto attestation specification, Statement v1 and v0.1. */
export function readInToto(file: string, value: unknown): Result<Evidence> {
  const statement = readStatement(file, value)
  return statement.ok ? ok(evidenceOf('in-toto', { ...statement.value, keyIds: [] })) : statement
}

/** The evidence that a statement is; the commits it is about are those its subjects name as such. */
export function evidenceOf(format: 'in-toto' | 'dsse', attestation: AttestationFacts): Evidence {
  const commits = attestation.subjects.flatMap(({ digests }) => digests.gitCommit ?? [])
  return { format, made: { commits: [...new Set(commits)].filter(isObjectId) }, facts: { attestation } }
}

function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

export type Statement = Pick<AttestationFacts, 'predicateType' | 'subjects' | 'says'>

/** What a statement is about. One without a subject, or with a digest that is no text, is refused: nobody knows what it vouches for. */
export function readStatement(file: string, value: unknown): Result<Statement> {
  const statement = objectOf(value)
  const type = textOf(statement._type) ?? ''
  if (!STATEMENT.test(type))
    return bad(`${file}#/_type`, `It is of type "${shown(type)}"; in-toto statements v0.1 and v1 are read.`)
  const predicateType = textOf(statement.predicateType)
  if (predicateType === undefined) return bad(`${file}#/predicateType`, 'The statement has no predicate type.')
  const listed = listOf(statement.subject)
  if (listed.length === 0) return bad(`${file}#/subject`, 'The statement names no subject, so it is about nothing.')
  if (listed.length > MOST_SUBJECTS)
    return bad(`${file}#/subject`, `The statement names ${listed.length} subjects; at most ${MOST_SUBJECTS} are read.`)
  const subjects: { name: string; digests: Readonly<Record<string, string>> }[] = []
  for (const [i, one] of listed.entries()) {
    const { name, digest } = objectOf(one)
    const digests = Object.entries(objectOf(digest))
    const wrong = digests.find(([, hex]) => textOf(hex) === undefined)
    if (digests.length === 0 || wrong) return bad(`${file}#/subject/${i}`, 'This subject has no digest, or one that is no text.')
    subjects.push({ name: textOf(name) ?? '', digests: Object.fromEntries(digests) as Readonly<Record<string, string>> })
  }
  return ok({ predicateType, subjects, ...saying(predicateType, objectOf(statement.predicate)) })
}

/** Two kinds of predicate come to a result; any other statement says only that something is so. */
function saying(predicateType: string, predicate: Loose): Pick<AttestationFacts, 'says'> {
  const summary = predicateType.startsWith('https://slsa.dev/verification_summary/')
  const tested = predicateType.startsWith('https://in-toto.io/attestation/test-result/')
  if (!summary && !tested) return {}
  const result = summary ? predicate.verificationResult : predicate.result
  return { says: result === 'PASSED' ? 'passed' : result === 'FAILED' ? 'failed' : 'unclear' }
}

function bad(at: string, message: string): Result<never> {
  return refuse({ code: 'evidence.attestation', at, message, cure: 'Have the tool write it again; statements are never edited.' })
}
