import path from 'node:path'
import { type Checklist, deriveChecklist } from '../../core/checklists/derive.ts'
import { anyPathMatches } from '../../core/evidence/globs.ts'
import type { EvidenceItem } from '../../core/evidence/types.ts'
import { sliceOf } from '../../core/gate/slice.ts'
import { waiverLines } from '../../core/gate/waivers.ts'
import { designDigest, digestOf } from '../../core/model/digest.ts'
import type { LedgerState } from '../../core/model/ledger.ts'
import { policyOf } from '../../core/model/lookup.ts'
import type { Check, Design, Packs } from '../../core/model/types.ts'
import { bounded } from '../../core/provenance/bounded.ts'
import type { Provenance } from '../../core/provenance/record.ts'
import { attestedIn, promptedZones, unmarkedCheck } from '../../core/provenance/unmarked.ts'
import type { EnrolledKey } from '../../core/signing/enrolled.ts'
import { idsOf } from '../../core/support/order.ts'
import { ok, type Problem, type Result } from '../../core/support/result.ts'
import type { ChangeFacts, VerdictContext } from '../../core/verdict/context.ts'
import { evaluateChecklist } from '../../core/verdict/evaluate.ts'
import { policySincePrompt } from '../../core/verdict/policy-of-prompt.ts'
import type { VerdictRecord } from '../../core/verdict/record.ts'
import type { ChangedFile } from '../contract.ts'
import { questionsIn } from './dependencies/asked.ts'
import type { DependencyFacts, readDependencies } from './dependencies/read-change.ts'
import { bindReports } from './evidence/bind.ts'
import { changeDigest, changedFiles, fileFacts, filesAsked, narrowing } from './evidence/change.ts'
import { changesBetween, type FileChange } from './evidence/code-tree.ts'
import { type LoadedEvidence, loadEvidence } from './evidence/load.ts'
import { ownPaths } from './evidence/own-paths.ts'
import { sameCode } from './evidence/same-code.ts'
import { type Differs, folderBelow, judgedBy } from './judged-by.ts'
import { trustedFor } from './keys/trusted.ts'
import { ledgerSince } from './ledger-before.ts'
import { promptNowOf } from './prompt-slice.ts'
import { cutOff, publishedIn } from './published.ts'
import { type Stand, standOf } from './stand.ts'

export type ReviewInput = {
  readonly design: Design
  readonly packs: Packs
  readonly ledger: LedgerState
  readonly workItem: string
  readonly evidenceDir: string
  /** The folder that the globs of the design are relative to. */
  readonly codeRoot: string
  /** Where the design lies: its own files are not the change. Default: above `.skeptic/evidence`, else `threat-model`. */
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
  /** Changed files with their text before and after; empty when nobody knows what changed. */
  readonly files: readonly ChangedFile[]
  readonly evidence: readonly EvidenceItem[]
  /** What the record was made from besides. */
  readonly context: VerdictContext
  /** Keys that count for this change. */
  readonly keys: readonly EnrolledKey[]
  /** Digest of the part of the design that the checklist of the change itself, not the judged one, is made from. */
  readonly slice: string
  readonly differs?: Differs
}

