import { encodingOf } from '../../../core/support/encoding.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'

/** Bytes of a report as text: UTF-8, UTF-16 with its mark, or what an XML declaration names. Never a guess. */
export function decodeText(file: string, bytes: Uint8Array): Result<string> {
  const encoding = encodingOf(bytes)
  try {
    return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    return refuse({
      code: 'evidence.encoding',
      at: file,
      message: `The file is not text in ${encoding}.`,
      cure: 'Have the tool write UTF-8.',
    })
  }
}
