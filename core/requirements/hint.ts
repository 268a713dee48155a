import type { Design, Requirement } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import type { Ears } from './ears-parts.ts'
import type { Language } from './language.ts'
import type { NameFound, Names } from './names.ts'

/** A word of advice on one requirement. It never blocks; `rewrite` stands ready to replace `quoted`. */
export type RequirementHint = Problem & {
  readonly at: string
  readonly rule: string
  /** The words at fault, exactly as they stand; empty when a whole field is missing. */
  readonly quoted: string
  /** Replaces the quoted words; square brackets hold what only a person can fill in. Empty: leave the words out. */
  readonly rewrite?: string
  /** The field that `rewrite` is for. */
  readonly field: 'statement' | 'verification'
  /** Where the quoted words start in the statement, in UTF-16 units. */
  readonly offset: number
}

/** What a lint rule may look at. */
export type LintContext = {
  readonly design: Design
  readonly requirement: Requirement
  readonly statement: string
  readonly ears: Ears
  /** Undefined when no word list knows the language; then only rules that need none speak. */
  readonly language: Language | undefined
  readonly names: Names
  readonly namesFound: readonly NameFound[]
}

/** What a lint rule finds; the rest of a hint follows from the rule. */
export type Hit = {
  readonly quoted: string
  readonly offset: number
  readonly message: string
  readonly cure: string
  readonly rewrite?: string
  readonly field?: 'verification'
}

export type LintRule = {
  readonly id: string
  readonly severity: 'warning' | 'info'
  /** The published rule it follows. */
  readonly follows: string
  readonly find: (context: LintContext) => readonly Hit[]
}

/** Who would act, as far as the requirement says it outside its sentence. */
export function likelyActor({ design, requirement, language }: Pick<LintContext, 'design' | 'requirement' | 'language'>): string {
  const linked = Object.keys(requirement.elements ?? {})
  const only = linked.length === 1 ? design.elements[linked[0] as string]?.name : undefined
  return requirement.actor ?? only ?? language?.say('[element]') ?? '[element]'
}
