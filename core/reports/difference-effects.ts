import { deriveChecklist } from '../checklists/derive.ts'
import { interactionsOf } from '../dfd/interactions.ts'
import { sliceOf } from '../gate/slice.ts'
import { answersIn } from '../mitigations/answers.ts'
import { threatStates } from '../mitigations/derive.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Packs } from '../model/types.ts'
import { by } from '../support/order.ts'
import { deriveFindings, findingsById } from '../threats/engine.ts'
import { called, nameWords } from './difference-words.ts'

/** A finding as a difference names it. */
export type FindingLine = {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly subject: string
  readonly attention: 'now' | 'later'
}

/** A data flow over a trust boundary. */
export type CrossingLine = { readonly flow: string; readonly boundary: string; readonly sentence: string }

/** A work item whose slice of the design is another one: a prompt made from it before says what is not so any more. */
export type StalePrompt = {
  readonly workItem: string
  /** P- and the characters of the work item. */
  readonly id: string
  readonly name: string
  /** The last version that was issued, where the ledger tells. */
  readonly version?: number
}

/** A check that asks something else, or from something else, than before; evidence for it must be looked at anew. */
export type StaleCheck = {
  readonly id: string
  readonly workItem: string
  readonly what: 'added' | 'changed' | 'dropped'
  readonly statement: string
}

/** What follows from a design, taken down as plain records: findings answer lazily, and the next design would make them stale. */
export type Side = {
  readonly titles: ReadonlyMap<string, string>
  /** Findings that apply, in the order of the drawing, and those of them that nobody decided. */
  readonly findings: ReadonlyMap<string, FindingLine>
  readonly undecided: ReadonlySet<string>
  readonly crossings: ReadonlyMap<string, CrossingLine>
  /** Slice digest and checks by work item. */
  readonly work: ReadonlyMap<
    string,
    { readonly name: string; readonly slice: string; readonly checks: ReadonlyMap<string, Asked> }
  >
}

type Asked = { readonly statement: string; readonly slice: string }

/** Derives everything that a difference speaks of, with a rest after the findings and one at the end. */
export function* sideParts(design: Design, packs: Packs, at: string): Generator<void, Side> {
  const derived = deriveFindings(design, packs.rules).findings
  const applying = derived.filter(finding => finding.applicability === 'applies')
  const answerOf = answersIn(design.triage, findingsById(derived), threatStates(design, packs, at))
  const isOpen = (kind: string) => kind === 'undecided' || kind === 'hanging'
  const findings = {
    titles: new Map(derived.filter(({ id }) => design.triage[id] !== undefined).map(({ id, title }) => [id, title])),
    findings: new Map(
      applying.map(({ id, rule, title, subject, attention }) => [id, { id, rule, title: nameWords(title), subject, attention }]),
    ),
    undecided: new Set(applying.filter(finding => isOpen(answerOf(finding).kind)).map(({ id }) => id)),
  }
  yield
  const rest = { crossings: crossingsOf(design), work: workOf(design, packs, at) }
  yield
  return { ...findings, ...rest }
}

function crossingsOf(design: Design): Side['crossings'] {
  const crossings = new Map<string, CrossingLine>()
  for (const { flow, crossed } of interactionsOf(design))
    for (const boundary of crossed)
      crossings.set(`${flow} ${boundary}`, {
        flow,
        boundary,
        sentence: `${called(design, flow)} crosses ${called(design, boundary)}`,
      })
  return crossings
}

function workOf(design: Design, packs: Packs, at: string): Side['work'] {
  return new Map(
    rowsOf(design.workItems).flatMap(({ id, name }) => {
      const input = { workItem: id, at }
      const [slice, list] = [sliceOf(design, packs, input), deriveChecklist(design, packs, input)]
      if (!slice.ok || !list.ok) return []
      const checks = new Map(list.value.checks.map(check => [check.id, { statement: check.statement, slice: check.slice }]))
      return [[id, { name: nameWords(name), slice: slice.value.digest, checks }] as const]
    }),
  )
}

/** What came and what went of two maps by the same keys. */
export function gainedAndLost<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly [readonly T[], readonly T[]] {
  const missing = (all: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>) =>
    [...all].flatMap(([key, value]) => (other.has(key) ? [] : [value]))
  return [missing(after, before), missing(before, after)]
}

/** Work items of both states whose slice is another one; `issued` are the last versions of their prompts. */
export function stalePrompts(before: Side, after: Side, issued: ReadonlyMap<string, number>): readonly StalePrompt[] {
  return [...after.work].flatMap(([workItem, { name, slice }]) => {
    const was = before.work.get(workItem)
    if (!was || was.slice === slice) return []
    const version = issued.get(workItem)
    return [{ workItem, id: workItem.replace('W-', 'P-'), name, ...(version === undefined ? {} : { version }) }]
  })
}

/** Checks of work items of both states that are others now, by work item and id. */
export function staleChecks(before: Side, after: Side): readonly StaleCheck[] {
  return [...after.work].flatMap(([workItem, { checks }]) => {
    const were = before.work.get(workItem)?.checks
    if (!were) return []
    const now = [...checks].flatMap(([id, { statement, slice }]): readonly StaleCheck[] => {
      const was = were.get(id)
      if (!was) return [{ id, workItem, what: 'added', statement }]
      return was.slice === slice && was.statement === statement ? [] : [{ id, workItem, what: 'changed', statement }]
    })
    const gone = [...were].flatMap(([id, { statement }]): readonly StaleCheck[] =>
      checks.has(id) ? [] : [{ id, workItem, what: 'dropped', statement }],
    )
    return [...now, ...gone].sort(by(check => check.id))
  })
}
