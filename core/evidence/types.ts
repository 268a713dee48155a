import type { RegistryPackage } from '../../schemas/generated/types.ts'
import type { Result } from '../support/result.ts'

/** Severity of a scanner's result after SARIF's defaults are applied; `none` is no finding. */
export type Level = 'error' | 'warning' | 'note' | 'none'

/** Formats that are read; told by content, never by name. */
export type EvidenceFormat =
  | 'sarif'
  | 'junit'
  | 'ctrf'
  | 'cyclonedx'
  | 'spdx'
  | 'osv-scanner'
  | 'npm-audit'
  | 'pnpm-audit'
  | 'yarn-audit'
  | 'trivy'
  | 'grype'
  | 'zap'
  | 'lcov'
  | 'cobertura'
  | 'jacoco'
  | 'afl'
  | 'openvex'
  | 'csaf-vex'
  | 'agent-trace'
  | 'chainloop-session'
  | 'dsse'
  | 'in-toto'
  | 'registry-snapshot'

/** What a report says, whatever wrote it: one kind of facts or several, as a list of components with their weaknesses. */
export type Evidence = {
  readonly format: EvidenceFormat
  /** What the report says of itself; most say little. */
  readonly made: Made
  readonly facts: Facts
}

export type Made = {
  readonly tool?: string
  readonly version?: string
  /** ISO instant with a zone; a stamp that could mean several instants is left out. */
  readonly at?: string
  /** Commits it says it is about, in full. */
  readonly commits: readonly string[]
}

/** Facts by kind; absent: the report does not speak of such things, which is not the same as speaking of none. */
export type Facts = {
  readonly scan?: ScanFacts
  readonly tests?: TestFacts
  readonly vulnerabilities?: VulnerabilityFacts
  readonly components?: ComponentFacts
  readonly coverage?: CoverageFacts
  readonly fuzz?: FuzzFacts
  readonly dast?: DastFacts
  readonly statements?: readonly VexStatement[]
  readonly attestation?: AttestationFacts
  readonly registry?: RegistryFacts
  readonly attribution?: AttributionFacts
}

/** Something in a report that is odd and was lived with; a reader says so instead of refusing the whole. */
export type Oddity = { readonly pointer: string; readonly text: string }

/** A scanner's report; `runs: []` is valid and means that nobody looked. */
export type ScanFacts = { readonly runs: readonly ScanRun[]; readonly results: readonly ScanResult[] }

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

/** `unclear`: the report gives a status that says neither. */
export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'flaky' | 'unclear'

/** A test report; the totals it declares are compared with what it holds. */
export type TestFacts = {
  readonly cases: readonly TestCase[]
  /** Where what it declares cannot be what it holds: nothing in it proves anything. */
  readonly disagreements: readonly { readonly pointer: string; readonly text: string }[]
  readonly oddities: readonly Oddity[]
}

/** One test. The worst of its results counts: error, failed, skipped, flaky, passed. */
export type TestCase = {
  /** XPath counted from 1, or JSON pointer, into the report. */
  readonly pointer: string
  /** `classname::name`; the name alone when there is no class. In CTRF the suite, else the file, is the class. */
  readonly id: string
  readonly status: TestStatus
}

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'unknown'

/** A scanner's report on known vulnerabilities of packages. */
export type VulnerabilityFacts = {
  /** Packages it shows to have read; undefined: the format lists only what was hit, so clean and blind look alike. */
  readonly packages: number | undefined
  /** Whether the tool says it succeeded; undefined when it says nothing. */
  readonly succeeded: boolean | undefined
  /** ISO instant of the database it looked things up in. */
  readonly databaseAt?: string
  readonly found: readonly Vulnerability[]
  readonly oddities: readonly Oddity[]
  /** Totals it declares that cannot be those of what it lists: something is kept back. */
  readonly disagreements?: readonly Oddity[]
}

/** One weakness in one package at one version, in one place (lockfile, target); aliases of it are not counted again. */
export type Vulnerability = {
  readonly pointer: string
  /** The id the report leads with, as CVE-2024-1234 or GHSA-…. */
  readonly id: string
  readonly aliases: readonly string[]
  readonly severity: Severity
  readonly package: string
  readonly version?: string
  readonly purl?: string
  readonly fixedIn?: string
  /** The report itself sets it aside (ignored, suppressed, not affected). */
  readonly setAside: boolean
}

