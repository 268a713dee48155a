import { inflateRaw, type NotInflated } from './inflate.ts'

/** The XML of a compressed page: base64 of raw deflate of percent-encoded text. At most `most` characters are ever made. */
export function unpacked(text: string, most: number): string | NotInflated {
  const bytes = bytesOf(text)
  const inflated = bytes && inflateRaw(bytes, most)
  if (!inflated || inflated === 'damaged') return 'damaged'
  if (inflated === 'tooLarge') return 'tooLarge'
  return percentDecoded(textOf(inflated)) ?? 'damaged'
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET, '-', '_'].map((char, i) => [char.charCodeAt(0), i < 64 ? i : i - 2]))

/** Bytes of base64; blanks in it say nothing. */
function bytesOf(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let [length, hold, held] = [0, 0, 0]
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 61 || char <= 32) continue
    const value = VALUES.get(char)
    if (value === undefined) return undefined
    hold = ((hold << 6) | value) & 0xffffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[length++] = (hold >> held) & 0xff
  }
  return bytes.subarray(0, length)
}

/** ASCII as it is; other bytes percent-encoded, so that they are decoded with the rest. */
function textOf(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return pieces.join('').replace(/[\x80-\xff]/g, char => `%${char.charCodeAt(0).toString(16)}`)
}

/** Old versions did not encode: then a lone percent sign is no fault. */
function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.startsWith('<') && !/%[89a-f][0-9a-f]/i.test(text) ? text : undefined
  }
}
