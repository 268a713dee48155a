import { type Binding, nameIn } from './binding.ts'
import type { CompiledRule, Kind } from './compile.ts'
import type { Fact } from './condition.ts'
import { KIND_WORDS } from './finding.ts'

/** What keeps a rule from finding anything; a higher stage means that it got further. */
export type Stop = { readonly stage: number; readonly sentence: string }

/** What stops a rule on these objects; undefined when nothing does. */
export function stopOn(compiled: CompiledRule, binding: Binding): Stop | undefined {
  return kindStop(compiled, binding) ?? crossingStop(compiled, binding) ?? conditionStop(compiled, binding)
}

/** A fact as one reads it: what is stated, and what the rule waits for. */
export function factSentence(binding: Binding, { at, name, value, wanted, holds }: Fact): string {
  const states = value === 'unknown' ? 'does not state' : `states ${value} for`
  const label = nameIn(binding, at)
  return holds
    ? `"${label}" states ${name}: ${value}, which is what the rule looks for.`
    : `"${label}" ${states} ${name}; the rule waits for ${wanted.join(' or ')}.`
}

function kindStop({ rule }: CompiledRule, { source, target, element }: Binding): Stop | undefined {
  if (rule.on === 'element') {
    if (element && accepts(rule.element, element.kind)) return undefined
    return { stage: 0, sentence: element ? `It looks at ${listed(rule.element)} only.` : 'It looks at elements, not at flows.' }
  }
  if (!source || !target) return { stage: 0, sentence: 'It looks at flows, not at an element alone.' }
  if (source.kind !== 'process' && target.kind !== 'process')
    return { stage: 0, sentence: 'Neither end of the flow is a process, and data does not move itself.' }
  if (accepts(rule.source, source.kind) && accepts(rule.target, target.kind)) return undefined
  return { stage: 0, sentence: `It looks at flows from ${listed(rule.source)} to ${listed(rule.target)}.` }
}

function crossingStop({ rule }: CompiledRule, binding: Binding): Stop | undefined {
  if (rule.crossing === 'any' || binding.crossed.length > 0) return undefined
  const name = (binding.flow ?? binding.element)?.name
  return { stage: 2, sentence: `It looks at crossings only, and "${name}" crosses no boundary.` }
}

function conditionStop({ when }: CompiledRule, binding: Binding): Stop | undefined {
  const failed = when.map(probe => probe.fact(binding)).filter(fact => !fact.holds)
  if (failed.length === 0) return undefined
  return { stage: 3, sentence: failed.map(fact => factSentence(binding, fact)).join(' ') }
}

function accepts(kinds: readonly Kind[] | undefined, kind: Kind): boolean {
  return kinds === undefined || kinds.includes(kind)
}

function listed(kinds: readonly Kind[] | undefined): string {
  return kinds ? kinds.map(kind => (kind === 'externalEntity' ? 'an ' : 'a ') + KIND_WORDS[kind]).join(' or ') : 'any element'
}
