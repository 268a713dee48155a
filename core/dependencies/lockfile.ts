/** Ecosystems as package URLs name them. */
export type Ecosystem = 'npm' | 'cargo' | 'pypi' | 'golang'

/** A lockfile: every package that it pins, once for each name, version and place it comes from. */
export type Lockfile = {
  /** Path in the tree. */
  readonly path: string
  /** The tool's format and its version, as `package-lock 3`. */
  readonly format: string
  readonly ecosystem: Ecosystem
  readonly packages: readonly LockedPackage[]
}

/** One pinned package. Absent fields: the format does not say. */
export type LockedPackage = {
  /** The name it has in its registry, also where the project calls it otherwise. */
  readonly name: string
  readonly version: string
  /** The name the project uses for it, where that is another. */
  readonly alias?: string
  /** Whether the lockfile holds a digest of what will be fetched. */
  readonly hasIntegrity: boolean
  /** That digest, where there is exactly one. */
  readonly integrity?: string
  /** Where it comes from. */
  readonly source: PackageSource
  /** Address as written, where there is one. */
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  /** Names it asks for in turn, as it calls them; absent: the format does not say. */
  readonly dependsOn?: readonly string[]
  /** JSON pointer, or line as `L12`. */
  readonly pointer: string
}

export type PackageSource = 'registry' | 'git' | 'http' | 'file' | 'workspace' | 'bundled'

/** UTF-16 units of the largest lockfile that is read, and packages in it. */
export const LOCKFILE_LENGTH = 16 * 1024 * 1024
export const MOST_PACKAGES = 100_000

/** Packages that are fetched from elsewhere; the project's own are not. */
export function fetched({ packages }: Lockfile): readonly LockedPackage[] {
  return packages.filter(({ source }) => source !== 'workspace')
}

/** Each once. Two entries that differ in where they come from are two, or the second could hide. */
export function withoutRepeats(packages: readonly LockedPackage[]): readonly LockedPackage[] {
  const seen = new Map<string, LockedPackage>()
  for (const one of packages) {
    const { name, version, alias, source, resolved, integrity } = one
    const key = JSON.stringify([name, version, alias, source, resolved, integrity])
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}

/** A step of a JSON pointer. */
export function step(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The machine an address names, in lower case, without user and port; undefined when it names none. */
export function hostOf(address: string): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(address.slice(0, 2000))?.[1]
  return host?.toLowerCase()
}

/** What kind of address this is; `registry` when a registry of npm serves such paths. */
export function sourceOfAddress(address: string): PackageSource {
  if (/^(?:git[+:@]|ssh:|github:|gitlab:|bitbucket:|gist:)/.test(address) || /^https?:\/\/[^#]*\.git(?:#|$)/.test(address))
    return 'git'
  if (/^(?:file:|link:|portal:|\.{0,2}\/)/.test(address)) return 'file'
  if (/^https?:\/\/codeload\./.test(address)) return 'git'
  if (/^https?:/.test(address)) return address.includes('/-/') || address.includes('/download/') ? 'registry' : 'http'
  return 'registry'
}
