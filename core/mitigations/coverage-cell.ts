import { idsOf } from '../support/order.ts'
import type { ThreatState } from './derive.ts'
import type { Tally } from './tallies.ts'

/**
 * How one category stands at one object; of several that apply, the last in this order:
 * no rule speaks of it here; rules looked and found nothing; all that was found is kept back by something asserted;
 * does not apply; mitigated; accepted (or transferred, or avoided); only findings that may wait; a finding asks now;
 * something real has no answer.
 */
export type CoverageState =
  | 'noRule'
  | 'nothingFound'
  | 'suppressed'
  | 'notApplicable'
  | 'mitigated'
  | 'accepted'
  | 'later'
  | 'undecided'
  | 'open'

/** One category at one object. Counts are of findings unless they say otherwise. */
export type CoverageCell = {
  readonly state: CoverageState
  /** Rules that were held against it. */
  readonly rules: number
  /** Findings that apply, by attention. */
  readonly now: number
  readonly later: number
  readonly suppressed: number
  /** Applying findings nobody decided, whatever their attention; duplicates of what nobody decided are among them. */
  readonly undecided: number
  readonly decided: number
  readonly notApplicable: number
  /** Findings judged real of which no threat speaks. */
  readonly unspoken: number
  /** Ids of the threats here. */
  readonly threats: readonly string[]
  /** How many of these threats are open, mitigated, and accepted, transferred or avoided. */
  readonly open: number
  readonly mitigated: number
  readonly accepted: number
  /** Mitigated threats of which no check could show that they are. */
  readonly unproven: number
}

export function cellOf({ threats, counts }: Tally, rules: number): CoverageCell {
  const all = [...threats]
  const having = (...responses: readonly ThreatState['response'][]) => all.filter(({ response }) => responses.includes(response))
  const { undecidedNow, undecidedLater, ...rest } = counts
  const cell = {
    rules,
    ...rest,
    undecided: undecidedNow + undecidedLater,
    threats: idsOf(Object.fromEntries(all.map(({ threat }) => [threat.id, true]))),
    open: having('open').length,
    mitigated: having('mitigated').length,
    accepted: having('accepted', 'transferred', 'avoided').length,
    unproven: having('mitigated').filter(state => !state.verifiable).length,
  }
  return { state: stateOf(cell, undecidedNow), ...cell }
}

function stateOf(cell: Omit<CoverageCell, 'state'>, undecidedNow: number): CoverageState {
  if (cell.open + cell.unspoken > 0) return 'open'
  if (undecidedNow > 0) return 'undecided'
  if (cell.undecided > 0) return 'later'
  if (cell.accepted > 0) return 'accepted'
  if (cell.mitigated > 0) return 'mitigated'
  if (cell.notApplicable > 0) return 'notApplicable'
  return cell.suppressed > 0 ? 'suppressed' : emptyCell(cell.rules).state
}

const EMPTY = new Map<number, CoverageCell>()

/** The cell at which nothing is; one object for all that are alike, since most are. */
export function emptyCell(rules: number): CoverageCell {
  const known = EMPTY.get(rules) ?? {
    state: rules > 0 ? 'nothingFound' : 'noRule',
    rules,
    now: 0,
    later: 0,
    suppressed: 0,
    undecided: 0,
    decided: 0,
    notApplicable: 0,
    unspoken: 0,
    threats: [],
    open: 0,
    mitigated: 0,
    accepted: 0,
    unproven: 0,
  }
  EMPTY.set(rules, known)
  return known
}
