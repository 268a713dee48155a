import { designDigest } from '../model/digest.ts'
import type { Design, Packs } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { type Examination, examine, examineDesign } from './examine.ts'
import type { Asked } from './gate-rules.ts'
import type { GateProblem } from './problem-list.ts'
import type { Scope } from './scope.ts'

export type { GateProblem } from './problem-list.ts'

declare const isPassed: unique symbol

/** Proof that the gate was open for exactly this state; only this file makes one, asked by evaluate.ts, and a final prompt asks for it. */
export type GatePass = { readonly [isPassed]: true; readonly digest: string; readonly workItem?: string }

/** May this be prompted? */
export type Gate = {
  readonly open: boolean
  /** The shortest list that would open it: least effort first. */
  readonly problems: readonly GateProblem[]
  readonly warnings: readonly GateProblem[]
  /** Ids of the waivers without which there would be more problems. */
  readonly waived: readonly string[]
  /** Codes of the rules that examined something and found nothing. */
  readonly passed: readonly string[]
  /** The design's digest, or the slice's for one work item. */
  readonly digest: string
  /** Minutes the problems take together. */
  readonly effort: number
  readonly pass?: GatePass
}

/** The whole design, without any work item. */
export const judgeDesign = memoLast(
  (design: Design, rules: Packs['rules'], controls: Packs['controls'], at: string): Gate =>
    gateOf(examineDesign(design, rules, controls, at), { digest: designDigest(design) }),
)

/** What the gate answers to a scope and what else is found `ofWork`; bound to the digest of what was examined. */
export function judge(
  scope: Scope,
  bound: { readonly digest: string; readonly workItem?: string },
  ofWork: readonly Asked[] = [],
): Gate {
  return gateOf(examine(scope, ofWork), bound)
}

function gateOf(
  { open, problems, warnings, waived, passed }: Examination,
  bound: { readonly digest: string; readonly workItem?: string },
): Gate {
  return {
    open,
    problems: problems.all(),
    warnings: warnings.all(),
    waived,
    passed,
    digest: bound.digest,
    effort: problems.effort,
    ...(open ? { pass: bound as GatePass } : {}),
  }
}
