import { byText } from '../../support/order.ts'
import type { Part } from './filter.ts'
import type { Kind } from './palette.ts'

/** What a filter asks, one thing each, in words that conditions have. */
export type Atom =
  /** The element is of this kind. */
  | { readonly asks: 'kind'; readonly of: 'source' | 'target'; readonly kind: Kind }
  /** It was drawn with one of these stencils; all of them are drawn as one of these kinds. */
  | { readonly asks: 'stencil'; readonly of: Part; readonly ids: readonly string[]; readonly kinds?: readonly Kind[] }
  /** It was drawn elsewhere, and its technology or protocol holds one of these words. */
  | { readonly asks: 'words'; readonly of: Part; readonly words: readonly string[]; readonly kinds?: readonly Kind[] }
  | {
      readonly asks: 'property'
      readonly of: Part
      readonly title: string
      readonly values: readonly string[]
      readonly initial: string | undefined
    }
  | { readonly asks: 'crossing' }
  | { readonly asks: 'boundary'; readonly names: readonly string[]; readonly isMachine: boolean }

/** A filter after translation. An `all` of nothing always holds, a `some` of nothing never does. */
export type Formula = { readonly key: string } & (
  | { readonly is: 'atom'; readonly atom: Atom }
  | { readonly is: 'not'; readonly part: Formula }
  | { readonly is: 'all' | 'some'; readonly parts: readonly Formula[] }
)

export const ALWAYS: Formula = { is: 'all', parts: [], key: 'all()' }
export const NEVER: Formula = { is: 'some', parts: [], key: 'some()' }

/** Atoms with the same name must ask the same; a family of stencils is named by its root, since it may be long. */
export function atom(asked: Atom, name = JSON.stringify(asked)): Formula {
  return { is: 'atom', atom: asked, key: name }
}

export function not(part: Formula): Formula {
  if (part.is === 'not') return part.part
  if (part.key === ALWAYS.key) return NEVER
  return part.key === NEVER.key ? ALWAYS : { is: 'not', part, key: `not(${part.key})` }
}

/** Holds when all parts do; said as shortly as can be seen at a glance. */
export function all(parts: readonly Formula[]): Formula {
  return joined('all', parts)
}

/** Holds when one part does. */
export function some(parts: readonly Formula[]): Formula {
  return joined('some', parts)
}

function joined(is: 'all' | 'some', parts: readonly Formula[]): Formula {
  const distinct = new Map<string, Formula>()
  for (const part of parts)
    for (const inner of part.is === is ? part.parts : [part]) if (!distinct.has(inner.key)) distinct.set(inner.key, inner)
  const ends = is === 'all' ? NEVER : ALWAYS
  if (distinct.has(ends.key) || [...distinct.values()].some(part => distinct.has(not(part).key))) return ends
  const [only, ...others] = distinct.values()
  if (only && others.length === 0) return only
  return { is, parts: [...distinct.values()], key: `${is}(${[...distinct.keys()].sort(byText).join(',')})` }
}

/** The formula with every atom replaced, and what becomes of that. */
export function replaced(formula: Formula, by: (asked: Atom) => Formula | undefined): Formula {
  if (formula.is === 'atom') return by(formula.atom) ?? formula
  if (formula.is === 'not') return not(replaced(formula.part, by))
  return joined(
    formula.is,
    formula.parts.map(part => replaced(part, by)),
  )
}

/** Every atom of a formula, in its order. */
export function atomsOf(formula: Formula): readonly Atom[] {
  if (formula.is === 'atom') return [formula.atom]
  return formula.is === 'not' ? atomsOf(formula.part) : formula.parts.flatMap(atomsOf)
}

/** The parts that must all hold. */
export function conjunctsOf(formula: Formula): readonly Formula[] {
  return formula.is === 'all' ? formula.parts : [formula]
}
