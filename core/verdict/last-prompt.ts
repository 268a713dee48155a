import type { LedgerState, NamedEntry } from '../model/ledger.ts'

/** Of a work item's prompts only the last counts. */
export function lastPrompt(workItem: string, { entries }: Pick<LedgerState, 'entries'>): NamedEntry | undefined {
  return entries.findLast(({ entry }) => entry.type === 'prompt-issued' && entry.payload.workItem === workItem)
}
