import { flowsAt } from '../dfd/flows-at.ts'
import { interactionsOn } from '../dfd/interactions.ts'
import { labelOf } from '../model/lookup.ts'
import { rowAt, rowsOf } from '../model/table.ts'
import type { Category, Design, RulePack } from '../model/types.ts'
import { indexFor } from './active.ts'
import { type Binding, bindingOf } from './binding.ts'
import { type CompiledRule, speaksOf } from './compile.ts'
import { deriveFindings } from './engine.ts'
import type { Finding, FindingOn } from './finding.ts'
import { type Stop, stopOn } from './stops.ts'

/** What became of one rule at one subject. */
export type Consideration = {
  readonly rule: string
  readonly pack: string
  readonly outcome: 'found' | 'suppressed' | 'stopped'
  /** Ids of what it found. */
  readonly findings: readonly string[]
  /** Where it got furthest; missing when there was nothing to hold it against. */
  readonly on?: FindingOn
  /** Why it found nothing, or what it found. */
  readonly sentence: string
}

/** The answer to "why is there nothing here?". */
export type Absence = {
  readonly subject: string
  readonly category: Category
  /** What keeps every rule away, before any is asked. */
  readonly blockers: readonly string[]
  /** Every rule that speaks of the category, those that got furthest first. */
  readonly considered: readonly Consideration[]
}

/** For an element or a flow and a category: which rules were considered, and what stopped each. */
export function explainAbsence(
  design: Design,
  packs: readonly RulePack[],
  ask: { subject: string; category: Category },
): Absence {
  const { subject, category } = ask
  const rules = indexFor(design, packs).rules.filter(rule => speaksOf(rule, category))
  const places = placesOf(design, subject)
  const found = deriveFindings(design, packs).findings.filter(f => f.subject === subject && f.applicability !== 'gone')
  const considered = rules.map(rule => consider(rule, { places, subject, found }))
  return {
    ...ask,
    blockers: [
      ...(rules.length === 0 ? [`No loaded rule speaks of ${CATEGORY_WORDS[category]}.`] : []),
      ...blockersOf(design, subject),
    ],
    considered: considered.sort((a, b) => b.stage - a.stage).map(({ stage: _stage, ...consideration }) => consideration),
  }
}

type Place = { readonly on: FindingOn; readonly binding: Binding }

/** Everything a rule could be held against for this subject. */
function placesOf(design: Design, subject: string): readonly Place[] {
  const flow = rowAt(design.flows, subject)
  const touching = (flow ? [flow] : flowsAt(design.flows, subject)).flatMap(one => interactionsOn(design, one))
  const ons: FindingOn[] = touching.map(({ flow, source, target, direction }) => ({
    kind: 'interaction',
    flow,
    source,
    target,
    direction,
  }))
  const element = design.elements[subject]
  if (element && element.outOfScope === undefined) ons.push({ kind: 'element', element: subject })
  return ons.flatMap(on => {
    const binding = bindingOf(design, on)
    return binding ? [{ on, binding }] : []
  })
}

const FOUND = 9

function consider(
  compiled: CompiledRule,
  { places, subject, found }: { places: readonly Place[]; subject: string; found: readonly Finding[] },
): Consideration & { readonly stage: number } {
  const own = found.filter(finding => finding.rule === compiled.rule.id)
  const head = { rule: compiled.rule.id, pack: compiled.pack, findings: own.map(finding => finding.id) }
  const [first] = own
  if (first) {
    const outcome = own.every(finding => finding.applicability === 'suppressed') ? 'suppressed' : 'found'
    return { ...head, outcome, on: first.on, sentence: first.reason, stage: FOUND }
  }
  const furthest = furthestOf(compiled, places, subject)
  if (!furthest) return { ...head, outcome: 'stopped', sentence: 'There is nothing to hold it against.', stage: -1 }
  return { ...head, outcome: 'stopped', on: furthest.on, sentence: furthest.sentence, stage: furthest.stage }
}

function furthestOf(
  compiled: CompiledRule,
  places: readonly Place[],
  subject: string,
): (Stop & { readonly on: FindingOn }) | undefined {
  const wanted = places.filter(place => place.on.kind === compiled.rule.on)
  const stops = (wanted.length > 0 ? wanted : places).flatMap(({ on, binding }) => {
    const stop = stopOn(compiled, binding)
    const worse = stop?.stage === 0 ? stop : (subjectStop(compiled, binding, subject) ?? stop)
    return worse ? [{ ...worse, on }] : []
  })
  return stops.reduce<(Stop & { readonly on: FindingOn }) | undefined>((a, b) => (a && a.stage >= b.stage ? a : b), undefined)
}

function blockersOf(design: Design, subject: string): readonly string[] {
  const row = design.elements[subject] ?? design.flows[subject]
  if (!row) return [`There is no element and no flow ${subject}.`]
  if (row.outOfScope !== undefined) return [`"${row.name}" is out of scope: ${row.outOfScope}`]
  const flow = design.flows[subject]
  if (flow) return endBlockers(design, [flow.source, flow.target])
  const flows = rowsOf(design.flows).filter(({ source, target }) => source === subject || target === subject)
  if (flows.length === 0) return [`No flow starts or ends at "${row.name}".`]
  return flows.flatMap(({ name, source, target, outOfScope }) =>
    outOfScope === undefined
      ? endBlockers(design, [source, target]).map(reason => `Flow "${name}": ${reason}`)
      : [`Flow "${name}" is out of scope: ${outOfScope}`],
  )
}

function endBlockers(design: Design, ends: readonly (string | undefined)[]): readonly string[] {
  const rows = ends.map(id => (id === undefined ? undefined : design.elements[id]))
  if (rows.some(row => row === undefined)) return ['One end is loose.']
  const out = rows.find(row => row?.outOfScope !== undefined)
  if (out) return [`"${labelOf(design, out.id)}" is out of scope: ${out.outOfScope}`]
  if (!rows.some(row => row?.kind === 'process')) return ['Neither end is a process, and data does not move itself.']
  return []
}

/** What stops a rule from threatening this very subject, once it matches the objects. */
function subjectStop({ rule }: CompiledRule, binding: Binding, subject: string): Stop | undefined {
  const threatened = rule.subject === 'flow' ? binding.flow : binding[rule.subject]
  if (!threatened || threatened.id === subject) return undefined
  return { stage: 1, sentence: `It threatens the ${rule.subject}, which is "${threatened.name}".` }
}

/** STRIDE values as people write them. */
export const CATEGORY_WORDS: { readonly [c in Category]: string } = {
  spoofing: 'spoofing',
  tampering: 'tampering',
  repudiation: 'repudiation',
  informationDisclosure: 'information disclosure',
  denialOfService: 'denial of service',
  elevationOfPrivilege: 'elevation of privilege',
}
