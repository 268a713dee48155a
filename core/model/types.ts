import type {
  Acceptance,
  Assumption,
  Boundary,
  Comment,
  ControlPack,
  DataAsset,
  Diagram,
  Element,
  Exclusion,
  Flow,
  Layout,
  Mitigation,
  Policy,
  Requirement,
  RulePack,
  Settings,
  Suggestion,
  TargetPack,
  Threat,
  Triage,
  WordList,
  WorkItem,
} from '../../schemas/generated/types.ts'

export type {
  Acceptance,
  Assumption,
  AttributeName,
  AuditEvent,
  Boundary,
  Category,
  Check,
  CodeClass,
  Comment,
  Condition,
  Control,
  ControlPack,
  DataAsset,
  DataClass,
  Detection,
  DetectionPack,
  DetectionSeverity,
  Diagram,
  Element,
  Exclusion,
  Expression,
  Flow,
  Layout,
  LedgerEntry,
  Mitigation,
  Policy,
  PolicyMatch,
  PolicyObligations,
  PolicyRule,
  PrivacyCategory,
  PromptEdit,
  PromptPart,
  Provenance,
  Requirement,
  Rule,
  RuleFixture,
  RulePack,
  SampleStep,
  Settings,
  Sidecar,
  SuggestedChange,
  Suggestion,
  Target,
  TargetFile,
  TargetKey,
  TargetPack,
  Ternary,
  Threat,
  Triage,
  WordList,
  WorkItem,
  Zone,
} from '../../schemas/generated/types.ts'

/** Rows by id. */
export type Table<Row> = { readonly [id: string]: Row }

/** The whole design: everything people decided, one table for each kind of entity. */
export type Design = {
  readonly settings: Table<Settings>
  readonly policy: Table<Policy>
  readonly requirements: Table<Requirement>
  readonly assumptions: Table<Assumption>
  readonly elements: Table<Element>
  readonly flows: Table<Flow>
  readonly boundaries: Table<Boundary>
  readonly data: Table<DataAsset>
  readonly triage: Table<Triage>
  readonly threats: Table<Threat>
  readonly mitigations: Table<Mitigation>
  readonly acceptances: Table<Acceptance>
  readonly exclusions: Table<Exclusion>
  readonly workItems: Table<WorkItem>
  readonly diagrams: Table<Diagram>
  readonly layout: Table<Layout>
  readonly comments: Table<Comment>
  readonly suggestions: Table<Suggestion>
}

export type TableName = keyof Design
/** The row type of a table. */
export type RowOf<T extends TableName> = Design[T][string]
export type AnyRow = RowOf<TableName>

/** What rules wait for, as data small enough to be at hand before the rules are. */
export type Guard = {
  /** Alternatives as source, target, element, flow. */
  readonly needs: readonly (readonly [number, number, number, number])[]
  readonly technology: readonly string[]
  readonly protocol: readonly string[]
}

/** Knowledge as data, handed in by whoever calls the core. */
export type Packs = {
  readonly rules: readonly RulePack[]
  readonly controls: readonly ControlPack[]
  readonly words: readonly WordList[]
  readonly targets: readonly TargetPack[]
}

/** The words and lists of one row of a starting design: sets are lists here, ids are words, and `at` is where it is drawn. */
type Draft<Row, Sets extends keyof Row = never> = Omit<Row, 'id' | 'provenance' | 'membership' | 'status' | 'foreign' | Sets> & {
  readonly id: string
} & { readonly [Set in Sets]?: readonly string[] }

/** A design to begin with, as it stands in packs/starts: nothing of it is decided, and its ids are made when it is used. */
export type Start = {
  readonly id: string
  readonly title: string
  /** What it draws, in one sentence. */
  readonly summary: string
  readonly purpose: string
  /** With left, top, width and height. */
  readonly boundaries: readonly (Draft<Boundary> & { readonly at: readonly [number, number, number, number] })[]
  readonly data: readonly Draft<DataAsset>[]
  /** With left and top; all are of one size. */
  readonly elements: readonly (Draft<Element, 'codeClasses' | 'data' | 'paths'> & { readonly at: readonly [number, number] })[]
  readonly flows: readonly Draft<Flow, 'data'>[]
  readonly requirements: readonly Omit<Draft<Requirement, 'elements' | 'flows' | 'data'>, 'id'>[]
  readonly assumptions: readonly Omit<Draft<Assumption>, 'id'>[]
}

/** Who decides, when, and where fresh ids come from: the only clock and chance the core ever sees. */
export type Stamp = {
  /** UTC, as 2026-11-22T16:00:00Z. */
  readonly at: string
  readonly by: string
  /** The provenance new entities get; default human. */
  readonly kind?: 'human' | 'rule' | 'import' | 'ai'
  /** A random number, 0 <= n < 1. */
  readonly random: () => number
}
