import { by } from '../support/order.ts'
import { type Fault, faultsOf, originsOf } from './hygiene.ts'
import { type Ecosystem, fetched, type LockedPackage, type Lockfile } from './lockfile.ts'
import { knownNames, type LookAlike, lookAlikeOf } from './look-alike.ts'
import type { Manifest } from './manifest.ts'
import { type Import, phantomsIn, type SourceText, type Surroundings } from './phantom.ts'

/** Lockfiles and manifests of one state of the code. */
export type LockedState = {
  readonly lockfiles: readonly Lockfile[]
  readonly manifests: readonly Manifest[]
  /** Files that would say more and cannot be read, with the reason. */
  readonly unread: readonly Unread[]
}

export type Unread = { readonly path: string; readonly why: string; readonly ecosystem?: Ecosystem }

export type Named = { readonly ecosystem: Ecosystem; readonly name: string }

/** One pinned package, as lists of components name it. */
export type LockedName = Named & { readonly version: string }

/** Every package that these lockfiles fetch, once for each name and version. */
export function lockedNames(lockfiles: readonly Lockfile[]): readonly LockedName[] {
  const all = lockfiles.flatMap(lockfile =>
    fetched(lockfile).map(({ name, version }) => ({ ecosystem: lockfile.ecosystem, name, version })),
  )
  return [...new Map(all.map(one => [`${keyOf(one)}@${one.version}`, one])).values()].sort(
    by(one => `${keyOf(one)}@${one.version}`),
  )
}

/** A package whose name the base did not know. */
export type FreshPackage = Named & {
  readonly versions: readonly string[]
  readonly lockfile: string
  readonly pointer: string
  /** `declared` by a manifest, asked for by another package, by nobody, or nobody can say. */
  readonly reach: 'declared' | 'reachable' | 'unreachable' | 'unknown'
  readonly looksLike?: LookAlike
}

export type ChangedPackage = Named & { readonly from: readonly string[]; readonly to: readonly string[] }

export type FaultyPackage = Named & {
  readonly version: string
  readonly lockfile: string
  readonly pointer: string
  readonly faults: readonly Fault[]
}

export type Declared = Named & { readonly manifest: string }

/** What a change brings in that was not there before. */
export type BroughtIn = {
  readonly fresh: readonly FreshPackage[]
  /** Known names at versions that the base did not have. */
  readonly changed: readonly ChangedPackage[]
  readonly faulty: readonly FaultyPackage[]
  /** Declared by the change, and the lockfile over it does not pin it. */
  readonly unlocked: readonly Declared[]
  /** Declared by the change, and no lockfile lies over it. */
  readonly unpinned: readonly Declared[]
  readonly phantoms: readonly Import[]
  readonly unplaced: readonly Import[]
  readonly unread: readonly Unread[]
  /** What was looked at: lockfiles, manifests and changed sources of the judged state. */
  readonly looked: { readonly lockfiles: number; readonly manifests: number; readonly sources: number }
}

export type Compared = {
  readonly base: LockedState
  readonly head: LockedState
  /** Changed sources as they are now. */
  readonly sources: readonly SourceText[]
  readonly around: Omit<Surroundings, 'unsure'>
}

/** Compares two states: names in the lockfiles now, minus those before, and what else they say. */
export function broughtIn({ base, head, sources, around }: Compared): BroughtIn {
  const before = versionsOf(base.lockfiles)
  const after = versionsOf(head.lockfiles)
  const unread = [
    ...head.unread,
    ...goneLockfiles(base, head),
    ...base.unread.map(one => ({ ...one, why: `before the change: ${one.why}` })),
  ]
  const unsure = unsureOf(head, unread)
  const imports = phantomsIn(sources, head, { ...around, unsure })
  const declared = newlyDeclared(base, head)
  return {
    fresh: freshIn(head, before),
    changed: [...after].flatMap(([key, now]) => changedOf(before.get(key), now)).sort(by(keyOf)),
    faulty: faultyIn(base.lockfiles, head.lockfiles),
    unlocked: declared
      .filter(
        ({ covering, name, ecosystem }) =>
          covering.length > 0 && !covering.some(lock => pins(lock, name)) && !isOwn(head, ecosystem, name),
      )
      .map(plain),
    unpinned: declared
      .filter(({ covering, name, ecosystem }) => covering.length === 0 && !isOwn(head, ecosystem, name))
      .map(plain),
    phantoms: imports.phantoms,
    unplaced: imports.unplaced,
    unread: [...unread, ...imports.unread],
    looked: { lockfiles: head.lockfiles.length, manifests: head.manifests.length, sources: imports.looked },
  }
}

