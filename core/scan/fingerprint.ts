import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Tells whether two findings are of the same value without saying the value: HMAC-SHA-256 under a key that stays on this machine, so that
 * nobody who only has the ledger can try out what it was. `hmac-sha256:` and 32 hex digits.
 */
export function fingerprintOf(value: string, key: Uint8Array): string {
  return `hmac-sha256:${bytesToHex(hmac(sha256, key, utf8ToBytes(value))).slice(0, 32)}`
}
