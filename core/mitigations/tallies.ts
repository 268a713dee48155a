import type { Finding } from '../threats/finding.ts'
import type { Answer, AnswerOf } from './answers.ts'
import type { AnyCategory } from './categories.ts'
import type { ThreatState } from './derive.ts'

/** What gathers at a cell while findings and threats are gone through. */
export type Tally = {
  readonly threats: Set<ThreatState>
  readonly add: (finding: Finding, answer: Answer) => void
  readonly counts: { [C in Counted]: number }
}

type Counted = 'now' | 'later' | 'suppressed' | 'undecidedNow' | 'undecidedLater' | 'decided' | 'notApplicable' | 'unspoken'

function tally(): Tally {
  const counts = {
    now: 0,
    later: 0,
    suppressed: 0,
    undecidedNow: 0,
    undecidedLater: 0,
    decided: 0,
    notApplicable: 0,
    unspoken: 0,
  }
  const threats = new Set<ThreatState>()
  const add: Tally['add'] = ({ applicability, attention }, answer) => {
    const isNow = attention === 'now'
    if (applicability === 'suppressed') counts.suppressed++
    else counts[attention]++
    if (answer.kind === 'undecided' || answer.kind === 'hanging') counts[isNow ? 'undecidedNow' : 'undecidedLater']++
    else if (answer.kind !== 'suppressed') counts.decided++
    if (answer.kind === 'notApplicable') counts.notApplicable++
    if (answer.kind !== 'real') return
    for (const state of answer.threats) threats.add(state)
    if (answer.threats.length === 0) counts.unspoken++
  }
  return { threats, add, counts }
}

/** By what is threatened, then by category. */
export type Tallies = Map<string, Map<AnyCategory, Tally>>

/** The tally of a cell, made when there is none. */
export function tallyAt(tallies: Tallies, id: string, category: AnyCategory): Tally {
  const row = tallies.get(id) ?? new Map<AnyCategory, Tally>()
  tallies.set(id, row)
  const known = row.get(category) ?? tally()
  row.set(category, known)
  return known
}

/** Every finding of this design at what it threatens, in each of its categories; those that are gone count nowhere. */
export function tallyFindings(findings: readonly Finding[], answerOf: AnswerOf): Tallies {
  const tallies: Tallies = new Map()
  for (const finding of findings) {
    if (finding.applicability === 'gone') continue
    const answer = answerOf(finding)
    for (const category of [...finding.categories, ...(finding.privacy ?? [])])
      tallyAt(tallies, finding.subject, category).add(finding, answer)
  }
  return tallies
}

/** Decided findings of a cell, and those that somebody is to decide; what is kept back asks nobody. */
export function decidedIn({ counts }: Pick<Tally, 'counts'>): { readonly decided: number; readonly undecided: number } {
  return { decided: counts.decided, undecided: counts.undecidedNow + counts.undecidedLater }
}
