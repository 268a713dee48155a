import type { Finding } from '../../../core/threats/finding.ts'
import { findingOf } from '../../state/facts.ts'
import { useFacts } from '../../state/use-commands.ts'

/** The findings that a dialog is about, as far as they still exist. */
export function useChosen(ids: readonly string[]): readonly Finding[] {
  const facts = useFacts()
  return ids.flatMap(id => findingOf(facts, id) ?? [])
}

/** "this finding" or "3 findings", for titles. */
export function chosenWords(chosen: readonly Finding[]): string {
  return chosen.length === 1 ? 'this finding' : `${chosen.length} findings`
}
