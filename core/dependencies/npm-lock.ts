import { isObject, type Loose, listOf, objectOf, textOf } from '../evidence/loose.ts'
import { type LockedPackage, type PackageSource, sourceOfAddress, step } from './lockfile.ts'

const ASKED = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const

/** Names under the keys of a package that ask for others. */
export function askedNames(entry: Loose, keys: readonly string[] = ASKED): readonly string[] {
  return keys.flatMap(key => Object.keys(objectOf(entry[key])))
}

/** package-lock.json and npm-shrinkwrap.json of versions 1, 2 and 3; undefined: not their shape. */
export function npmPackages(lock: Loose): readonly LockedPackage[] | undefined {
  const { packages, dependencies } = lock
  if (packages !== undefined && !isObject(packages)) return undefined
  if (dependencies !== undefined && !isObject(dependencies)) return undefined
  if (!packages) return legacy(objectOf(dependencies))
  const modern = fromPackages(packages)
  // npm 6 reads the older half of version 2: what stands only there comes in as well.
  const known = new Set(
    modern.flatMap(({ name, version, alias, source }) => [
      idOf(name, version),
      ...(source === 'workspace' ? [alias ?? name] : []),
    ]),
  )
  return [
    ...modern,
    ...legacy(objectOf(dependencies)).filter(
      ({ name, version, alias }) => !known.has(idOf(name, version)) && !known.has(alias ?? name),
    ),
  ]
}

function idOf(name: string, version: string): string {
  return `${name}@${version}`
}

function fromPackages(packages: Loose): readonly LockedPackage[] {
  return Object.entries(packages).flatMap(([key, value]) => {
    const called = nameInPath(key)
    if (called === undefined) return []
    const entry = objectOf(value)
    if (entry.link === true) return [linked(called, entry, packages, key)]
    const { resolved, integrity } = entry
    const name = textOf(entry.name) ?? called
    const address = textOf(resolved)
    return [
      {
        name,
        version: textOf(entry.version) ?? '',
        ...(name === called ? {} : { alias: called }),
        ...digest(integrity),
        source: entry.inBundle === true ? 'bundled' : address === undefined ? 'registry' : sourceOfAddress(address),
        ...(address === undefined ? {} : { resolved: address }),
        ...(entry.hasInstallScript === true ? { hasInstallScript: true } : {}),
        dependsOn: askedNames(entry),
        pointer: `/packages${step(key)}`,
      } satisfies LockedPackage,
    ]
  })
}

/** A link leads to a folder; one outside the project is none of its workspaces. */
function linked(called: string, { resolved }: Loose, packages: Loose, key: string): LockedPackage {
  const folder = textOf(resolved) ?? ''
  const target = objectOf(Object.hasOwn(packages, folder) ? packages[folder] : undefined)
  return {
    name: called,
    version: textOf(target.version) ?? '',
    hasIntegrity: false,
    source: /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(folder) ? 'file' : 'workspace',
    resolved: folder,
    dependsOn: askedNames(target, [...ASKED, 'devDependencies']),
    pointer: `/packages${step(key)}`,
  }
}

/** The last name in a path of folders; undefined for a folder of the project itself. */
function nameInPath(key: string): string | undefined {
  const at = key.lastIndexOf('node_modules/')
  return at < 0 ? undefined : key.slice(at + 'node_modules/'.length)
}

export function digest(integrity: unknown): Pick<LockedPackage, 'hasIntegrity' | 'integrity'> {
  const text = textOf(integrity)
  return text === undefined ? { hasIntegrity: false } : { hasIntegrity: true, integrity: text }
}

/** Version 1 nests packages in packages. */
function legacy(dependencies: Loose): readonly LockedPackage[] {
  const found: LockedPackage[] = []
  const waiting: (readonly [Loose, string])[] = [[dependencies, '/dependencies']]
  // The list grows while it is walked.
  for (const [table, place] of waiting) {
    for (const [called, value] of Object.entries(table)) {
      const entry = objectOf(value)
      const pointer = place + step(called)
      found.push(legacyPackage(called, entry, pointer))
      if (isObject(entry.dependencies)) waiting.push([entry.dependencies, `${pointer}/dependencies`])
    }
  }
  return found
}

function legacyPackage(called: string, entry: Loose, pointer: string): LockedPackage {
  const written = textOf(entry.version) ?? ''
  const alias = /^npm:(.+)@([^@]+)$/.exec(written)
  const name = alias?.[1] ?? called
  const isAddress = /[:/]/.test(written) && !alias
  const address = textOf(entry.resolved) ?? (isAddress ? written : undefined)
  const source: PackageSource = entry.bundled === true ? 'bundled' : sourceOfAddress(isAddress ? written : (address ?? ''))
  return {
    name,
    version: alias?.[2] ?? written,
    ...(name === called ? {} : { alias: called }),
    ...digest(entry.integrity),
    source: address === undefined && source === 'file' ? 'registry' : source,
    ...(address === undefined ? {} : { resolved: address }),
    dependsOn: [...askedNames(entry, ['requires']), ...askedNames(entry, ['dependencies'])],
    pointer,
  }
}

/** bun.lock: each package is a list whose head is `name@where`. */
export function bunPackages(lock: Loose): readonly LockedPackage[] | undefined {
  if (!isObject(lock.packages)) return undefined
  return Object.entries(lock.packages).flatMap(([key, value]) => {
    const parts = listOf(value)
    const head = textOf(parts[0])
    const cut = head?.indexOf('@', 1) ?? -1
    if (head === undefined || cut < 0) return []
    const [name, where] = [head.slice(0, cut), head.slice(cut + 1)]
    const workspace = where.startsWith('workspace:')
    const source = workspace ? 'workspace' : sourceOfAddress(where)
    const address = source === 'registry' ? textOf(parts[1]) : where
    const called = key === name || key.endsWith(`/${name}`) ? undefined : key
    return [
      {
        name,
        version: where,
        ...(called === undefined ? {} : { alias: called }),
        ...digest(parts.slice(2).find(part => typeof part === 'string' && /^sha\d+-/.test(part))),
        source,
        ...(address === undefined ? {} : { resolved: address }),
        dependsOn: askedNames(objectOf(parts.find(isObject))),
        pointer: `/packages${step(key)}`,
      } satisfies LockedPackage,
    ]
  })
}