/** Judges the change of a work item: reads code, evidence and answers, writes nothing, asks no network. */
export async function reviewChange(input: ReviewInput): Promise<Result<Review>> {
  const { design, packs, workItem, at } = input
  const derived = deriveChecklist(design, packs, { workItem, at })
  if (!derived.ok) return derived
  const loaded = await loadEvidence(input.evidenceDir)
  const found = await standOf(askedOf(input, derived.value, loaded))
  if (!found.ok) return found
  const stand = found.value
  const placed = { codeRoot: input.codeRoot, designDir: designDirOf(input) }
  const by = await judgedBy({ design, packs, workItem, at, ...placed }, stand)
  if (!by.ok) return by
  const judge = { ...input, design: by.value.design, packs: by.value.packs }
  const ledger = await ledgerSince(await withPublished(input, by.value.design), stand, {
    codeRoot: input.codeRoot,
    folder: folderBelow(placed),
  })
  const { changes, touched, relevant, own } = await touchedBy(judge, stand)
  const { codeRoot } = input
  const sameAs = await sameCode(loaded.reports, { codeRoot, commit: stand.revision?.commit, isOwn: isOwnOf(input) })
  const judged = { ...stand.revision, uncommitted: stand.uncommitted, sameAs }
  const { trust, signed, problems } = await trustedFor(placed.designDir, {
    before: stand.before,
    codeRoot: input.codeRoot,
    ledger,
  })
  const items = await bindReports(loaded.reports, { tree: stand.tree, relevant, judged, trust })
  const { slice: promptSlice, template, drift } = await promptNowOf(design, packs, { ...input, folder: designDirOf(input) })
  const policySince = policySincePrompt(design, packs, input)
  const digest = await changeDigest(changes, stand.tree, touched)
  const made = await madeBy(judge, stand, digest)
  const unmarked = made ? raisedBy(judge, made) : []
  const asked = by.value.checklist
  const checklist = unmarked.length > 0 ? { ...asked, checks: [...asked.checks, ...unmarked] } : asked
  const { mostWaiverDays: most, mostEvidenceDays: maxAgeDays } = policyOf(judge.design)
  const context: VerdictContext = {
    at,
    design: designDigest(design),
    policy: digestOf(policyOf(judge.design)),
    ...(by.value.basis === undefined ? {} : { basis: by.value.basis }),
    waivers: waiverLines(policyOf(judge.design), at),
    change: await changeOf(stand, { checklist, changes, touched, digest, isOwn: isOwnOf(input) }),
    ...(made ? { provenance: bounded(made) } : {}),
    raised: [...by.value.raised, ...unmarked],
    ledger,
    signed: new Set(signed.keys()),
    signers: signed,
    problems: [...stand.problems, ...loaded.problems, ...own, ...by.value.problems, ...problems],
    tools: [...new Set([design, judge.design].flatMap(one => idsOf(policyOf(one).tools)))],
    ...(most === undefined ? {} : { mostWaiverDays: most }),
    ...(maxAgeDays === undefined ? {} : { maxAgeDays }),
    ...(promptSlice === undefined ? {} : { promptSlice }),
    ...(drift === undefined ? {} : { promptDrift: drift }),
    ...(policySince === undefined ? {} : { policySince }),
    ...(template === undefined ? {} : { promptTemplate: template }),
  }
  const record = evaluateChecklist(checklist, items, context)
  const files = changes ? await changedFiles(changes, stand) : []
  return ok({
    record,
    checklist,
    files,
    evidence: items,
    context,
    keys: trust.keys,
    slice: derived.value.slice,
    ...(by.value.differs ? { differs: by.value.differs } : {}),
  })
}

/** The ledger, and what of it was published and is gone. Notes that cannot be read are as good as none: they are no part of the ledger. */
async function withPublished({ ledger, codeRoot, design }: ReviewInput, base: Design): Promise<LedgerState> {
  const ids = new Set([design, base].map(one => one.settings.design?.designId ?? ''))
  const all = await Promise.all([...ids].map(id => publishedIn(codeRoot, id)))
  const cut = all.flatMap(published => (published.ok ? cutOff(ledger, published.value) : []))
  return cut.length === 0 ? ledger : { ...ledger, ok: false, problems: [...ledger.problems, ...cut] }
}

function askedOf(input: ReviewInput, { checks }: Checklist, { reports }: LoadedEvidence) {
  const { codeRoot, base, head } = input
  const covered = reports.flatMap(({ sidecar }) => (sidecar?.ok ? (sidecar.value.paths ?? []) : []))
  return {
    codeRoot,
    isOwn: isOwnOf(input),
    globs: [...mayEditOf(input), ...filesAsked(checks), ...covered],
    keptBase: path.join(designDirOf(input), '.skeptic', 'base'),
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
  }
}

function mayEditOf({ design, workItem }: ReviewInput): readonly string[] {
  return idsOf(design.workItems[workItem]?.mayEdit)
}

function isOwnOf(input: ReviewInput): (path: string) => boolean {
  return ownPaths(input.codeRoot, [designDirOf(input), input.evidenceDir])
}

function designDirOf({ codeRoot, evidenceDir, designDir }: ReviewInput): string {
  const usual = path.join(path.sep, '.skeptic', 'evidence')
  const above = evidenceDir.endsWith(usual) ? path.resolve(evidenceDir, '../..') : path.join(codeRoot, 'threat-model')
  return designDir ?? above
}

