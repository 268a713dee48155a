import { modelProblems } from '../../core/dfd/checks.ts'
import { flowsAt } from '../../core/dfd/flows-at.ts'
import { evaluateGate, type Gate } from '../../core/gate/evaluate.ts'
import { type Chain, chainOf } from '../../core/mitigations/chain.ts'
import { type ThreatState, threatStates } from '../../core/mitigations/derive.ts'
import { type Standing, standingsOf } from '../../core/mitigations/standing.ts'
import { traceOf } from '../../core/mitigations/trace.ts'
import { designDigest } from '../../core/model/digest.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import type { RequirementHint } from '../../core/requirements/hint.ts'
import { lintRequirements } from '../../core/requirements/lint.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Problem } from '../../core/support/result.ts'
import { openFindings } from '../../core/threats/checks.ts'
import { deriveFindings, type Findings } from '../../core/threats/engine.ts'
import type { Finding } from '../../core/threats/finding.ts'
import { type MergedFinding, mergedFindings } from '../../core/threats/merged.ts'
import { membersOf } from './merged.ts'

/** What follows from the design; each is derived when first asked for, and once. */
export type Facts = {
  /** What they follow from: the design, though places and remarks on it may have moved on. */
  readonly design: Design
  readonly at: string
  readonly packs: Packs
  readonly findings: () => readonly Finding[]
  /** The findings as a person sees them: those that say the same are one. */
  readonly merged: () => readonly MergedFinding[]
  /** What threatens one element or flow, merged; the other findings are not made for it. */
  readonly about: (subject: string) => readonly MergedFinding[]
  readonly states: () => readonly ThreatState[]
  /** Findings that ask for an answer now and have none. */
  readonly open: () => readonly Finding[]
  /** The same as a person sees them: one question each. */
  readonly asking: () => readonly MergedFinding[]
  /** The thread through an object, from the duty to the check. */
  readonly chain: (id: string) => Chain
  readonly gate: () => Gate
  readonly gateFor: (workItem: string) => Gate
  readonly hints: () => readonly RequirementHint[]
  readonly digest: () => string
  /** Everything a person should look at, the gate's list apart. */
  readonly problems: () => readonly Problem[]
}

/** The facts of a design at a minute; the last answer is kept, so views may ask freely. */
export const factsOf = memoLast((design: Design, at: string, packs: Packs): Facts => {
  const derived = once(() => deriveFindings(design, packs.rules))
  const trace = once(() => traceOf(design, packs, at))
  const hints = once(() => lintRequirements(design, packs.words))
  // Each answer is kept with these facts: whoever still shows the last ones while the next are derived must not derive them again.
  const merged = once(() => mergedNow(derived().findings))
  const open = once(() => openFindings(design, packs.rules))
  return {
    design,
    at,
    packs,
    findings: once(() => derived().findings),
    merged,
    about: keyed(subject => mergedFindings(findingsAbout(design, derived(), subject))),
    states: once(() => threatStates(design, packs, at)),
    open,
    asking: once(() => mergedOpen(open())),
    chain: keyed(id => chainOf(design, trace(), id)),
    gate: once(() => evaluateGate(design, packs, { at })),
    gateFor: keyed(workItem => evaluateGate(design, packs, { at, workItem })),
    hints,
    digest: once(() => designDigest(design)),
    problems: once(() => [...integrityProblems(design), ...modelProblems(design), ...derived().problems, ...hints()]),
  }
})

/** What a finding is shown as: itself, and all that say the same. */
export function mergedOf(facts: Facts, id: string): MergedFinding | undefined {
  return byMember(facts.merged()).get(id)
}

/** Where each merged finding stands, by the id of its lead. */
export function standingsNow({ triage }: Pick<Design, 'triage'>, facts: Facts): ReadonlyMap<string, Standing> {
  return standingsOf(triage, facts.merged(), facts.findings(), facts.states())
}

/** Where the finding stands that is shown for this one. */
export function standingIn(design: Pick<Design, 'triage'>, facts: Facts, id: string): Standing | undefined {
  const lead = mergedOf(facts, id)?.lead
  return lead && standingsNow(design, facts).get(lead.id)
}

const mergedNow = memoLast(mergedFindings)
const mergedOpen = memoLast(mergedFindings)

const byMember = memoLast(
  (merged: readonly MergedFinding[]): ReadonlyMap<string, MergedFinding> =>
    new Map(merged.flatMap(one => membersOf(one).map(member => [member.id, one] as const))),
)

/** An element is threatened where it stands and at the ends of its flows. */
function findingsAbout(design: Design, derived: Findings, subject: string): readonly Finding[] {
  const flows = flowsAt(design.flows, subject).map(flow => flow.id)
  return [...flows, subject].flatMap(id => derived.on(id)).filter(finding => finding.subject === subject)
}

function once<T>(derive: () => T): () => T {
  let held: { readonly value: T } | undefined
  return () => {
    held ??= { value: derive() }
    return held.value
  }
}

function keyed<T>(derive: (key: string) => T): (key: string) => T {
  const held = new Map<string, T>()
  return key => {
    const value = held.get(key) ?? derive(key)
    held.set(key, value)
    return value
  }
}
