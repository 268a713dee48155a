import { type Ecosystem, hostOf, type LockedPackage, type Lockfile } from './lockfile.ts'

/** Something about where a package comes from that a person should have seen. */
export type Fault =
  | 'no-digest'
  | 'git'
  | 'http'
  | 'file'
  | 'alias'
  | 'install-script'
  | 'other-host'
  | 'other-package'
  | 'other-digest'

/** What the base says of origins: hosts, digests by `name@version`, names that ran something when installed, aliases. */
export type Origins = {
  readonly hosts: ReadonlySet<string>
  readonly digests: ReadonlyMap<string, ReadonlySet<string>>
  readonly entries: ReadonlySet<string>
  readonly scripts: ReadonlySet<string>
}

export function originsOf(lockfiles: readonly Lockfile[]): Origins {
  const hosts = new Set<string>()
  const digests = new Map<string, Set<string>>()
  const entries = new Set<string>()
  const scripts = new Set<string>()
  for (const { ecosystem, packages } of lockfiles)
    for (const one of packages) {
      const host = hostOf(one.resolved ?? '')
      if (host !== undefined && one.source === 'registry') hosts.add(`${ecosystem} ${host}`)
      entries.add(entryOf(ecosystem, one))
      if (one.hasInstallScript === true) scripts.add(`${ecosystem} ${one.name}`)
      if (one.integrity === undefined) continue
      const id = versionOf(ecosystem, one)
      digests.set(id, (digests.get(id) ?? new Set()).add(kindOf(one.integrity)))
    }
  return { hosts, digests, entries, scripts }
}

function versionOf(ecosystem: Ecosystem, { name, version }: LockedPackage): string {
  return `${ecosystem} ${name}@${version}`
}

function entryOf(ecosystem: Ecosystem, one: LockedPackage): string {
  const { alias, source, resolved, hasIntegrity, integrity, hasInstallScript } = one
  return JSON.stringify([versionOf(ecosystem, one), alias, source, resolved, hasIntegrity, integrity, hasInstallScript])
}

/** What should be seen about one entry; nothing when the base already had it in just this form. */
export function faultsOf(ecosystem: Ecosystem, one: LockedPackage, base: Origins): readonly Fault[] {
  if (one.source === 'workspace' || base.entries.has(entryOf(ecosystem, one))) return []
  const { source, resolved, integrity } = one
  const faults: Fault[] = []
  if (source === 'git' || source === 'http' || source === 'file') faults.push(source)
  if (!one.hasIntegrity && (source === 'registry' || source === 'http')) faults.push('no-digest')
  if (one.alias !== undefined) faults.push('alias')
  if (one.hasInstallScript === true && !base.scripts.has(`${ecosystem} ${one.name}`)) faults.push('install-script')
  const host = hostOf(resolved ?? '')
  if (source === 'registry' && host !== undefined && !base.hosts.has(`${ecosystem} ${host}`)) faults.push('other-host')
  if (ecosystem === 'npm' && source === 'registry' && !isArchiveOf(one)) faults.push('other-package')
  const known = base.digests.get(versionOf(ecosystem, one))
  if (integrity !== undefined && known !== undefined && isOther(integrity, known)) faults.push('other-digest')
  return faults
}

/** Digests of different kinds cannot be compared. */
function isOther(integrity: string, known: ReadonlySet<string>): boolean {
  const own = kindOf(integrity)
  return !known.has(own) && [...known].some(other => algorithmOf(other) === algorithmOf(own))
}

function kindOf(integrity: string): string {
  return integrity.trim()
}

function algorithmOf(digest: string): string {
  return /^([a-z0-9]+)[-:/]/i.exec(digest)?.[1] ?? String(digest.length)
}

/** Whether the address of an archive is that of the package it stands for: `…/name/-/name-1.0.0.tgz`. */
function isArchiveOf({ name, resolved }: LockedPackage): boolean {
  const cut = resolved?.lastIndexOf('/-/') ?? -1
  if (resolved === undefined || cut < 0) return true
  const path = resolved.slice(0, cut).replace(/%2f/gi, '/').replace(/%40/g, '@')
  return path === name || path.endsWith(`/${name}`)
}

export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  'no-digest': 'has no digest',
  git: 'comes from git',
  http: 'comes from a plain address',
  file: 'comes from a file',
  alias: 'goes by another name',
  'install-script': 'runs a script when installed',
  'other-host': 'comes from a host that the base does not use',
  'other-package': 'is fetched under the address of another package',
  'other-digest': 'has another digest than before at the same version',
}
