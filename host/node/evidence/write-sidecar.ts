import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readSidecar, SIDECAR_SUFFIX } from '../../../core/evidence/sidecar.ts'
import { fileText } from '../../../core/model/canonical.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { openRepository, revisionOf, uncommittedOf } from '../git.ts'
import { sha256Of } from './disk.ts'
import { ownPaths } from './own-paths.ts'
import { subjectDigest } from './subject.ts'

export type Collected = {
  /** The report's file. */
  readonly report: string
  readonly slot: string
  readonly argv: readonly string[]
  readonly exitCode: number
  readonly startedAt: string
  readonly endedAt: string
  readonly tool?: { readonly name: string; readonly version?: string }
  readonly codeRoot: string
  /** Where the design lies: its own files, uncommitted or not, are not what the report is about. */
  readonly designDir?: string
  /** Bind to the content of these files; without, to commit and tree. */
  readonly paths?: readonly string[]
  /** Bind to this, which was looked up when the report came, instead of to what is there now. */
  readonly revision?: Partial<Pick<Sidecar, 'commit' | 'tree' | 'dirty'>>
}

/** Writes the sidecar of a report on our own word: nobody signs it, and it says so. */
export async function writeSelfReportedSidecar(collected: Collected): Promise<Result<Sidecar>> {
  const { report, slot, argv, exitCode, startedAt, endedAt, tool, codeRoot, paths } = collected
  const bound = paths === undefined ? await revisionOfCode(collected) : await subjectNow(codeRoot, paths)
  if (!bound.ok) return bound
  const text = fileText({
    format: 1,
    file: path.basename(report),
    sha256: sha256Of(await readFile(report)),
    slot,
    argv,
    exitCode,
    startedAt,
    endedAt,
    reported: 'self',
    ...(tool === undefined ? {} : { tool }),
    ...bound.value,
  })
  const sidecar = readSidecar(path.basename(report) + SIDECAR_SUFFIX, text)
  if (sidecar.ok) await writeFile(report + SIDECAR_SUFFIX, text)
  return sidecar
}

async function subjectNow(codeRoot: string, paths: readonly string[]): Promise<Result<Partial<Sidecar>>> {
  const subject = await subjectDigest(codeRoot, paths)
  return subject.ok ? ok({ subject: subject.value, paths }) : subject
}

async function revisionOfCode(collected: Collected): Promise<Result<Partial<Sidecar>>> {
  return ok(collected.revision ?? (await revisionNow(collected)))
}

/** Commit and tree of the code, and whether uncommitted changes stand beside them; nothing outside git. */
export async function revisionNow({
  codeRoot,
  designDir,
  report,
}: Pick<Collected, 'codeRoot' | 'designDir' | 'report'>): Promise<Partial<Pick<Sidecar, 'commit' | 'tree' | 'dirty'>>> {
  const opened = await openRepository(codeRoot)
  if (opened.kind === 'none') return {}
  const [head, uncommitted] = await Promise.all([revisionOf(opened.repository, 'HEAD'), uncommittedOf(opened.repository)])
  const isOwn = ownPaths(codeRoot, [designDir, path.dirname(report)])
  return head ? { ...head, dirty: !uncommitted.every(isOwn) } : {}
}
