import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import {
  defaultBaseOf,
  fileAt,
  filesOf,
  mergeBaseOf,
  openRepository,
  type Repository,
  type Revision,
  revisionOf,
} from '../git.ts'
import { git } from '../git-run.ts'

/** A checkout of the last commit in which one file is as it was before the change. */
export type Without = {
  /** Where the folder of the code lies in it. */
  readonly codeRoot: string
  readonly revision: Revision
  readonly remove: () => Promise<void>
}

/**
 * Checks the last commit out beside the repository, one file set back to the merge base. Only what is committed is in it; installed
 * dependencies are linked from where they lie.
 */
export async function checkoutWithout(
  codeRoot: string,
  { file, base }: { readonly file: string; readonly base?: string },
): Promise<Result<Without>> {
  const opened = await openRepository(codeRoot)
  if (opened.kind === 'none') return cannot('The code is in no git repository.', 'Run it in the repository of the change.')
  const { repository } = opened
  const head = await revisionOf(repository, 'HEAD')
  const from = head && (await startOf(repository, head.commit, base))
  if (!head || from === undefined)
    return cannot('Nobody knows where the change begins.', 'Name the revision it starts from: --base REF')
  const [now, before] = await Promise.all([fileAt(repository, head.commit, file), fileAt(repository, from, file)])
  if (now === undefined && before === undefined)
    return cannot(
      `There is no file ${file}, neither now nor before the change.`,
      'A path from the folder of the code, as src/authz.ts.',
    )
  if (now !== undefined && before !== undefined && now.equals(before))
    return cannot(`The change does not touch ${file}, so a run without its change shows nothing.`, 'Name a file that it changes.')
  const place = await mkdtemp(path.join(await realpath(tmpdir()), 'skeptic-without-'))
  const checkout = path.join(place, 'code')
  const remove = async () => {
    await git(codeRoot, ['worktree', 'remove', '--force', checkout])
    await rm(place, { recursive: true, force: true })
    await git(codeRoot, ['worktree', 'prune'])
  }
  const added = await git(codeRoot, ['worktree', 'add', '--detach', '--quiet', checkout, head.commit])
  if (added?.code !== 0) {
    await remove()
    return cannot(
      `git could not check the commit out: ${added?.error.trim().split('\n').at(-1) ?? 'it did not start'}.`,
      'See what git worktree says.',
    )
  }
  const prefix = (await git(codeRoot, ['rev-parse', '--show-prefix']))?.out.toString().trim() ?? ''
  const inner = path.join(checkout, prefix)
  await setBack(path.join(inner, file), before)
  await linkInstalled(repository, head.commit, inner)
  return ok({ codeRoot: inner, revision: head, remove })
}

async function startOf(repository: Repository, head: string, base: string | undefined): Promise<string | undefined> {
  if (base === undefined) return defaultBaseOf(repository, head)
  const named = await revisionOf(repository, base)
  return named && mergeBaseOf(repository, named.commit, head)
}

async function setBack(file: string, before: Buffer | undefined): Promise<void> {
  if (before === undefined) return rm(file, { force: true })
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, before)
}

/** Packages lie beside the manifest that asks for them and are ignored by git. */
async function linkInstalled(repository: Repository, commit: string, inner: string): Promise<void> {
  const folders = [...(await filesOf(repository, commit)).keys()]
    .filter(name => MANIFESTS.has(path.posix.basename(name)))
    .map(name => path.posix.dirname(name))
  for (const folder of new Set(['.', ...folders]))
    for (const name of INSTALLED) {
      const [real, link] = [path.join(repository.folder, folder, name), path.join(inner, folder, name)]
      if (existsSync(real) && !existsSync(link)) await symlink(real, link, 'junction').catch(() => undefined)
    }
}

const MANIFESTS: ReadonlySet<string> = new Set(['package.json', 'pyproject.toml', 'requirements.txt', 'Gemfile', 'composer.json'])
const INSTALLED: readonly string[] = ['node_modules', '.venv', 'venv']

function cannot(message: string, cure: string): Result<never> {
  return refuse({ code: 'collect.without', message, cure })
}
