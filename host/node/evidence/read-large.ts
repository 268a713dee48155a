import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { FORMATS } from '../../../core/evidence/formats.ts'
import type { Evidence } from '../../../core/evidence/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { projector } from './project-json.ts'
import { SARIF_SHAPE, SARIF_TOP } from './sarif-shape.ts'

/** Bytes from which a report is not read whole when a part will do. */
export const LARGE = 4 * 1024 * 1024
const CHUNK = 1024 * 1024
/** As core/model/json.ts allows. */
const DEPTH = 200

/**
 * Facts and digest of a large SARIF log, read once, a chunk at a time, without ever holding the text; undefined for
 * everything else, also for a log with anything wrong in it: read whole, that is said with its place.
 */
export async function readLarge(
  file: string,
  full: string,
): Promise<{ readonly digest: string; readonly reading: Result<Evidence> } | undefined> {
  const reader = projector(SARIF_SHAPE, SARIF_TOP, DEPTH)
  const hash = createHash('sha256')
  const handle = await open(full, 'r')
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK)
    // Bytes of a character that the last chunk cut in two.
    let held = 0
    let isFirst = true
    for (;;) {
      const { bytesRead } = await handle.read(buffer, held, CHUNK - held)
      hash.update(buffer.subarray(held, held + bytesRead))
      const filled = held + bytesRead
      const whole = bytesRead === 0 ? filled : endOfWhole(buffer, filled)
      const chunk = buffer.subarray(isFirst && startsWithMark(buffer) ? 3 : 0, whole)
      isFirst = false
      if (!isUtf8(chunk) || !reader.write(chunk)) return undefined
      if (bytesRead === 0) break
      buffer.copyWithin(0, whole, filled)
      held = filled - whole
    }
  } finally {
    await handle.close()
  }
  const read = reader.end()
  const sarif = FORMATS.find(format => format.format === 'sarif')
  if (read === undefined || sarif?.kind !== 'json' || !sarif.isJson(read.value)) return undefined
  return { digest: `sha256:${hash.digest('hex')}`, reading: sarif.read(file, read.value) }
}

/** Where the last whole UTF-8 character of the first `filled` bytes ends. */
function endOfWhole(bytes: Uint8Array, filled: number): number {
  for (let back = 1; back <= 3 && back <= filled; back++) {
    const byte = bytes[filled - back] as number
    if (byte < 0x80) return filled
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? filled - back : filled
  }
  return filled
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}
