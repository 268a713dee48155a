import { type Loose, objectOf, textOf } from '../evidence/loose.ts'
import { type LockedPackage, type PackageSource, sourceOfAddress, step } from './lockfile.ts'
import { askedNames, digest } from './npm-lock.ts'

/** yarn.lock as parseSyml reads it: version 1, where each pattern is a key of its own, and Berry, where all are one. */
export function yarnPackages(lock: Loose): readonly LockedPackage[] {
  const isBerry = Object.hasOwn(lock, '__metadata')
  return Object.entries(lock).flatMap(([key, value]) => {
    if (key === '__metadata') return []
    const entry = objectOf(value)
    return [isBerry ? berry(key, entry) : classic(key, entry)]
  })
}

/** `name@range`, where the range may be `npm:other@range`. */
function nameOf(pattern: string): string {
  const at = pattern.indexOf('@', 1)
  return at < 0 ? pattern : pattern.slice(0, at)
}

function realName(pattern: string): string | undefined {
  const real = /^.[^@]*@npm:(@?[^@]+)@/.exec(pattern)?.[1]
  return real === undefined || /^[\d^~*<>=]/.test(real) ? undefined : real
}

function classic(key: string, entry: Loose): LockedPackage {
  const [pattern = key] = key.split(', ')
  const called = nameOf(pattern)
  const name = realName(pattern) ?? called
  const resolved = textOf(entry.resolved)
  const range = pattern.slice(called.length + 1)
  const sha1 = /#([0-9a-f]{40})$/.exec(resolved ?? '')?.[1]
  const source = resolved === undefined ? (sourceOfAddress(range) === 'file' ? 'file' : 'registry') : sourceOfAddress(resolved)
  return {
    name,
    version: textOf(entry.version) ?? '',
    ...(name === called ? {} : { alias: called }),
    ...digest(textOf(entry.integrity) ?? (source === 'git' ? undefined : sha1)),
    source,
    ...(resolved === undefined ? {} : { resolved: resolved.replace(/#[0-9a-f]{40}$/, '') }),
    dependsOn: askedNames(entry),
    pointer: step(key),
  }
}

/** The resolution says what it is; the key only what was asked for. */
function berry(key: string, entry: Loose): LockedPackage {
  const resolution = textOf(entry.resolution) ?? key
  const name = nameOf(resolution)
  const where = resolution.slice(name.length + 1)
  const called = nameOf(key)
  const source = berrySource(where)
  return {
    name,
    version: textOf(entry.version) ?? '',
    ...(name === called ? {} : { alias: called }),
    ...digest(entry.checksum),
    source,
    ...(source === 'registry' ? archiveOf(where) : { resolved: where }),
    dependsOn: askedNames(entry, ['dependencies', 'peerDependencies']),
    pointer: step(key),
  }
}

function berrySource(where: string): PackageSource {
  if (where.startsWith('workspace:')) return 'workspace'
  if (/^(?:npm|patch|virtual):/.test(where)) return 'registry'
  return sourceOfAddress(where)
}

/** A registry that is not the configured one stands behind `::__archiveUrl=`. */
function archiveOf(where: string): { readonly resolved?: string } {
  const written = /__archiveUrl=([^&#]*)/.exec(where)?.[1]
  if (written === undefined) return {}
  try {
    return { resolved: decodeURIComponent(written) }
  } catch {
    return { resolved: written }
  }
}
