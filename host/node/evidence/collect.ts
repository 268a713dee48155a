import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { endingOf } from '../../../core/evidence/formats.ts'
import { readEvidence } from '../../../core/evidence/read.ts'
import { SIDECAR_SUFFIX } from '../../../core/evidence/sidecar.ts'
import type { Evidence } from '../../../core/evidence/types.ts'
import { digestOfText } from '../../../core/model/digest.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import type { Signer } from '../../../core/signing/standing.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { diskProblem, nodeDisk } from '../disk.ts'
import { openRepository, revisionOf, uncommittedOf } from '../git.ts'
import { lockFile } from '../lock.ts'
import { makePrivateFolder } from '../store.ts'
import { commitTree, folderTree, worktree } from './code-tree.ts'
import { configsIn } from './configs.ts'
import { decodeText } from './decode.ts'
import { runProgram } from './run-program.ts'
import { runnerIn } from './runner.ts'
import { checkoutWithout } from './without.ts'
import { type Collected, revisionNow, sidecarText } from './write-sidecar.ts'

/** Stands in a command for the file that it should write its report to. */
export const REPORT = '{report}'

/** Half-made reports lie here, where nobody looks for evidence. */
const COLLECTING = '.skeptic/collecting'
const EVIDENCE = '.skeptic/evidence'

export type Asked = {
  /** The design folder. */
  readonly folder: string
  readonly slot: string
  /** Name of the report's file; default: slot and what the report turns out to be. */
  readonly file?: string
  readonly program: string
  readonly words: readonly string[]
  readonly cwd: string
  /** Bind to the content of these files instead of to the commit. */
  readonly paths?: readonly string[]
  /** Set this file back to what it was before the change while the tool runs. */
  readonly without?: string
  readonly base?: string
  readonly signer?: Signer
  readonly now: () => string
  readonly pass: (chunk: Uint8Array) => void
  readonly stopped: Promise<void>
  readonly env: Readonly<Record<string, string | undefined>>
}

export type Kept = { readonly report: string; readonly sidecar: Sidecar }

/** Runs a tool and keeps its report with a sidecar, both or neither. What is half done when it stops leaves nothing behind. */
export async function collectEvidence(asked: Asked): Promise<Result<Kept>> {
  const named = checkNames(asked)
  if (!named.ok) return named
  const place = await makePrivateFolder(asked.folder, nodeDisk)
  if (!place.ok) return place
  await mkdir(path.join(asked.folder, COLLECTING), { recursive: true })
  const desk = await mkdtemp(path.join(asked.folder, COLLECTING, 'run-'))
  try {
    return await (asked.without === undefined ? runHere(asked, desk) : runWithout(asked, desk, asked.without))
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, desk, 'write')] }
  } finally {
    await rm(desk, { recursive: true, force: true })
  }
}

function checkNames({ slot, file, without, paths }: Asked): Result<true> {
  if (!/^[a-z][a-z0-9-]*$/.test(slot))
    return refuse({
      code: 'evidence.slot',
      message: `"${slot}" is no name of a slot.`,
      cure: 'Small letters, digits and hyphens, as the checklist names it: unit, sast.',
    })
  if (file !== undefined && (file !== path.basename(file) || file.startsWith('.') || file.endsWith(SIDECAR_SUFFIX)))
    return refuse({ code: 'evidence.file', message: `"${file}" is not a plain file name.`, cure: 'A name, as unit.junit.xml.' })
  if (without !== undefined && paths !== undefined)
    return refuse({
      code: 'collect.without',
      message: 'A run without a file is bound to the commit it was taken from, never to files.',
      cure: 'Give --without or --paths, not both.',
    })
  return ok(true)
}

async function runWithout(asked: Asked, desk: string, without: string): Promise<Result<Kept>> {
  const codeRoot = path.dirname(asked.folder)
  const { base } = asked
  const checkout = await checkoutWithout(codeRoot, { file: without, ...(base === undefined ? {} : { base }) })
  if (!checkout.ok) return checkout
  const { codeRoot: inner, revision, remove } = checkout.value
  try {
    const below = path.relative(codeRoot, asked.cwd)
    const cwd = below.startsWith('..') || path.isAbsolute(below) ? inner : path.join(inner, below)
    return await runHere({ ...asked, cwd }, desk, { without, revision: { ...revision, dirty: false } })
  } finally {
    await remove()
  }
}

type Instead = { readonly without: string; readonly revision: NonNullable<Collected['revision']> }

