import type { Binding } from './binding.ts'
import type { CompiledRule } from './compile.ts'
import { holdAll } from './condition.ts'

/**
 * Rules for one kind of place, laid out for asking thousands of places: what each waits for stands in one flat list of numbers, so
 * that a place which states nothing of it is done in one short loop, and all such places share one list of rules.
 */
export type Bucket = {
  /** All of them, in pack order. */
  readonly rules: readonly CompiledRule[]
  /** Places in `rules` of those that wait for nothing, and of those among them that have conditions all the same. */
  readonly always: readonly number[]
  readonly checked: readonly number[]
  readonly alwaysRules: readonly CompiledRule[]
  /** Source, target, element, flow, place in `rules`; one line for each alternative, in the order of the rules. */
  readonly needs: Int32Array
}

export function bucketOf(rules: readonly CompiledRule[]): Bucket {
  const always = rules.flatMap(({ needs }, i) => (needs === undefined ? [i] : []))
  const needs = rules.flatMap((rule, i) =>
    (rule.needs ?? []).flatMap(({ source, target, element, flow }) => [source, target, element, flow, i]),
  )
  return {
    rules,
    always,
    checked: always.filter(i => (rules[i]?.when.length ?? 0) > 0),
    alwaysRules: always.map(i => rules[i] as CompiledRule),
    needs: Int32Array.from(needs),
  }
}

/** What the objects of a place state; one record for all places, since it is read at once. */
export type Stated = { source: number; target: number; element: number; flow: number }

/** The rules that match a place, in pack order; it is bound only when there is something to ask. */
export function matching(bucket: Bucket, stated: Stated, bind: () => Binding): readonly CompiledRule[] {
  const candidates = candidatesIn(bucket, stated)
  if (!candidates && bucket.checked.length === 0) return bucket.alwaysRules
  const { rules, always, checked } = bucket
  const binding = bind()
  const holds = (at: number) => holdAll((rules[at] as CompiledRule).when, binding)
  const found = candidates?.filter(holds) ?? NONE
  const held = checked.length > 0 ? always.filter(holds) : always
  if (found.length === 0 && held.length === always.length) return bucket.alwaysRules
  return [...held, ...found].sort((a, b) => a - b).map(at => rules[at] as CompiledRule)
}

/** Rules of which some alternative is met by what is stated. */
function candidatesIn({ needs }: Bucket, stated: Stated): number[] | undefined {
  const noSource = ~stated.source
  const noTarget = ~stated.target
  const noElement = ~stated.element
  const noFlow = ~stated.flow
  let candidates: number[] | undefined
  let last = -1
  for (let i = 0; i < needs.length; i += 5) {
    const missing =
      ((needs[i] as number) & noSource) |
      ((needs[i + 1] as number) & noTarget) |
      ((needs[i + 2] as number) & noElement) |
      ((needs[i + 3] as number) & noFlow)
    const at = needs[i + 4] as number
    if (missing !== 0 || at === last) continue
    last = at
    if (candidates) candidates.push(at)
    else candidates = [at]
  }
  return candidates
}

const NONE: readonly number[] = []
