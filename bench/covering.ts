import type { Design, RulePack } from '../core/model/types.ts'
import { deriveFindings, type Finding } from '../core/threats/engine.ts'
import type { HumanThreat } from './corpus-threats.ts'

/**
 * What the rules say to a threat that people wrote. `now` and `later` cover it; `suppressed` does not: the finding is there, but
 * something stated in the file answers it already. Without a category or an object there is nothing to compare.
 */
export type Cover = 'now' | 'later' | 'suppressed' | 'missed' | 'noCategory' | 'noObject'

/**
 * Whether a finding says what a threat says of an object: it has one of its categories, and
 * - for a threat on a flow, it is on that flow, whichever end it threatens;
 * - for a threat on an element, it is on the element alone, or on a flow that starts or ends there, and threatens the element or
 *   that flow, not the other end.
 */
export function isAbout({ on, subject }: Finding, object: string): boolean {
  if (subject === object) return true
  if (on.kind === 'element') return false
  return on.flow === object || ((on.source === object || on.target === object) && subject === on.flow)
}

/** Findings by the objects they are about. */
export type Findings = ReadonlyMap<string, readonly Finding[]>

/** All findings of a design, by the objects they are about. */
export function findingsAbout(design: Design, packs: readonly RulePack[]): Findings {
  const about = new Map<string, Finding[]>()
  for (const finding of deriveFindings(design, packs).findings) {
    const { on, subject } = finding
    const objects = on.kind === 'element' ? [on.element, subject] : [on.flow, on.source, on.target, subject]
    for (const object of new Set(objects))
      if (isAbout(finding, object)) about.set(object, [...(about.get(object) ?? []), finding])
  }
  return about
}

/** A threat on several objects is covered by what covers it best on one of them. */
export function coverOf(threat: HumanThreat, about: Findings): Cover {
  if (threat.categories.length === 0) return 'noCategory'
  if (threat.objects.length === 0) return 'noObject'
  const found = threat.objects
    .flatMap(object => about.get(object) ?? [])
    .filter(({ categories }) => categories.some(category => threat.categories.includes(category)))
  const applying = found.filter(({ applicability }) => applicability === 'applies')
  if (applying.some(({ attention }) => attention === 'now')) return 'now'
  if (applying.length > 0) return 'later'
  return found.length > 0 ? 'suppressed' : 'missed'
}

/** The design with every pack in use, those that are optional for the plain STRIDE table included. */
export function withPack(design: Design, packs: readonly RulePack[], id: string): Design {
  const settings = design.settings.design
  if (!settings) return design
  const used = Object.fromEntries(packs.filter(pack => !pack.optional || pack.id === id).map(pack => [pack.id, true as const]))
  return { ...design, settings: { design: { ...settings, packs: used } } }
}
