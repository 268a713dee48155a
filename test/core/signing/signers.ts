import { type EnrolledKey, keyId } from '../../../core/signing/enrolled.ts'
import type { Signer } from '../../../core/signing/standing.ts'
import { newPair, signWith } from '../../../host/node/keys/ed25519.ts'

export type Person = { readonly key: EnrolledKey; readonly signer: Signer }

/** Somebody with a real key, enrolled. */
export function person(name: string, rest: Partial<EnrolledKey> = {}): Person {
  const { privateKey, publicKey } = newPair()
  const id = keyId(publicKey)
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`
  const key: EnrolledKey = {
    id,
    name,
    email,
    roles: ['reviewer'],
    publicKey: Buffer.from(publicKey).toString('base64'),
    enrolledAt: '2026-11-01T00:00:00Z',
    ...rest,
  }
  return { key, signer: { key: id, name: key.name, email: key.email, sign: bytes => signWith(privateKey, bytes) } }
}
