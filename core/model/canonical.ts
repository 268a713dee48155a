import canonicalize from 'canonicalize'

/** Canonical JSON after RFC 8785. Throws on what JSON cannot hold: that is a bug of the caller, never of a file. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('canonicalJson: not a JSON value')
  return text
}

/** The text of a file in the design folder: keys sorted, two spaces, LF, final newline. */
export function fileText(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`
}
