import path from 'node:path'
import { type Checklist, deriveChecklist } from '../../core/checklists/derive.ts'
import { checkOf, ONE_OTHER } from '../../core/checklists/seed.ts'
import { shownList } from '../../core/evidence/show.ts'
import { sliceOf } from '../../core/gate/slice.ts'
import { designDigest, digestOf } from '../../core/model/digest.ts'
import { policyOf } from '../../core/model/lookup.ts'
import { parseFolder } from '../../core/model/parse.ts'
import { hasRow, rowIds } from '../../core/model/table.ts'
import type { Check, Design, Packs } from '../../core/model/types.ts'
import { byText } from '../../core/support/order.ts'
import { ok, type Problem, type Result } from '../../core/support/result.ts'
import type { CodeTree } from './evidence/code-tree.ts'
import { isDesignFile, READ_LIMITS } from './read-files.ts'
import type { Stand } from './stand.ts'

/** What a change is judged by. */
export type JudgedBy = {
  readonly design: Design
  readonly packs: Packs
  readonly checklist: Checklist
  /** Checks that the design of the change does not hold in these words: the base's, and one that the change itself raises. */
  readonly raised: readonly Check[]
  /** Digest of the design before the change, where that is another. */
  readonly basis?: string
  /** How the design of the change differs from that in what it asks. */
  readonly differs?: Differs
  readonly problems: readonly Problem[]
}

/** Ids of checks that a change drops, asks otherwise or adds; the first two have no effect, what it adds is asked too. */
export type Differs = {
  readonly dropped: readonly string[]
  readonly reworded: readonly string[]
  readonly added: readonly string[]
  /** Whether its policy is another one; that of before counts. */
  readonly policy: boolean
}

export type Asked = {
  readonly design: Design
  readonly packs: Packs
  readonly workItem: string
  readonly at: string
  readonly codeRoot: string
  readonly designDir: string
}

/**
 * A change does not choose what it is judged by: checks and policy are those of the base, where the design lies in the same repository.
 * What the change adds to its checklist is asked besides, for that only raises the bar; what it drops or rewords is said and has no
 * effect. A checklist that was made in the very change has nothing before it, so a second person must have read it.
 */
export async function judgedBy(asked: Asked, stand: Stand): Promise<Result<JudgedBy>> {
  const own = deriveChecklist(asked.design, asked.packs, asked)
  if (!own.ok) return own
  const { design, packs, workItem } = asked
  const asIs = { design, packs, checklist: own.value, raised: [], problems: [] }
  const folder = folderBelow(asked)
  if (!stand.before || folder === undefined) return ok(asIs)
  const before = await designAt(stand.before, folder, packs)
  if (before === undefined) return ok(stand.base === undefined ? asIs : madeNow(asked, own.value, 'The design'))
  if (!before.ok) return ok(unreadableBase(madeNow(asked, own.value, 'The design'), before.problems[0]))
  const base = before.value
  const basis = designDigest(base.design)
  if (basis === designDigest(design) && base.packs === packs) return ok(asIs)
  const gone = rowIds(base.design.workItems).filter(id => !hasRow(design.workItems, id))
  if (!hasRow(base.design.workItems, workItem)) {
    // new work on an old policy: its level is that of before
    const mixed = { ...design, policy: base.design.policy }
    const older = deriveChecklist(mixed, base.packs, asked)
    const merged = older.ok ? withMore(older.value, own.value) : own.value
    const differs = differsIn(mixed, older.ok ? older.value : own.value, { design, checklist: own.value })
    return ok({ ...madeNow({ ...asked, design: mixed }, merged, `Work item ${workItem}`), basis, differs })
  }
  const older = deriveChecklist(base.design, base.packs, asked)
  if (!older.ok) return older
  const checklist = withMore(older.value, own.value)
  const differs = differsIn(base.design, older.value, { design, checklist: own.value })
  const judged = { design: base.design, packs: base.packs, checklist, basis, differs }
  const problems = differences(differs, { workItem, base: stand.base })
  const kept = checklist.checks.filter(check => !own.value.checks.some(({ id }) => id === check.id))
  if (gone.length === 0) return ok({ ...judged, raised: kept, problems })
  const raised = madeNow(asked, checklist, `Work item ${shownList(gone)} taken out, the rest`)
  return ok({ ...judged, checklist: raised.checklist, raised: [...kept, ...raised.raised], problems })
}

/** Place of the design below the code, with `/`; undefined where it lies elsewhere. */
export function folderBelow({ codeRoot, designDir }: Pick<Asked, 'codeRoot' | 'designDir'>): string | undefined {
  const folder = path.relative(codeRoot, designDir).split(path.sep).join('/')
  return folder === '..' || folder.startsWith('../') || path.isAbsolute(folder) ? undefined : folder
}

type Before = { readonly design: Design; readonly packs: Packs }

