import { type Raw, recordOf } from '../reading/json-fields.ts'

/**
 * An object with what its merge keys (`<<`, YAML 1.1) bring in, as Threagile reads it: its own keys count first, then those of the
 * earlier base. A merge key that holds anything else than objects is a key like any other.
 */
export function mergedOf(value: unknown): Raw | undefined {
  const own = recordOf(value)
  if (!own || !Object.hasOwn(own, '<<')) return own
  const merged: Record<string, unknown> = {}
  fill(merged, own)
  return merged
}

/** Each key is looked at once, however deep the bases lie in each other. */
function fill(merged: Record<string, unknown>, own: Raw): void {
  const bases = Object.hasOwn(own, '<<') ? basesIn(own['<<']) : undefined
  for (const [key, value] of Object.entries(own)) if (!(bases && key === '<<') && !Object.hasOwn(merged, key)) merged[key] = value
  for (const base of bases ?? []) fill(merged, base)
}

function basesIn(value: unknown): readonly Raw[] | undefined {
  const bases = Array.isArray(value) ? value : [value]
  const known = bases.map(recordOf).filter(base => base !== undefined)
  return known.length === bases.length ? known : undefined
}
