import type { Design } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { type Finding, findingsById } from '../threats/engine.ts'
import type { MergedFinding } from '../threats/merged.ts'
import { type Answer, type AnswerOf, answersIn } from './answers.ts'
import type { ThreatState } from './derive.ts'

/**
 * Where a finding stands, as a person sorts them: it asks now, it may wait; real and not answered, mitigated, accepted (or
 * transferred, or avoided); does not apply; repeats another; is kept back by something asserted; is gone with its decision kept.
 */
export type Standing = 'triage' | 'later' | 'open' | 'mitigated' | 'accepted' | 'notApplicable' | 'duplicate' | 'kept' | 'gone'

/** All standings, in the order in which work goes on. */
export const STANDINGS: readonly Standing[] = [
  'triage',
  'later',
  'open',
  'mitigated',
  'accepted',
  'notApplicable',
  'duplicate',
  'kept',
  'gone',
]

/** Where each merged finding stands, by the id of its lead. Answers are those that the coverage table counts. */
export const standingsOf = memoLast(
  (
    triage: Design['triage'],
    merged: readonly MergedFinding[],
    findings: readonly Finding[],
    states: readonly ThreatState[],
  ): ReadonlyMap<string, Standing> => {
    const answerOf = answersIn(triage, findingsById(findings), states)
    return new Map(merged.map(one => [one.lead.id, standingOf(triage, one, answerOf)]))
  },
)

function standingOf(triage: Design['triage'], { lead, others }: MergedFinding, answerOf: AnswerOf): Standing {
  if (lead.applicability === 'gone') return 'gone'
  const members = [lead, ...others]
  const answers = members.map(answerOf)
  const asking = members.filter((_, i) => isOpen(answers[i]))
  if (asking.length > 0) return asking.some(finding => finding.attention === 'now') ? 'triage' : 'later'
  if (answers.some(answer => answer.kind === 'suppressed')) return 'kept'
  if (members.every(({ id }) => triage[id]?.decision === 'duplicate')) return 'duplicate'
  const real = answers.flatMap(answer => (answer.kind === 'real' ? [answer.threats] : []))
  return real.length === 0 ? 'notApplicable' : standingOfThreats(real.flat())
}

function isOpen(answer: Answer | undefined): boolean {
  return answer?.kind === 'undecided' || answer?.kind === 'hanging'
}

/** Of several threats the one with least said about it counts; a real finding of which no threat speaks is open. */
export function standingOfThreats(states: readonly Pick<ThreatState, 'response'>[]): 'open' | 'accepted' | 'mitigated' {
  if (states.length === 0 || states.some(({ response }) => response === 'open')) return 'open'
  return states.every(({ response }) => response === 'mitigated') ? 'mitigated' : 'accepted'
}
