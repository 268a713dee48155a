import { isObject, type Loose, listOf, objectOf, textOf } from '../evidence/loose.ts'
import type { LockedPackage, PackageSource } from './lockfile.ts'
import { digest } from './npm-lock.ts'

function rows(lock: Loose): readonly Loose[] {
  return listOf(lock.package).map(objectOf)
}

/** Cargo.lock: what has no source is the project's own. */
export function cargoPackages(lock: Loose): readonly LockedPackage[] {
  const sums = objectOf(lock.metadata)
  return rows(lock).map((entry, index) => {
    const [name, version] = [textOf(entry.name) ?? '', textOf(entry.version) ?? '']
    const from = textOf(entry.source)
    return {
      name,
      version,
      ...digest(textOf(entry.checksum) ?? sums[`checksum ${name} ${version} (${from})`]),
      source:
        from === undefined
          ? 'workspace'
          : from.startsWith('git+')
            ? 'git'
            : /^(?:registry|sparse)\+/.test(from)
              ? 'registry'
              : 'http',
      ...(from === undefined ? {} : { resolved: from.replace(/^(?:registry|sparse|git)\+/, '') }),
      dependsOn: listOf(entry.dependencies).flatMap(one => textOf(one)?.split(' ')[0] ?? []),
      pointer: `/package/${index}`,
    } satisfies LockedPackage
  })
}

/** One name for all spellings of a Python distribution (PEP 503). */
export function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** poetry.lock; before 1.5 the digests stood in a table of their own. */
export function poetryPackages(lock: Loose): readonly LockedPackage[] {
  const metadata = objectOf(lock.metadata)
  const apart = { ...objectOf(metadata.files), ...objectOf(metadata.hashes) }
  return rows(lock).map((entry, index) => {
    const written = textOf(entry.name) ?? ''
    const from = objectOf(entry.source)
    const address = textOf(from.url)
    const files = Object.hasOwn(entry, 'files')
      ? listOf(entry.files)
      : listOf(Object.hasOwn(apart, written) ? apart[written] : undefined)
    return {
      name: pythonName(written),
      version: textOf(entry.version) ?? '',
      hasIntegrity:
        files.length > 0 && files.every(file => typeof file === 'string' || textOf(objectOf(file).hash) !== undefined),
      source: POETRY[textOf(from.type) ?? ''] ?? 'registry',
      ...(address === undefined ? {} : { resolved: address }),
      dependsOn: Object.keys(objectOf(entry.dependencies)).map(pythonName),
      pointer: `/package/${index}`,
    } satisfies LockedPackage
  })
}

const POETRY: Readonly<Record<string, PackageSource>> = Object.assign(Object.create(null), {
  git: 'git',
  url: 'http',
  file: 'file',
  directory: 'file',
})

/** uv.lock: editable and virtual sources are the project itself. */
export function uvPackages(lock: Loose): readonly LockedPackage[] {
  return rows(lock).map((entry, index) => {
    const from = objectOf(entry.source)
    const [kind = 'registry'] = Object.keys(from)
    const address = textOf(from[kind])
    const files = [entry.sdist, ...listOf(entry.wheels)].filter(isObject)
    return {
      name: pythonName(textOf(entry.name) ?? ''),
      version: textOf(entry.version) ?? '',
      hasIntegrity: files.length > 0 && files.every(file => textOf(file.hash) !== undefined),
      source: UV[kind] ?? 'registry',
      ...(address === undefined ? {} : { resolved: address }),
      dependsOn: [entry.dependencies, ...groups(entry['optional-dependencies']), ...groups(entry['dev-dependencies'])].flatMap(
        named,
      ),
      pointer: `/package/${index}`,
    } satisfies LockedPackage
  })
}

const UV: Readonly<Record<string, PackageSource>> = Object.assign(Object.create(null), {
  git: 'git',
  url: 'http',
  path: 'file',
  directory: 'file',
  editable: 'workspace',
  virtual: 'workspace',
})

function groups(value: unknown): readonly unknown[] {
  return Object.values(objectOf(value))
}

function named(list: unknown): readonly string[] {
  return listOf(list).flatMap(one => {
    const name = textOf(objectOf(one).name)
    return name === undefined ? [] : [pythonName(name)]
  })
}
