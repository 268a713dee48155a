import type { BroughtIn, LockedName } from '../dependencies/brought-in.ts'
import type { EvidenceItem } from '../evidence/types.ts'
import type { PolicySince } from '../gate/policy-since.ts'
import type { WaiverLine } from '../gate/waivers.ts'
import type { LedgerState } from '../model/ledger.ts'
import type { Check } from '../model/types.ts'
import type { Provenance } from '../provenance/record.ts'
import type { EnrolledKey } from '../signing/enrolled.ts'
import type { Problem } from '../support/result.ts'
import type { Narrowing } from './narrowing.ts'
import type { ChangeLine } from './record.ts'

/** The checklist as this room needs it. */
export type JudgedChecklist = {
  readonly id: string
  readonly workItem: string
  readonly slice: string
  readonly checks: readonly Check[]
}

/** A file that a check asks about, at the judged state and before the change. */
export type FileFact = {
  /** Undefined: there is no such file. */
  readonly after: FileContent | undefined
  /** `unknown`: nobody can say what was there before. */
  readonly before: FileContent | undefined | 'unknown'
}

/** Text is absent when the file is binary or over the limit. */
export type FileContent = { readonly sha256: string; readonly text?: string }

export type CommitFact = {
  readonly id: string
  readonly author: string
  readonly email: string
  /** Who put it into the history, where that is known. */
  readonly committer?: { readonly name: string; readonly email: string }
  /** `Assisted-by` -> values, in the order of the message; names in lower case. */
  readonly trailers: readonly { readonly name: string; readonly value: string }[]
}

/** What is known about the judged change; undefined means that nobody could find out. */
export type ChangeFacts = ChangeLine & {
  /** Paths of changed files, the design's own left out. */
  readonly changed?: readonly string[]
  readonly commits?: readonly CommitFact[]
  /** What it does to tests, scanners and their configuration; absent when the text of both sides is not known. */
  readonly narrowing?: Narrowing
  /** Files that checks ask about, by path. */
  readonly fileFacts: Readonly<Record<string, FileFact>>
  /** What lockfiles, manifests and imports bring in; asked for only where a check does. */
  readonly broughtIn?: BroughtIn
  /** Every package that the lockfiles of the judged tree pin, the project's own left out; undefined: not all could be read. */
  readonly locked?: readonly LockedName[]
}

/** Everything a verdict may depend on besides the check: no clock, no disk, no network. */
export type VerdictContext = {
  readonly at: string
  /** Digests of the design and of the policy. */
  readonly design: string
  readonly policy: string
  /** Digest of the design that the checks come from, where that is the one before the change and another. */
  readonly basis?: string
  /** Waivers of the policy, listed in the record; they decide no check. */
  readonly waivers?: readonly WaiverLine[]
  readonly change: ChangeFacts
  /** What is said of who made the change, and which of the checks came from that. */
  readonly provenance?: Provenance
  readonly raised?: readonly Check[]
  readonly ledger: LedgerState
  /** Hashes of entries whose signature by an enrolled key was verified; empty until keys exist. */
  readonly signed: ReadonlySet<string>
  /** Who signed them, by the same hashes. */
  readonly signers?: ReadonlyMap<string, Pick<EnrolledKey, 'name' | 'email' | 'roles'>>
  /** Slice digest that the last issued prompt would have today; undefined when there is none or it cannot be made. */
  readonly promptSlice?: string
  /** Objects of the design that came, went or say something else since that prompt. */
  readonly promptDrift?: readonly string[]
  /** How the policy became stricter since that prompt; undefined: it did not, or nobody knows. */
  readonly policySince?: PolicySince
  /** Names of tools, as the policy lists them: none of them counts as a person. */
  readonly tools?: readonly string[]
  /** The team's template that the last prompt was made with, where it is no longer the same. */
  readonly promptTemplate?: { readonly name: string; readonly is: 'changed' | 'gone' }
  /** The longest that a waiver may hold, in days. */
  readonly mostWaiverDays?: number
  /** Older evidence is stale; undefined: age does not matter. */
  readonly maxAgeDays?: number
  /** What whoever gathered all this wants to be said beside the verdict. */
  readonly problems?: readonly Problem[]
}

/** What the matchers of one check see. */
export type Scene = {
  readonly check: Check
  readonly checklist: JudgedChecklist
  readonly evidence: readonly EvidenceItem[]
  readonly context: VerdictContext
}
