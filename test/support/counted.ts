/** The same rows, and how often a field of any of them was read: the steps of an algorithm, on any machine. */
export function counted<Row extends object>(rows: readonly Row[]): { readonly watched: readonly Row[]; reads(): number } {
  let count = 0
  const watched = rows.map(
    row =>
      new Proxy(row, {
        get(target, key, receiver) {
          count++
          return Reflect.get(target, key, receiver)
        },
      }),
  )
  return { watched, reads: () => count }
}
