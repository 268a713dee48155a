import { canonicalJson } from './canonical.ts'
import { sha256Hex } from './sha256.ts'

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

/** Whether a text is an id of ours of this kind. */
export function isId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}-`) && /^[0-9A-HJKMNP-TV-Z]{5}$/.test(text.slice(prefix.length + 1))
}

/** Whether a value may stand as designId in skeptic.json. */
export function isDesignId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9A-HJKMNP-TV-Z]{10}$/.test(value)
}

/** A computed id: prefix and eight base-32 characters of the hash of what it came from. */
export function computedId(prefix: string, origin: Readonly<Record<string, unknown>>): string {
  return idsAfter(prefix, '')(canonicalJson(origin))
}

/** The same for callers that write the canonical JSON themselves, and make many ids whose texts begin alike. */
export function idsAfter(prefix: string, head: string): (rest: string) => string {
  const even = head.length & ~1
  const before = absorb({ a: 0, b: 0x9747b28c }, head.slice(0, even))
  const odd = head.slice(even)
  return rest => {
    const text = odd + rest
    const { a, b } = absorb({ ...before }, text)
    const length = even + text.length
    return `${prefix}-${fourOf(mixed(a ^ length))}${fourOf(mixed(b ^ length))}`
  }
}

const { imul } = Math

/** Twenty bits as four base-32 characters. */
function fourOf(hash: number): string {
  return (PAIRS[hash >>> 22] ?? '') + (PAIRS[(hash >>> 12) & 1023] ?? '')
}

/** Ten bits as two characters. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => ALPHABET.charAt(bits >>> 5) + ALPHABET.charAt(bits & 31))

type Hash = { a: number; b: number }

/**
 * MurmurHash3 (x86, 32 bits) over UTF-16 units, with both seeds in one walk. Ids need no cryptography: whoever can write the
 * design can write the decision itself, and a design has thousands of them to make at every start (decision 0005).
 */
function absorb(hash: Hash, text: string): Hash {
  let { a, b } = hash
  for (let i = 0; i < text.length; i += 2) {
    let block = text.charCodeAt(i) | ((i + 1 < text.length ? text.charCodeAt(i + 1) : 0) << 16)
    block = imul(block, 0xcc9e2d51)
    block = imul((block << 15) | (block >>> 17), 0x1b873593)
    a ^= block
    a = (imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0
    b ^= block
    b = (imul((b << 13) | (b >>> 19), 5) + 0xe6546b64) | 0
  }
  hash.a = a
  hash.b = b
  return hash
}

function mixed(last: number): number {
  let hash = imul(last ^ (last >>> 16), 0x85ebca6b)
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Random numbers drawn from a text: the same text gives the same ids on every machine. */
export function randomFrom(seed: string): () => number {
  let block = ''
  let used = 0
  let round = 0
  return () => {
    if (used === block.length) {
      block = sha256Hex(`${seed}\n${round++}`)
      used = 0
    }
    used += 2
    return Number.parseInt(block.slice(used - 2, used), 16) / 256
  }
}