type Touched = {
  readonly changes: readonly FileChange[] | undefined
  readonly touched: readonly string[]
  /** Files that evidence must be about. */
  readonly relevant: readonly string[]
  /** A remark when the design itself is part of the change. */
  readonly own: readonly Problem[]
}

/** What changed; without a base, all that may be edited counts as touched. */
async function touchedBy(input: ReviewInput, { tree, before }: Stand): Promise<Touched> {
  const mayEdit = mayEditOf(input)
  const isOwn = isOwnOf(input)
  const all = before && (await changesBetween(before, tree))
  const changes = all?.filter(change => !isOwn(change.path))
  const touched = changes?.map(change => change.path) ?? tree.paths.filter(path => anyPathMatches(mayEdit, path))
  const relevant = mayEdit.length > 0 ? touched.filter(path => anyPathMatches(mayEdit, path)) : touched
  // A kept folder of the code as it was may hold no design; then nobody can say that it was edited.
  const hadDesign = before?.paths.some(isDesign(isOwn)) === true
  const edited = hadDesign ? (all ?? []).map(change => change.path).filter(isDesign(isOwn)) : []
  return { changes, touched, relevant, own: designChanged(edited) }
}

/** What the sources say of the commits; outside git, and without a base, nothing is asked. */
async function madeBy(input: ReviewInput, { base, tree }: Stand, change: string | undefined): Promise<Provenance | undefined> {
  if (base === undefined || tree.source === 'folder') return undefined
  const { design, ledger, workItem, codeRoot } = input
  const { readProvenance } = await import('./provenance/read.ts')
  return readProvenance({
    ...{ design, ledger, codeRoot, base, head: input.head ?? 'HEAD', isOwn: isOwnOf(input) },
    zones: promptedZones(design, ledger).filter(zone => zone.workItem === workItem),
    attested: attestedIn(ledger, { workItem, change }),
  })
}

function raisedBy({ design, packs, workItem, at }: ReviewInput, made: Provenance): readonly Check[] {
  const slice = sliceOf(design, packs, { workItem, at })
  const check = slice.ok ? unmarkedCheck({ design, controls: packs.controls, slice: slice.value }, made) : undefined
  return check ? [check] : []
}

/** Entities and policy; the ledger and evidence grow with every change. */
function isDesign(isOwn: (path: string) => boolean): (path: string) => boolean {
  return file => isOwn(file) && file.endsWith('.json') && !/(?:^|\/)(?:ledger|\.skeptic)\/|(?:^|\/)exports\.json$/.test(file)
}

function designChanged(files: readonly string[]): readonly Problem[] {
  const [first] = files
  if (first === undefined) return []
  return [
    {
      code: 'verify.designChanged',
      severity: 'warning',
      at: first,
      message: `The change edits the design it is judged by: ${files.length === 1 ? 'one file' : `${files.length} files`}.`,
      cure: 'Have these edits reviewed first, each for itself.',
    },
  ]
}

type Known = Pick<Touched, 'changes' | 'touched'> & {
  readonly checklist: Checklist
  readonly digest: string | undefined
  readonly isOwn: (path: string) => boolean
}

async function changeOf(stand: Stand, { checklist, changes, touched, digest, isOwn }: Known): Promise<ChangeFacts> {
  const { tree, revision, base, commits } = stand
  const asked = questionsIn(checklist.checks)
  const dependencies = asked.broughtIn || asked.locked ? await dependencyFacts(stand, { changes, isOwn }, asked) : {}
  return {
    source: tree.source,
    ...(digest === undefined ? {} : { digest }),
    ...revision,
    ...(base === undefined ? {} : { base }),
    ...(commits === undefined ? {} : { commits }),
    ...(changes === undefined ? {} : { changed: touched, files: touched.length, narrowing: await narrowing(changes, stand) }),
    fileFacts: await fileFacts(checklist.checks, stand),
    ...dependencies,
  }
}

/** The readers of lockfiles are loaded only where a check asks. */
async function dependencyFacts(...asked: Parameters<typeof readDependencies>): Promise<DependencyFacts> {
  const { readDependencies } = await import('./dependencies/read-change.ts')
  return readDependencies(...asked)
}
