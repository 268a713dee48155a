import type { LedgerState, NamedEntry } from '../../../core/model/ledger.ts'
import { ANSWER_NAMES } from '../../commands/definitions/review.ts'
import { VERDICT_NAMES } from '../../commands/definitions/review-verdict.ts'
import { clientOf } from '../../state/fetched.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import { spoken, t } from '../../words/translate.ts'

/** The kinds of entries in words. */
export const ENTRY_NAMES: Readonly<Record<NamedEntry['entry']['type'], string>> = spoken({
  imported: 'Imported a model',
  approved: 'Approved',
  'prompt-issued': 'Prompt issued',
  'prompt-copied': 'Prompt copied',
  exported: 'Exported',
  'checklist-issued': 'Checklist taken along',
  collected: 'Evidence collected',
  'signed-off': 'Answer given',
  waived: 'Waived',
  verdict: 'Verdict',
  merged: 'Merged',
})

/** One day of the ledger. */
export type LedgerDay = { readonly day: string; readonly entries: readonly NamedEntry[] }

/** Entries by days, latest first. */
export function ledgerDays({ entries }: Pick<LedgerState, 'entries'>): readonly LedgerDay[] {
  const days = groupedBy(entries.toReversed(), ({ entry }) => entry.at.slice(0, 10))
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }))
}

/** A range of the ledger as places in it, whichever end was chosen first; all of it when the entries are not there. */
export function rangeOf(
  { entries }: Pick<LedgerState, 'entries'>,
  range: readonly [string, string] | undefined,
): { readonly from: number; readonly to: number } | undefined {
  const ends = (range ?? []).map(hash => entries.findIndex(one => one.hash === hash))
  return ends.length === 2 && ends.every(at => at >= 0) ? { from: Math.min(...ends), to: Math.max(...ends) } : undefined
}

/** Where the entries stand on the line of time, from 0 to 1000: by their order, with wider gaps where time passed. */
export function placesOf({ entries }: Pick<LedgerState, 'entries'>): readonly number[] {
  const steps = entries.map(({ entry }, at) => {
    const before = entries[at - 1]
    return before ? 1 + gapBetween(before.entry.at, entry.at) : 0
  })
  const total = steps.reduce((sum, step) => sum + step, 0)
  let sum = 0
  return steps.map(step => {
    sum += step
    return total === 0 ? 500 : Math.round((sum / total) * 1000)
  })
}

/** An hour counts a little, a day more, a month no more than that: a ledger of years stays readable. */
function gapBetween(from: string, to: string): number {
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  return Number.isFinite(hours) && hours > 0 ? Math.min(4, Math.log2(1 + hours)) : 0
}

const TOLD = [
  'workItem',
  'id',
  'target',
  'client',
  'check',
  'answer',
  'verdict',
  'slot',
  'file',
  'draft',
  'form',
  'observation',
] as const

/** What an entry is about, in a few words from its payload. */
export function entryWords({ entry }: NamedEntry): string {
  return TOLD.flatMap(key => toldOf(key, entry.payload[key])).join(' · ')
}

function toldOf(key: (typeof TOLD)[number], value: unknown): readonly string[] {
  if (key === 'draft') return value === true ? [t('a draft')] : []
  if (key === 'target' && typeof value === 'string') return [t('for {{target}}', { target: value })]
  if (key === 'client') return clientWords(clientOf(value))
  if (key === 'answer' && typeof value === 'string') return [t('answer: {{answer}}', { answer: wordIn(ANSWER_NAMES, value) })]
  if (key === 'verdict' && typeof value === 'string') return [wordIn(VERDICT_NAMES, value)]
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? [String(value)] : []
}

function clientWords(client: ReturnType<typeof clientOf>): readonly string[] {
  return client ? [t('through {{name}} {{version}}', client)] : []
}

/** The word for a stored value; one that a newer program wrote stays as it is. */
function wordIn(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value
}
