import { stat } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import type { CommitFact } from '../../core/verdict/context.ts'
import { type CodeTree, commitTree, folderTree, worktree } from './evidence/code-tree.ts'
import {
  commitsOf,
  defaultBaseOf,
  mergeBaseOf,
  openRepository,
  type Repository,
  type Revision,
  revisionOf,
  uncommittedOf,
} from './git.ts'

/** The code to judge, what it is compared with, and how both are named. */
export type Stand = {
  readonly tree: CodeTree
  readonly before: CodeTree | undefined
  /** Absent outside git, and while uncommitted changes stand. */
  readonly revision: Revision | undefined
  readonly base: string | undefined
  readonly commits: readonly CommitFact[] | undefined
  readonly uncommitted: readonly string[]
  readonly problems: readonly Problem[]
}

export type Asked = {
  readonly codeRoot: string
  /** A revision, or a folder that holds the code as it was. */
  readonly base?: string
  /** Outside git: a folder that holds the code as it was, used when it exists and no base is named. */
  readonly keptBase?: string
  readonly head?: string
  /** Paths that are the design's own, or evidence: never part of the change. */
  readonly isOwn: (path: string) => boolean
  /** Outside git only files that can match are looked for. */
  readonly globs: readonly string[]
}

/** Finds the judged state. No git is no error; a revision that does not exist is. */
export async function standOf(asked: Asked): Promise<Result<Stand>> {
  const opened = await openRepository(asked.codeRoot)
  if (opened.kind === 'repository') return inRepository(opened.repository, asked)
  if (asked.head !== undefined)
    return refuse({
      code: 'verify.noRepository',
      at: asked.codeRoot,
      message: `There is no revision ${asked.head}: the code is in no git repository${opened.message === '' ? '' : ` (${opened.message})`}.`,
      cure: 'Leave --head away, or run it in the repository.',
    })
  const named = asked.base ?? asked.keptBase
  const before = named === undefined ? undefined : await folderAt(asked.codeRoot, named)
  if (asked.base !== undefined && !before) return noSuchBase(asked.base)
  const tree = await folderTree(asked.codeRoot, before ? ['**'] : asked.globs)
  const problems = opened.why === 'refused' ? [refused(asked.codeRoot, opened.message)] : []
  return ok({ tree, before, revision: undefined, base: undefined, commits: undefined, uncommitted: [], problems })
}

async function inRepository(repository: Repository, asked: Asked): Promise<Result<Stand>> {
  const head = await revisionOf(repository, asked.head ?? 'HEAD')
  if (!head && asked.head !== undefined)
    return refuse({
      code: 'verify.head',
      message: `The repository has no revision ${asked.head}.`,
      cure: 'git log shows what there is; a shallow clone holds only the newest.',
    })
  const uncommitted = asked.head === undefined ? (await uncommittedOf(repository)).filter(path => !asked.isOwn(path)) : []
  const clean = head && uncommitted.length === 0
  const tree = clean ? await commitTree(repository, head.commit) : await worktree(repository, head?.commit, uncommitted)
  const compared = await compare(repository, head, asked)
  if (!compared.ok) return compared
  const { before, base } = compared.value
  return ok({
    tree,
    before,
    revision: clean ? head : undefined,
    base,
    commits: head && base !== undefined ? await commitsOf(repository, base, head.commit) : undefined,
    uncommitted,
    problems: clean ? [] : [notCommitted(uncommitted)],
  })
}

type Compared = Pick<Stand, 'before' | 'base'>

async function compare(repository: Repository, head: Revision | undefined, asked: Asked): Promise<Result<Compared>> {
  if (asked.base === undefined) {
    const base = head && (await defaultBaseOf(repository, head.commit))
    return ok({ base, before: base === undefined ? undefined : await commitTree(repository, base) })
  }
  const named = await revisionOf(repository, asked.base)
  const base = named && head && (await mergeBaseOf(repository, named.commit, head.commit))
  if (base !== undefined) return ok({ base, before: await commitTree(repository, base) })
  const before = named ? undefined : await folderAt(asked.codeRoot, asked.base)
  return before ? ok({ base: undefined, before }) : noSuchBase(asked.base)
}

async function folderAt(codeRoot: string, name: string): Promise<CodeTree | undefined> {
  const folder = path.resolve(codeRoot, name)
  const stats = await stat(folder).catch(() => undefined)
  return stats?.isDirectory() ? folderTree(folder) : undefined
}

function noSuchBase(base: string): Result<never> {
  return refuse({
    code: 'verify.base',
    message: `${base} is neither a revision that shares history with the judged one, nor a folder.`,
    cure: 'Name a branch, a commit, or a folder that holds the code as it was.',
  })
}

function refused(codeRoot: string, message: string): Problem {
  return {
    code: 'verify.gitRefused',
    severity: 'warning',
    at: codeRoot,
    message: `git refuses to read this repository: ${message}.`,
    cure: 'Often the folder belongs to another user: see safe.directory in the manual of git.',
  }
}

function notCommitted(files: readonly string[]): Problem {
  const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
  return {
    code: 'verify.uncommitted',
    severity: 'info',
    at: files[0] ?? 'HEAD',
    message: `The working tree is judged: ${files[0] ?? 'nothing'}${more} not committed.`,
    cure: 'Commit, or judge what is committed with --head HEAD.',
  }
}
