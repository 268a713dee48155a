import { classAtLeast } from '../dfd/data-class.ts'
import type { AttributeName, CodeClass, Condition, DataClass, Element, Flow, Ternary } from '../model/types.ts'
import { type Binding, dataClassOf } from './binding.ts'
import { learn, phrasesIn } from './lexicon.ts'

/** One thing a rule looks at, as it stands in the design. */
export type Fact = {
  /** Id of the object that states it. */
  readonly at: string
  readonly name: string
  /** What it states; `unknown` when it states nothing. */
  readonly value: string
  readonly wanted: readonly string[]
  readonly holds: boolean
}

/** A compiled matcher: one function for the engine, one for the explanation, both reading the same value. */
export type Probe = { readonly holds: (binding: Binding) => boolean; readonly fact: (binding: Binding) => Fact }

/** Whose attribute, technology or code class a condition reads. */
export type Side = 'source' | 'target' | 'element' | 'flow'

/** Compiles a condition against the side it reads; the caller has checked that the condition is well formed. */
export function compileCondition(condition: Condition, side: Side): readonly Probe[] {
  return CONDITION_KEYS.flatMap(key =>
    condition[key] === undefined ? [] : MATCHERS[key](condition as Required<Condition>, side),
  )
}

/** All matchers there are, `of` aside; a closed set, so that a rule can never compute. */
export const CONDITION_KEYS = [
  'attribute',
  'technology',
  'codeClass',
  'property',
  'protocol',
  'boundaryKind',
  'boundaryName',
  'encryption',
  'authentication',
  'publicNetwork',
  'dataClassAtLeast',
  'personalData',
  'any',
  'not',
] as const

/** Matchers that read the flow and mean nothing on an element alone. */
export const FLOW_KEYS: readonly string[] = ['protocol', 'encryption', 'authentication', 'publicNetwork']
/** Matchers that read an element, or one of several objects. */
export const ELEMENT_KEYS: readonly string[] = ['attribute', 'technology', 'codeClass', 'property']

type ConditionKey = (typeof CONDITION_KEYS)[number]

const MATCHERS: { readonly [K in ConditionKey]: (condition: Required<Condition>, side: Side) => readonly Probe[] } = {
  attribute: ({ attribute }, side) =>
    Object.entries(attribute).map(([name, wanted]) => attributeProbe(name as AttributeName, wanted as readonly Ternary[], side)),
  technology: ({ technology }, side) => [
    wordProbe('technology', technology, { at: b => idOn(b, side), text: b => technologyOf(b, side) }),
  ],
  codeClass: ({ codeClass }, side) => [
    probe('codeClass', codeClass, b => [idOn(b, side), ...codeClassesOf(elementOn(b, side))], 'none stated'),
  ],
  property: ({ property }, side) =>
    Object.entries(property).map(([name, wanted]) =>
      probe(name, wanted as readonly string[], b => [idOn(b, side), propertyOf(b[side], name)]),
    ),
  protocol: ({ protocol }) => [wordProbe('protocol', protocol, { at: b => b.flow?.id ?? '', text: b => b.flow?.protocol })],
  boundaryKind: ({ boundaryKind }) => [
    probe(
      'boundaryKind',
      boundaryKind,
      b => [aboutOf(b), ...b.crossed.map(id => b.world.boundaries[id]?.kind ?? 'unknown')],
      'none crossed',
    ),
  ],
  boundaryName: ({ boundaryName }) => [
    wordProbe('name of the boundary', boundaryName, {
      at: aboutOf,
      text: b => (b.crossed.length > 0 ? b.crossed.map(id => b.world.boundaries[id]?.name ?? '').join(', ') : undefined),
    }),
  ],
  encryption: ({ encryption }) => [flowProbe('encryption', encryption)],
  authentication: ({ authentication }) => [flowProbe('authentication', authentication)],
  publicNetwork: ({ publicNetwork }) => [flowProbe('publicNetwork', publicNetwork)],
  dataClassAtLeast: ({ dataClassAtLeast: floor }) => [classProbe(floor)],
  personalData: ({ personalData }) => [probe('personalData', personalData, b => [aboutOf(b), personalOf(b)])],
  any: ({ any }, side) => [anyProbe(any.map(condition => compileCondition(condition, condition.of ?? side)))],
  not: ({ not }, side) => [notProbe(compileCondition(not, not.of ?? side))],
}

/** Holds when all probes of one alternative do. */
function anyProbe(alternatives: readonly (readonly Probe[])[]): Probe {
  const met = (binding: Binding) => {
    for (const probes of alternatives) if (holdAll(probes, binding)) return probes
    return undefined
  }
  return {
    holds: binding => met(binding) !== undefined,
    fact: binding =>
      joined(
        (met(binding) ?? alternatives.flat()).map(probe => probe.fact(binding)),
        met(binding) !== undefined,
      ),
  }
}

