import { isObjectId, type Repository } from './git.ts'
import { git } from './git-run.ts'

/** A commit as it was written; the message in bytes, because it may be no text. */
export type WrittenCommit = {
  readonly id: string
  readonly author: string
  readonly email: string
  readonly message: Buffer
  /** Files that it touches below the folder; none for a merge, whose own lines blame finds. */
  readonly paths: readonly string[]
}

/** Bytes of commit messages that are read in one go. */
const MESSAGES = 256 * 1024 * 1024

/** Commits that a head has and a base has not, newest first, merges included; undefined when git cannot say. */
export async function writtenCommits(
  { folder }: Repository,
  base: string | undefined,
  head: string,
): Promise<readonly WrittenCommit[] | undefined> {
  const range = rangeOf(base, head)
  const [messages, names] = await Promise.all([
    git(folder, ['log', '-z', '--no-show-signature', '--format=%H%x00%an%x00%ae%x00%B', range], '', MESSAGES),
    git(folder, [
      'log',
      '-z',
      '--no-merges',
      '--no-show-signature',
      '--name-only',
      '--no-renames',
      '--relative',
      '--format=%x01%H',
      range,
    ]),
  ])
  if (messages?.code !== 0 || names?.code !== 0) return undefined
  const touched = pathsByCommit(names.out)
  const fields = fieldsOf(messages.out)
  const commits: WrittenCommit[] = []
  for (let i = 0; i + 4 <= fields.length; i += 4) {
    const [id = '', author = '', email = ''] = fields.slice(i, i + 3).map(String)
    if (isObjectId(id)) commits.push({ id, author, email, message: fields[i + 3] as Buffer, paths: touched.get(id) ?? [] })
  }
  return commits
}

function rangeOf(base: string | undefined, head: string): string {
  return base === undefined ? head : `${base}..${head}`
}

function fieldsOf(out: Buffer): readonly Buffer[] {
  const fields: Buffer[] = []
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0, at)
    fields.push(out.subarray(at, end < 0 ? out.length : end))
    at = (end < 0 ? out.length : end) + 1
  }
  return fields
}

function pathsByCommit(out: Buffer): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>()
  let own: string[] = []
  for (const field of fieldsOf(out)) {
    const text = field.toString()
    if (text.startsWith('\u0001') && isObjectId(text.slice(1))) {
      own = []
      paths.set(text.slice(1), own)
    } else if (text !== '') own.push(text.replace(/^\n/, ''))
  }
  return paths
}

/** The folder's own path in its repository, with a slash at its end; empty at the root. */
export async function prefixOf({ folder }: Repository): Promise<string> {
  return (await git(folder, ['rev-parse', '--show-prefix']))?.out.toString().replace(/\n$/, '') ?? ''
}

/** Files below the folder whose lines a change adds to, binary ones left out. */
export async function filesWithLines(
  { folder, objects }: Repository,
  base: string | undefined,
  head: string,
): Promise<readonly string[]> {
  const options = ['--numstat', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--relative']
  const asked = await git(folder, ['diff', ...options, base ?? EMPTY_TREE[objects], head, '--', '.'])
  return fieldsOf(asked?.code === 0 ? asked.out : Buffer.alloc(0)).flatMap(field => {
    // A path may hold tabs itself, so only the first two part anything.
    const [, added, path] = /^(\d+|-)\t(?:\d+|-)\t(.+)$/s.exec(field.toString()) ?? []
    return path !== undefined && Number(added) > 0 ? [path] : []
  })
}

/** The id of a tree without files is the same everywhere. */
const EMPTY_TREE = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

/** Neighbouring lines of a file as a head has it, and the commit that brought them; `was` is where they stood in that commit. */
export type BlamedLines = {
  readonly commit: string
  readonly start: number
  readonly count: number
  readonly was: { readonly path: string; readonly start: number }
}

/** Which commit brought which lines, in their order; paths in answers are from the root of the repository. Undefined when git cannot say. */
export async function blameOf(
  { folder }: Repository,
  span: { readonly base: string | undefined; readonly head: string },
  path: string,
): Promise<readonly BlamedLines[] | undefined> {
  // An empty name forgets the commits that a configuration would have blame pass over.
  const options = ['--incremental', '--no-textconv', '--no-progress', '--ignore-revs-file=']
  const asked = await git(folder, ['blame', ...options, rangeOf(span.base, span.head), '--', path])
  if (asked?.code !== 0) return undefined
  const lines: BlamedLines[] = []
  let head: readonly string[] = []
  for (const line of asked.out.toString().split('\n')) {
    const words = line.split(' ')
    if (isObjectId(words[0] ?? '') && words.length === 4) head = words
    else if (line.startsWith('filename ')) {
      const [commit = '', was, start, count] = head
      lines.push({
        commit,
        start: Number(start),
        count: Number(count),
        was: { path: unquoted(line.slice(9)), start: Number(was) },
      })
    }
  }
  return lines.sort((a, b) => a.start - b.start)
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }

/** A path as git quotes it when it holds quotes, backslashes or control characters. */
function unquoted(path: string): string {
  if (!path.startsWith('"') || !path.endsWith('"') || path.length < 2) return path
  return path
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      /^\d/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
    )
}

/** Notes of a ref: the commit each is on, and the id of its text. */
export async function notesOf({ folder }: Repository, ref: string): Promise<ReadonlyMap<string, string>> {
  const asked = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', ref])
  const notes = new Map<string, string>()
  for (const line of asked?.code === 0 ? asked.out.toString().split('\0') : []) {
    const tab = line.indexOf('\t')
    const [, type, id] = line.slice(0, tab).split(' ')
    const commit = line.slice(tab + 1).replaceAll('/', '')
    if (tab > 0 && type === 'blob' && id !== undefined && isObjectId(commit)) notes.set(commit, id)
  }
  return notes
}

/** Those of some commits that a head does not have in its history, gone ones included. */
export async function outsideHistory(
  { folder }: Repository,
  commits: readonly string[],
  head: string,
): Promise<readonly string[]> {
  if (commits.length === 0) return []
  const checked = await git(folder, ['cat-file', '--batch-check'], `${commits.join('\n')}\n`)
  const present = new Set(
    (checked?.out.toString().split('\n') ?? []).flatMap(line => (line.split(' ')[1] === 'commit' ? [line.split(' ')[0]] : [])),
  )
  const listed = await git(folder, ['rev-list', '--stdin'], `${commits.filter(id => present.has(id)).join('\n')}\n^${head}\n`)
  const apart = new Set(listed?.code === 0 ? listed.out.toString().split('\n') : [])
  return commits.filter(id => !present.has(id) || apart.has(id))
}
