import { type BroughtIn, broughtIn, type LockedName, lockedNames } from '../../../core/dependencies/brought-in.ts'
import { pathsOfConfig } from '../../../core/dependencies/manifest.ts'
import { isSource, type SourceText } from '../../../core/dependencies/phantom.ts'
import type { CodeTree, FileChange } from '../evidence/code-tree.ts'
import type { Stand } from '../stand.ts'
import type { DependencyQuestions } from './asked.ts'
import { listedIn, readState, textOf } from './read-state.ts'

export type DependencyFacts = { readonly broughtIn?: BroughtIn; readonly locked?: readonly LockedName[] }

type Change = {
  readonly changes: readonly FileChange[] | undefined
  /** Paths that are the design's own, or evidence. */
  readonly isOwn: (path: string) => boolean
}

/** Reads lockfiles, manifests and changed code of both states. Without a base, nobody can say what is new. */
export async function readDependencies(
  { tree, before }: Pick<Stand, 'tree' | 'before'>,
  { changes, isOwn }: Change,
  asked: DependencyQuestions = { broughtIn: true, locked: true },
): Promise<DependencyFacts> {
  if (!asked.broughtIn && !asked.locked) return {}
  const listed = listedIn(tree.paths, isOwn)
  const touched = new Set((changes ?? []).map(({ path }) => path))
  // A lockfile that is not read and did not change brings nothing in; for the list of all that is locked it is missing all the same.
  const head = await readState(tree, listed, path => !changes || touched.has(path))
  // Outside git without a base only the files that were asked for are listed.
  const isListed = tree.source !== 'folder' || before !== undefined
  const isWhole = isListed && head.unread.length === 0 && listed.refused.length === 0 && head.lockfiles.length > 0
  const locked = asked.locked && isWhole ? { locked: lockedNames(head.lockfiles) } : {}
  if (!asked.broughtIn || !before || !changes) return locked
  const base = await readState(before, listedIn(before.paths, isOwn), () => false)
  const { sources, unread } = await changedSources(tree, changes)
  const around = await surroundings(tree)
  return { ...locked, broughtIn: broughtIn({ base, head: { ...head, unread: [...head.unread, ...unread] }, sources, around }) }
}

const SOURCE_BYTES = 4 * 1024 * 1024
const MOST_SOURCES = 5_000
const BATCH = 200

type Sources = { readonly sources: readonly SourceText[]; readonly unread: { readonly path: string; readonly why: string }[] }

async function changedSources(tree: CodeTree, changes: readonly FileChange[]): Promise<Sources> {
  const paths = changes.filter(({ path, after }) => after !== undefined && isSource(path)).map(({ path }) => path)
  const sources: SourceText[] = []
  const unread = paths.slice(MOST_SOURCES).map(path => ({ path, why: 'too many files changed to read them all' }))
  const read = paths.slice(0, MOST_SOURCES)
  for (let at = 0; at < read.length; at += BATCH) {
    const batch = read.slice(at, at + BATCH)
    const bytes = await tree.read(batch, SOURCE_BYTES)
    for (const path of batch) {
      const text = textOf(bytes.get(path))
      if (text === undefined) unread.push({ path, why: 'it is too large or no UTF-8 text' })
      else sources.push({ path, text })
    }
  }
  return { sources, unread }
}

const CONFIG = /(?:^|\/)[tj]sconfig[\w.-]*\.json$/

/** What else gives a name a meaning: the paths of the tree and what tsconfig files call them. */
async function surroundings(tree: CodeTree) {
  const configs = tree.paths.filter(path => CONFIG.test(path) && !path.includes('node_modules/')).slice(0, 500)
  const bytes = await tree.read(configs, 1024 * 1024)
  const tsPaths: string[] = []
  const baseFolders: string[] = []
  for (const path of configs) {
    const config = pathsOfConfig(textOf(bytes.get(path)) ?? '')
    tsPaths.push(...(config?.paths ?? []))
    if (config?.baseUrl !== undefined) baseFolders.push(joined(path, config.baseUrl))
  }
  return { paths: tree.paths, tsPaths, baseFolders }
}

/** A folder named from the file that names it; one above the root is the root. */
function joined(file: string, folder: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const part of folder.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
