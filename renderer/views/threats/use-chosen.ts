import type { MergedFinding } from '../../../core/threats/merged.ts'
import { mergedOf } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import { useFacts } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'

/** The findings that a dialog is about, as far as they still exist. */
export function useChosen(ids: readonly string[]): readonly MergedFinding[] {
  const facts = useFacts()
  return ids.flatMap(id => mergedOf(facts, id) ?? [])
}

/** "this finding" or "3 findings", for titles. */
export function chosenWords(chosen: readonly MergedFinding[]): string {
  return chosen.length === 1 ? t('this finding') : t('{{count}} findings', { count: chosen.length })
}

/** What a person should know where more is decided than is shown; empty where it is not. */
export function sourcesWords(chosen: readonly MergedFinding[]): string {
  const sources = chosen.reduce((sum, merged) => sum + membersOf(merged).length, 0)
  if (sources === chosen.length) return ''
  return chosen.length === 1
    ? t('{{sources}} rules say this; the answer is written to each.', { sources })
    : t('{{sources}} rules say these {{findings}}; the answer is written to each.', { sources, findings: chosen.length })
}
