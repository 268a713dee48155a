import type { Finding } from '../threats/finding.ts'
import type { Answer, AnswerOf } from './answers.ts'
import type { AnyCategory } from './categories.ts'
import type { ThreatState } from './derive.ts'

/** What gathers at a cell while findings and threats are gone through. A large design has a hundred thousand cells, most without a threat. */
export class Tally {
  readonly counts = {
    now: 0,
    later: 0,
    suppressed: 0,
    undecidedNow: 0,
    undecidedLater: 0,
    decided: 0,
    notApplicable: 0,
    unspoken: 0,
  }
  #threats: Set<ThreatState> | undefined

  get threats(): ReadonlySet<ThreatState> {
    return this.#threats ?? NO_THREATS
  }

  addThreat(state: ThreatState): void {
    this.#threats ??= new Set()
    this.#threats.add(state)
  }

  add({ applicability, attention }: Finding, answer: Answer): void {
    const { counts } = this
    const isNow = attention === 'now'
    if (applicability === 'suppressed') counts.suppressed++
    else counts[attention]++
    if (answer.kind === 'undecided' || answer.kind === 'hanging') counts[isNow ? 'undecidedNow' : 'undecidedLater']++
    else if (answer.kind !== 'suppressed') counts.decided++
    if (answer.kind === 'notApplicable') counts.notApplicable++
    if (answer.kind !== 'real') return
    for (const state of answer.threats) this.addThreat(state)
    if (answer.threats.length === 0) counts.unspoken++
  }
}

const NO_THREATS: ReadonlySet<ThreatState> = new Set()

/** By what is threatened, then by category. */
export type Tallies = Map<string, Map<AnyCategory, Tally>>

/** The tally of a cell, made when there is none. */
export function tallyAt(tallies: Tallies, id: string, category: AnyCategory): Tally {
  const known = tallies.get(id)
  const row = known ?? new Map<AnyCategory, Tally>()
  if (!known) tallies.set(id, row)
  const before = row.get(category)
  const tally = before ?? new Tally()
  if (!before) row.set(category, tally)
  return tally
}

/** Every finding of this design at what it threatens, in each of its categories; those that are gone count nowhere. */
export function tallyFindings(findings: readonly Finding[], answerOf: AnswerOf): Tallies {
  const tallies: Tallies = new Map()
  for (const finding of findings) {
    if (finding.applicability === 'gone') continue
    const { subject, categories, privacy } = finding
    const answer = answerOf(finding)
    for (const category of categories) tallyAt(tallies, subject, category).add(finding, answer)
    if (privacy) for (const category of privacy) tallyAt(tallies, subject, category).add(finding, answer)
  }
  return tallies
}

/** Decided findings of a cell, and those that somebody is to decide; what is kept back asks nobody. */
export function decidedIn({ counts }: Pick<Tally, 'counts'>): { readonly decided: number; readonly undecided: number } {
  return { decided: counts.decided, undecided: counts.undecidedNow + counts.undecidedLater }
}
