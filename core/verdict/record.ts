import type { EvidenceFormat } from '../evidence/types.ts'
import type { WaiverLine } from '../gate/waivers.ts'
import type { Check } from '../model/types.ts'
import type { Provenance } from '../provenance/record.ts'
import type { Problem } from '../support/result.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'waived' | 'not-applicable'

/** Why a verdict is what it is; all but the first four are reasons to say that one cannot tell. */
export type Reason =
  | 'proven'
  | 'refuted'
  | 'waived'
  | 'not-applicable'
  | 'missing'
  | 'unreadable'
  | 'tool-failed'
  | 'nothing-examined'
  | 'unbound'
  | 'self-reported'
  | 'stale-commit'
  | 'stale-time'
  | 'stale-model'
  | 'contradictory'
  | 'flaky'
  | 'limit-hit'
  | 'cannot-tell'

/** A place in a piece of evidence: JSON pointer, XPath, path of a file or hash of a ledger entry. */
export type Citation = { readonly digest: string; readonly pointer: string }

/** One predicate of a check and how it came out. */
export type Part = {
  /** Place in the check's expression, as `/all/0/tests`. */
  readonly path: string
  /** What the predicate asks, in one sentence. */
  readonly asks: string
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly reason: Reason
  readonly sentence: string
  readonly evidence: readonly Citation[]
}

export type CheckVerdict = {
  readonly id: string
  readonly statement: string
  readonly severity: 'blocker' | 'major' | 'minor'
  readonly from: readonly string[]
  /** Digest of the check itself. */
  readonly digest: string
  readonly verdict: Verdict
  readonly reason: Reason
  readonly sentence: string
  readonly evidence: readonly Citation[]
  /** The verdict rests on evidence that no enrolled key vouches for; always shown. */
  readonly selfReported: boolean
  readonly parts: readonly Part[]
}

/** A file of evidence as the record keeps it. */
export type EvidenceLine = {
  readonly file: string
  readonly slot: string
  readonly digest: string
  readonly format: EvidenceFormat | 'unreadable'
  readonly binding: 'bound' | 'unbound' | 'stale' | 'broken'
  readonly reported: 'signed' | 'self' | 'nobody'
  readonly sentence: string
}

/** What was judged: a commit, the files as they lie, or a folder outside git. */
export type ChangeLine = {
  readonly source: 'commit' | 'worktree' | 'folder'
  /** Digest of the changed files, which answers of people are bound to; absent when nobody knows what changed. */
  readonly digest?: string
  readonly commit?: string
  readonly tree?: string
  readonly base?: string
  readonly files?: number
}

/** The record of one run. It holds no time but `at`: same bytes and same `at` give the same record, byte for byte. */
export type VerdictRecord = {
  readonly format: 1
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly at: string
  readonly workItem: string
  readonly checklist: string
  readonly checklistDigest: string
  readonly slice: string
  readonly design: string
  readonly policy: string
  /** Digest of the design before the change, where the checks come from it and the change has another. */
  readonly basis?: string
  readonly change: ChangeLine
  readonly checks: readonly CheckVerdict[]
  readonly counts: Readonly<Record<Verdict, number>>
  readonly evidence: readonly EvidenceLine[]
  /** Every waiver of the policy, also those that do not count; absent where there is none. */
  readonly waivers?: readonly WaiverLine[]
  /** Who is said to have made the change, every source beside the others; absent outside git. */
  readonly provenance?: Provenance
  /** Checks that the change itself raised, beside those that its design asks for; absent where there are none. */
  readonly raised?: readonly Check[]
  /** Things that are broken rather than wrong: a report that is not the sidecar's, a ledger that does not hold together. */
  readonly integrity: readonly Problem[]
  /** Things a reader should know that decide nothing. */
  readonly problems: readonly Problem[]
  /** Of everything above, as canonical JSON. */
  readonly digest: string
}

/** 0 pass, 1 fail, 2 cannot tell, 4 integrity broken. */
export function exitCodeOf(record: Pick<VerdictRecord, 'verdict' | 'integrity'>): 0 | 1 | 2 | 4 {
  if (record.integrity.length > 0) return 4
  return record.verdict === 'pass' ? 0 : record.verdict === 'fail' ? 1 : 2
}

/** The same for several records: broken integrity before a fail, a fail before what cannot be told. */
export function exitCodeOfAll(records: readonly Pick<VerdictRecord, 'verdict' | 'integrity'>[]): 0 | 1 | 2 | 4 {
  const codes = records.map(exitCodeOf)
  return ([4, 1, 2] as const).find(code => codes.includes(code)) ?? (codes.length > 0 ? 0 : 2)
}

/** Any fail fails; then anything open leaves it open; a pass needs at least one check that passed. */
export function overallVerdict(counts: Readonly<Record<Verdict, number>>): 'pass' | 'fail' | 'inconclusive' {
  if (counts.fail > 0) return 'fail'
  return counts.inconclusive > 0 || counts.pass === 0 ? 'inconclusive' : 'pass'
}

export function countsOf(checks: readonly { readonly verdict: Verdict }[]): Readonly<Record<Verdict, number>> {
  const counts = { pass: 0, fail: 0, inconclusive: 0, waived: 0, 'not-applicable': 0 }
  for (const { verdict } of checks) counts[verdict]++
  return counts
}
