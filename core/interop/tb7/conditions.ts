import type { Condition, Ternary } from '../../model/types.ts'
import { type Atom, conjunctsOf, type Formula } from './formula.ts'
import { answerOf, knownFor } from './known.ts'
import { ROOT } from './palette.ts'

/** Members of a generic kind, for a condition that must tell kinds apart by stencil. */
export type Members = (kind: string) => readonly string[]

/** The conditions that must all hold for the formula to hold. */
export function conditionsOf(formula: Formula, members: Members): readonly Condition[] {
  return conjunctsOf(formula).flatMap(part => {
    const condition = conditionOf(part, members)
    return condition ? [condition] : []
  })
}

function conditionOf(formula: Formula, members: Members): Condition | undefined {
  if (formula.is === 'atom') return anyOf(alternativesOf(formula.atom, members))
  if (formula.is === 'not') {
    const part = conditionOf(formula.part, members)
    return part && opposite(part)
  }
  if (formula.is === 'all') return allOf(conditionsOf(formula, members))
  if (formula.parts.length === 0) return IMPOSSIBLE
  return anyOf(
    merged(formula.parts).flatMap(part => {
      if (part.is === 'atom') return alternativesOf(part.atom, members)
      const condition = conditionOf(part, members)
      return condition ? [condition] : []
    }),
  )
}

/** Nothing is ever drawn with the root of all stencils. */
const IMPOSSIBLE: Condition = { of: 'source', property: { type: [ROOT] } }

const EVERY_KIND = ['network', 'process', 'machine', 'organisation', 'privilege', 'unknown'] as const

/** Conditions of which one holds when the atom does. `unknown` is what a design states that was drawn elsewhere. */
function alternativesOf(asked: Atom, members: Members): readonly Condition[] {
  switch (asked.asks) {
    case 'kind':
      return [{ of: asked.of, property: { type: members(asked.kind) } }]
    case 'stencil':
      return [{ of: asked.of, property: { type: asked.ids } }]
    case 'words': {
      const elsewhere = { of: asked.of, property: { type: ['unknown'] } }
      return [asked.of === 'flow' ? { ...elsewhere, protocol: asked.words } : { ...elsewhere, technology: asked.words }]
    }
    case 'property':
      return propertyOf(asked)
    case 'crossing':
      return [{ boundaryKind: EVERY_KIND }]
    case 'boundary':
      return [{ boundaryName: asked.names }, ...(asked.isMachine ? [{ boundaryKind: ['machine'] } as const] : [])]
  }
}

/** The property where it is stated; else our own word for it; and what nobody has touched or stated counts as its first value. */
function propertyOf({ of, title, values, initial }: Atom & { asks: 'property' }): readonly Condition[] {
  const known = knownFor(of, title)
  const answers = values.flatMap(value => answerOf(value) ?? [])
  const isInitial = initial !== undefined && values.includes(initial)
  const unstated: Condition = { of, property: { [title]: ['unknown'] } }
  const elsewhere: Condition = { of, property: { type: ['unknown'], [title]: ['unknown'] } }
  const unknown: readonly Ternary[] = ['unknown']
  return [
    { of, property: { [title]: values } },
    ...(known && answers.length > 0 ? [{ ...unstated, ...known([...new Set(answers)]) }] : []),
    ...(isInitial ? [{ ...elsewhere, ...known?.(unknown) }] : []),
  ]
}

/** Alternatives that ask the same of the same thing become one that takes either answer. */
function merged(parts: readonly Formula[]): readonly Formula[] {
  const byQuestion = new Map<string, Formula>()
  for (const part of parts) {
    const question = part.is === 'atom' ? questionOf(part.atom) : part.key
    const known = byQuestion.get(question)
    byQuestion.set(question, known?.is === 'atom' && part.is === 'atom' ? either(known, part.atom) : part)
  }
  return [...byQuestion.values()]
}

function questionOf(asked: Atom): string {
  if (asked.asks === 'stencil' || asked.asks === 'words') return `${asked.asks} ${asked.of}`
  return asked.asks === 'property' ? `property ${asked.of} ${asked.title}` : JSON.stringify(asked)
}

function either(known: Formula & { is: 'atom' }, other: Atom): Formula {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  const { atom } = known
  if (atom.asks === 'stencil' && other.asks === 'stencil') return { ...known, atom: { ...atom, ids: union(atom.ids, other.ids) } }
  if (atom.asks === 'words' && other.asks === 'words')
    return { ...known, atom: { ...atom, words: union(atom.words, other.words) } }
  if (atom.asks === 'property' && other.asks === 'property')
    return { ...known, atom: { ...atom, values: union(atom.values, other.values) } }
  return known
}

function anyOf(alternatives: readonly Condition[]): Condition | undefined {
  return alternatives.length < 2 ? alternatives[0] : { any: alternatives }
}

/** There is no matcher for "all of these": one condition carries the others as its only alternative, or none may fail. */
function allOf(conditions: readonly Condition[]): Condition | undefined {
  const [only, ...others] = conditions
  if (!only || others.length === 0) return only
  const head = conditions.find(({ any }) => any === undefined)
  if (!head || conditions.length > MOST_NESTED) return { not: { any: conditions.map(opposite) } }
  const rest = allOf(conditions.filter(condition => condition !== head))
  if (!rest) return head
  return { ...head, any: rest.any && isOnly(rest, 'any') ? rest.any : [rest] }
}

function opposite(condition: Condition): Condition {
  return condition.not && isOnly(condition, 'not') ? condition.not : { not: condition }
}

function isOnly(condition: Condition, key: keyof Condition): boolean {
  return Object.keys(condition).every(name => name === key)
}

/** Files are read to a limited depth. */
const MOST_NESTED = 3
