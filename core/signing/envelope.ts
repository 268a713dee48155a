import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../model/canonical.ts'

/** A signature over bytes that are made by `preAuthenticationEncoding`, DSSE 1.0. Value in base64. */
export type Signature = { readonly key: string; readonly value: string }

/** What a signature is for. The type is among the signed bytes, so that no signature can be passed off as one for something else. */
export const PAYLOAD_TYPES = {
  entry: 'application/vnd.skeptic.ledger-entry+json',
  sidecar: 'application/vnd.skeptic.sidecar+json',
  statement: 'application/vnd.in-toto+json',
} as const

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

/** The bytes that are signed of an object of ours: its canonical JSON without the signature itself. */
export function bytesToSign(payloadType: string, object: Readonly<Record<string, unknown>>): Uint8Array {
  const { signature: _, ...rest } = object
  return preAuthenticationEncoding(payloadType, utf8ToBytes(canonicalJson(rest)))
}