type Versions = Named & { readonly versions: ReadonlySet<string> }

function keyOf({ ecosystem, name }: Named): string {
  return `${ecosystem} ${name}`
}

function versionsOf(lockfiles: readonly Lockfile[]): ReadonlyMap<string, Versions> {
  const found = new Map<string, Named & { versions: Set<string> }>()
  for (const lockfile of lockfiles)
    for (const { name, version } of fetched(lockfile)) {
      const key = keyOf({ ecosystem: lockfile.ecosystem, name })
      const known = found.get(key)
      if (known) known.versions.add(version)
      else found.set(key, { ecosystem: lockfile.ecosystem, name, versions: new Set([version]) })
    }
  return found
}

function changedOf(before: Versions | undefined, { ecosystem, name, versions }: Versions): readonly ChangedPackage[] {
  if (!before) return []
  const to = [...versions].filter(version => !before.versions.has(version)).sort()
  const from = [...before.versions].filter(version => !versions.has(version)).sort()
  return to.length > 0 ? [{ ecosystem, name, from, to }] : []
}

function freshIn(head: LockedState, before: ReadonlyMap<string, Versions>): readonly FreshPackage[] {
  const fresh = new Map<string, FreshPackage & { readonly versions: string[] }>()
  const known = new Map<Ecosystem, ReturnType<typeof knownNames>>()
  const knownOf = (ecosystem: Ecosystem) => {
    const made =
      known.get(ecosystem) ?? knownNames([...before.values()].filter(one => one.ecosystem === ecosystem).map(one => one.name))
    known.set(ecosystem, made)
    return made
  }
  for (const lockfile of head.lockfiles) {
    const { ecosystem, path } = lockfile
    const entries = fetched(lockfile).filter(({ name }) => !before.has(keyOf({ ecosystem, name })))
    const reach = entries.length > 0 ? reachIn(lockfile, head) : () => 'unknown' as const
    for (const one of entries) {
      const { name, version, pointer } = one
      const other = fresh.get(keyOf({ ecosystem, name }))
      if (other) {
        if (!other.versions.includes(version)) other.versions.push(version)
        continue
      }
      const looksLike = lookAlikeOf(name, knownOf(ecosystem))
      const rest = looksLike === undefined ? {} : { looksLike }
      fresh.set(keyOf({ ecosystem, name }), {
        ecosystem,
        name,
        versions: [version],
        lockfile: path,
        pointer,
        reach: reach(one),
        ...rest,
      })
    }
  }
  return [...fresh.values()].sort(by(keyOf))
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** Manifests that a lockfile speaks for: beside it and below it. */
function under({ path, ecosystem }: Lockfile, { manifests }: LockedState): readonly Manifest[] {
  return manifests.filter(one => one.ecosystem === ecosystem && one.path.startsWith(folderOf(path)))
}

/** How each package of a lockfile got there, walking from what the manifests declare. */
function reachIn(lockfile: Lockfile, head: LockedState): (one: LockedPackage) => FreshPackage['reach'] {
  const manifests = under(lockfile, head)
  const declared = new Set(manifests.flatMap(({ declared: must, optional }) => [...must, ...optional]))
  const isDeclared = ({ name, alias }: LockedPackage) => declared.has(alias ?? name) || declared.has(name)
  const blind =
    manifests.length === 0 ||
    manifests.some(({ isWhole }) => !isWhole) ||
    lockfile.packages.some(({ dependsOn }) => dependsOn === undefined) ||
    head.unread.some(({ path }) => path.startsWith(folderOf(lockfile.path)))
  if (blind) return one => (isDeclared(one) ? 'declared' : 'unknown')
  const asks = new Map<string, string[]>()
  for (const { name, alias, dependsOn = [] } of lockfile.packages)
    for (const key of new Set([name, alias ?? name])) {
      const known = asks.get(key)
      if (known) for (const one of dependsOn) known.push(one)
      else asks.set(key, [...dependsOn])
    }
  const own = manifests.flatMap(({ name }) => name ?? [])
  const reached = new Set([...declared, ...own])
  const waiting = [...reached]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const name of asks.get(next) ?? [])
      if (!reached.has(name)) {
        reached.add(name)
        waiting.push(name)
      }
  return one =>
    isDeclared(one) ? 'declared' : reached.has(one.alias ?? one.name) || reached.has(one.name) ? 'reachable' : 'unreachable'
}