/** The design as a tree holds it; undefined where it holds none. The packs are the ones given where the team's files are the same. */
async function designAt(tree: CodeTree, folder: string, packs: Packs): Promise<Result<Before> | undefined> {
  const below = folder === '' ? '' : `${folder}/`
  const names = tree.paths.filter(name => name.startsWith(below)).map(name => name.slice(below.length))
  if (!names.includes('skeptic.json')) return undefined
  const files = names.filter(name => isDesignFile(name) || TEAM_PACK.test(name))
  const read = await tree.read(
    files.map(name => below + name),
    READ_LIMITS.bytes,
  )
  const text = (name: string) => read.get(below + name)?.toString('utf8') ?? ''
  const parsed = parseFolder(new Map(files.filter(isDesignFile).map(name => [name, text(name)])))
  if (!parsed.ok) return parsed
  const team = new Map(files.filter(name => TEAM_PACK.test(name)).map(name => [name, text(name)]))
  return ok({ design: parsed.value.design, packs: await packsOf(team, packs) })
}

const TEAM_PACK = /^packs\/[^/.][^/]*\.json$/

async function packsOf(team: ReadonlyMap<string, string>, now: Packs): Promise<Packs> {
  const [{ builtinPacks }, { teamPacksFrom }] = await Promise.all([import('../../packs/builtin.ts'), import('./team-packs.ts')])
  const own = teamPacksFrom(team, builtinPacks)
  const ids = new Set([...builtinPacks.rules, ...builtinPacks.controls].map(({ id }) => id))
  const isOwn = ({ id }: { readonly id: string }) => !ids.has(id)
  if (digestOf([own.rules, own.controls]) === digestOf([now.rules.filter(isOwn), now.controls.filter(isOwn)])) return now
  return {
    ...now,
    rules: [...now.rules.filter(pack => !isOwn(pack)), ...own.rules],
    controls: [...now.controls.filter(pack => !isOwn(pack)), ...own.controls],
  }
}

/** The base's checks as they are, and those that only the change knows. */
function withMore(before: Checklist, now: Checklist): Checklist {
  const known = new Set(before.checks.map(({ id }) => id))
  return { ...before, checks: [...before.checks, ...now.checks.filter(({ id }) => !known.has(id))] }
}

/** A check that somebody else has read what came with the change; it holds for exactly this design. */
function madeNow(asked: Asked, checklist: Checklist, what: string): JudgedBy {
  const { design, packs, workItem } = asked
  const slice = sliceOf(design, packs, asked)
  if (!slice.ok) return { design, packs, checklist, raised: [], problems: [] }
  const check = checkOf(
    { design, controls: packs.controls, slice: slice.value },
    {
      key: 'design-of-change',
      from: [workItem],
      group: 'review',
      severity: 'blocker',
      statement: `${what} came with the very change that it judges, and a second person has read it.`,
      question: 'Reading the threat model, the policy and the work item as a change: do they ask for all that they should?',
      verify: ONE_OTHER,
      versions: designDigest(design),
    },
  )
  const problem: Problem = {
    code: 'verify.designNew',
    severity: 'warning',
    at: workItem,
    message: `${what} came with the very change that it judges: nothing before it says what was to be proven.`,
    cure: 'Merge the design by itself first, or have a second person read it and answer for it.',
  }
  return {
    design,
    packs,
    checklist: { ...checklist, checks: [...checklist.checks, check] },
    raised: [check],
    problems: [problem],
  }
}

function unreadableBase(judged: JudgedBy, problem: Problem): JudgedBy {
  return { ...judged, problems: [...judged.problems, { ...problem, severity: 'warning' }] }
}

/** What the change would make of its checklist and policy. */
function differsIn(design: Design, before: Checklist, now: { readonly design: Design; readonly checklist: Checklist }): Differs {
  const [was, is] = [before, now.checklist].map(({ checks }) => new Map(checks.map(check => [check.id, digestOf(check)])))
  const ids = (all: Iterable<string>) => [...all].sort(byText)
  return {
    dropped: ids(was?.keys() ?? []).filter(id => !is?.has(id)),
    reworded: ids(was?.keys() ?? []).filter(id => is?.has(id) && is.get(id) !== was?.get(id)),
    added: ids(is?.keys() ?? []).filter(id => !was?.has(id)),
    policy: digestOf(policyOf(design)) !== digestOf(policyOf(now.design)),
  }
}

/** The same in a sentence: it has no effect on what is asked of before. */
function differences(
  { dropped, reworded, added }: Differs,
  { workItem, base }: { readonly workItem: string; readonly base: string | undefined },
): readonly Problem[] {
  const said = [
    dropped.length > 0 ? `drops ${shownList(dropped, 5)}` : '',
    reworded.length > 0 ? `asks otherwise in ${shownList(reworded, 5)}` : '',
    added.length > 0 ? `adds ${shownList(added, 5)}` : '',
  ].filter(text => text !== '')
  if (said.length === 0) return []
  return [
    {
      code: 'verify.judgedByBase',
      severity: 'warning',
      at: workItem,
      message: `The checks are those of the design before the change${base === undefined ? '' : ` (${base.slice(0, 9)})`}. The change ${said.join(', ')}; only what it adds is asked too.`,
      cure: 'Have the edits of the design reviewed and merged by themselves.',
    },
  ]
}
