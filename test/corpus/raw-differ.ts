/** One place where two parsed files differ: a pointer with ids instead of positions, and what stands there. */
export type RawDifference = { readonly at: string; readonly from: unknown; readonly to: unknown }

/** Compares two parsed files; objects of a list are matched by their ids or by what they name, texts by what they say, for no format here means anything by their order. */
export function rawDifferences(from: unknown, to: unknown, at = ''): readonly RawDifference[] {
  if (Array.isArray(from) && Array.isArray(to)) return listDifferences(from, to, at)
  if (!isObject(from) || !isObject(to)) return Object.is(from, to) ? [] : [{ at, from, to }]
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return keys.flatMap(key => rawDifferences(from[key], to[key], `${at}/${key}`))
}

function listDifferences(from: readonly unknown[], to: readonly unknown[], at: string): readonly RawDifference[] {
  const ids = [...from, ...to].map(keyOf)
  if (ids.some(id => id === undefined) || new Set(from.map(keyOf)).size < from.length)
    return Array.from({ length: Math.max(from.length, to.length) }, (_, i) => i).flatMap(i =>
      rawDifferences(from[i], to[i], `${at}/${i}`),
    )
  const byId = (list: readonly unknown[]) => new Map(list.map(one => [keyOf(one), one]))
  const [before, after] = [byId(from), byId(to)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(id =>
    rawDifferences(before.get(id), after.get(id), `${at}/${String(id)}`),
  )
}

function keyOf(value: unknown): string | undefined {
  if (!isObject(value)) return typeof value === 'string' ? `"${value}"` : undefined
  const id = value.id ?? value.threat ?? value.mitigation
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