/** A list of components (SBOM). */
export type ComponentFacts = {
  readonly components: readonly Component[]
  /** What it says of its own completeness; undefined when it says nothing. */
  readonly complete: boolean | undefined
  /** Direct dependencies by the reference of the one that depends; empty when none are given. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>
  readonly oddities: readonly Oddity[]
}

export type Component = {
  readonly pointer: string
  /** Reference inside the document. */
  readonly ref?: string
  readonly name: string
  readonly version?: string
  /** Package URL as written. */
  readonly purl?: string
  /** What it is about, itself, is no part of it. */
  readonly isRoot: boolean
}

/** Lines that tests ran through, recomputed from the lines themselves; declared rates are not believed. */
export type CoverageFacts = { readonly files: readonly CoveredFile[]; readonly oddities: readonly Oddity[] }

export type CoveredFile = {
  readonly pointer: string
  /** With `/`, as the report writes it; roots of another machine are left on it. */
  readonly path: string
  /** Lines that can run, and those of them that did. */
  readonly lines: number
  readonly hit: number
  /** What the report declares of this file and its lines do not bear out. */
  readonly disagreement?: string
}

/** What a fuzzer's own statistics say. */
export type FuzzFacts = {
  readonly executions: number
  readonly seconds: number
  /** Undefined: it does not say; old versions never do. */
  readonly edges: number | undefined
  readonly crashes: number
  readonly hangs: number
  /** Command line of the fuzzer, which names what it ran. */
  readonly target?: string
}

export type DastRisk = 'high' | 'medium' | 'low' | 'informational'

/** What a scanner of the running program found. */
export type DastFacts = {
  /** Addresses it shows to have reached. */
  readonly reached: readonly string[]
  readonly alerts: readonly DastAlert[]
  readonly oddities: readonly Oddity[]
}

export type DastAlert = {
  readonly pointer: string
  readonly id: string
  readonly name: string
  readonly risk: DastRisk
  readonly cwe: readonly string[]
  /** Addresses of its instances; instances are counted, at least one. */
  readonly at: readonly string[]
  readonly falsePositive: boolean
}

/** A claim that a vulnerability does or does not matter here; only a claim, until a person signs it. */
export type VexStatement = {
  readonly pointer: string
  readonly vulnerability: string
  readonly products: readonly string[]
  readonly status: 'not-affected' | 'affected' | 'fixed' | 'under-investigation'
  readonly justification?: string
}

/** An in-toto statement, and who signed the envelope it came in. */
export type AttestationFacts = {
  readonly predicateType: string
  readonly subjects: readonly { readonly name: string; readonly digests: Readonly<Record<string, string>> }[]
  /** Key ids of the envelope's signatures; empty: nobody signed. Whether they hold is for `signing` to say. */
  readonly keyIds: readonly string[]
  /** It came with a certificate (sigstore), which cannot be verified offline and counts for nothing here. */
  readonly certificate?: true
  /** What it says of itself as a whole, where its kind of predicate does. */
  readonly says?: 'passed' | 'failed' | 'unclear'
  /** The envelope's payload type and payload in base64, for the check of its signatures. */
  readonly envelope?: {
    readonly payloadType: string
    readonly payload: string
    readonly signatures: readonly { readonly keyId: string; readonly value: string }[]
  }
}

/** What registries said of packages; it is about them and not about any commit. */
export type RegistryFacts = {
  /** ISO instant at which they were asked. */
  readonly collectedAt: string
  readonly packages: readonly (RegistryPackage & { readonly pointer: string })[]
}

/** Files that a coding tool says it wrote: a claim, and no part of them is proven to be its work, or not to be. */
export type AttributionFacts = {
  readonly files: readonly AttributedFile[]
  readonly models: readonly string[]
  readonly oddities: readonly Oddity[]
}

export type AttributedFile = { readonly pointer: string; readonly path: string }

/** Somebody whose enrolled key signed, and since when that key vouches for nothing any more. */
export type Attester = {
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly revokedAt?: string
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
  /** People whose enrolled keys signed the envelope that the report is. */
  readonly attestedBy?: readonly Attester[]
  /** Whose enrolled key vouches for it by its sidecar, and the id of that key. */
  readonly signedBy?: { readonly name: string; readonly key: string }
  /** Who made it, how that ended and when, from the sidecar. */
  readonly tool?: string
  readonly exitCode?: number
  readonly endedAt?: string
  /** A file that was set back to what it was before the change while the tool ran; such a report is no ordinary run. */
  readonly without?: string
  /** The commit it was made on, where sidecar or report name exactly one and nothing uncommitted stood beside it. */
  readonly commit?: string
}
