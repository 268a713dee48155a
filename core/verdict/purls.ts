/** A package as its URL names it, in the spelling by which two are compared. */
export type Purl = { readonly type: string; readonly name: string; readonly version: string | undefined }

/**
 * Type, name with its namespace, and version of a package URL; qualifiers and the path below it do not make another package. Undefined: no
 * package URL. Names are spelled as their registries compare them (package-url/purl-spec: PyPI, GitHub, Bitbucket).
 */
export function purlOf(text: string): Purl | undefined {
  const found = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^?#]+)/.exec(text)
  if (!found) return undefined
  const type = (found[1] as string).toLowerCase()
  const path = (found[2] as string).replace(/\/+$/, '')
  // a scope written without its escape begins with an `@` of its own
  const at = path.lastIndexOf('@')
  const [name, version] = at > 0 && path[at - 1] !== '/' ? [path.slice(0, at), path.slice(at + 1)] : [path, undefined]
  return { type, name: spelled(type, decoded(name)), version: version === undefined ? undefined : decoded(version) }
}

/** The spelling in which the registry of this type compares names. */
export function spelled(type: string, name: string): string {
  if (type === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-')
  return LOWER.has(type) ? name.toLowerCase() : name
}

const LOWER: ReadonlySet<string> = new Set(['npm', 'golang', 'github', 'bitbucket'])

/** The URL as a person would write it in a glob: escapes undone, without qualifiers. */
export function plainPurl(text: string): string {
  const purl = purlOf(text)
  return purl ? `pkg:${purl.type}/${purl.name}${purl.version === undefined ? '' : `@${purl.version}`}` : text
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
