import type { Attributes } from './xml.ts'

type Kind = 'failed' | 'error' | 'skipped'

/** What a suite holds: tests by worst outcome at least, outcome elements at most, for runners count either way. */
export type Tally = {
  cases: number
  ownCases: number
  readonly least: Record<Kind, number>
  readonly most: Record<Kind, number>
}

export function newTally(): Tally {
  return { cases: 0, ownCases: 0, least: { failed: 0, error: 0, skipped: 0 }, most: { failed: 0, error: 0, skipped: 0 } }
}

/** Where the totals a suite declares cannot be those of its elements; totals that are missing or no numbers say nothing. */
export function compareTotals(attributes: Attributes, tally: Tally): readonly string[] {
  const wrong: string[] = []
  const tests = numberOf(attributes.tests)
  if (tests !== undefined && tests !== tally.cases && tests !== tally.ownCases)
    wrong.push(`declares ${tests} tests and holds ${tally.cases}`)
  const failures = numberOf(attributes.failures)
  const errors = numberOf(attributes.errors)
  const bad = (failures ?? 0) + (errors ?? 0)
  if (failures !== undefined || errors !== undefined) {
    const least = (failures === undefined ? 0 : tally.least.failed) + (errors === undefined ? 0 : tally.least.error)
    if (bad > tally.most.failed + tally.most.error || bad < least)
      wrong.push(`declares ${bad} failed tests and holds ${tally.least.failed + tally.least.error}`)
  }
  const skipped = numberOf(attributes.skipped)
  if (skipped !== undefined && skipped > tally.most.skipped)
    wrong.push(`declares ${skipped} skipped tests and holds ${tally.least.skipped}`)
  return wrong
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
