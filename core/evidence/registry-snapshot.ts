import * as accept from '../../schemas/generated/accept-records.js'
import type { RegistrySnapshot } from '../../schemas/generated/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { isObject } from './loose.ts'
import type { Evidence } from './types.ts'

export function isRegistrySnapshot(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'registrySnapshot')
}

/** Our own format, so read strictly: what does not fit the schema is refused. A name that stands twice is too, for one entry would hide the other. */
export function readRegistrySnapshot(file: string, value: unknown): Result<Evidence> {
  if (!accept.registrySnapshot(value)) return unfit(file, 'it does not fit its schema (schemas/registry-snapshot.schema.json)')
  const { collectedAt, packages } = value as RegistrySnapshot
  const names = new Set(packages.map(({ ecosystem, name }) => `${ecosystem} ${name}`))
  if (names.size < packages.length) return unfit(file, 'a package stands in it twice')
  return ok({
    format: 'registry-snapshot',
    made: { at: collectedAt, commits: [] },
    facts: { registry: { collectedAt, packages: packages.map((one, index) => ({ ...one, pointer: `/packages/${index}` })) } },
  })
}

function unfit(at: string, why: string): Result<never> {
  return refuse({
    code: 'evidence.snapshot',
    at,
    message: `The registry snapshot cannot be used: ${why}.`,
    cure: 'Collect it again.',
  })
}
