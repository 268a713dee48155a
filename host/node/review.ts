import path from 'node:path'
import { deriveChecklist } from '../../core/checklists/derive.ts'
import { anyPathMatches } from '../../core/evidence/globs.ts'
import { designDigest, digestOf } from '../../core/model/digest.ts'
import type { LedgerState } from '../../core/model/ledger.ts'
import { policyOf } from '../../core/model/lookup.ts'
import type { Check, Design, Expression, Packs } from '../../core/model/types.ts'
import { idsOf } from '../../core/support/order.ts'
import { ok, type Result } from '../../core/support/result.ts'
import type { ChangeFacts, FileContent, FileFact } from '../../core/verdict/context.ts'
import { evaluateChecklist } from '../../core/verdict/evaluate.ts'
import type { VerdictRecord } from '../../core/verdict/record.ts'
import type { ChangedFile } from '../contract.ts'
import { bindReports } from './evidence/bind.ts'
import { type CodeTree, changesBetween, type FileChange, SOURCE_LIMIT } from './evidence/code-tree.ts'
import { sha256Of } from './evidence/disk.ts'
import { type LoadedEvidence, loadEvidence } from './evidence/load.ts'
import { type Stand, standOf } from './stand.ts'

export type ReviewInput = {
  readonly design: Design
  readonly packs: Packs
  readonly ledger: LedgerState
  readonly workItem: string
  readonly evidenceDir: string
  /** The folder that the globs of the design are relative to. */
  readonly codeRoot: string
  /** Where the design lies, so that its own files are not taken for the change; default: above `.skeptic/evidence`, or `threat-model`. */
  readonly designDir?: string
  /** A revision, or a folder that holds the code as it was; default: where the default branch was left. */
  readonly base?: string
  /** A revision; default: the working tree. */
  readonly head?: string
  readonly at: string
}

export type Review = {
  readonly record: VerdictRecord
  readonly checklist: Checklist
  readonly files: readonly ChangedFile[]
  readonly evidence: readonly { readonly slot: string; readonly file: string; readonly binding: string }[]
}

type Checklist = Extract<ReturnType<typeof deriveChecklist>, { ok: true }>['value']

/** Judges the change of a work item: reads code, evidence and sign-offs, writes nothing, asks no network. */
export async function reviewChange(input: ReviewInput): Promise<Result<Review>> {
  const { design, packs, workItem, at, ledger } = input
  const derived = deriveChecklist(design, packs, { workItem, at })
  if (!derived.ok) return derived
  const checklist = derived.value
  const loaded = await loadEvidence(input.evidenceDir)
  const mayEdit = idsOf(design.workItems[workItem]?.mayEdit)
  const isOwn = ownPaths(input)
  const stand = await standOf({
    ...given(input),
    codeRoot: input.codeRoot,
    isOwn,
    globs: globsAsked(loaded, mayEdit, checklist.checks),
  })
  if (!stand.ok) return stand
  const { tree, before, revision, uncommitted, base, commits, problems } = stand.value
  const changes = before && (await changesBetween(before, tree)).filter(change => !isOwn(change.path))
  const touched = changes?.map(change => change.path) ?? tree.paths.filter(path => anyPathMatches(mayEdit, path))
  const relevant = mayEdit.length > 0 ? touched.filter(path => anyPathMatches(mayEdit, path)) : touched
  const items = await bindReports(loaded.reports, { tree, relevant, judged: { ...revision, uncommitted } })
  const change: ChangeFacts = {
    source: tree.source,
    ...(await changeDigest(changes, tree, touched)),
    ...revision,
    ...(base === undefined ? {} : { base }),
    ...(commits === undefined ? {} : { commits }),
    ...(changes === undefined ? {} : { changed: touched, files: touched.length }),
    fileFacts: await fileFacts(checklist.checks, stand.value),
  }
  const record = evaluateChecklist(checklist, items, {
    at,
    design: designDigest(design),
    policy: digestOf(policyOf(design)),
    change,
    ledger,
    signed: new Set(),
    problems: [...problems, ...loaded.problems],
  })
  const evidence = items.map(({ slot, file, binding }) => ({ slot, file, binding: binding.state }))
  return ok({ record, checklist, files: changes ? await changedFiles(changes, stand.value) : [], evidence })
}

