import { designDigest } from '../model/digest.ts'
import type { Design, Packs } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { askWorkItem } from './ask-work-item.ts'
import { type Gate, judge, judgeDesign } from './judge.ts'
import type { GatePacks } from './links.ts'
import { scopeOfSlice } from './scope-of-slice.ts'
import { sliceOf } from './slice.ts'

export type { Gate, GatePass, GateProblem } from './judge.ts'

/** Examines the whole design, or what one work item touches. An empty scope is never open. */
export function evaluateGate(design: Design, packs: GatePacks, input: { readonly at: string; readonly workItem?: string }): Gate {
  if (input.workItem === undefined) return judgeDesign(design, packs.rules, packs.controls, input.at)
  return remembered(design, packs.rules, packs.controls, input.at, input.workItem)
}

const remembered = memoLast(
  (design: Design, rules: Packs['rules'], controls: Packs['controls'], at: string, workItem: string): Gate => {
    const packs = { rules, controls }
    const slice = sliceOf(design, packs, { workItem, at })
    if (!slice.ok) return closed(slice.problems, designDigest(design))
    const scope = scopeOfSlice(design, packs, { slice: slice.value, at })
    const gate = judge(scope, { digest: slice.value.digest, workItem }, askWorkItem(scope))
    const used = slice.value.decision.waiver?.split(', ') ?? []
    return { ...gate, waived: [...new Set([...gate.waived, ...used])].sort(byText) }
  },
)

function closed(problems: readonly Problem[], digest: string): Gate {
  return {
    open: false,
    problems: problems.map(problem => ({ ...problem, effort: 1 })),
    warnings: [],
    waived: [],
    passed: [],
    digest,
    effort: problems.length,
  }
}
