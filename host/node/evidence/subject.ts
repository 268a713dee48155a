import { anyPathMatches } from '../../../core/evidence/globs.ts'
import { digestOf } from '../../../core/model/digest.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { openRepository, revisionOf, uncommittedOf } from '../git.ts'
import { type CodeTree, folderTree, worktree } from './code-tree.ts'
import { sha256Of } from './disk.ts'

/** The files as they lie below a folder: in a repository without those it ignores, else those that can match. */
async function treeOnDisk(root: string, globs: readonly string[]): Promise<CodeTree> {
  const opened = await openRepository(root)
  if (opened.kind === 'none') return folderTree(root, globs)
  const [head, uncommitted] = await Promise.all([revisionOf(opened.repository, 'HEAD'), uncommittedOf(opened.repository)])
  return worktree(opened.repository, head?.commit, uncommitted)
}

/** Digest over path and SHA-256 of every file below a folder that matches; what binds a report outside git. */
export async function subjectDigest(root: string, globs: readonly string[]): Promise<Result<string>> {
  return subjectOf(await treeOnDisk(root, globs), globs)
}

/** The same of any tree. A subject of no file would fit everything, so it is refused; so is one that cannot be read whole. */
export async function subjectOf(tree: CodeTree, globs: readonly string[]): Promise<Result<string>> {
  const paths = tree.paths.filter(path => anyPathMatches(globs, path))
  if (paths.length === 0)
    return refuse({
      code: 'subject.empty',
      message: `No file matches ${globs.join(', ')}.`,
      cure: 'Name the files the report is about.',
    })
  const files: { path: string; sha256: string }[] = []
  for (let at = 0; at < paths.length; at += BATCH)
    for (const [path, bytes] of await tree.read(paths.slice(at, at + BATCH), LIMIT)) files.push({ path, sha256: sha256Of(bytes) })
  if (files.length === paths.length && tree.complete) return ok(digestOf(files))
  return refuse({
    code: 'subject.unreadable',
    message: 'Not every file could be read.',
    cure: 'Name fewer files, or make all of them readable.',
  })
}

const BATCH = 500
const LIMIT = 128 * 1024 * 1024
