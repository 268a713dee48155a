import type { Check, Expression } from '../../../core/model/types.ts'
import type { VerdictRecord } from '../../../core/verdict/record.ts'

/** A slot that a check asks and that nothing in it can answer. */
export type MissingEvidence = {
  readonly slot: string
  /** Tests come as JUnit XML, scans as SARIF. */
  readonly kind: 'tests' | 'scan'
  /** The tool that the report must come from, where the check names one. */
  readonly tool: string | undefined
  /** Patterns of test names of which one must be met; CWE numbers a scan must be able to find. */
  readonly names: readonly string[]
  /** Whether reports are there that are about other code. */
  readonly isAside: boolean
}

type Asked = Omit<MissingEvidence, 'isAside'>

/** What would have to be brought before evidence can decide this check; each slot is named once. */
export function missingEvidence(
  check: Pick<Check, 'verify'>,
  record: Pick<VerdictRecord, 'evidence'>,
): readonly MissingEvidence[] {
  const asked = check.verify ? askedIn(check.verify) : []
  const once = asked.filter((one, at) => at === asked.findIndex(({ kind, slot }) => kind === one.kind && slot === one.slot))
  return once.flatMap(one => {
    const there = record.evidence.filter(({ slot }) => slot === one.slot)
    return there.some(({ binding }) => binding === 'bound') ? [] : [{ ...one, isAside: there.length > 0 }]
  })
}

function askedIn({ all, any, tests, findings }: Expression): readonly Asked[] {
  if (tests) return [{ slot: tests.from.slot, kind: 'tests', tool: tests.from.tool, names: tests.match }]
  if (findings) return [{ slot: findings.from.slot, kind: 'scan', tool: findings.from.tool, names: findings.where?.cwe ?? [] }]
  return [...(all ?? []), ...(any ?? [])].flatMap(askedIn)
}

/** The command that brings a report; COMMAND stands for the tool that makes it. */
export function commandFor({ slot, kind }: Pick<MissingEvidence, 'slot' | 'kind'>): string {
  return `skeptic evidence ${slot} ${slot}.${kind === 'tests' ? 'junit.xml' : 'sarif'} -- COMMAND`
}
