import type { Result } from '../support/result.ts'

/** Severity of a scanner's result after SARIF's defaults are applied; `none` is no finding. */
export type Level = 'error' | 'warning' | 'note' | 'none'

/** What a report says, whatever wrote it. */
export type Evidence =
  | { readonly format: 'sarif'; readonly facts: ScanFacts }
  | { readonly format: 'junit'; readonly facts: TestFacts }

/** A scanner's report; `runs: []` is valid and means that nobody looked. */
export type ScanFacts = { readonly kind: 'scan'; readonly runs: readonly ScanRun[]; readonly results: readonly ScanResult[] }

/** One run of one tool. */
export type ScanRun = {
  /** JSON pointer into the report. */
  readonly pointer: string
  readonly tool: string
  readonly version?: string
  /** What sets this run apart from others of the same tool, as the language of an analysis. */
  readonly category?: string
  /** Ids of the rules the report lists; all rules for some tools, only those that hit for others. */
  readonly rules: readonly string[]
  /** CWEs that at least one listed rule looks for. */
  readonly cwe: readonly string[]
  /** Commits the run says it is about. */
  readonly revisions: readonly string[]
  /** Whether the tool says it succeeded; undefined when it says nothing. */
  readonly succeeded: boolean | undefined
  /** False when the run has no results array, which is not the same as an empty one. */
  readonly hasResults: boolean
  readonly resultCount: number
  /** Files the run lists as seen. */
  readonly artifacts: readonly string[]
  /** What the tool says went wrong while it ran. */
  readonly troubles: readonly Trouble[]
}

/** A notification of level error, or one of level warning about a file. */
export type Trouble = {
  readonly pointer: string
  readonly level: 'error' | 'warning'
  readonly text: string
  readonly path?: string
}

/** One result of a scanner. */
export type ScanResult = {
  readonly pointer: string
  /** Index of its run. */
  readonly run: number
  readonly rule: string
  readonly level: Level
  /** SARIF's kind; only `fail` is a finding, `open` and `review` leave it to a person. */
  readonly kind: string
  readonly cwe: readonly string[]
  readonly path?: string
  readonly line?: number
  readonly suppressed: boolean
  /** Absent results were seen before and are gone; unchanged ones are known. */
  readonly baseline?: string
}

export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'flaky'

/** A test report; the totals it declares are compared with what it holds. */
export type TestFacts = {
  readonly kind: 'tests'
  readonly cases: readonly TestCase[]
  readonly disagreements: readonly { readonly pointer: string; readonly text: string }[]
}

/** One test. The worst of its results counts: error, failed, skipped, flaky, passed. */
export type TestCase = {
  /** XPath into the report, counted from 1. */
  readonly pointer: string
  /** `classname::name`; the name alone when there is no class. */
  readonly id: string
  readonly status: TestStatus
}

/** Whether a report is about the change that is judged, and on whose word. */
export type Binding = {
  /** `broken`: the report is not the one its sidecar was written for. */
  readonly state: 'bound' | 'unbound' | 'stale' | 'broken'
  /** Who vouches; nobody when there is neither a sidecar nor a commit in the report. */
  readonly reported: 'signed' | 'self' | 'nobody'
  readonly sentence: string
}

/** One file of evidence: its bytes by digest, what it says, and what binds it. */
export type EvidenceItem = {
  /** Path below the evidence folder. */
  readonly file: string
  readonly digest: string
  readonly slot: string
  readonly reading: Result<Evidence>
  readonly binding: Binding
  /** Who made it, how that ended and when, from the sidecar. */
  readonly tool?: string
  readonly exitCode?: number
  readonly endedAt?: string
}
