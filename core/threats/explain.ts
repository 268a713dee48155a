import { chainFrom } from '../dfd/interactions.ts'
import { labelOf } from '../model/lookup.ts'
import type { Design, Rule, RulePack, Triage } from '../model/types.ts'
import { indexFor } from './active.ts'
import { type Binding, bindingOf } from './binding.ts'
import type { CompiledRule } from './compile.ts'
import type { Fact } from './condition.ts'
import { findingOf } from './engine.ts'
import type { AttentionReason, Finding } from './finding.ts'
import { factSentence } from './stops.ts'

/** Everything that made a finding, for a reader who does not believe it. */
export type Explanation = {
  readonly finding: Finding
  /** Undefined when no loaded pack has it. */
  readonly rule?: Rule
  readonly bindings: readonly Bound[]
  readonly boundaries: readonly CrossedBoundary[]
  /** What the rule's conditions read. */
  readonly facts: readonly ReadFact[]
  /** What would suppress it, and what each of these reads now. */
  readonly suppressions: readonly Suppressor[]
  readonly attention: readonly { readonly code: AttentionReason; readonly sentence: string }[]
  readonly decision?: Triage
}

/** An object in the role the rule gives it. */
export type Bound = { readonly role: 'source' | 'flow' | 'target' | 'element'; readonly id: string; readonly label: string }

/** A crossed boundary and the end that lies inside it. */
export type CrossedBoundary = { readonly id: string; readonly label: string; readonly kind: string; readonly around: string }

export type ReadFact = Fact & { readonly sentence: string }
export type Suppressor = { readonly control: string; readonly holds: boolean; readonly facts: readonly ReadFact[] }

/** Why a finding came out: its rule, what the rule was bound to, the boundary crossed and the values read. */
export function explainFinding(design: Design, packs: readonly RulePack[], id: string): Explanation | undefined {
  const finding = findingOf(design, packs, id)
  if (!finding) return undefined
  const compiled = indexFor(design, packs).byId.get(finding.rule)
  const binding = bindingOf(design, finding.on)
  const decision = design.triage[id]
  return {
    finding,
    ...(compiled ? { rule: compiled.rule } : {}),
    bindings: bindingsOf(design, finding),
    boundaries: finding.crossed.map(boundary => crossedBoundary(design, finding, boundary)),
    ...readings(compiled, binding),
    attention: finding.attentionReasons.map(code => ({ code, sentence: ATTENTION[code] })),
    ...(decision ? { decision } : {}),
  }
}

function bindingsOf(design: Design, { on }: Finding): readonly Bound[] {
  const bound = (role: Bound['role'], id: string) => ({ role, id, label: labelOf(design, id) })
  if (on.kind === 'element') return [bound('element', on.element)]
  return [bound('source', on.source), bound('flow', on.flow), bound('target', on.target)]
}

function crossedBoundary(design: Design, { on }: Finding, id: string): CrossedBoundary {
  const ends = on.kind === 'element' ? [on.element] : [on.source, on.target]
  const inside = ends.find(end => chainFrom(design.boundaries, design.elements[end]?.boundary).includes(id))
  return { id, label: labelOf(design, id), kind: design.boundaries[id]?.kind ?? 'unknown', around: inside ?? '' }
}

function readings(compiled: CompiledRule | undefined, binding: Binding | undefined): Pick<Explanation, 'facts' | 'suppressions'> {
  if (!compiled || !binding) return { facts: [], suppressions: [] }
  const read = (fact: Fact): ReadFact => ({ ...fact, sentence: factSentence(binding, fact) })
  return {
    facts: compiled.when.map(probe => read(probe.fact(binding))),
    suppressions: compiled.unless.map(({ control, probes }) => {
      const facts = probes.map(probe => read(probe.fact(binding)))
      return { control, holds: facts.every(fact => fact.holds), facts }
    }),
  }
}

const ATTENTION: { readonly [code in AttentionReason]: string } = {
  crossing: 'It crosses a trust boundary.',
  dataClass: 'It carries or stores data of class D2 or above.',
  exposed: 'An element is exposed to the internet.',
  privileged: 'An element runs with privileges.',
  aiAgent: 'An element is an AI agent.',
  parsesUntrusted: 'An element parses untrusted input.',
  unknownBoundary: 'It leads outside, and a boundary of this design could not be resolved.',
  unknownClass: 'It leads outside, and data it carries has no class yet.',
  unknownExposure: 'It leads outside, and nobody stated whether the element is exposed to the internet.',
}
