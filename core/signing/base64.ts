const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes of base64, padded or not, in the standard or the URL alphabet; undefined for anything else, as stray signs or bits left over. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined
  if (text.length !== digits.length && text.length % 4 !== 0) return undefined
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < digits.length; i++) {
    held = ((held << 6) | (VALUES[digits.charCodeAt(i)] ?? 0)) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 0xff
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined
}

const VALUES = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, STANDARD.indexOf(String.fromCharCode(code))))

/** Text of UTF-8 bytes; undefined when they are none. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  const parts: string[] = []
  try {
    for (let at = 0; at < bytes.length; ) {
      // Cut only where a character begins.
      let end = Math.min(bytes.length, at + CHUNK)
      while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
      if (end <= at) return undefined
      let escaped = ''
      for (const byte of bytes.subarray(at, end)) escaped += byte < 128 && byte !== 37 ? String.fromCharCode(byte) : percent(byte)
      parts.push(decodeURIComponent(escaped))
      at = end
    }
    return parts.join('')
  } catch {
    return undefined
  }
}

const CHUNK = 8192

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`
}
