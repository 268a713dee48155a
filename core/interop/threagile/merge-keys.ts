import { type Raw, recordOf } from '../reading/json-fields.ts'

/**
 * An object with what its merge keys (`<<`, YAML 1.1) bring in, as Threagile reads it: its own keys count first, then those of the
 * earlier base. A merge key that holds anything else than objects is a key like any other.
 */
export function mergedOf(value: unknown): Raw | undefined {
  const own = recordOf(value)
  if (!own || !Object.hasOwn(own, '<<')) return own
  const { '<<': base, ...rest } = own
  const bases = (Array.isArray(base) ? base : [base]).map(mergedOf)
  const known = bases.filter(one => one !== undefined)
  return known.length === bases.length ? Object.assign({}, ...known.reverse(), rest) : own
}
