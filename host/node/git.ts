import { stat } from 'node:fs/promises'
import { trailersIn } from '../../core/provenance/trailers.ts'
import { git } from './git-run.ts'

/** A repository as seen from one folder of it; paths in answers are relative to that folder. */
export type Repository = { readonly folder: string; readonly objects: 'sha1' | 'sha256' }

/** No git, no repository, or one that git refuses to touch: values, because work goes on without. */
export type OpenedRepository =
  | { readonly kind: 'repository'; readonly repository: Repository }
  | { readonly kind: 'none'; readonly why: 'noGit' | 'noRepository' | 'refused'; readonly message: string }

export type Revision = { readonly commit: string; readonly tree: string }

export type TreeEntry = { readonly mode: string; readonly id: string }

/** The repository that holds a folder. */
export async function openRepository(folder: string): Promise<OpenedRepository> {
  const stats = await stat(folder).catch(() => undefined)
  if (!stats?.isDirectory()) return { kind: 'none', why: 'noRepository', message: 'There is no such folder.' }
  const asked = await git(folder, ['rev-parse', '--is-inside-work-tree', '--show-object-format'])
  if (asked === undefined) return { kind: 'none', why: 'noGit', message: 'git could not be started.' }
  const [inside, format] = asked.out.toString().split('\n')
  if (asked.code === 0 && inside === 'true')
    return { kind: 'repository', repository: { folder, objects: format === 'sha256' ? 'sha256' : 'sha1' } }
  const message = asked.error.split('\n')[0]?.replace(/^fatal: /, '') ?? ''
  return {
    kind: 'none',
    why: /not a git repository/i.test(asked.error) || asked.code === 0 ? 'noRepository' : 'refused',
    message,
  }
}

