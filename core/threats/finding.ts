import type { Interaction } from '../dfd/interactions.ts'
import type { Category, PrivacyCategory } from '../model/types.ts'

/** What a finding is about: one direction of one flow, or one element. */
export type FindingOn =
  | {
      readonly kind: 'interaction'
      readonly flow: string
      readonly source: string
      readonly target: string
      readonly direction: Interaction['direction']
    }
  | { readonly kind: 'element'; readonly element: string }

/** Why a finding asks for an answer now. */
export type AttentionReason =
  | 'crossing'
  | 'dataClass'
  | 'exposed'
  | 'privileged'
  | 'aiAgent'
  | 'parsesUntrusted'
  | 'unknownBoundary'
  | 'unknownClass'
  | 'unknownExposure'

/** The assertion that keeps a finding from applying, and the control it rests on. */
export type SuppressedBy = {
  readonly control: string
  /** The object that states it. */
  readonly at: string
  /** What it states, as `logsAudit: yes`. */
  readonly states: string
  /** Who stated it, as its provenance says. */
  readonly by: string
}

/** What a rule found on given objects: derived, never stored. Made by a place, it answers when read; recordOf makes it a plain record. */
export type Finding = {
  /** Computed from rule and objects, so that decisions survive renames and new rule texts. */
  readonly id: string
  readonly rule: string
  readonly pack: string
  /** STRIDE values; none when the rule speaks of privacy only. */
  readonly categories: readonly Category[]
  /** Privacy threat types after LINDDUN, kept apart from STRIDE. */
  readonly privacy?: readonly PrivacyCategory[] | undefined
  readonly on: FindingOn
  /** The element or flow that is threatened. */
  readonly subject: string
  readonly crossing: boolean
  readonly crossed: readonly string[]
  readonly attention: 'now' | 'later'
  readonly attentionReasons: readonly AttentionReason[]
  readonly applicability: 'applies' | 'suppressed' | 'gone'
  readonly reason: string
  readonly title: string
  readonly description: string
  readonly question: string
  readonly controls: readonly string[]
  readonly cwe: readonly string[]
  readonly likelihood: number
  /** The rule's, raised by the class of the data at stake. */
  readonly impact: number
  readonly suppressedBy?: SuppressedBy | undefined
}

/** Kinds of elements as people write them. */
export const KIND_WORDS = { process: 'process', dataStore: 'data store', externalEntity: 'external entity' } as const
