import { encodingOf } from '../../../core/support/encoding.ts'

/**
 * Bytes of a model as text: UTF-16 and UTF-8 by their marks, or what an XML declaration names, else UTF-8. What is no text in that
 * encoding becomes signs that the readers know as binary, and refuse by name.
 */
export function decodeModel(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}
