import { sha256Hex } from '../../model/sha256.ts'

/** A UUID (RFC 9562, version 8) computed from texts: the same texts give the same one on every machine. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = sha256Hex(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
