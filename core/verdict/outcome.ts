import type { CheckVerdict, VerdictRecord } from './record.ts'

/** What a reviewer can make of a record. Nothing here says more than the verdict does. */
export type Outcome = {
  /** Every check is decided and none failed: the change may be approved. */
  readonly canApprove: boolean
  /** Something failed or cannot be told: there is something to ask of the author. */
  readonly canRequest: boolean
  readonly isBroken: boolean
  readonly failed: readonly CheckVerdict[]
  readonly open: readonly CheckVerdict[]
  readonly setAside: readonly CheckVerdict[]
  /** Threats behind what failed or stays open, which somebody could decide to live with in the design. */
  readonly threats: readonly string[]
}

export function outcomeOf(record: VerdictRecord): Outcome {
  const of = (...verdicts: readonly CheckVerdict['verdict'][]) => record.checks.filter(check => verdicts.includes(check.verdict))
  const [failed, open] = [of('fail'), of('inconclusive')]
  const isBroken = record.integrity.length > 0
  return {
    canApprove: record.verdict === 'pass' && !isBroken,
    canRequest: failed.length + open.length > 0,
    isBroken,
    failed,
    open,
    setAside: of('waived', 'not-applicable'),
    threats: [...new Set([...failed, ...open].flatMap(check => check.from.filter(id => id.startsWith('T-'))))],
  }
}
