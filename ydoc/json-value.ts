const DEPTH = 200

/** Whether a peer's value is something JSON can hold, at a depth every reader survives; keys left undefined count as absent. */
export function isJsonValue(value: unknown): boolean {
  const waiting: [unknown, number][] = [[value, 0]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [item, depth] = next
    if (item === null || typeof item === 'string' || typeof item === 'boolean') continue
    if (typeof item === 'number' && Number.isFinite(item)) continue
    if (typeof item !== 'object' || depth >= DEPTH || !isPlain(item)) return false
    for (const inner of Object.values(item)) if (inner !== undefined || Array.isArray(item)) waiting.push([inner, depth + 1])
  }
  return true
}

/** A prototype of one's own is how a key named __proto__ arrives after decoding. */
function isPlain(item: object): boolean {
  return Array.isArray(item) || Object.getPrototypeOf(item) === Object.prototype
}

/** Makes a row unchangeable, because it is also the value inside the shared document. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) freezeDeep(inner)
  return Object.freeze(value)
}
