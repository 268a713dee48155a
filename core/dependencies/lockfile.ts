/** Ecosystems as package URLs name them. */
export type Ecosystem = 'npm' | 'cargo' | 'pypi' | 'golang'

/** A lockfile: every package that it pins, once for each name and version. */
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
  /** Where it comes from. */
  readonly source: 'registry' | 'git' | 'http' | 'file' | 'workspace' | 'bundled'
  /** Address as written, where there is one. */
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  /** JSON pointer, or line as `L12`. */
  readonly pointer: string
}
