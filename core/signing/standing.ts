import { bytesOfBase64 } from './base64.ts'
import type { EnrolledKey } from './enrolled.ts'
import { bytesToSign, type Signature } from './envelope.ts'

/** The arithmetic of Ed25519: 32 bytes of key, what was signed, 64 bytes of signature. */
export type Verify = (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean

/** Who signs: the id of the key, the name its entries go under, and the deed, which answers base64. */
export type Signer = {
  readonly key: string
  readonly name: string
  readonly email: string
  readonly sign: (bytes: Uint8Array) => string
}

/** What signatures are held against. */
export type Trust = { readonly keys: readonly EnrolledKey[]; readonly verify: Verify }

/** How a signature stands; whether its key was revoked by then is another question. */
export type Standing =
  | { readonly state: 'unsigned' }
  | { readonly state: 'unknown'; readonly id: string }
  | { readonly state: 'bad'; readonly key: EnrolledKey }
  | { readonly state: 'holds'; readonly key: EnrolledKey }

type Signed = Readonly<Record<string, unknown>> & { readonly signature?: Signature }

/** Whether the signature inside an object of ours is that of an enrolled key over exactly this object, for exactly this purpose. */
export function standingOf(payloadType: string, object: Signed, { keys, verify }: Trust): Standing {
  const { signature } = object
  if (signature === undefined) return { state: 'unsigned' }
  const key = keys.find(({ id }) => id === signature.key)
  if (!key) return { state: 'unknown', id: signature.key }
  const holds = signatureHolds({ key, bytes: bytesToSign(payloadType, object), value: signature.value }, verify)
  return { state: holds ? 'holds' : 'bad', key }
}

/** Whether a signature in base64 is that of a key over these bytes. */
export function signatureHolds(
  { key, bytes, value }: { readonly key: EnrolledKey; readonly bytes: Uint8Array; readonly value: string },
  verify: Verify,
): boolean {
  const [publicKey, signature] = [bytesOfBase64(key.publicKey), bytesOfBase64(value)]
  return publicKey?.length === 32 && signature?.length === 64 && verify(publicKey, bytes, signature)
}

/** The signature of an object of ours. */
export function signatureOf(payloadType: string, object: Readonly<Record<string, unknown>>, signer: Signer): Signature {
  return { key: signer.key, value: signer.sign(bytesToSign(payloadType, object)) }
}
