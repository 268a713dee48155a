import { parseOwnJson } from '../model/json.ts'
import { bytesOfBase64, textOfUtf8 } from '../signing/base64.ts'
import { PAYLOAD_TYPES } from '../signing/envelope.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { evidenceOf, readStatement } from './in-toto.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { shown } from './show.ts'
import type { Evidence } from './types.ts'

/** Characters of the largest payload, in base64. */
const PAYLOAD_LENGTH = 32 * 1024 * 1024
const MOST_SIGNATURES = 100

/** Whether JSON is a DSSE envelope, or a sigstore bundle around one. */
export function isEnvelope(value: unknown): boolean {
  const { payload, payloadType } = envelopeIn(value)
  return typeof payload === 'string' && typeof payloadType === 'string'
}

/** A bundle holds its envelope beside the material to verify it online: certificate, log entries, time stamps. */
function envelopeIn(value: unknown): Loose {
  if (!isObject(value)) return {}
  return isObject(value.dsseEnvelope) ? value.dsseEnvelope : value
}

/**
 * An in-toto statement in its DSSE envelope, alone or in a sigstore bundle. Who signed is for `signing` to say; a certificate is noted and
 * not verified. Source: DSSE 1.0; sigstore bundle 0.1 to 0.3.
 */
export function readDsse(file: string, value: unknown): Result<Evidence> {
  const envelope = envelopeIn(value)
  const [payloadType, payload] = [textOf(envelope.payloadType) ?? '', textOf(envelope.payload) ?? '']
  if (payloadType !== PAYLOAD_TYPES.statement)
    return bad(`${file}#/payloadType`, `The envelope holds "${shown(payloadType)}", which is no in-toto statement.`)
  if (payload.length > PAYLOAD_LENGTH)
    return refuse({
      code: 'evidence.limit',
      at: `${file}#/payload`,
      message: `The payload has ${payload.length} characters; at most ${PAYLOAD_LENGTH} are read.`,
      cure: 'Attest a digest of the large part instead of the part itself.',
    })
  const bytes = bytesOfBase64(payload)
  const text = bytes && textOfUtf8(bytes)
  if (text === undefined) return bad(`${file}#/payload`, 'The payload is no base64 of UTF-8 text.')
  // A key that stands twice would let a signer mean one thing and a reader another.
  const parsed = parseOwnJson(`${file}#/payload`, text, { length: PAYLOAD_LENGTH, depth: 200 })
  if (!parsed.ok) return parsed
  const statement = readStatement(`${file}#/payload`, parsed.value)
  if (!statement.ok) return statement
  const listed = listOf(envelope.signatures).map(objectOf)
  if (listed.length > MOST_SIGNATURES)
    return bad(`${file}#/signatures`, `There are ${listed.length} signatures; at most ${MOST_SIGNATURES} are read.`)
  const signatures = listed.flatMap(({ keyid, sig }) => {
    const found = textOf(sig)
    return found === undefined ? [] : [{ keyId: textOf(keyid) ?? '', value: found }]
  })
  return ok(
    evidenceOf('dsse', {
      ...statement.value,
      keyIds: signatures.map(({ keyId }) => keyId),
      ...(hasCertificate(value) ? { certificate: true as const } : {}),
      envelope: { payloadType, payload, signatures },
    }),
  )
}

function hasCertificate(value: unknown): boolean {
  const { certificate, x509CertificateChain } = objectOf(objectOf(value).verificationMaterial)
  return certificate !== undefined || x509CertificateChain !== undefined
}

function bad(at: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.envelope',
    at,
    message,
    cure: 'Envelopes of in-toto statements are read (application/vnd.in-toto+json); write it again with such a one.',
  })
}
