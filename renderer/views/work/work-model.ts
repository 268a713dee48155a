import type { LedgerState, NamedEntry } from '../../../core/model/ledger.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Check, Design, WorkItem } from '../../../core/model/types.ts'

/** The work items in the order of one person: their own, then nobody's, then those of others. */
export function workFor(design: Pick<Design, 'workItems'>, person: string): readonly WorkItem[] {
  const rank = ({ assignee }: WorkItem) => (assignee === person ? 0 : assignee === undefined ? 1 : 2)
  return rowsOf(design.workItems).toSorted((a, b) => rank(a) - rank(b))
}

/** How far the prompt of a work item is: never taken, taken as it stands, or taken before the design moved on. */
export type PromptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'taken' | 'stale'; readonly version: number; readonly at: string; readonly isDraft: boolean }

/** What the ledger says of a work item's prompt, held against what a prompt for the same tool would rest on now. */
export function promptState(
  ledger: LedgerState | undefined,
  workItem: string,
  sliceNow: (target: string) => string | undefined,
): PromptState {
  const taken = entriesOf(ledger, workItem, ['prompt-issued', 'prompt-copied', 'exported'])
  const last = taken.at(-1)
  if (!last) return { kind: 'none' }
  const { payload, at } = last.entry
  const digests = [...new Set(taken.map(({ entry }) => entry.payload.digest))]
  const now = sliceNow(String(payload.target))
  const isSame = now === undefined || payload.slice === now
  const version = digests.indexOf(payload.digest) + 1
  return { kind: isSame ? 'taken' : 'stale', version, at, isDraft: payload.draft === true }
}

/** How many checks a change must satisfy, and who decides them. */
export function checkCounts(checks: readonly Check[]): {
  readonly all: number
  readonly machine: number
  readonly person: number
} {
  const machine = checks.filter(check => check.how === 'machine').length
  return { all: checks.length, machine, person: checks.length - machine }
}

/** What a reviewer is told before the diff: how much is decided, never how. */
export type Waiting = {
  readonly files: number
  readonly decided: number
  readonly of: number
  /** Since when: the last verdict, else the last prompt that went out. */
  readonly since: { readonly what: 'verdict' | 'prompt'; readonly at: string } | undefined
  /** The design is another than the one the last verdict was made under. */
  readonly isStale: boolean
}

type Judged = { readonly checks: readonly { readonly verdict: string }[] }

/** One work item's change as it waits. */
export function waitingOf(
  workItem: string,
  given: {
    readonly record: Judged | undefined
    readonly files: number
    readonly ledger: LedgerState | undefined
    readonly design: string
  },
): Waiting {
  const { record, files, ledger, design } = given
  const verdict = entriesOf(ledger, workItem, ['verdict']).at(-1)
  const prompt = entriesOf(ledger, workItem, ['prompt-issued', 'prompt-copied', 'exported']).at(-1)
  const judged = verdict?.entry.payload.record as { readonly design?: unknown } | undefined
  return {
    files,
    decided: record?.checks.filter(check => check.verdict !== 'inconclusive').length ?? 0,
    of: record?.checks.length ?? 0,
    since: verdict ? { what: 'verdict', at: verdict.entry.at } : prompt ? { what: 'prompt', at: prompt.entry.at } : undefined,
    isStale: judged !== undefined && judged.design !== design,
  }
}

function entriesOf(ledger: LedgerState | undefined, workItem: string, types: readonly string[]): readonly NamedEntry[] {
  return (ledger?.entries ?? []).filter(({ entry }) => types.includes(entry.type) && entry.payload.workItem === workItem)
}
