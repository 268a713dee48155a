import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as accept from '../../schemas/generated/accept-records.js'
import type { KeyRow, Keys } from '../../schemas/generated/types.ts'
import { fileText } from '../model/canonical.ts'
import { parseOwnJson } from '../model/json.ts'
import { by } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { bytesOfBase64 } from './base64.ts'

/** The file of a design that says whose signatures count. */
export const KEYS_FILE = 'keys.json'

/** A public key with its id, and the person it speaks for. */
export type EnrolledKey = KeyRow & { readonly id: string }

/** `sha256:` and the hash of the 32 bytes of an Ed25519 public key. */
export function keyId(publicKey: Uint8Array): string {
  return `sha256:${bytesToHex(sha256(publicKey))}`
}

/** A key as people see it: the first twelve hex digits of its id. */
export function shortKey(id: string): string {
  return id.replace('sha256:', '').slice(0, 12)
}

/** The enrolled keys, ordered by id. A row whose key is not the one it is listed under refuses the whole file. */
export function readKeys(text: string, file: string = KEYS_FILE): Result<readonly EnrolledKey[]> {
  const parsed = parseOwnJson(file, text, { length: 4 * 1024 * 1024, depth: 10 })
  if (!parsed.ok) return parsed
  if (!accept.keys(parsed.value)) return broken(file, 'The file does not fit its schema (schemas/keys.schema.json).')
  const keys = Object.entries((parsed.value as Keys).keys)
    .map(([id, row]) => ({ id, ...row }))
    .sort(by(({ id }) => id))
  for (const { id, publicKey } of keys) {
    const bytes = bytesOfBase64(publicKey)
    if (bytes?.length !== 32 || keyId(bytes) !== id)
      return broken(`${file}:/keys/${id}`, 'The public key is not the one that this id names: somebody exchanged one of the two.')
  }
  const clash = keys.flatMap((key, i) => clashOf(keys.slice(0, i), key) ?? [])[0]
  return clash === undefined ? ok(keys) : broken(file, clash)
}

function broken(at: string, message: string): Result<never> {
  return refuse({ code: 'keys.broken', at, message, cure: 'Restore the file from version control.' })
}

/** The text of `keys.json`. */
export function keysText(keys: readonly EnrolledKey[]): string {
  return fileText({ format: 1, keys: Object.fromEntries(keys.map(({ id, ...row }) => [id, row])) })
}

/** With one more key; the same person may have several, two people never share a name or an address. */
export function enrolKey(keys: readonly EnrolledKey[], row: KeyRow): Result<readonly EnrolledKey[]> {
  const bytes = bytesOfBase64(row.publicKey)
  if (bytes?.length !== 32)
    return refuse({
      code: 'keys.public',
      message: 'This is no Ed25519 public key: 32 bytes in base64 are asked for.',
      cure: 'skeptic keys new prints the public key of a new pair.',
    })
  const id = keyId(bytes)
  const known = keys.find(key => key.id === id)
  if (known)
    return refuse({
      code: 'keys.enrolled',
      at: KEYS_FILE,
      message: `The key ${shortKey(id)} is enrolled already, for ${known.name}${known.revokedAt === undefined ? '' : ', and was revoked'}.`,
      cure: known.revokedAt === undefined ? 'There is nothing to do.' : 'Make a new pair: skeptic keys new',
    })
  const clash = clashOf(keys, row)
  if (clash !== undefined)
    return refuse({ code: 'keys.person', at: KEYS_FILE, message: clash, cure: 'Write name and address as they stand there.' })
  const key = { id, ...row }
  if (!accept.keys({ format: 1, keys: { [id]: row } }))
    return refuse({
      code: 'keys.row',
      message: 'Name, address or a role is not as keys.json takes it (schemas/keys.schema.json).',
      cure: 'A name, an address as ann@example.org, and roles in small letters, as security.',
    })
  return ok([...keys, key].sort(by(one => one.id)))
}

/** Two names for one address would let one person answer twice. */
function clashOf(keys: readonly KeyRow[], row: KeyRow): string | undefined {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const other = keys.find(key => same(key.email, row.email) !== same(key.name, row.name))
  return other && `A key of ${other.name} <${other.email}> is there: one person has one name and one address.`
}

/** With a key that vouches for nothing entered after that instant. An earlier end stays. */
export function revokeKey(
  keys: readonly EnrolledKey[],
  id: string,
  { at, reason }: { readonly at: string; readonly reason?: string },
): Result<readonly EnrolledKey[]> {
  const found = keyNamed(keys, id)
  if (!found.ok) return found
  const key = found.value
  if (key.revokedAt !== undefined && Date.parse(key.revokedAt) <= Date.parse(at))
    return refuse({
      code: 'keys.revoked',
      at: KEYS_FILE,
      message: `The key ${shortKey(key.id)} was revoked at ${key.revokedAt}.`,
      cure: 'There is nothing to do.',
    })
  const revoked = { ...key, revokedAt: at, ...(reason === undefined ? {} : { reason }) }
  return ok(keys.map(one => (one === key ? revoked : one)))
}

/** The one key whose id begins so. */
export function keyNamed(keys: readonly EnrolledKey[], id: string): Result<EnrolledKey> {
  const start = id.replace(/^sha256:/, '').toLowerCase()
  const found = keys.filter(key => key.id.slice(7).startsWith(start))
  const [first] = found
  if (first && found.length === 1 && start.length >= 6) return ok(first)
  return refuse({
    code: 'keys.unknown',
    at: id,
    message: found.length > 1 ? 'Several keys begin so.' : 'No enrolled key has this id.',
    cure: 'skeptic keys list names them; the first twelve digits are enough.',
  })
}

/** Whether a key vouches for something entered at that instant. */
export function vouches({ revokedAt }: KeyRow, at: string): boolean {
  return revokedAt === undefined || Date.parse(at) <= Date.parse(revokedAt)
}

/**
 * The keys that count for a change: those that were enrolled before it, for a change may not bring its own judges. What it revokes is
 * revoked at once: taking trust away needs nobody's leave.
 */
export function countingKeys(before: readonly EnrolledKey[], now: readonly EnrolledKey[]): readonly EnrolledKey[] {
  return before.map(key => {
    const ends = [key.revokedAt, now.find(({ id }) => id === key.id)?.revokedAt].filter(end => end !== undefined)
    const [first] = ends.sort((a, b) => Date.parse(a) - Date.parse(b))
    return first === undefined ? key : { ...key, revokedAt: first }
  })
}
