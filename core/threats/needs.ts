import type { AttributeName, Condition, Element, Flow, Rule } from '../model/types.ts'
import type { Side } from './condition.ts'
import { learn, longestWord, wordsOf } from './lexicon.ts'
import { sideOf } from './rule-faults.ts'

/**
 * What must at least be stated before a rule is worth asking. Most rules wait for an attribute or a technology that most objects
 * never state; so each object is summed up once, as bits, and a rule is asked only where no bit it needs is missing. A bit may
 * stand for two names: then a rule is asked in vain, never missed.
 */
export type Need = {
  readonly source: number
  readonly target: number
  readonly element: number
  readonly flow: number
  /** Phrases of which one must stand in the technology of this side, or in the protocol of the flow. */
  readonly phrases?: { readonly side: Side; readonly ids: ReadonlySet<number> }
}

/** Alternatives, one of which must be met; undefined when the rule must always be asked. */
export type Needs = readonly Need[] | undefined

/** Of each phrase that some rule looks for its longest word: a text without it does not hold the phrase. */
export type TellingWords = { readonly technology: ReadonlySet<string>; readonly protocol: ReadonlySet<string> }

/** The needs of a rule; its conditions are known to be well formed. */
export function needsOf(rule: Rule): Needs {
  const alternatives = (rule.when ?? []).reduce<readonly Need[]>(
    (needs, condition) => combined(needs, needOf(condition, { side: sideOf(rule, condition) ?? 'element', on: rule.on })),
    [NOTHING],
  )
  return alternatives.some(isNothing) ? undefined : alternatives
}

export function tellingWordsOf(rules: readonly Rule[]): TellingWords {
  const words = { technology: new Set<string>(), protocol: new Set<string>() }
  const collect = (condition: Condition): void => {
    for (const name of ['technology', 'protocol'] as const)
      for (const phrase of condition[name] ?? []) words[name].add(longestWord(wordsOf(phrase)))
    for (const inner of condition.any ?? []) collect(inner)
    if (condition.not) collect(condition.not)
  }
  for (const rule of rules) for (const condition of rule.when ?? []) collect(condition)
  return words
}

/** What an element states, as bits; `hasWords` when its technology may hold a phrase that some rule looks for. */
export function bitsOfElement(element: Element, hasWords: boolean): number {
  let bits = 0
  const { attributes, codeClasses } = element
  if (attributes) for (const name in attributes) if (attributes[name as AttributeName] !== 'unknown') bits |= bitOf(name)
  if (codeClasses) for (const name in codeClasses) bits |= bitOf(name) | CODE
  if (hasWords) bits |= WORDS
  return element.data ? bits | DATA | PERSONAL : bits
}

/** What a flow states, as bits; `hasWords` likewise for its protocol. */
export function bitsOfFlow(flow: Flow, hasWords: boolean): number {
  let bits = 0
  for (const name of STATED) if ((flow[name] ?? 'unknown') !== 'unknown') bits |= bitOf(name)
  if (hasWords) bits |= WORDS
  return flow.data ? bits | DATA | PERSONAL : bits
}

/** Whether something that states these bits has what one of the alternatives needs. */
export function isMet(needs: Needs, stated: Need): boolean {
  if (needs === undefined) return true
  for (const need of needs)
    if (
      (need.source & ~stated.source) === 0 &&
      (need.target & ~stated.target) === 0 &&
      (need.element & ~stated.element) === 0 &&
      (need.flow & ~stated.flow) === 0
    )
      return true
  return false
}

const NOTHING: Need = { source: 0, target: 0, element: 0, flow: 0 }
const STATED = ['encryption', 'authentication', 'publicNetwork'] as const
/** A technology or protocol that some rule may look for. */
const WORDS = 1 << 28
/** Some data is linked. */
const DATA = 1 << 29
/** Some data is linked, and it may be personal. */
export const PERSONAL = 1 << 27
/** More alternatives than this are not worth telling apart. */
const MANY = 16

function isNothing({ source, target, element, flow }: Need): boolean {
  return (source | target | element | flow) === 0
}

type Reading = { readonly side: Side; readonly on: Rule['on'] }

function needOf(condition: Condition, { side, on }: Reading): readonly Need[] {
  const own = side === 'flow' ? 0 : elementBits(condition)
  const data = dataBits(condition)
  const base: Need = {
    source: side === 'source' ? own : 0,
    target: side === 'target' ? own : 0,
    element: (side === 'element' ? own : 0) | (on === 'element' ? data : 0),
    flow: flowBits(condition) | (on === 'interaction' ? data : 0),
    ...phrasesNeeded(condition, side),
  }
  if (!condition.any) return [base]
  return combined(
    [base],
    condition.any.flatMap(inner => needOf(inner, { side: inner.of ?? side, on })),
  )
}

function phrasesNeeded({ technology, protocol }: Condition, side: Side): Pick<Need, 'phrases'> {
  if (technology && side !== 'flow') return { phrases: { side, ids: learn(technology) } }
  return protocol ? { phrases: { side: 'flow', ids: learn(protocol) } } : {}
}

function elementBits({ attribute, technology, codeClass }: Condition): number {
  let bits = technology ? WORDS : 0
  for (const [name, wanted] of Object.entries(attribute ?? {})) if (isStated(wanted)) bits |= bitOf(name)
  const [only, ...others] = codeClass ?? []
  return only !== undefined && others.length === 0 ? bits | bitOf(only) : bits | (only === undefined ? 0 : CODE)
}

/** Of several code classes any will do, so no single bit is needed; every class sets this one too. */
const CODE = 1 << 30

function flowBits(condition: Condition): number {
  let bits = condition.protocol ? WORDS : 0
  for (const name of STATED) if (condition[name] && isStated(condition[name])) bits |= bitOf(name)
  return bits
}

function dataBits({ dataClassAtLeast, personalData }: Condition): number {
  return (dataClassAtLeast === undefined ? 0 : DATA) | (personalData && isStated(personalData) ? PERSONAL : 0)
}

function isStated(wanted: readonly string[]): boolean {
  return !wanted.includes('unknown')
}

/** All of the one with all of the other. */
function combined(a: readonly Need[], b: readonly Need[]): readonly Need[] {
  if (a.length * b.length > MANY) return a
  return a.flatMap(
    one =>
      b.map(other => ({
        source: one.source | other.source,
        target: one.target | other.target,
        element: one.element | other.element,
        flow: one.flow | other.flow,
        ...((one.phrases ?? other.phrases) ? { phrases: one.phrases ?? other.phrases } : {}),
      })) as readonly Need[],
  )
}

/** One of 27 bits for a name. */
function bitOf(name: string): number {
  const known = bits.get(name)
  if (known !== undefined) return known
  let sum = 0
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) >>> 0
  const bit = 1 << (sum % 27)
  bits.set(name, bit)
  return bit
}

const bits = new Map<string, number>()