async function runHere(asked: Asked, desk: string, instead?: Instead): Promise<Result<Kept>> {
  const { folder, program, words, cwd, pass, stopped, paths, now } = asked
  const codeRoot = path.dirname(folder)
  const draft = path.join(desk, 'report')
  const about = { codeRoot, designDir: folder, report: draft }
  const before = instead ? instead.revision : await revisionNow(about)
  const startedAt = now()
  const toFile = words.some(word => word.includes(REPORT))
  const run = { program, words: words.map(word => word.replaceAll(REPORT, draft)), cwd, pass, stopped }
  const ran = await runProgram(toFile ? run : { ...run, output: draft })
  if (!ran.ok) return ran
  const endedAt = now()
  const made = await stat(draft).catch(() => undefined)
  if (!made?.isFile()) return noReport(draft)
  const after = instead ? instead.revision : await revisionNow(about)
  const read = await evidenceIn(draft, made.size)
  const file = asked.file ?? fileName(asked, read)
  const report = path.join(desk, file)
  await rename(draft, report)
  const text = await sidecarText(
    {
      ...{ ...about, report, slot: asked.slot, argv: [program, ...words], startedAt, endedAt, ...ran.value },
      tool: toolOf(read, program),
      runner: runnerIn(asked.env),
      configs: await configsIn(await treeNow(codeRoot, instead?.revision.commit)),
      revision: sameCode(before, after),
      ...(paths === undefined ? {} : { paths }),
      ...(instead === undefined ? {} : { without: instead.without }),
    },
    asked.signer,
  )
  if (!text.ok) return text
  await writeFile(report + SIDECAR_SUFFIX, text.value.text)
  const kept = await keep(folder, report)
  return kept.ok ? ok({ report: kept.value, sidecar: text.value.sidecar }) : kept
}

/** Code that changed while the tool ran is as good as not committed: nobody knows which of the two it saw. */
function sameCode(before: NonNullable<Collected['revision']>, after: NonNullable<Collected['revision']>) {
  if (before.commit === undefined) return {}
  return { ...before, dirty: before.dirty === true || after.dirty === true || before.commit !== after.commit }
}

/** What the report is, where it can be told; a report nobody can read is kept all the same. */
async function evidenceIn(file: string, size: number): Promise<Evidence | undefined> {
  if (size > 128 * 1024 * 1024) return undefined
  const text = decodeText(path.basename(file), await readFile(file))
  const read = text.ok ? readEvidence(path.basename(file), text.value) : text
  return read.ok ? read.value : undefined
}

function fileName({ slot, without }: Asked, read: Evidence | undefined): string {
  const which = without === undefined ? '' : `.without-${digestOfText(without).slice(7, 15)}`
  return `${slot}${which}.${read ? endingOf(read.format) : 'report'}`
}

/** The report knows best which tool of which version wrote it; a launcher, as npx, is no tool. */
function toolOf(read: Evidence | undefined, program: string): NonNullable<Sidecar['tool']> {
  const run = read?.facts.scan?.runs[0]
  const name = read?.made.tool ?? run?.tool
  const version = read?.made.tool === undefined ? (run?.version ?? read?.made.version) : read.made.version
  return {
    name: name ?? path.basename(program).replace(/\.(?:exe|cmd|bat)$/i, ''),
    ...(version === undefined ? {} : { version }),
  }
}

async function treeNow(codeRoot: string, commit: string | undefined) {
  const opened = await openRepository(codeRoot)
  if (opened.kind === 'none') return folderTree(codeRoot)
  if (commit !== undefined) return commitTree(opened.repository, commit)
  const [head, uncommitted] = await Promise.all([revisionOf(opened.repository, 'HEAD'), uncommittedOf(opened.repository)])
  return worktree(opened.repository, head?.commit, uncommitted)
}

/** Puts report and sidecar in their place; others who do the same to the same names wait, so that no two halves meet. */
async function keep(folder: string, report: string): Promise<Result<string>> {
  const place = path.join(folder, EVIDENCE)
  await mkdir(place, { recursive: true })
  const lock = await lockFile(path.join(folder, COLLECTING, 'lock'))
  if (!lock.ok) return lock
  try {
    const target = path.join(place, path.basename(report))
    await rm(target + SIDECAR_SUFFIX, { force: true })
    await rename(report, target)
    await rename(report + SIDECAR_SUFFIX, target + SIDECAR_SUFFIX)
    return ok(target)
  } finally {
    await lock.value.release()
  }
}

function noReport(at: string): Result<never> {
  return refuse({
    code: 'evidence.noReport',
    at,
    message: 'The command wrote no report there.',
    cure: `Write ${REPORT} where it takes the name of its report, or let it print the report.`,
  })
}