function given({ base, head }: ReviewInput): { readonly base?: string; readonly head?: string } {
  return { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) }
}

/** The design and the evidence are not the change, wherever below the code they lie. */
function ownPaths({ codeRoot, evidenceDir, designDir }: ReviewInput): (path: string) => boolean {
  const state = path.join('.skeptic', 'evidence')
  const design =
    designDir ??
    (evidenceDir.endsWith(path.sep + state) ? path.resolve(evidenceDir, '../..') : path.join(codeRoot, 'threat-model'))
  const own = [design, evidenceDir]
    .map(folder => path.relative(codeRoot, folder).split(path.sep).join('/'))
    .filter(folder => folder !== '' && folder !== '..' && !folder.startsWith('../') && !path.isAbsolute(folder))
  return file => own.some(folder => file.startsWith(`${folder}/`))
}

function globsAsked({ reports }: LoadedEvidence, mayEdit: readonly string[], checks: readonly Check[]): readonly string[] {
  return [
    ...mayEdit,
    ...filesAsked(checks),
    ...reports.flatMap(({ sidecar }) => (sidecar?.ok ? (sidecar.value.paths ?? []) : [])),
  ]
}

/** What answers of people are bound to: path and content of every changed file before and after, equal in a commit and on disk. */
async function changeDigest(
  changes: readonly FileChange[] | undefined,
  tree: CodeTree,
  touched: readonly string[],
): Promise<{ readonly digest?: string }> {
  if (changes) return { digest: digestOf(changes) }
  if (touched.length === 0) return {}
  return { digest: digestOf([...(await tree.ids(touched))].map(([path, after]) => ({ path, after }))) }
}

function filesAsked(checks: readonly Check[]): readonly string[] {
  const paths = (expression: Expression): readonly string[] => [
    ...(expression.file ? [expression.file.path] : []),
    ...[...(expression.all ?? []), ...(expression.any ?? [])].flatMap(paths),
  ]
  return [...new Set(checks.flatMap(check => (check.verify ? paths(check.verify) : [])))].sort()
}

async function fileFacts(checks: readonly Check[], { tree, before }: Stand): Promise<Readonly<Record<string, FileFact>>> {
  const asked = filesAsked(checks)
  const [after, old] = await Promise.all([tree.read(asked, SOURCE_LIMIT), before?.read(asked, SOURCE_LIMIT)])
  return Object.fromEntries(
    asked.map(path => [path, { after: contentOf(after.get(path)), before: old ? contentOf(old.get(path)) : 'unknown' }]),
  )
}

function contentOf(bytes: Buffer | undefined): FileContent | undefined {
  if (!bytes) return undefined
  const text = textOf(bytes)
  return { sha256: sha256Of(bytes), ...(text === undefined ? {} : { text }) }
}

function textOf(bytes: Buffer): string | undefined {
  return bytes.includes(0) ? undefined : bytes.toString('utf8')
}

/** Bytes of a file, and of all of them, that are shown; what is over comes without text. */
const SHOWN_FILE = 512 * 1024
const SHOWN_ALL = 8 * 1024 * 1024

async function changedFiles(changes: readonly FileChange[], { tree, before }: Stand): Promise<readonly ChangedFile[]> {
  let left = SHOWN_ALL
  const files: ChangedFile[] = []
  const [old, now] = await Promise.all([
    before?.read(shownPaths(changes, 'before'), SHOWN_FILE),
    tree.read(shownPaths(changes, 'after'), SHOWN_FILE),
  ])
  for (const { path } of changes) {
    const [a, b] = [old?.get(path), now.get(path)]
    left -= (a?.length ?? 0) + (b?.length ?? 0)
    const [from, to] = left < 0 ? [] : [a && textOf(a), b && textOf(b)]
    files.push({ path, ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) })
  }
  return files
}

function shownPaths(changes: readonly FileChange[], side: 'before' | 'after'): readonly string[] {
  return changes
    .filter(change => change[side] !== undefined)
    .slice(0, 1000)
    .map(change => change.path)
}