/** Commit and tree of a revision as people write it; undefined when there is none of that name. */
export async function revisionOf({ folder }: Repository, name: string): Promise<Revision | undefined> {
  if (!isRevision(name)) return undefined
  const asked = await git(folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`])
  const commit = asked?.code === 0 ? asked.out.toString().trim() : ''
  if (!isObjectId(commit)) return undefined
  const tree = await git(folder, ['rev-parse', '--verify', '--quiet', `${commit}^{tree}`])
  return tree?.code === 0 ? { commit, tree: tree.out.toString().trim() } : undefined
}

/** Where two histories part; undefined when they share nothing. */
export async function mergeBaseOf({ folder }: Repository, a: string, b: string): Promise<string | undefined> {
  const asked = await git(folder, ['merge-base', a, b])
  const commit = asked?.code === 0 ? (asked.out.toString().split('\n')[0] ?? '') : ''
  return isObjectId(commit) ? commit : undefined
}

/** What a change of this revision would be measured against: where it left the default branch, else its parent. */
export async function defaultBaseOf(repository: Repository, head: string): Promise<string | undefined> {
  for (const name of [
    'refs/remotes/origin/HEAD',
    'refs/remotes/origin/main',
    'refs/remotes/origin/master',
    'refs/heads/main',
    'refs/heads/master',
  ]) {
    const branch = await revisionOf(repository, name)
    const base = branch && (await mergeBaseOf(repository, branch.commit, head))
    if (base !== undefined && base !== head) return base
  }
  return (await revisionOf(repository, `${head}^`))?.commit
}

/** Every file of a revision below the folder. */
export async function filesOf({ folder }: Repository, revision: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const asked = await git(folder, ['ls-tree', '-r', '-z', revision])
  const files = new Map<string, TreeEntry>()
  for (const line of asked?.code === 0 ? asked.out.toString().split('\0') : []) {
    const tab = line.indexOf('\t')
    const [mode, , id] = line.slice(0, tab).split(' ')
    if (tab > 0 && mode !== undefined && id !== undefined) files.set(line.slice(tab + 1), { mode, id })
  }
  return files
}

/** Files below the folder that differ from the last commit, new ones included, ignored ones not. */
export async function uncommittedOf({ folder }: Repository): Promise<readonly string[]> {
  const [prefix, status] = await Promise.all([
    git(folder, ['rev-parse', '--show-prefix']),
    git(folder, ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=none', '--', '.']),
  ])
  const above = prefix?.out.toString().replace(/\n$/, '') ?? ''
  const lines = status?.code === 0 ? status.out.toString().split('\0') : []
  return lines
    .flatMap(line => (line.length > 3 ? [line.slice(3)] : []))
    .flatMap(path => (path.startsWith(above) ? [path.slice(above.length)] : []))
}

export type Commit = {
  readonly id: string
  readonly author: string
  readonly email: string
  readonly committer: { readonly name: string; readonly email: string }
  readonly trailers: readonly { readonly name: string; readonly value: string }[]
}

/** Commits after the base up to the head that touch the folder, newest first; merges left out. */
export async function commitsOf({ folder }: Repository, base: string, head: string): Promise<readonly Commit[] | undefined> {
  const format = '%H%x00%an%x00%ae%x00%cn%x00%ce%x00%B'
  const range = `${base}..${head}`
  const asked = await git(folder, ['log', '-z', '--no-merges', '--no-show-signature', `--format=${format}`, range, '--', '.'])
  if (asked?.code !== 0) return undefined
  const fields = asked.out.toString().split('\0')
  const commits: Commit[] = []
  for (let i = 0; i + 6 <= fields.length; i += 6) {
    const [id, author, email, name, address, message] = fields.slice(i, i + 6) as [string, string, string, string, string, string]
    if (id !== '')
      commits.push({ id, author, email, committer: { name, email: address }, trailers: lowered(trailersIn(message)) })
  }
  return commits
}

function lowered(trailers: Commit['trailers']): Commit['trailers'] {
  return trailers.map(({ name, value }) => ({ name: name.toLowerCase(), value }))
}

/** Files that differ between two commits, all over the repository; undefined where one of them is not there. Below the folder paths are its own. */
export async function changedBetween(
  { folder }: Repository,
  from: string,
  to: string,
): Promise<readonly { readonly path: string; readonly isBelow: boolean }[] | undefined> {
  if (!isObjectId(from) || !isObjectId(to)) return undefined
  const [prefix, diff] = await Promise.all([
    git(folder, ['rev-parse', '--show-prefix']),
    git(folder, ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', from, to]),
  ])
  if (prefix?.code !== 0 || diff?.code !== 0) return undefined
  const above = prefix.out.toString().replace(/\n$/, '')
  const paths = diff.out.toString().split('\0')
  return paths
    .filter(path => path !== '')
    .map(path => (path.startsWith(above) ? { path: path.slice(above.length), isBelow: true } : { path, isBelow: false }))
}

/** Files below a place that a commit between two revisions removed, whether or not they came back. */
export async function removedBetween(
  { folder }: Repository,
  base: string,
  { head, below }: { readonly head: string; readonly below: string },
): Promise<readonly string[]> {
  const range = `${base}..${head}`
  const options = ['-z', '--no-show-signature', '--no-renames', '--diff-filter=D', '--name-only', '--relative', '--format=']
  const asked = await git(folder, ['log', ...options, range, '--', below])
  return asked?.code === 0
    ? asked.out
        .toString()
        .split('\0')
        .filter(name => name !== '')
        .map(name => name.trim())
    : []
}

/** The content of objects by id; those over the limit, and submodules, are left out. */
export async function blobsOf(
  { folder }: Repository,
  ids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(ids)].filter(isObjectId)
  const blobs = new Map<string, Buffer>()
  if (wanted.length === 0) return blobs
  const checked = await git(folder, ['cat-file', '--batch-check'], `${wanted.join('\n')}\n`)
  const small = (checked?.out.toString().split('\n') ?? []).flatMap(line => {
    const [id, type, size] = line.split(' ')
    return id !== undefined && type === 'blob' && Number(size) <= limit ? [id] : []
  })
  if (small.length === 0) return blobs
  const read = await git(folder, ['cat-file', '--batch'], `${small.join('\n')}\n`)
  for (let at = 0; read && at < read.out.length; ) {
    const end = read.out.indexOf(10, at)
    const [id, , size] = read.out.subarray(at, end).toString().split(' ')
    if (id === undefined || size === undefined) break
    blobs.set(id, read.out.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return blobs
}

/** A file at a revision; undefined when it is not there. */
export async function fileAt(repository: Repository, revision: string, path: string): Promise<Buffer | undefined> {
  const entry = (await filesOf(repository, revision)).get(path)
  return entry && (await blobsOf(repository, [entry.id], Number.MAX_SAFE_INTEGER)).get(entry.id)
}

/** The commit in which a file first stood; undefined when none holds it. Where history was cut off, the first commit that is left. */
export async function commitThatAdded({ folder }: Repository, path: string): Promise<string | undefined> {
  const asked = await git(folder, ['log', '--no-show-signature', '--diff-filter=A', '--format=%H', 'HEAD', '--', path])
  const first = asked?.code === 0 ? asked.out.toString().trim().split('\n').at(-1) : undefined
  return first !== undefined && isObjectId(first) ? first : undefined
}

/** Names of revisions go to git as arguments: nothing that could be an option, a range or a path. */
function isRevision(name: string): boolean {
  return /^[\w][\w./@{}^~+-]{0,250}$/.test(name) && !name.includes('..')
}

export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}
