import type { Category } from '../model/types.ts'
import type { CompiledRule } from './compile.ts'
import type { AttentionReason, Finding, FindingOn, SuppressedBy } from './finding.ts'
import { impactOf } from './impact.ts'
import type { Place } from './place.ts'
import { factsReason, suppressedReason } from './reason.ts'
import { suppressionOf } from './suppression.ts'
import { fillText } from './text.ts'

/** A finding at a place: two references until somebody reads it. */
export class Found implements Finding {
  readonly #place: Place
  readonly #compiled: CompiledRule
  #id: string | undefined
  /** Null: asked, and nothing suppresses it. */
  #suppressedBy: SuppressedBy | null | undefined

  constructor(place: Place, compiled: CompiledRule) {
    this.#place = place
    this.#compiled = compiled
  }

  get id(): string {
    this.#id ??= this.#place.idOf(this.#compiled.rule.id)
    return this.#id
  }

  get rule(): string {
    return this.#compiled.rule.id
  }

  get pack(): string {
    return this.#compiled.pack
  }

  get categories(): readonly Category[] {
    return this.#compiled.rule.categories
  }

  get privacy(): Finding['privacy'] {
    return this.#compiled.rule.privacy
  }

  get on(): FindingOn {
    return this.#place.on
  }

  get subject(): string {
    const { subject } = this.#compiled.rule
    return this.#place.binding[subject]?.id ?? ''
  }

  get crossing(): boolean {
    return this.#place.binding.crossed.length > 0
  }

  get crossed(): readonly string[] {
    return this.#place.binding.crossed
  }

  get attention(): 'now' | 'later' {
    return this.#place.isNow ? 'now' : 'later'
  }

  get attentionReasons(): readonly AttentionReason[] {
    return this.#place.attention
  }

  get applicability(): 'applies' | 'suppressed' {
    return this.#suppression() ? 'suppressed' : 'applies'
  }

  get suppressedBy(): SuppressedBy | undefined {
    return this.#suppression() ?? undefined
  }

  get reason(): string {
    const { binding, opening } = this.#place
    const facts = this.#compiled.when.map(probe => probe.fact(binding))
    const suppressedBy = this.#suppression()
    return opening + factsReason(binding, facts) + (suppressedBy ? suppressedReason(binding, suppressedBy) : '')
  }

  get title(): string {
    return fillText(this.#compiled.rule.title, this.#place.slots)
  }

  get description(): string {
    return fillText(this.#compiled.rule.description, this.#place.slots)
  }

  get question(): string {
    return fillText(this.#compiled.rule.question, this.#place.slots)
  }

  get controls(): readonly string[] {
    return this.#compiled.rule.controls
  }

  get cwe(): readonly string[] {
    return this.#compiled.rule.cwe
  }

  get likelihood(): number {
    return this.#compiled.rule.likelihood
  }

  get impact(): number {
    return impactOf(this.#compiled, this.#place.binding)
  }

  toJSON(): Finding {
    return recordOf(this)
  }

  #suppression(): SuppressedBy | null {
    if (this.#suppressedBy === undefined) this.#suppressedBy = suppressionOf(this.#compiled, this.#place.binding) ?? null
    return this.#suppressedBy
  }
}

/** A finding as a plain record, to be sent, kept or changed. */
export function recordOf(finding: Finding): Finding {
  const { id, rule, pack, categories, privacy, on, subject, crossing, crossed, attention, attentionReasons, applicability } =
    finding
  const { reason, title, description, question, controls, cwe, likelihood, impact, suppressedBy } = finding
  return {
    id,
    rule,
    pack,
    categories,
    ...(privacy ? { privacy } : {}),
    on,
    subject,
    crossing,
    crossed,
    attention,
    attentionReasons,
    applicability,
    reason,
    title,
    description,
    question,
    controls,
    cwe,
    likelihood,
    impact,
    ...(suppressedBy ? { suppressedBy } : {}),
  }
}
