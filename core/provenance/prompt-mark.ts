import { shown } from '../evidence/show.ts'
import type { LedgerState } from '../model/ledger.ts'
import { hasRow } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { GUARDED } from './marks.ts'
import type { Trailer } from './trailers.ts'

/** What is known of a prompt that a commit names; only `current` is the last text issued for its work item. */
export type PromptMark = {
  readonly value: string
  readonly state: 'current' | 'draft' | 'earlier-version' | 'not-issued' | 'other-design' | 'malformed'
  readonly sentence: string
  readonly workItem?: string
}

/** The prompts that the trailers of a commit name, each held against the design and its ledger. */
export function promptMarks(
  trailers: readonly Trailer[],
  known: { readonly design: Pick<Design, 'workItems'>; readonly ledger: Pick<LedgerState, 'entries'> },
): readonly PromptMark[] {
  return trailers.filter(({ name }) => name.toLowerCase() === GUARDED.toLowerCase()).map(({ value }) => markOf(value, known))
}

const FORM = /^(?:G?P)-([0-9A-HJKMNP-TV-Z]{5})@sha256:([0-9a-f]{12,64})$/

function markOf(value: string, { design, ledger }: Parameters<typeof promptMarks>[1]): PromptMark {
  const match = FORM.exec(value.trim())
  const [, letters = '', digits = ''] = match ?? []
  if (!match)
    return {
      value,
      state: 'malformed',
      sentence: `"${shown(value)}" does not name a prompt and its version, as P-7K3Q2@sha256: and at least 12 hex digits.`,
    }
  const workItem = `W-${letters}`
  if (!hasRow(design.workItems, workItem))
    return {
      value,
      state: 'other-design',
      sentence: `The design has no work item ${workItem}: this is a prompt of another design.`,
    }
  const issued = ledger.entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === `P-${letters}`)
  const at = issued.findLastIndex(({ entry }) => String(entry.payload.digest).startsWith(`sha256:${digits}`))
  const entry = issued[at]?.entry
  if (!entry)
    return {
      value,
      workItem,
      state: 'not-issued',
      sentence: `The ledger knows no version ${digits.slice(0, 12)} of P-${letters}: it was issued elsewhere, or edited.`,
    }
  const when = entry.at.slice(0, 10)
  const sameTarget = issued.slice(at + 1).some(later => later.entry.payload.target === entry.payload.target)
  if (sameTarget)
    return {
      value,
      workItem,
      state: 'earlier-version',
      sentence: `P-${letters} was issued again after this version of ${when}: another state of the design.`,
    }
  if (entry.payload.draft === true)
    return { value, workItem, state: 'draft', sentence: `The text of ${when} was a draft: the gate was closed.` }
  return { value, workItem, state: 'current', sentence: `Issued on ${when}, the last version of P-${letters}.` }
}
