import { interactionsOf } from '../dfd/interactions.ts'
import { rowsOf } from '../model/lookup.ts'
import type { Design, Element, Flow } from '../model/types.ts'
import { by, byText } from '../support/order.ts'
import { hasUnresolvedBoundary } from './attention.ts'
import type { RuleIndex } from './compile.ts'
import { evaluateElement, evaluateInteraction } from './evaluate.ts'
import type { Finding } from './finding.ts'

/** What the rules find now, by id. Interactions and elements that look as they did last time are not asked again. */
export function liveFindings(design: Design, index: RuleIndex): readonly Finding[] {
  const known = reusable(design, index)
  const entries = new Map<string, Entry>()
  const fresh: Finding[] = []
  for (const { key, seen, find } of questionsOn(design, index)) {
    const before = known.get(key)
    const entry = before && isSame(before.seen, seen) ? before : { seen, findings: find() }
    if (entry !== before) fresh.push(...entry.findings)
    entries.set(key, entry)
  }
  const findings = merge(kept(known, entries), fresh.sort(by(finding => finding.id)))
  last = { index, boundaries: design.boundaries, data: design.data, entries, findings }
  return findings
}

/** What the rules were shown, and what they found. */
type Entry = { readonly seen: readonly unknown[]; readonly findings: readonly Finding[] }
type Entries = ReadonlyMap<string, Entry>

/** The last run: a memo, so that one edit costs what it touched. */
let last:
  | {
      readonly index: RuleIndex
      readonly boundaries: Design['boundaries']
      readonly data: Design['data']
      readonly entries: Entries
      readonly findings: readonly Finding[]
    }
  | undefined

function reusable(design: Design, index: RuleIndex): Entries {
  const isUsable = last && last.index === index && last.boundaries === design.boundaries && last.data === design.data
  if (!isUsable) last = undefined
  return last?.entries ?? new Map()
}

type Question = { readonly key: string; readonly seen: readonly unknown[]; readonly find: () => readonly Finding[] }

function* questionsOn(design: Design, index: RuleIndex): Generator<Question> {
  const unresolved = hasUnresolvedBoundary(design.boundaries)
  const crossedAt = new Map<string, Set<string>>()
  for (const interaction of interactionsOf(design)) {
    const { flow, source, target, direction, crossed } = interaction
    yield {
      key: `${flow} ${direction}`,
      seen: [design.flows[flow], design.elements[source], design.elements[target]] satisfies (Flow | Element | undefined)[],
      find: () => evaluateInteraction(design, interaction, index, unresolved),
    }
    if (crossed.length > 0 && index.byElementKind.size > 0) for (const end of [source, target]) addAll(crossedAt, end, crossed)
  }
  if (index.byElementKind.size === 0) return
  for (const element of rowsOf(design.elements)) {
    const crossed = [...(crossedAt.get(element.id) ?? [])].sort(byText)
    yield { key: element.id, seen: [element, ...crossed], find: () => evaluateElement(design, element, index, crossed) }
  }
}

function addAll(sets: Map<string, Set<string>>, key: string, values: readonly string[]): void {
  const set = sets.get(key) ?? new Set()
  for (const value of values) set.add(value)
  sets.set(key, set)
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

function kept(known: Entries, entries: Entries): readonly Finding[] {
  const dropped = new Set<Finding>()
  for (const [key, entry] of known) if (entries.get(key) !== entry) for (const finding of entry.findings) dropped.add(finding)
  const findings = last?.findings ?? []
  return dropped.size > 0 ? findings.filter(finding => !dropped.has(finding)) : findings
}

/** Two lists ordered by id as one. */
function merge(a: readonly Finding[], b: readonly Finding[]): readonly Finding[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: Finding[] = []
  let next = 0
  for (const finding of a) {
    for (let other = b[next]; other && other.id < finding.id; other = b[++next]) merged.push(other)
    merged.push(finding)
  }
  return [...merged, ...b.slice(next)]
}
