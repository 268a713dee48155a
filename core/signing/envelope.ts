import { utf8ToBytes } from '@noble/hashes/utils.js'

/** A signature over bytes that are made by `preAuthenticationEncoding`, DSSE 1.0. Value in base64. */
export type Signature = { readonly key: string; readonly value: string }

/**
 * The bytes that are signed: `DSSEv1 <length of type> <type> <length of body> <body>`, lengths in bytes, in decimal.
 * Source: DSSE protocol, secure-systems-lab/dsse, version 1.0.
 */
export function preAuthenticationEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = utf8ToBytes(payloadType)
  const head = utf8ToBytes(`DSSEv1 ${type.length} ${payloadType} ${body.length} `)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}
