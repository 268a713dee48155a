import { interactionsOf } from '../dfd/interactions.ts'
import type { Design, Rule, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { indexFor } from '../threats/active.ts'
import type { RuleIndex } from '../threats/compile.ts'
import type { AnyCategory } from './categories.ts'

/** How many rules were held against an object for a category. */
export type RulesAsked = (id: string, category: AnyCategory) => number

/**
 * Tells "nothing found" from "no rule speaks of it": counts the rules that speak of a category, accept the kinds of
 * things drawn here, and would threaten this very object. Whether a boundary is crossed or an attribute stated is what
 * such a rule then looks at, so it counts as asked.
 */
export function rulesAsked(design: Design, packs: readonly RulePack[]): RulesAsked {
  const { rules } = indexFor(design, packs)
  return askedOf(design.elements, design.flows, design.boundaries, rules)
}

const askedOf = memoLast(
  (
    elements: Design['elements'],
    flows: Design['flows'],
    boundaries: Design['boundaries'],
    rules: RuleIndex['rules'],
  ): RulesAsked => {
    const design = { elements, flows, boundaries } as Design
    const shapes = shapesAt(design)
    const counted = new Map<string, ReadonlyMap<AnyCategory, number>>()
    return (id, category) => {
      const element = elements[id]
      const own = [...(shapes.get(id) ?? []), ...(element ? [`element ${element.kind}`] : [])].sort()
      const key = own.join(', ')
      const counts = counted.get(key) ?? count(rules.filter(({ rule }) => own.some(shape => asks(rule, shape))))
      counted.set(key, counts)
      return counts.get(category) ?? 0
    }
  },
)

/** For each object, the shapes of what it takes part in: its role, the kinds of source and target. */
function shapesAt(design: Design): ReadonlyMap<string, ReadonlySet<string>> {
  const shapes = new Map<string, Set<string>>()
  const add = (id: string, shape: string) => {
    const known = shapes.get(id)
    if (known) known.add(shape)
    else shapes.set(id, new Set([shape]))
  }
  for (const { flow, source, target } of interactionsOf(design)) {
    const [from, to] = [design.elements[source]?.kind, design.elements[target]?.kind]
    // Data does not move itself: no rule is asked of a flow between two others.
    if (from !== 'process' && to !== 'process') continue
    add(source, `source ${from} ${to}`)
    add(target, `target ${from} ${to}`)
    add(flow, `flow ${from} ${to}`)
  }
  return shapes
}

function asks(rule: Rule, shape: string): boolean {
  const [role, from, to] = shape.split(' ')
  if (rule.subject !== role) return false
  const accepts = (kinds: readonly string[] | undefined, kind: string | undefined) => kinds?.includes(kind ?? '') ?? true
  if (role === 'element') return rule.on === 'element' && accepts(rule.element, from)
  return rule.on === 'interaction' && accepts(rule.source, from) && accepts(rule.target, to)
}

function count(rules: readonly { readonly rule: Rule }[]): ReadonlyMap<AnyCategory, number> {
  const counts = new Map<AnyCategory, number>()
  for (const { rule } of rules)
    for (const category of new Set<AnyCategory>([...rule.categories, ...(rule.privacy ?? [])]))
      counts.set(category, (counts.get(category) ?? 0) + 1)
  return counts
}
