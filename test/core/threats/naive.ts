import { interactionsOf } from '../../../core/dfd/interactions.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Condition, Design, Rule, RulePack } from '../../../core/model/types.ts'
import type { Binding } from '../../../core/threats/binding.ts'
import { compileCondition, holdAll, type Probe } from '../../../core/threats/condition.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import type { FindingOn } from '../../../core/threats/finding.ts'
import { sideOf } from '../../../core/threats/rule-faults.ts'

/** A rule without needs, bucket or index: its kinds, its crossing, and every probe asked. */
export type Naive = {
  readonly rule: Rule
  readonly when: readonly Probe[]
  readonly unless: readonly (readonly Probe[])[]
}

/** Rules made ready to be asked everywhere. */
export function naiveOf(packs: readonly RulePack[]): readonly Naive[] {
  return packs.flatMap(pack =>
    pack.rules.map(rule => {
      const probes = (condition: Condition) => compileCondition(condition, sideOf(rule, condition) ?? 'element')
      return { rule, when: (rule.when ?? []).flatMap(probes), unless: (rule.unless ?? []).map(one => probes(one.condition)) }
    }),
  )
}

/** What every rule says of every place; one line for each finding. */
export function naively(design: Design, rules: readonly Naive[]): readonly string[] {
  const found: string[] = []
  const ask = (on: Rule['on'], place: string, binding: Binding) => {
    for (const { rule, when, unless } of rules) {
      if (rule.on !== on || !fits(rule, binding) || !holdAll(when, binding)) continue
      found.push(line({ rule: rule.id, place, isSuppressed: unless.some(probes => holdAll(probes, binding)) }))
    }
  }
  const crossedAt = new Map<string, Set<string>>()
  for (const { flow: id, source: from, target: to, direction, crossed } of interactionsOf(design)) {
    const [flow, source, target] = [design.flows[id], design.elements[from], design.elements[to]]
    if (!flow || !source || !target) throw new Error('an interaction of nothing')
    for (const end of [from, to]) crossedAt.set(end, new Set([...(crossedAt.get(end) ?? []), ...crossed]))
    const binding: Binding = { world: design, flow, source, target, crossed, isReverse: direction === 'reverse' }
    ask('interaction', `${id} ${direction}`, binding)
  }
  for (const element of rowsOf(design.elements))
    if (element.outOfScope === undefined)
      ask('element', element.id, { world: design, element, crossed: [...(crossedAt.get(element.id) ?? [])].sort() })
  return found.sort()
}

function fits(rule: Rule, { source, target, element, crossed }: Binding): boolean {
  if (rule.crossing === 'only' && crossed.length === 0) return false
  if (element) return !rule.element || rule.element.includes(element.kind)
  if (!source || !target || (source.kind !== 'process' && target.kind !== 'process')) return false
  return (!rule.source || rule.source.includes(source.kind)) && (!rule.target || rule.target.includes(target.kind))
}

function line({ rule, place, isSuppressed }: { rule: string; place: string; isSuppressed: boolean }): string {
  return `${rule} at ${place}${isSuppressed ? ', suppressed' : ''}`
}

function placeOf(on: FindingOn): string {
  return on.kind === 'element' ? on.element : `${on.flow} ${on.direction}`
}

/** What the engine says, in the same words. */
export function derived(design: Design, packs: readonly RulePack[]): readonly string[] {
  return deriveFindings(design, packs)
    .findings.map(({ rule, on, applicability }) =>
      line({ rule, place: placeOf(on), isSuppressed: applicability === 'suppressed' }),
    )
    .sort()
}

/** Every condition of a rule, inner ones too. */
export function conditionsIn(rule: Rule): readonly Condition[] {
  const all: Condition[] = [...(rule.when ?? []), ...(rule.unless ?? []).map(one => one.condition)]
  for (const condition of all) all.push(...(condition.any ?? []), ...(condition.not ? [condition.not] : []))
  return all
}
