import type { AttributeName, Condition, Element, Rule } from '../model/types.ts'
import { type Side, wordsOf } from './condition.ts'
import { sideOf } from './rule-faults.ts'

/**
 * What must at least be stated before a rule is worth asking. Most rules wait for an attribute or a technology that most elements
 * never state; so each element is summed up once, as bits, and a rule is asked only where no bit it needs is missing. A bit may
 * stand for two attributes: then a rule is asked in vain, never missed.
 */
export type Need = { readonly source: number; readonly target: number; readonly element: number }

/** Alternatives, one of which must be met; undefined when the rule must always be asked. */
export type Needs = readonly Need[] | undefined

/** The needs of a rule; its conditions are known to be well formed. */
export function needsOf(rule: Rule): Needs {
  const alternatives = (rule.when ?? []).reduce<readonly Need[]>(
    (needs, condition) => combined(needs, needOf(condition, sideOf(rule, condition) ?? 'element')),
    [NOTHING],
  )
  return alternatives.some(isNothing) ? undefined : alternatives
}

/** The words that a technology condition of these rules may start with. */
export function firstWordsOf(rules: readonly Rule[]): ReadonlySet<string> {
  const words = new Set<string>()
  const collect = (condition: Condition): void => {
    for (const phrase of condition.technology ?? []) words.add(wordsOf(phrase).split(' ', 1)[0] ?? '')
    for (const inner of condition.any ?? []) collect(inner)
    if (condition.not) collect(condition.not)
  }
  for (const rule of rules) for (const condition of rule.when ?? []) collect(condition)
  return words
}

/** What an element states, as bits. */
export function statedBits(element: Element, firstWords: ReadonlySet<string>): number {
  let bits = 0
  const { attributes } = element
  if (attributes) for (const name in attributes) if (attributes[name as AttributeName] !== 'unknown') bits |= bitOf(name)
  const text = element.technology ?? element.name
  if (
    firstWords.size > 0 &&
    wordsOf(text)
      .split(' ')
      .some(word => firstWords.has(word))
  )
    bits |= TECHNOLOGY
  return bits
}

export function isMet(needs: Needs, source: number, target: number, element: number): boolean {
  if (needs === undefined) return true
  for (const need of needs)
    if ((need.source & ~source) === 0 && (need.target & ~target) === 0 && (need.element & ~element) === 0) return true
  return false
}

const NOTHING: Need = { source: 0, target: 0, element: 0 }
const TECHNOLOGY = 1 << 30
/** More alternatives than this are not worth telling apart. */
const MANY = 16

function isNothing({ source, target, element }: Need): boolean {
  return source === 0 && target === 0 && element === 0
}

function needOf(condition: Condition, side: Side): readonly Need[] {
  const own = side === 'flow' ? 0 : ownBits(condition)
  const base: Need = side === 'flow' ? NOTHING : { ...NOTHING, [side]: own }
  if (!condition.any) return [base]
  return combined(
    [base],
    condition.any.flatMap(inner => needOf(inner, inner.of ?? side)),
  )
}

function ownBits({ attribute, technology }: Condition): number {
  let bits = technology ? TECHNOLOGY : 0
  for (const [name, wanted] of Object.entries(attribute ?? {}))
    if (!(wanted as readonly string[]).includes('unknown')) bits |= bitOf(name)
  return bits
}

/** All of the one with all of the other. */
function combined(a: readonly Need[], b: readonly Need[]): readonly Need[] {
  if (a.length * b.length > MANY) return a
  return a.flatMap(one =>
    b.map(other => ({
      source: one.source | other.source,
      target: one.target | other.target,
      element: one.element | other.element,
    })),
  )
}

/** One of thirty bits for a name. */
function bitOf(name: string): number {
  const known = bits.get(name)
  if (known !== undefined) return known
  let sum = 0
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) >>> 0
  const bit = 1 << (sum % 30)
  bits.set(name, bit)
  return bit
}

const bits = new Map<string, number>()
