import type { LedgerState } from '../model/ledger.ts'
import type { Check } from '../model/types.ts'
import type { Checklist } from './derive.ts'

/** A check as the ledger last saw it. */
export type PastCheck = Pick<Check, 'id' | 'statement' | 'from' | 'severity'>

/** The checklist as it was when the change was last judged. */
export type PastChecklist = { readonly at: string; readonly slice: string; readonly checks: readonly PastCheck[] }

/** How the checklist of today differs from that one. */
export type ChecklistSince = {
  readonly isSame: boolean
  readonly added: readonly Check[]
  /** Checks whose source is gone or asks no more: kept for history. */
  readonly gone: readonly PastCheck[]
  readonly reworded: readonly { readonly now: Check; readonly before: string }[]
}

/** The last checklist of a work item that the ledger holds whole: verdicts keep the words of every check, copies do not. */
export function lastChecklist(workItem: string, { entries }: Pick<LedgerState, 'entries'>): PastChecklist | undefined {
  const last = entries.findLast(({ entry }) => entry.type === 'verdict' && entry.payload.workItem === workItem)
  const record = last?.entry.payload.record as { readonly slice?: unknown; readonly checks?: unknown } | null | undefined
  if (!last || typeof record?.slice !== 'string' || !Array.isArray(record.checks)) return undefined
  return { at: last.entry.at, slice: record.slice, checks: record.checks.filter(isCheck) }
}

/** What became of each check since. Ids follow the origin of a check and never its words, so both can be told apart. */
export function checklistSince(past: PastChecklist, now: Pick<Checklist, 'slice' | 'checks'>): ChecklistSince {
  const before = new Map(past.checks.map(check => [check.id, check]))
  const ids = new Set(now.checks.map(check => check.id))
  return {
    isSame: past.slice === now.slice,
    added: now.checks.filter(check => !before.has(check.id)),
    gone: past.checks.filter(check => !ids.has(check.id)),
    reworded: now.checks.flatMap(check => {
      const old = before.get(check.id)
      return old && old.statement !== check.statement ? [{ now: check, before: old.statement }] : []
    }),
  }
}

/** How many checks are others. */
export function countChecksSince({ added, gone, reworded }: ChecklistSince): number {
  return added.length + gone.length + reworded.length
}

function isCheck(value: unknown): value is PastCheck {
  const check = value as Partial<Record<keyof PastCheck, unknown>> | null
  return (
    typeof check?.id === 'string' &&
    typeof check.statement === 'string' &&
    typeof check.severity === 'string' &&
    Array.isArray(check.from) &&
    check.from.every(id => typeof id === 'string')
  )
}
