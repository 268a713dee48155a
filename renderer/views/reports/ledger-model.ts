import type { LedgerState, NamedEntry } from '../../../core/model/ledger.ts'
import { groupedBy } from '../../state/grouped-by.ts'

/** The kinds of entries in words. */
export const ENTRY_NAMES: Readonly<Record<NamedEntry['entry']['type'], string>> = {
  imported: 'Imported a model',
  approved: 'Approved',
  'prompt-issued': 'Prompt issued',
  'prompt-copied': 'Prompt copied',
  exported: 'Exported',
  collected: 'Evidence collected',
  'signed-off': 'Answer given',
  waived: 'Waived',
  verdict: 'Verdict',
  merged: 'Merged',
}

/** One day of the ledger. */
export type LedgerDay = { readonly day: string; readonly entries: readonly NamedEntry[] }

/** The ledger by days, latest first. */
export function ledgerDays(ledger: LedgerState): readonly LedgerDay[] {
  const days = groupedBy(ledger.entries.toReversed(), ({ entry }) => entry.at.slice(0, 10))
  return [...days].map(([day, entries]) => ({ day, entries }))
}

const TOLD = ['workItem', 'id', 'target', 'check', 'answer', 'verdict', 'slot', 'file', 'draft', 'observation'] as const

/** What an entry is about, in a few words from its payload. */
export function entryWords({ entry }: NamedEntry): string {
  return TOLD.flatMap(key => {
    const value = entry.payload[key]
    if (key === 'draft') return value === true ? ['a draft'] : []
    return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
      ? [`${WORDS[key] ?? ''}${value}`]
      : []
  }).join(' · ')
}

const WORDS: Readonly<Partial<Record<string, string>>> = { target: 'for ', answer: 'answer: ' }
