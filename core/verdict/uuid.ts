import { sha256Hex } from '../model/sha256.ts'

/** A UUID that follows from its words, for formats that ask for one: the shape of version 5 over SHA-256. Same words, same id. */
export function uuidOf(...words: readonly string[]): string {
  const hex = sha256Hex(JSON.stringify(words))
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
