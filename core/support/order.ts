/** Order by UTF-16 code units: the same on every machine and in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Order by a key read from each value. */
export function by<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => byText(key(a), key(b))
}

/** Keys of a link map, sorted. */
export function idsOf(links: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return links ? Object.keys(links).sort(byText) : []
}
