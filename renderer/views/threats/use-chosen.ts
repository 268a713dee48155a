import type { MergedFinding } from '../../../core/threats/merged.ts'
import { mergedOf } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import { useFacts } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'

/** The findings that a dialog is about, as far as they still exist. */
export function useChosen(ids: readonly string[]): readonly MergedFinding[] {
  const facts = useFacts()
  return ids.flatMap(id => mergedOf(facts, id) ?? [])
}

/** "this finding" or "3 findings", for titles. */
export function chosenWords(chosen: readonly MergedFinding[]): string {
  return chosen.length === 1 ? 'this finding' : counted(chosen.length, 'finding')
}

/** What a person should know where more is decided than is shown; empty where it is not. */
export function sourcesWords(chosen: readonly MergedFinding[]): string {
  const sources = chosen.reduce((sum, merged) => sum + membersOf(merged).length, 0)
  if (sources === chosen.length) return ''
  return chosen.length === 1
    ? `${sources} rules say this; the answer is written to each.`
    : `${sources} rules say these ${chosen.length}; the answer is written to each.`
}