function faultyIn(before: readonly Lockfile[], after: readonly Lockfile[]): readonly FaultyPackage[] {
  const origins = originsOf(before)
  return after.flatMap(({ ecosystem, path, packages }) =>
    packages.flatMap(one => {
      const faults = faultsOf(ecosystem, one, origins)
      const { name, version, pointer } = one
      return faults.length > 0 ? [{ ecosystem, name, version, lockfile: path, pointer, faults }] : []
    }),
  )
}

type NewlyDeclared = Declared & { readonly covering: readonly Lockfile[] }

function newlyDeclared(base: LockedState, head: LockedState): readonly NewlyDeclared[] {
  const known = new Map(base.manifests.map(({ path, declared }) => [path, new Set(declared)]))
  return head.manifests.flatMap(({ path, ecosystem, declared }) => {
    const fresh = [...new Set(declared)].filter(name => !known.get(path)?.has(name))
    const covering =
      fresh.length > 0 ? head.lockfiles.filter(lock => lock.ecosystem === ecosystem && path.startsWith(folderOf(lock.path))) : []
    const nearest = Math.max(...covering.map(lock => folderOf(lock.path).length))
    return fresh.map(name => ({
      ecosystem,
      name,
      manifest: path,
      covering: covering.filter(lock => folderOf(lock.path).length === nearest),
    }))
  })
}

function plain({ ecosystem, name, manifest }: NewlyDeclared): Declared {
  return { ecosystem, name, manifest }
}

function pins({ packages }: Lockfile, name: string): boolean {
  return packages.some(one => one.name === name || one.alias === name)
}

/** Folders of the project depend on one another without a lockfile saying so. */
function isOwn({ manifests }: LockedState, ecosystem: Ecosystem, name: string): boolean {
  return manifests.some(one => one.ecosystem === ecosystem && one.name === name)
}

/** A lockfile that the change takes away, with none of its ecosystem left. */
function goneLockfiles(base: LockedState, head: LockedState): readonly Unread[] {
  const left = new Set(head.lockfiles.map(({ ecosystem }) => ecosystem))
  return base.lockfiles
    .filter(({ path, ecosystem }) => !left.has(ecosystem) && !head.unread.some(one => one.path === path))
    .map(({ path, ecosystem }) => ({ path, ecosystem, why: 'the change takes it away, and nothing pins versions now' }))
}

/** Where a file could not be read, or nothing declares anything, an unknown name may still be known there. */
function unsureOf({ manifests, lockfiles }: LockedState, unread: readonly Unread[]): ReadonlySet<Ecosystem> {
  const unsure = new Set<Ecosystem>(['npm', 'pypi', 'cargo', 'golang'])
  for (const { ecosystem } of [...manifests, ...lockfiles]) unsure.delete(ecosystem)
  for (const { ecosystem } of unread) if (ecosystem !== undefined) unsure.add(ecosystem)
  return unsure
}
