import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readSidecar, SIDECAR_SUFFIX } from '../../../core/evidence/sidecar.ts'
import { fileText } from '../../../core/model/canonical.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import { PAYLOAD_TYPES } from '../../../core/signing/envelope.ts'
import { type Signer, signatureOf } from '../../../core/signing/standing.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { openRepository, revisionOf, uncommittedOf } from '../git.ts'
import { sha256Of } from './disk.ts'
import { ownPaths } from './own-paths.ts'
import { subjectDigest } from './subject.ts'

/** What is known of a run besides its report, as the sidecar keeps it. */
type AsKept = Pick<
  Sidecar,
  'slot' | 'argv' | 'exitCode' | 'startedAt' | 'endedAt' | 'tool' | 'without' | 'runner' | 'configs' | 'stderr'
>

export type Collected = AsKept & {
  /** The report's file. */
  readonly report: string
  readonly codeRoot: string
  /** Where the design lies: its own files, uncommitted or not, are not what the report is about. */
  readonly designDir?: string
  /** Bind to the content of these files; without, to commit and tree. */
  readonly paths?: readonly string[]
  /** Bind to this, which was looked up when the report came, instead of to what is there now. */
  readonly revision?: Partial<Pick<Sidecar, 'commit' | 'tree' | 'dirty'>>
}

/** The text of a sidecar, signed where somebody signs; otherwise it says that it is on our own word. */
export async function sidecarText(
  collected: Collected,
  signer?: Signer,
): Promise<Result<{ readonly sidecar: Sidecar; readonly text: string }>> {
  const { report, slot, argv, exitCode, startedAt, endedAt, tool, without, runner, configs, stderr, codeRoot, paths } = collected
  const bound = paths === undefined ? await revisionOfCode(collected) : await subjectNow(codeRoot, paths)
  if (!bound.ok) return bound
  const plain = {
    format: 1,
    file: path.basename(report),
    sha256: sha256Of(await readFile(report)),
    ...{ slot, argv, exitCode, startedAt, endedAt },
    reported: signer ? 'signed' : 'self',
    ...(tool === undefined ? {} : { tool }),
    ...(without === undefined ? {} : { without }),
    ...(runner === undefined ? {} : { runner }),
    ...(configs === undefined ? {} : { configs }),
    ...(stderr === undefined ? {} : { stderr }),
    ...bound.value,
  }
  const text = fileText(signer ? { ...plain, signature: signatureOf(PAYLOAD_TYPES.sidecar, plain, signer) } : plain)
  const sidecar = readSidecar(path.basename(report) + SIDECAR_SUFFIX, text)
  return sidecar.ok ? ok({ sidecar: sidecar.value, text }) : sidecar
}

/** Writes the sidecar of a report on our own word: nobody signs it, and it says so. */
export async function writeSelfReportedSidecar(collected: Collected): Promise<Result<Sidecar>> {
  const made = await sidecarText(collected)
  if (!made.ok) return made
  await writeFile(collected.report + SIDECAR_SUFFIX, made.value.text)
  return ok(made.value.sidecar)
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
