import type { Design, Triage } from '../model/types.ts'
import { decisionsIn } from '../threats/decided.ts'
import type { Finding } from '../threats/finding.ts'
import type { ThreatState } from './derive.ts'

/** What became of a finding: nobody decided, nothing needs to be, it does not apply, or it is real. */
export type Answer =
  | { readonly kind: 'undecided' | 'suppressed' | 'notApplicable' }
  /** A duplicate of something that is itself undecided, or gone. */
  | { readonly kind: 'hanging'; readonly of: string }
  /** The threats that speak of it; none is a gap. */
  | { readonly kind: 'real'; readonly threats: readonly ThreatState[] }

const UNDECIDED: Answer = { kind: 'undecided' }
const SUPPRESSED: Answer = { kind: 'suppressed' }

/** What the decisions of a design make of any of its findings. */
export type AnswerOf = (finding: Finding) => Answer

type Triages = Design['triage']

/** Duplicates are answered by what they repeat, through any number of steps; a circle of them answers nothing. */
export function answersIn(
  triages: Triages,
  findings: Pick<ReadonlyMap<string, Finding>, 'get'>,
  states: readonly ThreatState[],
): AnswerOf {
  const threats = threatsByFinding(states)
  const decisionOn = decisionsIn(triages)
  const real = (id: string): Answer => ({ kind: 'real', threats: threats.get(id) ?? [] })
  const ofOriginal = (duplicate: Triage): Answer => {
    const original = originalOf(triages, duplicate)
    const triage = original === undefined ? undefined : triages[original]
    const finding = original === undefined ? undefined : findings.get(original)
    if (original === undefined || !finding || finding.applicability === 'gone' || !triage)
      return { kind: 'hanging', of: duplicate.duplicateOf ?? '' }
    return triage.decision === 'real' ? real(original) : { kind: 'notApplicable' }
  }
  return finding => {
    const triage = decisionOn(finding)
    if (!triage) return finding.applicability === 'suppressed' ? SUPPRESSED : UNDECIDED
    if (triage.decision === 'duplicate') return ofOriginal(triage)
    return triage.decision === 'real' ? real(finding.id) : { kind: 'notApplicable' }
  }
}

function originalOf(triages: Triages, duplicate: Triage): string | undefined {
  const seen = new Set<string>()
  let at: Triage | undefined = duplicate
  while (at?.decision === 'duplicate') {
    if (seen.has(at.id) || at.duplicateOf === undefined) return undefined
    seen.add(at.id)
    const next: Triage | undefined = triages[at.duplicateOf]
    if (!next) return at.duplicateOf
    at = next
  }
  return at?.id
}

function threatsByFinding(states: readonly ThreatState[]): ReadonlyMap<string, readonly ThreatState[]> {
  const byFinding = new Map<string, ThreatState[]>()
  for (const state of states)
    for (const id of Object.keys(state.threat.findings ?? {})) byFinding.set(id, [...(byFinding.get(id) ?? []), state])
  return byFinding
}
