import type { LockedState, Unread } from '../../../core/dependencies/brought-in.ts'
import { type Ecosystem, LOCKFILE_LENGTH, type Lockfile } from '../../../core/dependencies/lockfile.ts'
import { isManifest, type Manifest, readManifest } from '../../../core/dependencies/manifest.ts'
import { lockfileNamed, readLockfile } from '../../../core/dependencies/read-lockfile.ts'
import type { CodeTree } from '../evidence/code-tree.ts'

/** The most lockfiles and manifests of one state that are read; what is over is named as unread. */
const MOST_LOCKFILES = 200
const MOST_MANIFESTS = 2_000

/** Folders that hold what was installed, not what the project asks for. */
const INSTALLED = /(?:^|\/)(?:node_modules|\.venv|venv|site-packages|\.git)\//

/** The files of a tree that say what it installs. */
export type Listed = {
  readonly lockfiles: readonly string[]
  readonly refused: readonly string[]
  readonly manifests: readonly string[]
}

export function listedIn(paths: readonly string[], isOwn: (path: string) => boolean): Listed {
  const all = paths.filter(path => !INSTALLED.test(path) && !isOwn(path))
  return {
    lockfiles: all.filter(path => lockfileNamed(path) === 'read'),
    refused: all.filter(path => lockfileNamed(path) === 'refused'),
    manifests: all.filter(isManifest),
  }
}

/** Reads all of them. `matters`: whether a lockfile of a format that is not read is worth a word, as when the change touches it. */
export async function readState(tree: CodeTree, listed: Listed, matters: (path: string) => boolean): Promise<LockedState> {
  const unread: Unread[] = []
  const over = [...listed.lockfiles.slice(MOST_LOCKFILES), ...listed.manifests.slice(MOST_MANIFESTS)]
  unread.push(...over.map(path => ({ path, why: 'there are too many of its kind', ...ecosystemOf(path) })))
  const lockfiles = await readLockfiles(tree, listed.lockfiles.slice(0, MOST_LOCKFILES), unread)
  const manifests = await readManifests(tree, listed.manifests.slice(0, MOST_MANIFESTS), unread)
  for (const path of listed.refused.filter(matters)) {
    const refusal = readLockfile(path, '')
    if (!refusal.ok) unread.push({ path, why: reasonOf(refusal.problems[0].message), ...ecosystemOf(path) })
  }
  if (!tree.complete) unread.push({ path: '.', why: 'the folder holds too many files to list them all' })
  return { lockfiles, manifests, unread }
}

async function readLockfiles(tree: CodeTree, paths: readonly string[], unread: Unread[]): Promise<readonly Lockfile[]> {
  const found: Lockfile[] = []
  const sums = new Set(tree.paths.filter(path => path.endsWith('go.sum')))
  // One after another: a hundred large ones at once would not fit the memory.
  for (const path of paths) {
    const beside = path.replace(/go\.mod$/, 'go.sum')
    const wanted = beside !== path && sums.has(beside) ? [path, beside] : [path]
    const bytes = await tree.read(wanted, LOCKFILE_LENGTH)
    const text = textOf(bytes.get(path))
    const read = text === undefined ? undefined : readLockfile(path, text, textOf(bytes.get(beside)))
    if (read?.ok) found.push(read.value)
    else unread.push({ path, why: read ? reasonOf(read.problems[0].message) : NOT_TEXT, ...ecosystemOf(path) })
  }
  return found
}

async function readManifests(tree: CodeTree, paths: readonly string[], unread: Unread[]): Promise<readonly Manifest[]> {
  const bytes = await tree.read(paths, MANIFEST_BYTES)
  return paths.flatMap(path => {
    const text = textOf(bytes.get(path))
    const read = text === undefined ? undefined : readManifest(path, text)
    if (read?.ok) return [read.value]
    unread.push({ path, why: read ? reasonOf(read.problems[0].message) : NOT_TEXT, ...ecosystemOf(path) })
    return []
  })
}

const MANIFEST_BYTES = 1024 * 1024
const NOT_TEXT = 'it is missing, too large or no UTF-8 text'

/** The sentence after its colon, as the reason in another sentence. */
function reasonOf(message: string): string {
  return message.replace(/^[^:]*: /, '').replace(/\.$/, '')
}

/** UTF-8, or nothing: a byte read wrongly could be part of a name. */
export function textOf(bytes: Buffer | undefined): string | undefined {
  if (!bytes || bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function ecosystemOf(path: string): { readonly ecosystem?: Ecosystem } {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^(?:package|npm-|pnpm|yarn|bun|deno)/.test(name)) return { ecosystem: 'npm' }
  if (/^(?:poetry|uv|Pipfile|pdm|pylock|pyproject)|requirements/.test(name)) return { ecosystem: 'pypi' }
  if (name.startsWith('Cargo')) return { ecosystem: 'cargo' }
  return name === 'go.mod' ? { ecosystem: 'golang' } : {}
}
