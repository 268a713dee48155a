import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical.ts'

/** Crockford's base-32 alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A fresh random id, as E-7K3Q2; asks again while `taken` says the id exists. */
export function newId(prefix: string, random: () => number, taken: (id: string) => boolean = () => false): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const id = `${prefix}-${Array.from({ length: 5 }, () => ALPHABET[Math.floor(random() * 32)]).join('')}`
    if (!taken(id)) return id
  }
  throw new Error(`newId: ${ATTEMPTS} ids in a row were taken; the random source is stuck`)
}

const ATTEMPTS = 1000

/** Ten random characters for skeptic.json. */
export function newDesignId(random: () => number): string {
  return Array.from({ length: 10 }, () => ALPHABET[Math.floor(random() * 32)]).join('')
}

/** A computed id: prefix and eight base-32 characters of the hash of what it came from. */
export function computedId(prefix: string, origin: unknown): string {
  return `${prefix}-${base32(sha256(utf8ToBytes(canonicalJson(origin))), 8)}`
}

/** Random numbers drawn from a text: the same text gives the same ids on every machine. */
export function randomFrom(seed: string): () => number {
  let block = new Uint8Array()
  let used = 0
  let round = 0
  return () => {
    if (used === block.length) {
      block = sha256(utf8ToBytes(`${seed}\n${round++}`))
      used = 0
    }
    return (block[used++] as number) / 256
  }
}

function base32(bytes: Uint8Array, length: number): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += ALPHABET[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
    if (text.length === length) break
  }
  return text
}