/** Holds when some probe does not. */
function notProbe(probes: readonly Probe[]): Probe {
  const holds: Probe['holds'] = binding => !holdAll(probes, binding)
  return {
    holds,
    fact: binding => {
      const fact = joined(
        probes.map(probe => probe.fact(binding)),
        holds(binding),
      )
      return { ...fact, wanted: [`anything but ${fact.wanted.join(' or ')}`] }
    },
  }
}

/** Several facts told as one. */
function joined(facts: readonly Fact[], holds: boolean): Fact {
  const distinct = (texts: readonly string[]) => [...new Set(texts)]
  return {
    at: facts[0]?.at ?? '',
    name: distinct(facts.map(fact => fact.name)).join(' or '),
    value: distinct(facts.map(fact => fact.value)).join(', '),
    wanted: distinct(facts.flatMap(fact => fact.wanted)),
    holds,
  }
}

function elementOn(binding: Binding, side: Side): Element | undefined {
  return side === 'flow' ? undefined : binding[side]
}

/** What an element is made with; where nobody says, its name is the best there is. */
function technologyOf(binding: Binding, side: Side): string | undefined {
  const element = elementOn(binding, side)
  return element?.technology ?? element?.name
}

function propertyOf(row: Element | Flow | undefined, name: string): string {
  const properties = row?.foreign?.properties as { readonly [name: string]: unknown } | undefined
  const value = properties && Object.hasOwn(properties, name) ? properties[name] : undefined
  return typeof value === 'string' ? value : 'unknown'
}

type Read = (binding: Binding) => readonly [at: string, ...values: string[]]

function probe(name: string, wanted: readonly string[], read: Read, nothing = 'unknown'): Probe {
  const accepts = new Set(wanted)
  const holds: Probe['holds'] = binding => read(binding).some((value, i) => i > 0 && accepts.has(value))
  return {
    holds,
    fact: binding => {
      const [at, ...values] = read(binding)
      return { at, name, value: values.join(', ') || nothing, wanted, holds: holds(binding) }
    },
  }
}

/** Whether all of them hold. */
export function holdAll(probes: readonly Probe[], binding: Binding): boolean {
  for (const probe of probes) if (!probe.holds(binding)) return false
  return true
}

function attributeProbe(name: AttributeName, wanted: readonly Ternary[], side: Side): Probe {
  const [yes, no, unknown] = [wanted.includes('yes'), wanted.includes('no'), wanted.includes('unknown')]
  const read = (binding: Binding) => elementOn(binding, side)?.attributes?.[name]
  const holds: Probe['holds'] = binding => {
    const value = read(binding)
    return value === 'yes' ? yes : value === 'no' ? no : unknown
  }
  return { holds, fact: b => ({ at: idOn(b, side), name, value: read(b) ?? 'unknown', wanted, holds: holds(b) }) }
}

function flowProbe(name: 'encryption' | 'authentication' | 'publicNetwork', wanted: readonly Ternary[]): Probe {
  const read = (binding: Binding) => binding.flow?.[name] ?? 'unknown'
  const holds: Probe['holds'] = binding => wanted.includes(read(binding))
  return { holds, fact: b => ({ at: b.flow?.id ?? '', name, value: read(b), wanted, holds: holds(b) }) }
}

/** Free text matches by whole words: `postgresql` is found in `PostgreSQL 17`, `sql` is not. */
function wordProbe(
  name: string,
  wanted: readonly string[],
  read: { readonly at: (b: Binding) => string; readonly text: (b: Binding) => string | undefined },
): Probe {
  const phrases = learn(wanted)
  const holds: Probe['holds'] = binding => {
    const text = read.text(binding)
    if (text === undefined) return false
    for (const phrase of phrasesIn(text)) if (phrases.has(phrase)) return true
    return false
  }
  return { holds, fact: b => ({ at: read.at(b), name, value: read.text(b) ?? 'unknown', wanted, holds: holds(b) }) }
}

function classProbe(floor: DataClass): Probe {
  const holds: Probe['holds'] = binding => classAtLeast(dataClassOf(binding), floor)
  const wanted = [`${floor} or above`]
  return {
    holds,
    fact: b => ({ at: aboutOf(b), name: 'data class', value: dataClassOf(b) ?? 'no data linked', wanted, holds: holds(b) }),
  }
}

function personalOf({ world, flow, element }: Binding): Ternary {
  const stated = Object.keys((flow ?? element)?.data ?? {}).map(id => world.data[id]?.personal ?? 'unknown')
  if (stated.includes('yes')) return 'yes'
  return stated.length > 0 && stated.every(value => value === 'no') ? 'no' : 'unknown'
}

function codeClassesOf(element: Element | undefined): readonly string[] {
  return Object.keys(element?.codeClasses ?? {}) as CodeClass[]
}

function idOn(binding: Binding, side: Side): string {
  return binding[side]?.id ?? ''
}

function aboutOf(binding: Binding): string {
  return (binding.flow ?? binding.element)?.id ?? ''
}
