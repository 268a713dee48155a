import { flowsAt } from '../core/dfd/flows-at.ts'
import { type Interaction, interactionsOn } from '../core/dfd/interactions.ts'
import { rowAt } from '../core/model/table.ts'
import type { Design, Flow, RulePack } from '../core/model/types.ts'
import { CATEGORY_WORDS } from '../core/threats/absence.ts'
import { indexFor } from '../core/threats/active.ts'
import type { CompiledRule } from '../core/threats/compile.ts'
import { deriveFindings } from '../core/threats/engine.ts'
import { KIND_WORDS } from '../core/threats/finding.ts'
import type { HumanThreat } from './corpus-threats.ts'
import type { Cover } from './covering.ts'

/** Why a threat is not covered, in words that many threats share. */
export function whyNot(
  design: Design,
  packs: readonly RulePack[],
  { threat, cover }: { threat: HumanThreat; cover: Cover },
): string {
  if (cover === 'noCategory')
    return threat.otherType ? `category of another taxonomy: ${threat.otherType}` : 'the file states no category'
  if (cover === 'suppressed') return 'the file states the control that answers it'
  if (cover === 'noObject') return 'it is on no element and no flow of the file'
  if (threat.objects.some(object => isSaidOfOtherEnd(design, packs, { threat, object })))
    return 'a finding on its flow says it of the other end'
  const { rules } = indexFor(design, packs)
  const whys = threat.objects.map(object => whyNotOn(design, object, { threat, rules }))
  return [...new Set(whys)].join('; ')
}

function isSaidOfOtherEnd(design: Design, packs: readonly RulePack[], of: { threat: HumanThreat; object: string }): boolean {
  const { on } = deriveFindings(design, packs)
  const found = flowsAt(design.flows, of.object).flatMap(flow => on(flow.id))
  return found.some(({ categories }) => categories.some(category => of.threat.categories.includes(category)))
}

type Asked = { readonly threat: HumanThreat; readonly rules: readonly CompiledRule[] }

function whyNotOn(design: Design, object: string, asked: Asked): string {
  const flow = rowAt(design.flows, object)
  const element = rowAt(design.elements, object)
  const flows = flow ? [flow] : flowsAt(design.flows, object)
  const word = flow ? 'flow' : 'element'
  if ((flow ?? element)?.outOfScope !== undefined) return `the ${word} is out of scope`
  if (flows.length === 0) return 'the element has no flow'
  const interactions = flows.flatMap(one => interactionsOn(design, one))
  if (interactions.length === 0)
    return flows.every(one => isLoose(design, one)) ? `the ${word} hangs loose` : `the ${word} leads only to what is out of scope`
  if (!interactions.some(one => kindsOf(design, one).includes('process'))) return 'no end of the flow is a process'
  return ruleGap(design, interactions, { ...asked, object })
}

function isLoose(design: Design, { source, target }: Flow): boolean {
  return [source, target].some(end => end === undefined || rowAt(design.elements, end) === undefined)
}

function kindsOf(design: Design, { source, target }: Interaction) {
  return [source, target].flatMap(id => rowAt(design.elements, id)?.kind ?? [])
}

/** Everything is drawn as the rules need it, and still none of them says this: because of kinds, crossings, or facts nobody stated. */
function ruleGap(
  design: Design,
  interactions: readonly Interaction[],
  { threat, rules, object }: Asked & { object: string },
): string {
  const speaking = rules.filter(({ rule }) => rule.categories.some(category => threat.categories.includes(category)))
  const fitting = speaking.filter(compiled => interactions.some(one => fits(design, one, { compiled, object })))
  const kind = rowAt(design.elements, object)?.kind
  const what = `${threat.categories.map(category => CATEGORY_WORDS[category]).join(' or ')} of a ${kind ? KIND_WORDS[kind] : 'flow'}`
  if (fitting.some(({ rule }) => rule.crossing === 'only' && rule.when === undefined)) return `${what} is asked at crossings only`
  return fitting.length > 0 ? `only rules that wait for a stated fact give ${what}` : `no rule gives ${what} so placed`
}

/** Whether a rule would be about the object here if its conditions held. */
function fits(
  design: Design,
  one: Interaction,
  { compiled: { rule }, object }: { compiled: CompiledRule; object: string },
): boolean {
  const [from, to] = [rowAt(design.elements, one.source), rowAt(design.elements, one.target)]
  if (!from || !to) return false
  if (rule.on === 'element') {
    const own = [from, to].find(({ id }) => id === object)
    return own !== undefined && (rule.element ?? [own.kind]).includes(own.kind)
  }
  const isBetween = (rule.source ?? [from.kind]).includes(from.kind) && (rule.target ?? [to.kind]).includes(to.kind)
  if (!isBetween || one.flow === object) return isBetween
  const subject = rule.subject === 'source' ? one.source : rule.subject === 'target' ? one.target : one.flow
  return subject === object || subject === one.flow
}
