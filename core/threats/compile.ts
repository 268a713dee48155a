import type { Category, Element, Rule, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { by } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { type Bucket, bucketOf } from './bucket.ts'
import { compileCondition, type Probe } from './condition.ts'
import { type Needs, needsOf } from './needs.ts'
import { faultsOf, sideOf } from './rule-faults.ts'

/** A rule made ready to run. */
export type CompiledRule = {
  readonly rule: Rule
  readonly pack: string
  readonly when: readonly Probe[]
  /** What must be stated before asking is worth it. */
  readonly needs: Needs
  readonly unless: readonly { readonly control: string; readonly probes: readonly Probe[] }[]
}

/** All rules of all packs, findable by what they look at. */
export type RuleIndex = {
  /** In pack order, as compiled; broken ones are left out. */
  readonly rules: readonly CompiledRule[]
  readonly byId: ReadonlyMap<string, CompiledRule>
  /** Rules for an interaction between such ends, in pack order. */
  readonly between: (source: Kind, target: Kind, crossing: boolean) => Bucket
  /** Rules on an element of a kind, by whether one of its flows crosses a boundary. */
  readonly onElement: (kind: Kind, crossing: boolean) => Bucket
  readonly hasElementRules: boolean
  /** Whether some rule on elements asks for a crossing at all. */
  readonly elementsCross: boolean
  /** Ids of rules that were refused, so that no answer says "not loaded" of them. */
  readonly broken: ReadonlySet<string>
  readonly problems: readonly Problem[]
}

export type Kind = Element['kind']

/** The index of these packs; the same packs in any order give the same index. */
export function indexOf(packs: readonly RulePack[]): RuleIndex {
  return indexOfPacks(...[...new Set(packs)].sort(by(pack => `${pack.id} ${pack.version}`)))
}

const KINDS: readonly Kind[] = ['process', 'dataStore', 'externalEntity']

const indexOfPacks = memoLast((...packs: readonly RulePack[]): RuleIndex => {
  const byId = new Map<string, CompiledRule>()
  const broken = new Set<string>()
  const problems: Problem[] = []
  for (const pack of packs) {
    for (const rule of rulesIn(pack, problems)) {
      const faults = byId.has(rule.id) ? ['Another rule has the same id.'] : vouched.has(pack) ? [] : faultsOf(rule)
      if (faults.length === 0) byId.set(rule.id, compileRule(rule, pack))
      else {
        if (!byId.has(rule.id)) broken.add(rule.id)
        problems.push(...faults.map(fault => brokenRule(pack, rule, fault)))
      }
    }
  }
  const rules = [...byId.values()]
  return {
    rules,
    byId,
    broken,
    problems,
    between: lookupOf(rules),
    ...elementRulesOf(rules),
  }
})

const vouched = new WeakSet<RulePack>()

/** Says that the rules of a pack were examined already, so that they are not at every start; the tests examine those that ship. */
export function vouchFor(packs: readonly RulePack[]): readonly RulePack[] {
  for (const pack of packs) vouched.add(pack)
  return packs
}

function rulesIn(pack: RulePack, problems: Problem[]): readonly Rule[] {
  const rules: unknown = pack.rules
  if (Array.isArray(rules) && rules.every(rule => typeof rule === 'object' && rule !== null && typeof rule.id === 'string'))
    return pack.rules
  problems.push({
    code: 'pack.malformed',
    severity: 'error',
    at: pack.id,
    message: `The rule pack ${pack.id} holds no list of rules with ids; none of it is used.`,
    cure: 'Correct the pack, or take it away.',
  })
  return []
}

function brokenRule(pack: RulePack, rule: Rule, fault: string): Problem {
  return {
    code: 'rule.broken',
    severity: 'error',
    at: `${pack.id}/${rule.id}`,
    message: `Rule ${rule.id} of pack ${pack.id} is broken and finds nothing. ${fault}`,
    cure: 'Correct the rule in its pack.',
  }
}

function compileRule(rule: Rule, pack: RulePack): CompiledRule {
  return {
    rule,
    pack: pack.id,
    needs: needsOf(rule),
    when: (rule.when ?? []).flatMap(condition => compileCondition(condition, sideOf(rule, condition) ?? 'element')),
    unless: (rule.unless ?? []).map(({ condition, control }) => ({
      control,
      probes: compileCondition(condition, sideOf(rule, condition) ?? 'element'),
    })),
  }
}

/** Sorted out when first asked for, since a drawing knows few kinds of ends. Of two ends one is a process: data does not move itself. */
function lookupOf(rules: readonly CompiledRule[]): RuleIndex['between'] {
  const known: Bucket[] = []
  return (from, to, isCrossing) => {
    const key = (NUMBER[from] * 3 + NUMBER[to]) * 2 + (isCrossing ? 1 : 0)
    const found = known[key]
    if (found) return found
    const matching = rules.filter(({ rule: { on, source, target, crossing } }) => {
      if (on !== 'interaction' || (from !== 'process' && to !== 'process')) return false
      return (isCrossing || crossing !== 'only') && (source ?? KINDS).includes(from) && (target ?? KINDS).includes(to)
    })
    const bucket = bucketOf(matching)
    known[key] = bucket
    return bucket
  }
}

const NUMBER: { readonly [kind in Kind]: number } = { process: 0, dataStore: 1, externalEntity: 2 }

function elementRulesOf(rules: readonly CompiledRule[]): Pick<RuleIndex, 'onElement' | 'hasElementRules' | 'elementsCross'> {
  const own = rules.filter(({ rule }) => rule.on === 'element')
  const known: Bucket[] = []
  return {
    hasElementRules: own.length > 0,
    elementsCross: own.some(({ rule }) => rule.crossing === 'only'),
    onElement: (kind, isCrossing) => {
      const key = NUMBER[kind] * 2 + (isCrossing ? 1 : 0)
      const found = known[key]
      if (found) return found
      const fitting = own.filter(({ rule }) => (isCrossing || rule.crossing !== 'only') && (rule.element ?? KINDS).includes(kind))
      const bucket = bucketOf(fitting)
      known[key] = bucket
      return bucket
    },
  }
}

/** Whether a rule speaks of this category. */
export function speaksOf({ rule }: CompiledRule, category: Category): boolean {
  return rule.categories.includes(category)
}
