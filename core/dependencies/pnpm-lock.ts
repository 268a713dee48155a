import { isObject, type Loose, objectOf, textOf } from '../evidence/loose.ts'
import { type LockedPackage, type PackageSource, sourceOfAddress, step } from './lockfile.ts'
import { askedNames } from './npm-lock.ts'

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

type Key = { readonly name: string; readonly version: string; readonly source: PackageSource }

/** pnpm-lock.yaml of versions 5, 6 and 9; undefined: not their shape. */
export function pnpmPackages(lock: Loose, major: number): readonly LockedPackage[] | undefined {
  if (lock.packages !== undefined && !isObject(lock.packages)) return undefined
  const packages = objectOf(lock.packages)
  const aliases = aliasesIn(lock, major)
  const asked = askedBy(objectOf(lock.snapshots), major)
  const locked = Object.entries(packages).map(([key, value]) => {
    const entry = objectOf(value)
    const resolution = objectOf(entry.resolution)
    const read = keyOf(key, major)
    const name = textOf(entry.name) ?? read.name
    const version = textOf(entry.version) ?? read.version
    const address = textOf(resolution.tarball) ?? textOf(resolution.repo) ?? textOf(resolution.directory)
    const integrity = textOf(resolution.integrity)
    const alias = aliases.get(`${name}@${version}`)
    return {
      name,
      version,
      ...(alias === undefined ? {} : { alias }),
      hasIntegrity: integrity !== undefined,
      ...(integrity === undefined ? {} : { integrity }),
      source:
        resolution.type === 'git' ? 'git' : resolution.type === 'directory' ? 'file' : sourceOf(read, textOf(resolution.tarball)),
      ...(address === undefined ? {} : { resolved: address }),
      ...(entry.requiresBuild === true ? { hasInstallScript: true } : {}),
      dependsOn: [...askedNames(entry), ...(asked.get(`${name}@${version}`) ?? asked.get(key) ?? [])],
      pointer: `/packages${step(key)}`,
    } satisfies LockedPackage
  })
  return [...locked, ...workspaces(lock)]
}

function sourceOf({ source }: Key, tarball: string | undefined): PackageSource {
  if (source !== 'registry' || tarball === undefined) return source
  return sourceOfAddress(tarball)
}

/** `name@1.0.0(peer@2)` from 9, `/name@1.0.0(peer@2)` in 6, `/name/1.0.0_peer@2` in 5; a host or an address may stand before. */
function keyOf(key: string, major: number): Key {
  const bare = key.replace(/\(.*$/s, '')
  const path = bare.startsWith('/') ? bare.slice(1) : bare
  if (major < 6) return keyOfFive(path, bare.startsWith('/'))
  const at = path.indexOf('@', 1)
  if (at < 0) return { name: path, version: '', source: sourceOfAddress(path) === 'file' ? 'file' : 'http' }
  const version = path.slice(at + 1)
  const isAddress = version.includes(':') || version.includes('/')
  return { name: path.slice(0, at), version, source: isAddress ? sourceOfAddress(version) : 'registry' }
}

function keyOfFive(path: string, isOfRegistry: boolean): Key {
  const [, name, version] = /^((?:@[^/]+\/)?[^/]+)\/([^/]+)$/.exec(path) ?? []
  if (name === undefined || version === undefined || (!isOfRegistry && !/^\d/.test(version)))
    return { name: path, version: '', source: path.startsWith('file:') ? 'file' : /^[^/]+\.[a-z]+\//.test(path) ? 'git' : 'http' }
  return { name, version: version.replace(/_.*$/s, ''), source: 'registry' }
}

/** What each package asks for, by `name@version`; since 9 it stands apart from what is fetched. */
function askedBy(snapshots: Loose, major: number): ReadonlyMap<string, readonly string[]> {
  const asked = new Map<string, string[]>()
  for (const [key, value] of Object.entries(snapshots)) {
    const { name, version } = keyOf(key, major)
    const id = `${name}@${version}`
    const known = asked.get(id)
    const names = askedNames(objectOf(value))
    if (known) for (const one of names) known.push(one)
    else asked.set(id, [...names])
  }
  return asked
}

function importersOf(lock: Loose): readonly (readonly [string, Loose])[] {
  const importers = isObject(lock.importers) ? Object.entries(lock.importers) : [['.', lock] as const]
  return importers.map(([folder, value]) => [folder, objectOf(value)])
}

function versionsIn(table: unknown): readonly (readonly [string, string])[] {
  return Object.entries(objectOf(table)).flatMap(([name, value]) => {
    const version = textOf(value) ?? textOf(objectOf(value).version)
    return version === undefined ? [] : [[name, version] as const]
  })
}

/** The project's own name for a package, by the real `name@version`. */
function aliasesIn(lock: Loose, major: number): ReadonlyMap<string, string> {
  const holders = [
    ...importersOf(lock).map(([, importer]) => importer),
    ...Object.values(objectOf(lock.snapshots)).map(objectOf),
    ...Object.values(objectOf(lock.packages)).map(objectOf),
  ]
  const aliases = new Map<string, string>()
  for (const holder of holders)
    for (const section of SECTIONS)
      for (const [called, version] of versionsIn(holder[section])) {
        const isPath =
          major < 9 ? version.startsWith('/') : /^@?[a-z]/i.test(version) && version.indexOf('@', 1) > 0 && !version.includes(':')
        if (!isPath) continue
        const real = keyOf(version, major)
        if (real.source === 'registry' && real.name !== called) aliases.set(`${real.name}@${real.version}`, called)
      }
  return aliases
}

/** Folders of the project that others of its folders ask for. */
function workspaces(lock: Loose): readonly LockedPackage[] {
  return importersOf(lock).flatMap(([folder, importer]) =>
    SECTIONS.flatMap(section =>
      versionsIn(importer[section]).flatMap(([name, version]) => {
        if (!version.startsWith('link:')) return []
        const place = isObject(lock.importers) ? `/importers${step(folder)}` : ''
        return [
          {
            name,
            version,
            hasIntegrity: false,
            source: 'workspace',
            dependsOn: [],
            pointer: `${place}/${section}${step(name)}`,
          } as const,
        ]
      }),
    ),
  )
}
