import type {
  FrameworkAnswer,
  FrameworkConcern,
  FrameworkEntry,
  FrameworkLayer,
  FrameworkPack,
} from '../../schemas/generated/types.ts'

export type { FrameworkAnswer, FrameworkConcern, FrameworkEntry, FrameworkLayer, FrameworkPack }

/** The four layers, from what is wished for to what is demanded. */
export const LAYERS: readonly FrameworkLayer[] = ['principles', 'process', 'practice', 'compliance']

/**
 * Proven: decided, and a verdict in the ledger passed that still stands. Planned: decided and checkable, not proven. Not addressed:
 * nothing is decided. Not applicable: nothing in the design that it concerns, or a person said why. Outside: no design tool can show it.
 */
export type RowState = 'proven' | 'planned' | 'notAddressed' | 'notApplicable' | 'outside'

/** In the order in which a bar shows them. */
export const ROW_STATES: readonly RowState[] = ['proven', 'planned', 'notAddressed', 'notApplicable', 'outside']

/** Why something decided is not proven, or what a reader of a proof must know. */
export type Remark =
  /** No verdict speaks of its checks. */
  | 'noVerdict'
  /** The check is another one than that which the verdict judged: the design changed since. */
  | 'stale'
  | 'failed'
  | 'cannotTell'
  | 'waived'
  /** The verdict cites evidence that its record does not hold as bound, or an answer that the ledger does not hold. */
  | 'evidenceGone'
  /** The ledger or the evidence of the verdict is broken: nothing noted there counts. */
  | 'broken'
  /** No work item holds it, so no checklist asks for it. */
  | 'inNoWorkItem'
  /** No check could show it. */
  | 'noCheck'
  /** An AI proposed it and nobody confirmed it. */
  | 'unconfirmed'
  /** It was noted for another state of the design. */
  | 'olderDesign'
  /** Proven on the word of whoever ran the tool: no enrolled key vouches for it. */
  | 'selfReported'
  /** A person called the row not applicable, and something that answers it was decided all the same. */
  | 'contradicted'
  /** It was called not applicable until a day that has come. */
  | 'exclusionEnded'
  /** An AI called it not applicable, and nobody stood behind it. */
  | 'exclusionProposed'

/** Something that a row rests on, by the id it has in the design, the checklist or the ledger. */
export type Link =
  | { readonly kind: 'requirement' | 'threat' | 'mitigation' | 'acceptance' | 'assumption' | 'workItem'; readonly id: string }
  | { readonly kind: 'check'; readonly id: string; readonly workItem: string }
  | { readonly kind: 'entry'; readonly id: string }

/** How far one of the things that could answer a row does so. */
export type AnswerState = {
  readonly answer: Readable
  readonly state: 'proven' | 'planned' | 'none'
  /** Places where it was decided, and in how many of them it is proven. */
  readonly places: number
  readonly proven: number
  readonly remarks: readonly Remark[]
  readonly links: readonly Link[]
  /** Links beyond those given. */
  readonly more: number
}

/** An answer of a pack, or one that follows from a rule that refers to the entry. */
export type Readable = FrameworkAnswer | { readonly rule: string }

/** What a person decided about an entry, as its row shows it. */
export type Excluded = {
  readonly id: string
  readonly reason: string
  /** Who decided; who stood behind it, where an AI proposed it. */
  readonly by: string
  readonly at: string
  readonly expires?: string
  /**
   * counts: the entry is not applicable; contradicted: something that answers it was decided all the same; ended: its day has come;
   * proposed: by an AI, and nobody stood behind it.
   */
  readonly standing: 'counts' | 'contradicted' | 'ended' | 'proposed'
}

export type FrameworkRow = {
  readonly id: string
  readonly title: string
  readonly part?: string
  readonly state: RowState
  /** Each answer that the pack names must be proven; otherwise one is enough. */
  readonly needsEvery?: boolean
  /** Best first; what nothing in the design touches is last. */
  readonly answers: readonly AnswerState[]
  readonly remarks: readonly Remark[]
  /** Of a row that is not applicable: what the design is without, as every element or data asset states. */
  readonly without?: readonly FrameworkConcern[]
  /** Of a row outside, also where a person called it not applicable: why. */
  readonly outside?: string
  /** A person's decision that it is not applicable; its standing says whether it counts. */
  readonly excluded?: Excluded
}

export type Totals = { readonly [S in RowState]: number }

export type FrameworkCoverage = {
  readonly id: string
  readonly title: string
  readonly layer: FrameworkLayer
  readonly source: FrameworkPack['source']
  readonly selection: string
  readonly rows: readonly FrameworkRow[]
  readonly totals: Totals
}

/** How far a design answers every framework, with totals for each layer. */
export type Coverage = {
  readonly frameworks: readonly FrameworkCoverage[]
  readonly layers: Readonly<Record<FrameworkLayer, Totals>>
}
