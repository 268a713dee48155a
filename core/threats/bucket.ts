import type { Binding } from './binding.ts'
import type { CompiledRule } from './compile.ts'
import { holdAll, type Side } from './condition.ts'

/**
 * Rules for one kind of place, laid out for asking thousands of places: what each waits for stands in one flat list of numbers, and
 * those that wait for a word are found by that word. So a place which states nothing of it is done in one short loop, and all such
 * places share one list of rules.
 */
export type Bucket = {
  /** All of them, in pack order. */
  readonly rules: readonly CompiledRule[]
  /** Places in `rules` of those that wait for nothing, and of those among them that have conditions all the same. */
  readonly always: readonly number[]
  readonly checked: readonly number[]
  readonly alwaysRules: readonly CompiledRule[]
  /** Source, target, element, flow, place in `rules`; one line for each alternative. */
  readonly lines: Int32Array
  /** Lines that wait for no word, as places in `lines`. */
  readonly plain: Int32Array
  /** Lines that wait for a word, by side and number of the phrase. */
  readonly byPhrase: { readonly [side in Side]: ReadonlyMap<number, readonly number[]> }
}

/** What the objects of a place state; one record for all places, since it is read at once. */
export type Stated = {
  source: number
  target: number
  element: number
  flow: number
  readonly phrases: { [side in Side]: readonly number[] }
}

const LINE = 5
const SIDES: readonly Side[] = ['source', 'target', 'element', 'flow']

export function bucketOf(rules: readonly CompiledRule[]): Bucket {
  const always = rules.flatMap(({ needs }, i) => (needs === undefined ? [i] : []))
  const lines: number[] = []
  const plain: number[] = []
  const byPhrase = { source: new Map(), target: new Map(), element: new Map(), flow: new Map() } as Record<
    Side,
    Map<number, number[]>
  >
  for (const [i, rule] of rules.entries())
    for (const { source, target, element, flow, phrases } of rule.needs ?? []) {
      const line = lines.length
      lines.push(source, target, element, flow, i)
      if (phrases) for (const id of phrases.ids) add(byPhrase[phrases.side], id, line)
      else plain.push(line)
    }
  return {
    rules,
    always,
    checked: always.filter(i => (rules[i]?.when.length ?? 0) > 0),
    alwaysRules: always.map(i => rules[i] as CompiledRule),
    lines: Int32Array.from(lines),
    plain: Int32Array.from(plain),
    byPhrase,
  }
}

function add(lines: Map<number, number[]>, id: number, line: number): void {
  const known = lines.get(id)
  if (known) known.push(line)
  else lines.set(id, [line])
}

/** The rules that match a place, in pack order: of those that wait for nothing, and of the candidates. */
export function matchingAmong(bucket: Bucket, candidates: readonly number[], binding: Binding): readonly CompiledRule[] {
  const { rules, always, checked } = bucket
  const holds = (at: number) => holdAll((rules[at] as CompiledRule).when, binding)
  const found = candidates.filter(holds)
  const held = checked.length > 0 ? always.filter(holds) : always
  if (found.length === 0 && held.length === always.length) return bucket.alwaysRules
  return [...held, ...found].sort((a, b) => a - b).map(at => rules[at] as CompiledRule)
}

/** Places in `rules` of those of which some alternative is met by what is stated, each once; undefined when there is nothing to ask. */
export function candidatesIn(bucket: Bucket, stated: Stated): readonly number[] | undefined {
  const { lines, plain, byPhrase } = bucket
  let candidates: number[] | undefined
  for (let i = 0; i < plain.length; i++) candidates = considered(lines, plain[i] as number, stated, candidates)
  for (const side of SIDES) {
    const phrases = stated.phrases[side]
    for (let i = 0; i < phrases.length; i++)
      for (const line of byPhrase[side].get(phrases[i] as number) ?? NONE)
        candidates = considered(lines, line, stated, candidates)
  }
  return candidates ?? (bucket.checked.length > 0 ? NONE : undefined)
}

function considered(lines: Int32Array, line: number, stated: Stated, candidates: number[] | undefined): number[] | undefined {
  const missing =
    ((lines[line] as number) & ~stated.source) |
    ((lines[line + 1] as number) & ~stated.target) |
    ((lines[line + 2] as number) & ~stated.element) |
    ((lines[line + 3] as number) & ~stated.flow)
  if (missing !== 0) return candidates
  const rule = lines[line + LINE - 1] as number
  if (!candidates) return [rule]
  if (!candidates.includes(rule)) candidates.push(rule)
  return candidates
}

const NONE: readonly number[] = []
