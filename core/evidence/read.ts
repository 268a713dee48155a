import { parseJson, tooLarge } from '../model/json.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { readJunit } from './junit.ts'
import { isObject } from './loose.ts'
import { readSarif } from './sarif.ts'
import type { Evidence } from './types.ts'

/** UTF-16 units of the largest report that is read. */
export const EVIDENCE_LENGTH = 128 * 1024 * 1024

/** Facts of a report. The format is told by the content: names lie, and several tools write SARIF into `.json`. */
export function readEvidence(file: string, text: string): Result<Evidence> {
  if (text.length > EVIDENCE_LENGTH) return tooLarge(file, text.length, EVIDENCE_LENGTH)
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  const first = clean.charAt(clean.search(/\S/))
  if (first === '')
    return refuse({
      code: 'evidence.empty',
      at: file,
      message: 'The file is empty.',
      cure: 'Run the tool again and look at how it ended.',
    })
  if (first === '<') {
    const read = readJunit(file, clean)
    return read.ok ? ok({ format: 'junit', facts: read.value }) : read
  }
  if (first !== '{' && first !== '[') return unknownFormat(file, 'neither XML nor JSON')
  const parsed = parseJson(file, clean, { length: EVIDENCE_LENGTH, depth: 200 })
  if (!parsed.ok) return parsed
  if (!isObject(parsed.value) || !Object.hasOwn(parsed.value, 'version') || !Object.hasOwn(parsed.value, 'runs'))
    return unknownFormat(file, 'JSON of another kind')
  const read = readSarif(file, parsed.value)
  return read.ok ? ok({ format: 'sarif', facts: read.value }) : read
}

function unknownFormat(file: string, what: string): Result<never> {
  return refuse({
    code: 'evidence.format',
    at: file,
    message: `The file is ${what}; SARIF 2.1.0 and JUnit XML are read.`,
    cure: 'Have the tool write one of them.',
  })
}
