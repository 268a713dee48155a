import canonicalize from 'canonicalize'

/** Canonical JSON after RFC 8785. Throws on what JSON cannot hold: that is a bug of the caller, never of a file. */
export function canonicalJson(value: unknown): string {
  const text = textOf(value)
  if (text === undefined) throw new Error('canonicalJson: not a JSON value')
  // JSON.stringify writes half a surrogate pair as \\ud...; only the library says whether it was one.
  return text.includes('\\ud') ? (canonicalize(value) as string) : text
}

/** The text of a file in the design folder: keys sorted, two spaces, LF, final newline. */
export function fileText(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`
}

/** What comes from our own files is in order already, and what is in order V8 writes at once. */
function textOf(value: unknown): string | undefined {
  if (isInOrder(value)) return JSON.stringify(value)
  if (!isPlain(value)) return canonicalize(value)
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const inner = value[key]
    if (inner !== undefined) parts.push(`${JSON.stringify(key)}:${textOf(inner)}`)
  }
  return `{${parts.join(',')}}`
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
}

/** Whether JSON.stringify says it as RFC 8785 would: keys in order, and none that an object would list before the others. */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isInOrder)
  if (!isPlain(value)) return false
  let last = ''
  for (const key in value) {
    if (key < last || (key < ':' && key >= '0')) return false
    if (!isInOrder(value[key])) return false
    last = key
  }
  return true
}
