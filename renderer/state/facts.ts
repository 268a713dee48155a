import { modelProblems } from '../../core/dfd/checks.ts'
import { evaluateGate, type Gate } from '../../core/gate/evaluate.ts'
import { type ThreatState, threatStates } from '../../core/mitigations/derive.ts'
import { designDigest } from '../../core/model/digest.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import type { RequirementHint } from '../../core/requirements/hint.ts'
import { lintRequirements } from '../../core/requirements/lint.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Problem } from '../../core/support/result.ts'
import { openFindings } from '../../core/threats/checks.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import type { Finding } from '../../core/threats/finding.ts'
import { builtinPacks } from '../../packs/builtin.ts'

/** What follows from the design; each is derived when first asked for, and once. */
export type Facts = {
  readonly at: string
  readonly packs: Packs
  readonly findings: () => readonly Finding[]
  readonly states: () => readonly ThreatState[]
  /** Findings that ask for an answer now and have none. */
  readonly open: () => readonly Finding[]
  readonly gate: () => Gate
  readonly gateFor: (workItem: string) => Gate
  readonly hints: () => readonly RequirementHint[]
  readonly digest: () => string
  /** Everything a person should look at, the gate's list apart. */
  readonly problems: () => readonly Problem[]
}

/** The facts of a design at a minute; the last answer is kept, so views may ask freely. */
export const factsOf = memoLast((design: Design, at: string): Facts => {
  const packs = builtinPacks
  const derived = once(() => deriveFindings(design, packs.rules))
  const hints = once(() => lintRequirements(design, packs.words))
  return {
    at,
    packs,
    findings: () => derived().findings,
    states: once(() => threatStates(design, packs, at)),
    open: () => openFindings(design, packs.rules),
    gate: once(() => evaluateGate(design, packs, { at })),
    gateFor: keyed(workItem => evaluateGate(design, packs, { at, workItem })),
    hints,
    digest: once(() => designDigest(design)),
    problems: once(() => [...integrityProblems(design), ...modelProblems(design), ...derived().problems, ...hints()]),
  }
})

/** The finding with an id, while it exists. */
export function findingOf(facts: Facts, id: string): Finding | undefined {
  return indexed(facts.findings()).get(id)
}

const indexed = memoLast((findings: readonly Finding[]) => new Map(findings.map(finding => [finding.id, finding])))

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
