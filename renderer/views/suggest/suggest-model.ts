import type { Acceptance } from '../../../core/comments/suggestion-edits.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import {
  keyOfChange,
  keyOfConflict,
  type MergedSuggestion,
  mergeSuggestion,
  type SuggestionConflict,
} from '../../../core/model/suggest.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import type { Design, Exclusion, SuggestedChange, Suggestion } from '../../../core/model/types.ts'
import { byText } from '../../../core/support/order.ts'
import { entryWords } from '../../state/entry-words.ts'
import { spoken, t } from '../../words/translate.ts'

/** What an editor has said so far about the parts of one suggestion: rows left out, and which side stands at a conflict. */
export type Choice = {
  readonly leftOut: ReadonlySet<string>
  readonly sides: ReadonlyMap<string, 'now' | 'suggested'>
}

export const NO_CHOICE: Choice = { leftOut: new Set(), sides: new Map() }

/** Open ones, oldest first, then those that were decided, newest first. */
export function suggestionsOf({ suggestions }: Pick<Design, 'suggestions'>): {
  readonly open: readonly Suggestion[]
  readonly closed: readonly Suggestion[]
} {
  const rows = rowsOf(suggestions).toSorted((a, b) => byText(a.at, b.at) || byText(a.id, b.id))
  const when = ({ decidedAt = '', at }: Suggestion) => decidedAt || at
  return {
    open: rows.filter(({ status }) => status === 'open'),
    closed: rows.filter(({ status }) => status !== 'open').toSorted((a, b) => byText(when(b), when(a)) || byText(a.id, b.id)),
  }
}

/** The title of a suggestion, or its id where it is gone. */
export function titleOf({ suggestions }: Pick<Design, 'suggestions'>, id: string): string {
  return rowAt(suggestions, id)?.title ?? id
}

/** A suggestion as it would go in, with what was chosen. */
export type Looked = {
  readonly merged: MergedSuggestion
  /** All places where the design is another than it started from, chosen or not. */
  readonly conflicts: readonly SuggestionConflict[]
  /** Those that nobody decided, and those nobody can take over. */
  readonly undecided: number
  readonly acceptance: Acceptance
  /** Why it cannot be taken over so; nothing where it can. */
  readonly obstacle: string | undefined
}

/** What taking it over would do now. */
export function lookAt(design: Design, suggestion: Suggestion, { leftOut, sides }: Choice): Looked {
  const { id, changes } = suggestion
  const keys = changes.map(keyOfChange)
  const some = leftOut.size === 0 ? {} : { rows: new Set(keys.filter(key => !leftOut.has(key))) }
  const side = (wanted: 'now' | 'suggested') => new Set([...sides].flatMap(([key, own]) => (own === wanted ? [key] : [])))
  const [keep, force] = [side('now'), side('suggested')]
  const { conflicts } = mergeSuggestion(design, suggestion, some)
  const merged = mergeSuggestion(design, suggestion, { ...some, force })
  const undecided = merged.conflicts.filter(conflict => !keep.has(keyOfConflict(conflict))).length
  const acceptance: Acceptance = { id, keep, force, ...some }
  const [scar] = merged.scars
  const obstacle =
    keys.length === leftOut.size
      ? t('No part of it is chosen.')
      : undecided > 0
        ? t('{{count}} places are to be decided first.', { count: undecided })
        : scar
          ? t('Taken over so, the design is broken: {{message}}', { message: scar.message })
          : undefined
  return { merged, conflicts, undecided, acceptance, obstacle }
}

/** Whether the suggestion itself can stand at a conflict: what is gone, or fits no schema, cannot be forced. */
export function canStand({ kind }: SuggestionConflict): boolean {
  return kind !== 'removed' && kind !== 'unfit'
}

/** Why a part does not go in by itself. */
export const CONFLICT_WORDS: Readonly<Record<SuggestionConflict['kind'], string>> = spoken({
  changed: 'Changed in the design since.',
  removed: 'Removed from the design since.',
  kept: 'Would be removed, and was changed in the design since.',
  taken: 'Another object has its place by now.',
  unfit: 'What would come of it is not valid.',
})

/** What one row of a suggestion is about, in a few words. */
export function rowWords(design: Design, { table, id, before, after }: SuggestedChange): string {
  if (table === 'exclusions') {
    const row = { ...rowAt(design.exclusions, id), ...before, ...after } as Partial<Exclusion>
    return entryWords({ framework: row.framework ?? '', entry: row.entry ?? id })
  }
  const [was, is] = [before, after].map(fields => {
    const { name, statement, title } = (fields ?? {}) as Readonly<Record<string, unknown>>
    return [name, title, statement].find(text => typeof text === 'string') as string | undefined
  })
  const isHere = rowAt(design[table] as never, id) !== undefined
  const name =
    table === 'settings' ? t('Settings') : table === 'policy' ? t('Policy') : table === 'layout' ? t('Drawing') : undefined
  return name ?? (isHere ? labelOf(design, id) : (is ?? was ?? id))
}

/** A value at a length that can be compared. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return t('nothing')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 599)}…` : text
}
