import { bytesOfBase64 } from './base64.ts'
import type { EnrolledKey } from './enrolled.ts'
import { PAYLOAD_TYPES, preAuthenticationEncoding } from './envelope.ts'
import { signatureHolds, type Trust } from './standing.ts'

type Envelope = {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly value: string }[]
}

/** Signatures of one envelope that are looked at; each costs an attempt with every key. */
const MOST = 20

/** The enrolled keys that signed an in-toto statement. Ids in the envelope are hints that anybody may write, so every key is tried. */
export function attestersOf({ payloadType, payload, signatures }: Envelope, { keys, verify }: Trust): readonly EnrolledKey[] {
  const body = payloadType === PAYLOAD_TYPES.statement ? bytesOfBase64(payload) : undefined
  if (!body) return []
  const bytes = preAuthenticationEncoding(payloadType, body)
  return keys.filter(key => signatures.slice(0, MOST).some(({ value }) => signatureHolds({ key, bytes, value }, verify)))
}
