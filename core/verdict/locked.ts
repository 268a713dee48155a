import type { LockedName } from '../dependencies/brought-in.ts'
import { counted, shownList } from '../evidence/show.ts'
import type { Component } from '../evidence/types.ts'
import { type Purl, purlOf, spelled } from './purls.ts'
import type { Reason } from './record.ts'

/** How a list of components and the lockfiles differ, and which components speak for it. */
export type Difference = { readonly reason: Reason; readonly sentence: string; readonly parts: readonly Component[] }

/** Ecosystems whose lockfiles are read; a list may name other things too, as packages of an operating system, which nothing here can check. */
const READ = new Set(['npm', 'cargo', 'pypi', 'golang'])

/** Nothing where the packages are the same on both sides. */
export function unlike(parts: readonly Component[], locked: readonly LockedName[] | undefined): Difference | undefined {
  if (locked === undefined)
    return { reason: 'missing', sentence: 'Nobody could read the lockfiles of the judged files.', parts: [] }
  if (locked.length === 0)
    return { reason: 'nothing-examined', sentence: 'The lockfiles of the judged files name no package.', parts: [] }
  const wanted = new Map<string, LockedName>(
    locked.map(one => [`${one.ecosystem}/${spelled(one.ecosystem, one.name)}@${one.version}`, one]),
  )
  const seen = new Set<string>()
  const extra: Component[] = []
  for (const part of parts) {
    const purl = part.purl === undefined ? undefined : purlOf(part.purl)
    if (!purl || !READ.has(purl.type) || isToolchain(purl)) continue
    const key = `${purl.type}/${purl.name}@${purl.version ?? ''}`
    if (wanted.has(key)) seen.add(key)
    else extra.push(part)
  }
  const lacking = [...wanted].filter(([key]) => !seen.has(key)).map(([, one]) => `${one.name} ${one.version}`)
  if (extra.length === 0 && lacking.length === 0) return undefined
  const more = extra.map(({ name, version }) => `${name}${version === undefined ? '' : ` ${version}`}`)
  const sides = [
    ...(more.length > 0 ? [`${counted(more.length, 'listed package')} not in the lockfiles: ${shownList(more.sort())}`] : []),
    ...(lacking.length > 0 ? [`${counted(lacking.length, 'locked package')} not listed: ${shownList(lacking.sort())}`] : []),
  ]
  return { reason: 'contradictory', sentence: `${sides.join('; ')}.`, parts: extra }
}

/** The standard library of Go comes with the compiler, and no lockfile names it. */
function isToolchain({ type, name }: Purl): boolean {
  return type === 'golang' && (name === 'std' || name === 'stdlib')
}
