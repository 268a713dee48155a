import path from 'node:path'
import { fixedFolderOf } from '../../../core/evidence/globs.ts'
import { byText } from '../../../core/support/order.ts'
import { blobsOf, filesOf, type Repository } from '../git.ts'
import { blobId, readDisk, walkFolder } from './disk.ts'

/** Code at one state: of a commit, of a working tree, or of a folder outside git. */
export type CodeTree = {
  readonly source: 'commit' | 'worktree' | 'folder'
  /** Relative, sorted. */
  readonly paths: readonly string[]
  /** False when there were too many files to list them all. */
  readonly complete: boolean
  /** Git's ids of contents by path: equal ids, equal content, whatever the source. */
  readonly ids: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Contents by path; those over the limit are left out. */
  readonly read: (paths: readonly string[], limit: number) => Promise<ReadonlyMap<string, Buffer>>
}

/** Bytes of the largest source file that is looked into. */
export const SOURCE_LIMIT = 16 * 1024 * 1024

const MOST_FILES = 50_000

export async function commitTree(repository: Repository, commit: string): Promise<CodeTree> {
  const entries = await filesOf(repository, commit)
  return {
    source: 'commit',
    paths: [...entries.keys()].sort(byText),
    complete: true,
    ids: async paths => chosen(paths, path => entries.get(path)?.id),
    async read(paths, limit) {
      const blobs = await blobsOf(
        repository,
        paths.flatMap(path => entries.get(path)?.id ?? []),
        limit,
      )
      return chosen(paths, path => blobs.get(entries.get(path)?.id ?? ''))
    },
  }
}

/** The commit with what lies over it on disk. */
export async function worktree(
  repository: Repository,
  head: string | undefined,
  uncommitted: readonly string[],
): Promise<CodeTree> {
  const base = head === undefined ? undefined : await commitTree(repository, head)
  const disk = diskTree('worktree', repository.folder, uncommitted, repository.objects)
  const over = new Set(uncommitted)
  const lying = await disk.ids(uncommitted)
  const split = (paths: readonly string[]) =>
    [paths.filter(path => !over.has(path)), paths.filter(path => over.has(path))] as const
  return {
    source: 'worktree',
    paths: [...new Set([...(base?.paths ?? []).filter(path => !over.has(path)), ...lying.keys()])].sort(byText),
    complete: true,
    async ids(paths) {
      const [clean, changed] = split(paths)
      return new Map([...((await base?.ids(clean)) ?? []), ...chosen(changed, path => lying.get(path))])
    },
    async read(paths, limit) {
      const [clean, changed] = split(paths)
      return new Map([...((await base?.read(clean, limit)) ?? []), ...(await disk.read(changed, limit))])
    },
  }
}

/** A folder as it lies; with globs, only what can match them is looked for. */
export async function folderTree(folder: string, globs: readonly string[] = ['**']): Promise<CodeTree> {
  const found = new Set<string>()
  let complete = true
  for (const below of new Set(globs.map(fixedFolderOf))) {
    const walked = await walkFolder(path.join(folder, below), MOST_FILES)
    complete &&= walked.complete
    for (const name of walked.paths) found.add(below === '' ? name : `${below}/${name}`)
  }
  return { ...diskTree('folder', folder, [...found].sort(byText), 'sha1'), complete }
}

function diskTree(source: 'worktree' | 'folder', folder: string, paths: readonly string[], objects: 'sha1' | 'sha256'): CodeTree {
  const read = async (wanted: readonly string[], limit: number) => {
    const contents = new Map<string, Buffer>()
    for (const name of wanted) {
      const bytes = await readDisk(path.join(folder, name), limit)
      if (bytes) contents.set(name, bytes)
    }
    return contents
  }
  return {
    source,
    paths,
    complete: true,
    read,
    async ids(wanted) {
      const ids = new Map<string, string>()
      for (const name of wanted) {
        const bytes = await readDisk(path.join(folder, name), Number.MAX_SAFE_INTEGER)
        if (bytes) ids.set(name, blobId(bytes, objects))
      }
      return ids
    },
  }
}

function chosen<V>(paths: readonly string[], of: (path: string) => V | undefined): Map<string, V> {
  const found = new Map<string, V>()
  for (const path of paths) {
    const value = of(path)
    if (value !== undefined) found.set(path, value)
  }
  return found
}

export type FileChange = { readonly path: string; readonly before?: string; readonly after?: string }

/** Files that differ between two states, with git's ids of their contents. */
export async function changesBetween(before: CodeTree, after: CodeTree): Promise<readonly FileChange[]> {
  const [from, to] = await Promise.all([before.ids(before.paths), after.ids(after.paths)])
  return [...new Set([...from.keys(), ...to.keys()])].sort(byText).flatMap(path => {
    const [old, now] = [from.get(path), to.get(path)]
    if (old === now) return []
    return [{ path, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }]
  })
}
