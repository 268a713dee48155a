import { recordOf } from '../reading/json-fields.ts'

/** Names with values, written as a map or as a list of `NAME=value`; a name alone has none. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(value)) return Object.entries(recordOf(value) ?? {})
  return value.flatMap((entry): [string, unknown][] => {
    if (typeof entry !== 'string') return []
    const cut = entry.indexOf('=')
    return [cut < 0 ? [entry, null] : [entry.slice(0, cut), entry.slice(cut + 1)]]
  })
}

/** Names of what a service takes: a map, a list of names, or a list of objects that say their source. */
export function namesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return Object.keys(recordOf(value) ?? {})
  return value.flatMap(entry => {
    const name = typeof entry === 'string' ? entry : recordOf(entry)?.source
    return typeof name === 'string' ? [name] : []
  })
}
