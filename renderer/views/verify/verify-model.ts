import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Check } from '../../../core/model/types.ts'
import type { CheckVerdict, Verdict, VerdictRecord } from '../../../core/verdict/record.ts'
import type { Tone } from '../../ui/badge.tsx'

/** The verdicts in words. */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Cannot tell',
  waived: 'Waived',
  'not-applicable': 'Not applicable',
}

/** The colours that repeat the words. */
export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'warn',
  waived: 'plain',
  'not-applicable': 'plain',
}

/** A check in the queue. */
export type QueueLine = { readonly check: Check; readonly verdict: CheckVerdict | undefined }

/** The checklist as a queue: each check with its verdict, while the record is of this checklist. */
export function queueOf(checks: readonly Check[], record: VerdictRecord | undefined): readonly QueueLine[] {
  const verdicts = new Map(record?.checks.map(verdict => [verdict.id, verdict]))
  return checks.map(check => ({ check, verdict: verdicts.get(check.id) }))
}

/** The record that the host answered with; it is our own, and still only believed where it has the shape. */
export function recordOf(value: unknown): VerdictRecord | undefined {
  const record = value as Partial<VerdictRecord> | undefined
  return record && Array.isArray(record.checks) && typeof record.verdict === 'string' ? (record as VerdictRecord) : undefined
}

/** What somebody answered, as the ledger holds it. */
export type PersonAnswer = { readonly answer: string; readonly observation: string; readonly by: string; readonly at: string }

/** What people answered to a check, latest first, as the ledger holds it. */
export function answersTo(ledger: LedgerState | undefined, workItem: string, check: string): readonly PersonAnswer[] {
  return (ledger?.entries ?? [])
    .filter(({ entry }) => entry.type === 'signed-off' && entry.payload.workItem === workItem && entry.payload.check === check)
    .map(({ entry }) => ({
      answer: String(entry.payload.answer),
      observation: String(entry.payload.observation),
      by: entry.actor,
      at: entry.at,
    }))
    .toReversed()
}
