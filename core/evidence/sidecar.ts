import * as accept from '../../schemas/generated/accept-records.js'
import { parseOwnJson } from '../model/json.ts'
import type { Sidecar } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** What a sidecar adds to the name of its report. */
export const SIDECAR_SUFFIX = '.skeptic.json'

/** A sidecar from its text; one that does not fit the schema vouches for nothing. */
export function readSidecar(file: string, text: string): Result<Sidecar> {
  const parsed = parseOwnJson(file, text, { length: 1024 * 1024, depth: 20 })
  if (!parsed.ok) return parsed
  if (accept.sidecar(parsed.value)) return ok(parsed.value as Sidecar)
  return refuse({
    code: 'evidence.sidecar',
    at: file,
    message: 'The sidecar does not fit its schema (schemas/sidecar.schema.json).',
    cure: 'Collect the evidence again with: skeptic collect',
  })
}

/** The slot of a report without a sidecar: the folder it lies in, else its name up to the first dot. */
export function slotByName(file: string): string {
  const slash = file.indexOf('/')
  const word = (slash > 0 ? file.slice(0, slash) : (file.split('.')[0] ?? '')).toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return /[a-z].*/.exec(word)?.[0] ?? 'unknown'
}
