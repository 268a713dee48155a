import type { Interaction } from '../dfd/interactions.ts'
import { idsAfter } from '../model/identity.ts'
import type { Design, Element } from '../model/types.ts'
import { attentionOn, attentionOnElement } from './attention.ts'
import { type Binding, bindElement, bindInteraction } from './binding.ts'
import type { CompiledRule, RuleIndex } from './compile.ts'
import { assertedBy } from './condition.ts'
import type { AttentionReason, Finding, FindingOn, SuppressedBy } from './finding.ts'
import { impactOf } from './impact.ts'
import { elementReason, factsReason, interactionReason, suppressedReason } from './reason.ts'
import { fillText, type Slots } from './text.ts'

/** The id of a finding: the hash of rule and objects, so that neither names nor texts change it. */
export function findingId(rule: string, on: FindingOn): string {
  return findingIds(on)(rule)
}

/** Ids of what rules find on the same objects: the hash of their canonical JSON, written here with its keys in order. */
function findingIds(on: FindingOn): (rule: string) => string {
  const text = JSON.stringify
  const isElement = on.kind === 'element'
  const ids = idsAfter(
    'N',
    isElement ? `{"element":${text(on.element)},"rule":` : `{"direction":${text(on.direction)},"flow":${text(on.flow)},"rule":`,
  )
  const end = isElement ? '}' : `,"source":${text(on.source)},"target":${text(on.target)}}`
  return rule => ids(text(rule) + end)
}

/** All findings on one interaction. */
export function evaluateInteraction(
  design: Design,
  interaction: Interaction,
  index: RuleIndex,
  unresolved: boolean,
): readonly Finding[] {
  const binding = bindInteraction(design, interaction)
  if (!binding) return []
  const { flow, source, target } = binding
  const on: FindingOn = {
    kind: 'interaction',
    flow: flow.id,
    source: source.id,
    target: target.id,
    direction: interaction.direction,
  }
  const rules = index.between(source.kind, target.kind, interaction.crossing)
  if (rules.length === 0) return []
  return evaluate(rules, {
    idOf: findingIds(on),
    binding,
    on,
    reasons: attentionOn(binding, unresolved),
    reason: interactionReason(binding),
    slots: { flow: flow.name, source: source.name, target: target.name, element: '' },
  })
}

/** All findings on one element; `crossed` are the boundaries that its interactions cross. */
export function evaluateElement(
  design: Design,
  element: Element,
  index: RuleIndex,
  crossed: readonly string[],
): readonly Finding[] {
  const rules = index.byElementKind.get(element.kind)
  if (!rules || element.outOfScope !== undefined) return []
  const binding = bindElement(design, element, crossed)
  const on: FindingOn = { kind: 'element', element: element.id }
  return evaluate(
    rules.filter(({ rule }) => rule.crossing === 'any' || crossed.length > 0),
    {
      idOf: findingIds(on),
      binding,
      on,
      reasons: attentionOnElement(binding, element),
      reason: elementReason(element),
      slots: { flow: '', source: '', target: '', element: element.name },
    },
  )
}

type Situation = {
  readonly idOf: (rule: string) => string
  readonly binding: Binding
  readonly on: FindingOn
  readonly reasons: readonly AttentionReason[]
  readonly reason: string
  readonly slots: Slots
}

function evaluate(rules: readonly CompiledRule[], situation: Situation): readonly Finding[] {
  const findings: Finding[] = []
  for (const compiled of rules)
    if (compiled.when.every(probe => probe.holds(situation.binding))) findings.push(findingOf(compiled, situation))
  return findings
}

function findingOf(compiled: CompiledRule, { idOf, binding, on, reasons, reason, slots }: Situation): Finding {
  const { rule, pack, when } = compiled
  const suppressedBy = suppressionOf(compiled, binding)
  const facts =
    when.length > 0
      ? factsReason(
          binding,
          when.map(probe => probe.fact(binding)),
        )
      : ''
  const finding: Finding = {
    id: idOf(rule.id),
    rule: rule.id,
    pack,
    categories: rule.categories,
    on,
    subject: (rule.subject === 'flow' ? binding.flow : binding[rule.subject])?.id ?? '',
    crossing: binding.crossed.length > 0,
    crossed: binding.crossed,
    attention: reasons.length > 0 ? 'now' : 'later',
    attentionReasons: reasons,
    applicability: suppressedBy ? 'suppressed' : 'applies',
    reason: reason + facts + (suppressedBy ? suppressedReason(binding, suppressedBy) : ''),
    title: fillText(rule.title, slots),
    description: fillText(rule.description, slots),
    question: fillText(rule.question, slots),
    controls: rule.controls,
    cwe: rule.cwe,
    likelihood: rule.likelihood,
    impact: impactOf(compiled, binding),
  }
  return suppressedBy ? { ...finding, suppressedBy } : finding
}

/** The first assertion that suppresses; what an AI proposed and nobody confirmed asserts nothing. */
export function suppressionOf({ unless }: CompiledRule, binding: Binding): SuppressedBy | undefined {
  for (const { control, probes } of unless) {
    if (!probes.every(probe => probe.holds(binding))) continue
    const facts = probes.map(probe => probe.fact(binding))
    const [first] = facts
    if (first && facts.every(fact => isConfirmed(binding.design, fact.at)))
      return {
        control,
        at: first.at,
        states: facts.map(({ name, value }) => `${name}: ${value}`).join(', '),
        by: assertedBy(binding.design, first.at),
      }
  }
  return undefined
}

function isConfirmed(design: Design, id: string): boolean {
  const provenance = (design.flows[id] ?? design.elements[id])?.provenance
  return provenance !== undefined && (provenance.kind !== 'ai' || provenance.confirmedBy !== undefined)
}
