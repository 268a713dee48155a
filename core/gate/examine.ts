import { policyOf } from '../model/lookup.ts'
import type { Design, Packs, Policy } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import { askModel } from './ask-model.ts'
import { askRequirements } from './ask-requirements.ts'
import { askSettings } from './ask-settings.ts'
import { askThreats } from './ask-threats.ts'
import { type Asked, GATE_RULES } from './gate-rules.ts'
import { ProblemList } from './problem-list.ts'
import { type Scope, wholeScope } from './scope.ts'
import { waiverFor, waiversOf } from './waivers.ts'

/** What the gate's rules found, counted; a problem is put into words when somebody reads it. */
export type Examination = {
  readonly open: boolean
  readonly problems: ProblemList
  readonly warnings: ProblemList
  /** Ids of the waivers without which there would be more problems. */
  readonly waived: readonly string[]
  /** Codes of the rules that examined something and found nothing. */
  readonly passed: readonly string[]
}

/** The whole design, without any work item. */
export const examineDesign = memoLast(
  (design: Design, rules: Packs['rules'], controls: Packs['controls'], at: string): Examination =>
    examine(wholeScope(design, { rules, controls }, at)),
)

/** Asks every rule, and what else is found `ofWork`, of a scope. */
export function examine(scope: Scope, ofWork: readonly Asked[] = []): Examination {
  const policy = policyOf(scope.design)
  const asked = [askModel(scope), askRequirements(scope), askThreats(scope), ofWork, askSettings(scope)].flat()
  const { standing, waived } = waive(asked, policy, scope.at)
  const does = new Map<string, ReturnType<typeof doesOf>>()
  for (const { code } of asked) if (!does.has(code)) does.set(code, doesOf(code, policy))
  const [problems, warnings]: [Asked[], Asked[]] = [[], []]
  for (const one of standing) {
    const done = does.get(one.code)
    if (done === 'block') problems.push(one)
    else if (done === 'warn') warnings.push(one)
  }
  return {
    open: problems.length === 0,
    problems: new ProblemList(problems, 'error'),
    warnings: new ProblemList(warnings, 'warning'),
    waived,
    passed: Object.keys(GATE_RULES).filter(code => appliesTo(code, scope) && !does.has(code) && doesOf(code, policy) !== 'off'),
  }
}

function appliesTo(code: string, scope: Scope): boolean {
  if (code === 'gate.design.empty') return scope.work === undefined
  return scope.work !== undefined || !/^gate\.(?:slice|workItem|policy\.refuses)/.test(code)
}

function doesOf(code: string, policy: Policy): 'block' | 'warn' | 'off' {
  const rule = GATE_RULES[code]
  if (!rule) throw new Error(`examine: ${code} is not in the table of gate rules`)
  return rule.isLocked ? rule.does : (policy.gate?.[code] ?? rule.does)
}

function waive(asked: readonly Asked[], policy: Policy, at: string) {
  const waivers = waiversOf(policy)
  if (waivers.length === 0) return { standing: asked, waived: [] }
  const used = new Set<string>()
  const standing = asked.filter(one => {
    if (GATE_RULES[one.code]?.isLocked !== false) return true
    const found = waiverFor(waivers, policy, { rule: one.code, scopes: [one.at], at })
    if (found) used.add(found.id)
    return found === undefined
  })
  return { standing, waived: [...used].sort(byText) }
}
