const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((char, value) => [char.charCodeAt(0), value]))

/** Bytes as the text both transports carry; written out because windows and Node name their own functions differently. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += 3 * 4096) parts.push(encode(bytes.subarray(from, from + 3 * 4096)))
  return parts.join('')
}

/** The bytes of a base64 text; nothing when it is not one. */
export function fromBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) return undefined
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const end = text.length - padding
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    let group = 0
    for (let j = i; j < i + 4; j++) {
      const value = j < end ? VALUES.get(text.charCodeAt(j)) : 0
      if (value === undefined) return undefined
      group = (group << 6) | value
    }
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 255
  }
  return bytes
}

function encode(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += char(group >> 18) + char(group >> 12) + (left > 1 ? char(group >> 6) : '=') + (left > 2 ? char(group) : '=')
  }
  return text
}

function char(value: number): string {
  return ALPHABET[value & 63] as string
}
