import type { Design, Packs } from '../model/types.ts'
import { type SpokenChange, spokenChanges } from './difference-changes.ts'
import {
  type CrossingLine,
  type FindingLine,
  gainedAndLost,
  type Side,
  type StaleCheck,
  type StalePrompt,
  sideParts,
  staleChecks,
  stalePrompts,
} from './difference-effects.ts'

/** How one design differs from another, in the words of threat modelling, and what follows from it. */
export type Difference = {
  readonly changes: readonly SpokenChange[]
  readonly crossings: { readonly added: readonly CrossingLine[]; readonly removed: readonly CrossingLine[] }
  readonly findings: {
    /** Findings that apply now and did not. */
    readonly gained: readonly FindingLine[]
    /** Findings that applied and do no more. */
    readonly lost: readonly FindingLine[]
    /** Findings of now without a decision that were not waiting for one before. */
    readonly undecided: readonly FindingLine[]
  }
  readonly stale: { readonly prompts: readonly StalePrompt[]; readonly checks: readonly StaleCheck[] }
  /** All of it in one sentence. */
  readonly summary: string
}

/**
 * The semantic difference of two designs, rows matched by id. Both are judged by the same packs at the same time, so that only what
 * people decided differs. `issued` gives the last version of the prompt of each work item, where a ledger is at hand.
 */
export function differenceOf(
  before: Design,
  after: Design,
  packs: Packs,
  at: string,
  issued: ReadonlyMap<string, number> = new Map(),
): Difference {
  const steps = differenceSteps(before, after, packs, at, issued)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** How often `differenceSteps` rests before it answers. */
export const DIFFERENCE_STEPS = 5

/** The same with a rest after each part, for whoever shows how far it is: each rest says how many parts are done. */
export function* differenceSteps(
  before: Design,
  after: Design,
  packs: Packs,
  at: string,
  issued: ReadonlyMap<string, number> = new Map(),
): Generator<number, Difference> {
  let done = 0
  const sides: Side[] = []
  for (const design of [before, after]) {
    const read = sideParts(design, packs, at)
    for (let part = read.next(); ; part = read.next()) {
      if (part.done) {
        sides.push(part.value)
        break
      }
      yield ++done
    }
  }
  const [was, is] = sides as [Side, Side]
  const changes = spokenChanges({ design: before, titles: was.titles }, { design: after, titles: is.titles })
  yield ++done
  const [added, removed] = gainedAndLost(was.crossings, is.crossings)
  const [gained, lost] = gainedAndLost(was.findings, is.findings)
  const undecided = [...is.findings.values()].filter(({ id }) => is.undecided.has(id) && !was.undecided.has(id))
  const parts = {
    changes,
    crossings: { added, removed },
    findings: { gained, lost, undecided },
    stale: { prompts: stalePrompts(was, is, issued), checks: staleChecks(was, is) },
  }
  return { ...parts, summary: summaryOf(parts) }
}

/** Whether two designs say the same; what follows from them then is the same too. */
export function isSame({ changes }: Pick<Difference, 'changes'>): boolean {
  return changes.length === 0
}

/** So many changes are told one by one. */
const TOLD = 3

function summaryOf({ changes, crossings, findings, stale }: Omit<Difference, 'summary'>): string {
  if (changes.length === 0) return 'Nothing differs.'
  const parts = [
    changes.length <= TOLD ? changes.map(({ sentence }) => sentence).join('; ') : countsOf(changes),
    moreOrFewer('crossing', crossings.added.length, crossings.removed.length),
    findingsPart(findings),
    promptsPart(stale.prompts),
    stale.checks.length === 0 ? '' : `${counted(stale.checks.length, 'check')} affected`,
  ].filter(part => part !== '')
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function countsOf(changes: readonly SpokenChange[]): string {
  const count = (kind: SpokenChange['kind']) => changes.filter(change => change.kind === kind).length
  const kinds = (['added', 'changed', 'removed'] as const).flatMap(kind => (count(kind) === 0 ? [] : [`${count(kind)} ${kind}`]))
  return `${counted(changes.length, 'change')} (${kinds.join(', ')})`
}

function findingsPart({ gained, lost, undecided }: Difference['findings']): string {
  const counts = moreOrFewer('finding', gained.length, lost.length)
  const open = undecided.length === 0 ? '' : `${undecided.length} undecided`
  if (counts === '') return open === '' ? '' : `${counted(undecided.length, 'finding')} undecided again`
  return open === '' ? counts : `${counts}, ${open}`
}

/** `9 findings more, 2 fewer`. */
function moreOrFewer(noun: string, more: number, fewer: number): string {
  if (more > 0) return `${counted(more, noun)} more${fewer > 0 ? `, ${fewer} fewer` : ''}`
  return fewer > 0 ? `${counted(fewer, noun)} fewer` : ''
}

function promptsPart(prompts: readonly StalePrompt[]): string {
  const [first] = prompts
  if (!first) return ''
  const issued = prompts.filter(({ version }) => version !== undefined)
  const [only] = issued
  if (only && issued.length === 1) return `prompt ${only.id} v${only.version} becomes stale`
  if (issued.length > 1) return `${issued.length} prompts become stale`
  return prompts.length === 1 ? `${first.workItem} has another slice` : `${prompts.length} work items have another slice`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
