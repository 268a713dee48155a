import type { TestStatus } from './types.ts'
import type { Attributes } from './xml.ts'

const KINDS = ['failed', 'error', 'skipped'] as const
type Kind = (typeof KINDS)[number]

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

/** Counts a test by its worst outcome, and by how many elements say so. */
export function addCase(tally: Tally, { status, outcomes }: { status: TestStatus; outcomes: readonly TestStatus[] }): void {
  tally.ownCases++
  tally.cases++
  for (const kind of KINDS) {
    let elements = status === kind ? 1 : 0
    if (outcomes.length > 1) elements = Math.max(elements, outcomes.filter(outcome => outcome === kind).length)
    tally.most[kind] += elements
    if (status === kind) tally.least[kind]++
  }
}

/** Counts what a suite inside holds. */
export function addSuite(tally: Tally, inner: Tally): void {
  tally.cases += inner.cases
  for (const kind of KINDS) {
    tally.least[kind] += inner.least[kind]
    tally.most[kind] += inner.most[kind]
  }
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
  for (const word of ['skipped', 'disabled']) {
    const idle = numberOf(attributes[word])
    if (idle !== undefined && idle > tally.most.skipped)
      wrong.push(`declares ${idle} ${word} tests and holds ${tally.least.skipped}`)
  }
  return wrong
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
