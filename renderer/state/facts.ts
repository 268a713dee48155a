import { modelProblems } from '../../core/dfd/checks.ts'
import { evaluateGate, type Gate } from '../../core/gate/evaluate.ts'
import { type ThreatState, threatStates } from '../../core/mitigations/derive.ts'
import { designDigest } from '../../core/model/digest.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { lintRequirements, type RequirementHint } from '../../core/requirements/lint.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Problem } from '../../core/support/result.ts'
import { deriveFindings, type Finding } from '../../core/threats/engine.ts'
import { builtinPacks } from '../../packs/builtin.ts'

/** What follows from the design; each is derived when first asked for, and once. */
export type Facts = {
  readonly at: string
  readonly packs: Packs
  readonly findings: () => readonly Finding[]
  readonly states: () => readonly ThreatState[]
  readonly gate: () => Gate
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
    gate: once(() => evaluateGate(design, packs, { at })),
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
