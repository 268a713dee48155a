/** Why compressed bytes gave nothing. */
export type NotInflated = 'damaged' | 'tooLarge'

/**
 * Unpacks raw deflate (RFC 1951), as draw.io compresses its pages; core knows neither Node nor the browser. Stops at `most` bytes, so
 * that a few bytes never become a great many. What follows the last block is not looked at.
 */
export function inflateRaw(bytes: Uint8Array, most: number): Uint8Array | NotInflated {
  const input: Input = { bytes, at: 0, hold: 0, held: 0, isShort: false }
  const output: Output = { bytes: new Uint8Array(Math.min(most, Math.max(1024, bytes.length * 4))), length: 0, most }
  for (let isLast = false; !isLast; ) {
    isLast = bits(input, 1) === 1
    const fault = block(input, output, bits(input, 2))
    if (fault) return fault
  }
  return input.isShort ? 'damaged' : output.bytes.subarray(0, output.length)
}

type Input = { readonly bytes: Uint8Array; at: number; hold: number; held: number; isShort: boolean }
type Output = { bytes: Uint8Array; length: number; readonly most: number }

/** The next bits, the lowest first; past the end they are zero and the input says so. */
function bits(input: Input, count: number): number {
  while (input.held < count) {
    if (input.at >= input.bytes.length) input.isShort = true
    input.hold |= (input.bytes[input.at++] ?? 0) << input.held
    input.held += 8
  }
  const value = input.hold & ((1 << count) - 1)
  input.hold >>>= count
  input.held -= count
  return value
}

function block(input: Input, output: Output, type: number): NotInflated | undefined {
  if (input.isShort) return 'damaged'
  if (type === 0) return stored(input, output)
  const codes = type === 1 ? FIXED : type === 2 ? dynamic(input) : undefined
  return codes ? packed(input, output, codes) : 'damaged'
}

function stored(input: Input, output: Output): NotInflated | undefined {
  input.hold = 0
  input.held = 0
  const length = bits(input, 16)
  if (bits(input, 16) !== (~length & 0xffff) || input.at + length > input.bytes.length) return 'damaged'
  if (!room(output, length)) return 'tooLarge'
  output.bytes.set(input.bytes.subarray(input.at, input.at + length), output.length)
  input.at += length
  output.length += length
  return undefined
}

/** A code by its lengths: how many symbols have each length, and the symbols in the order of their codes. */
type Code = { readonly counts: Uint16Array; readonly symbols: Uint16Array; readonly left: number }
type Codes = { readonly lengths: Code; readonly distances: Code }

const LONGEST = 15

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(LONGEST + 1)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  const starts = new Uint16Array(LONGEST + 2)
  let left = 1
  for (let length = 1; length <= LONGEST; length++) {
    left = left * 2 - (counts[length] ?? 0)
    starts[length + 1] = (starts[length] ?? 0) + (counts[length] ?? 0)
    if (left < 0) return { counts, symbols: starts, left }
  }
  const symbols = new Uint16Array(lengths.length)
  for (const [symbol, length] of lengths.entries())
    if (length > 0) {
      const place = starts[length] ?? 0
      symbols[place] = symbol
      starts[length] = place + 1
    }
  return { counts, symbols, left }
}

/** A code must name every sequence of bits, or be the single one of length 1. */
function isUsable({ counts, left }: Code, size: number): boolean {
  return left === 0 || (left > 0 && size === (counts[0] ?? 0) + (counts[1] ?? 0))
}

function symbol(input: Input, { counts, symbols }: Code): number | undefined {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= LONGEST; length++) {
    code |= bits(input, 1)
    const count = counts[length] ?? 0
    if (code - count < first) return symbols[index + code - first]
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  return undefined
}

const FIXED: Codes = {
  lengths: codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codeOf(Array.from({ length: 30 }, () => 5)),
}

/** The order in which lengths of the code for lengths are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function dynamic(input: Input): Codes | undefined {
  const literals = bits(input, 5) + 257
  const distances = bits(input, 5) + 1
  const written = bits(input, 4) + 4
  if (literals > 286 || distances > 30) return undefined
  const own = new Array<number>(19).fill(0)
  for (const at of ORDER.slice(0, written)) own[at] = bits(input, 3)
  const code = codeOf(own)
  if (code.left !== 0) return undefined
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const next = symbol(input, code)
    if (next === undefined || input.isShort) return undefined
    if (next < 16) lengths.push(next)
    else {
      const [value, count] =
        next === 16 ? [lengths.at(-1), 3 + bits(input, 2)] : [0, next === 17 ? 3 + bits(input, 3) : 11 + bits(input, 7)]
      if (value === undefined || lengths.length + count > literals + distances) return undefined
      for (let i = 0; i < count; i++) lengths.push(value)
    }
  }
  if (lengths[256] === 0) return undefined
  const codes = { lengths: codeOf(lengths.slice(0, literals)), distances: codeOf(lengths.slice(literals)) }
  return isUsable(codes.lengths, literals) && isUsable(codes.distances, distances) ? codes : undefined
}

const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const DISTANCES = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193],
  ...[12289, 16385, 24577],
]

/** Literals and copies of what came before, up to the end of the block. */
function packed(input: Input, output: Output, { lengths, distances }: Codes): NotInflated | undefined {
  for (;;) {
    const next = symbol(input, lengths)
    if (next === undefined || next > 285 || input.isShort) return 'damaged'
    if (next === 256) return undefined
    if (next < 256) {
      if (!room(output, 1)) return 'tooLarge'
      output.bytes[output.length++] = next
      continue
    }
    const at = next - 257
    const length = (LENGTHS[at] ?? 0) + bits(input, at < 8 || at === 28 ? 0 : (at >> 2) - 1)
    const far = symbol(input, distances)
    if (far === undefined || far >= DISTANCES.length) return 'damaged'
    const distance = (DISTANCES[far] ?? 0) + bits(input, far < 4 ? 0 : (far >> 1) - 1)
    if (distance > output.length || input.isShort) return 'damaged'
    if (!room(output, length)) return 'tooLarge'
    for (let i = 0; i < length; i++) output.bytes[output.length] = output.bytes[output.length++ - distance] ?? 0
  }
}

/** Makes room for some bytes more, unless that is too much. */
function room(output: Output, count: number): boolean {
  const length = output.length + count
  if (length > output.most) return false
  if (length > output.bytes.length) {
    const larger = new Uint8Array(Math.min(output.most, Math.max(length, output.bytes.length * 2)))
    larger.set(output.bytes)
    output.bytes = larger
  }
  return true
}
