import { ALWAYS, type Atom, all, atom, atomsOf, conjunctsOf, type Formula, NEVER, replaced } from './formula.ts'
import type { Kind } from './palette.ts'

/** What of a filter a rule states by kinds and crossing, and what is left for its conditions. */
export type Reach = {
  readonly source?: readonly Kind[]
  readonly target?: readonly Kind[]
  readonly crossing: 'only' | 'any'
  readonly rest: Formula
  /** The kinds of ends it also means of which neither is a process; no design has such interactions. */
  readonly isWider: boolean
  /** It means only ends of which neither is a process. */
  readonly isOutside: boolean
  /** No two ends are what it asks for. */
  readonly isContradiction: boolean
  /** Kinds are left in the rest, where only objects drawn with stencils can tell them apart. */
  readonly isLoose: boolean
}

type Pair = { readonly source: Kind; readonly target: Kind }

const KINDS: readonly Kind[] = ['process', 'dataStore', 'externalEntity']
const PAIRS: readonly Pair[] = KINDS.flatMap(source => KINDS.map(target => ({ source, target })))
const hasProcess = ({ source, target }: Pair) => source === 'process' || target === 'process'

/** Splits a filter. Kinds become lists where one list for each end says it all; the rest is the same for all of them. */
export function reachOf(filter: Formula): Reach {
  const possible = PAIRS.filter(pair => replaced(filter, asked => ofKinds(asked, pair, true)).key !== NEVER.key)
  const inside = possible.filter(hasProcess)
  const isContradiction = possible.length === 0
  if (isContradiction) return { crossing: 'any', rest: NEVER, isContradiction, isWider: false, isOutside: false, isLoose: false }
  const isOutside = inside.length === 0
  const lists = listsFor(filter, isOutside ? possible : inside, isOutside)
  const rest = restOf(filter, lists)
  const isLoose = atomsOf(rest).some(({ asks }) => asks === 'kind')
  return { ...lists, ...withoutCrossing(rest), isContradiction, isWider: possible.length > inside.length, isOutside, isLoose }
}

/** What is known of an atom between ends of these kinds; stencils count as their kind, or as what a drawing may have. */
function ofKinds(asked: Atom, pair: Pair, withStencils: boolean): Formula | undefined {
  if (asked.asks === 'kind') return pair[asked.of] === asked.kind ? ALWAYS : NEVER
  if (!withStencils || (asked.asks !== 'stencil' && asked.asks !== 'words')) return undefined
  return asked.of === 'flow' || !asked.kinds || asked.kinds.includes(pair[asked.of]) ? undefined : NEVER
}

type Lists = { readonly source?: readonly Kind[]; readonly target?: readonly Kind[] }

/** Lists for the ends whose kind the filter speaks of. A list pair without a process is refused, so then only one end gets one. */
function listsFor(filter: Formula, pairs: readonly Pair[], isOutside: boolean): Lists {
  const speaksOf = (end: 'source' | 'target') =>
    atomsOf(filter).some(asked => ('kind' in asked || 'kinds' in asked) && asked.of === end)
  const listOf = (end: 'source' | 'target') => KINDS.filter(kind => pairs.some(pair => pair[end] === kind))
  const source = speaksOf('source') ? { source: listOf('source') } : {}
  return isOutside && source.source ? source : { ...source, ...(speaksOf('target') ? { target: listOf('target') } : {}) }
}

/** What must hold besides the lists: one formula where all listed pairs agree on it, else the filter with its kinds. */
function restOf(filter: Formula, lists: Lists): Formula {
  const listed = PAIRS.filter(
    pair => hasProcess(pair) && (lists.source ?? KINDS).includes(pair.source) && (lists.target ?? KINDS).includes(pair.target),
  )
  const rests = new Map(
    listed.map(pair => replaced(filter, asked => ofKinds(asked, pair, false))).map(rest => [rest.key, rest] as const),
  )
  const [rest] = rests.values()
  const agreed = rest && rests.size === 1 ? rest : filter
  return replaced(agreed, asked => {
    if (!('of' in asked) || asked.of === 'flow') return undefined
    const list = lists[asked.of] ?? KINDS
    if (asked.asks === 'kind' && list.length === 1 && list[0] === asked.kind) return ALWAYS
    const kinds = asked.asks === 'kind' ? [asked.kind] : 'kinds' in asked ? asked.kinds : undefined
    return kinds && !kinds.some(kind => list.includes(kind)) ? NEVER : undefined
  })
}

const CROSSING = atom({ asks: 'crossing' })

function withoutCrossing(rest: Formula): Pick<Reach, 'crossing' | 'rest'> {
  const parts = conjunctsOf(rest)
  const others = parts.filter(part => part.key !== CROSSING.key)
  return { crossing: others.length < parts.length ? 'only' : 'any', rest: all(others) }
}
