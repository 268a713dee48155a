/** A place at which two files say different things, as a JSON pointer of the first: `removed` there, `added` in the second, or `changed`. */
export type RawDifference = {
  readonly at: string
  readonly kind: 'removed' | 'added' | 'changed'
  readonly was?: unknown
  readonly is?: unknown
}

/** How the objects of a list are known, wherever they stand in it; lists of plain values are compared as sets. */
export type KeyOf = (object: Readonly<Record<string, unknown>>) => string | undefined

/** All differences of two files of JSON; objects of a list are matched by their key, the rest of them by their place. */
export function rawDifferences(a: unknown, b: unknown, keyOf: KeyOf, at = ''): readonly RawDifference[] {
  if (Array.isArray(a) && Array.isArray(b)) return listDifferences(a, b, keyOf, at)
  if (isObject(a) && isObject(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
    return keys.flatMap(key => {
      const place = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!(key in a)) return [{ at: place, kind: 'added' as const, is: b[key] }]
      if (!(key in b)) return [{ at: place, kind: 'removed' as const, was: a[key] }]
      return rawDifferences(a[key], b[key], keyOf, place)
    })
  }
  return Object.is(a, b) ? [] : [{ at, kind: 'changed', was: a, is: b }]
}

function listDifferences(a: readonly unknown[], b: readonly unknown[], keyOf: KeyOf, at: string): readonly RawDifference[] {
  const nameOf = (value: unknown) => (isObject(value) ? keyOf(value) : JSON.stringify(value))
  const named = new Map<string, unknown[]>()
  for (const value of b) {
    const name = nameOf(value) ?? ''
    named.set(name, [...(named.get(name) ?? []), value])
  }
  const found = a.flatMap((value, i) => {
    const [match] = named.get(nameOf(value) ?? '')?.splice(0, 1) ?? []
    return match === undefined
      ? [{ at: `${at}/${i}`, kind: 'removed' as const, was: value }]
      : rawDifferences(value, match, keyOf, `${at}/${i}`)
  })
  const added = [...named.values()].flat().map(is => ({ at: `${at}/-`, kind: 'added' as const, is }))
  return [...found, ...added]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
