import { EMPTY_DESIGN } from '../model/change.ts'
import { labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Triage } from '../model/types.ts'
import { bindingOf } from './binding.ts'
import type { CompiledRule, RuleIndex } from './compile.ts'
import { decidedOn } from './decided.ts'
import type { Finding, FindingOn } from './finding.ts'
import { findingId } from './place.ts'
import type { Places } from './places.ts'
import { stopOn } from './stops.ts'
import { fillText } from './text.ts'

/** Findings that were decided and do not come out any more, each with the reason; their decisions are kept. */
export function goneFindings(tables: Decided, index: RuleIndex, places: Places): readonly Finding[] {
  const rows = rowsOf(tables.triage)
  const design = { ...EMPTY_DESIGN, ...tables }
  return rows.filter(triage => !isAlive(places, triage)).map(triage => goneFinding(design, index, triage))
}

type Decided = Pick<Design, 'elements' | 'flows' | 'boundaries' | 'data' | 'triage'>

/** Whether the rule still finds it where it was decided. */
function isAlive(places: Places, { id, subject }: Triage): boolean {
  return places
    .at(subject.flow ?? subject.element ?? '')
    .some(place => place.matched.some(({ rule }) => rule.id === subject.rule) && place.idOf(subject.rule) === id)
}

function goneFinding(design: Design, index: RuleIndex, triage: Triage): Finding {
  const { subject } = triage
  const compiled = index.byId.get(subject.rule)
  const on = decidedOn(triage)
  const text = (words: string | undefined) =>
    words !== undefined ? fillText(words, slotsOf(design, on)) : `A finding of the rule ${subject.rule}.`
  return {
    id: triage.id,
    rule: subject.rule,
    pack: compiled?.pack ?? '',
    categories: compiled?.rule.categories ?? [],
    ...(compiled?.rule.privacy ? { privacy: compiled.rule.privacy } : {}),
    on,
    subject: subjectOf(compiled, on),
    crossing: false,
    crossed: [],
    attention: 'later',
    attentionReasons: [],
    applicability: 'gone',
    reason: reasonOf(design, index, triage),
    title: text(compiled?.rule.title),
    description: text(compiled?.rule.description),
    question: text(compiled?.rule.question),
    controls: compiled?.rule.controls ?? [],
    cwe: compiled?.rule.cwe ?? [],
    likelihood: triage.likelihood ?? compiled?.rule.likelihood ?? 1,
    impact: triage.impact ?? compiled?.rule.impact ?? 1,
  }
}

function reasonOf(design: Design, index: RuleIndex, triage: Triage): string {
  const { rule } = triage.subject
  const on = decidedOn(triage)
  const compiled = index.byId.get(rule)
  if (findingId(rule, on) !== triage.id) return 'The decision names other objects than the finding it was made on.'
  return (
    missing(design, on) ??
    outOfScope(design, on) ??
    (on.kind === 'interaction' ? redrawn(design, on) : undefined) ??
    (compiled ? `No longer matches. ${stopped(design, compiled, on)}` : unavailable(index, rule))
  )
}

function unavailable(index: RuleIndex, rule: string): string {
  return index.broken.has(rule) ? `The rule ${rule} is broken.` : `No loaded pack has the rule ${rule}.`
}

function missing(design: Design, on: FindingOn): string | undefined {
  if (on.kind === 'interaction' && !design.flows[on.flow]) return `The flow ${on.flow} was removed.`
  const element = elementsOn(on).find(id => !design.elements[id])
  return element === undefined ? undefined : `The element ${element} was removed.`
}

function outOfScope(design: Design, on: FindingOn): string | undefined {
  const rows = [...(on.kind === 'interaction' ? [design.flows[on.flow]] : []), ...elementsOn(on).map(id => design.elements[id])]
  const row = rows.find(candidate => candidate?.outOfScope !== undefined)
  return row && `"${row.name}" is out of scope: ${row.outOfScope}`
}

type OnInteraction = Extract<FindingOn, { readonly kind: 'interaction' }>

function redrawn(design: Design, on: OnInteraction): string | undefined {
  const flow = design.flows[on.flow]
  if (bindingOf(design, on)) return undefined
  if (on.direction === 'reverse' && flow?.source === on.target && flow.target === on.source)
    return `The flow "${flow.name}" no longer runs both ways.`
  const ends = [flow?.source, flow?.target].map(id => (id === undefined ? 'a loose end' : `"${labelOf(design, id)}"`))
  return `The flow "${flow?.name}" now leads from ${ends.join(' to ')}.`
}

function stopped(design: Design, compiled: CompiledRule, on: FindingOn): string {
  const binding = bindingOf(design, on)
  return (binding && stopOn(compiled, binding)?.sentence) ?? 'The rule now looks at other objects.'
}

function elementsOn(on: FindingOn): readonly string[] {
  return on.kind === 'element' ? [on.element] : [on.source, on.target]
}

function subjectOf(compiled: CompiledRule | undefined, on: FindingOn): string {
  if (on.kind === 'element') return on.element
  const subject = compiled?.rule.subject ?? 'flow'
  return on[subject === 'element' ? 'flow' : subject]
}

function slotsOf(design: Design, on: FindingOn): Record<'source' | 'target' | 'flow' | 'element', string> {
  if (on.kind === 'element') return { source: '', target: '', flow: '', element: labelOf(design, on.element) }
  return {
    source: labelOf(design, on.source),
    target: labelOf(design, on.target),
    flow: labelOf(design, on.flow),
    element: '',
  }
}
