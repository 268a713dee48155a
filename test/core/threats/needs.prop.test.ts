import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { AttributeName, Condition, Design, Rule } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { guardOf, mayFind } from '../../../core/threats/guard.ts'
import { learn, phrasesIn, phrasesOnce, wordsOf } from '../../../core/threats/lexicon.ts'
import { needsOf } from '../../../core/threats/needs.ts'
import { faultsOf } from '../../../core/threats/rule-faults.ts'
import { moreRules } from '../../../packs/more-rules.ts'
import { builtinRules } from '../../../packs/rules.ts'
import { guard } from '../../../packs/start.ts'
import { runs } from '../../support/runs.ts'
import { drawn, packOf, ruleWith } from './designs.ts'
import { conditionsIn, derived, naively, naiveOf } from './naive.ts'

const conditions = builtinRules.flatMap(pack => pack.rules).flatMap(conditionsIn)
const unique = (texts: readonly string[]) => [...new Set(texts)]
const TECHNOLOGIES = unique(conditions.flatMap(condition => condition.technology ?? []))
const PROTOCOLS = unique(conditions.flatMap(condition => condition.protocol ?? []))
const ATTRIBUTES = unique(conditions.flatMap(condition => Object.keys(condition.attribute ?? {}))) as readonly AttributeName[]
const CODE = unique(conditions.flatMap(condition => condition.codeClass ?? []))

const ELEMENTS = ['E-00000', 'E-00001', 'E-00002', 'E-00003']
const FLOWS = ['F-00000', 'F-00001', 'F-00002', 'F-00003', 'F-00004']
const BOUNDARIES = ['B-00000', 'B-00001']
const DATA = ['D-00000', 'D-00001']

/** The words of the rules, as people write them: in capitals, with a number, within a sentence, or hardly so. */
function textFrom(phrases: readonly string[]): fc.Arbitrary<string> {
  const phrase = fc.constantFrom(...phrases)
  return fc.oneof(
    phrase,
    phrase.map(text => `${text.toUpperCase()} 17`),
    fc.tuple(phrase, phrase).map(([a, b]) => `Our (${a}) and/or ${b}!`),
    phrase.map(text => `Größe ${text}, «${text}»`),
    phrase.map(text => `x${text}`),
    phrase.map(text => text.split(' ').reverse().join('  ')),
    fc.constantFrom('nothing known', '', '---'),
  )
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 })
const ternary = fc.constantFrom('yes', 'no', 'unknown', undefined)
const boundary = maybe(fc.constantFrom(...BOUNDARIES))
const data = maybe(fc.uniqueArray(fc.constantFrom(...DATA, 'D-NNNNN'), { maxLength: 2 }).map(linksOf))
const kind = fc.constantFrom('process', 'process', 'dataStore', 'externalEntity')
const out = fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, 'theirs')

function linksOf(keys: readonly string[]): Record<string, true> {
  return Object.fromEntries(keys.map(key => [key, true as const]))
}

type Words = {
  readonly technologies: readonly string[]
  readonly protocols: readonly string[]
  readonly attributes: readonly string[]
  readonly code: readonly string[]
}

function fieldsFrom({ technologies, protocols, attributes, code }: Words) {
  const stated = fc.dictionary(fc.constantFrom(...attributes), fc.constantFrom('yes', 'no', 'unknown'), {
    maxKeys: 8,
    noNullPrototype: true,
  })
  return {
    element: fc.record({
      kind,
      boundary,
      data,
      outOfScope: out,
      name: textFrom(technologies),
      technology: maybe(textFrom(technologies)),
      attributes: maybe(stated),
      codeClasses: maybe(fc.subarray([...code], { maxLength: 2 }).map(linksOf)),
    }),
    flow: fc.record({
      source: fc.constantFrom(...ELEMENTS),
      target: fc.constantFrom(...ELEMENTS, ...ELEMENTS, 'E-NNNNN', undefined),
      bidirectional: maybe(fc.constant(true)),
      protocol: maybe(textFrom(protocols)),
      encryption: ternary,
      authentication: ternary,
      publicNetwork: ternary,
      data,
      outOfScope: out,
    }),
  }
}

type Fields = ReturnType<typeof fieldsFrom>

function designFrom({ element, flow }: Fields): fc.Arbitrary<Design> {
  const dataFields = fc.record({ class: maybe(fc.constantFrom('D0', 'D2', 'D4')), personal: ternary })
  const boundaryFields = fc.record({ kind: fc.constantFrom('network', 'organisation'), parent: rarely(boundary) })
  return fc
    .record({
      elements: fc.tuple(...ELEMENTS.map(() => element)),
      flows: fc.tuple(...FLOWS.map(() => flow)),
      boundaries: fc.tuple(...BOUNDARIES.map(() => boundaryFields)),
      data: fc.tuple(...DATA.map(() => dataFields)),
    })
    .map(({ elements, flows, boundaries, data }) =>
      bare({
        ...drawn({
          elements: elements.map((fields, i) => ({ id: ELEMENTS[i] ?? '', ...fields })) as never,
          flows: flows.map((fields, i) => ({ id: FLOWS[i] ?? '', ...fields })) as never,
          boundaries: boundaries.map((fields, i) => ({ id: BOUNDARIES[i] ?? '', ...fields })) as never,
          data: data.map((fields, i) => ({ id: DATA[i] ?? '', ...fields })) as never,
        }),
        settings: { design: { id: 'design', format: 1, designId: 'NEEDS0TEST', name: 'Needs', epoch: 1, packs: EVERY_PACK } },
      }),
    )
}

function changesFrom({ element, flow }: Fields): fc.Arbitrary<readonly Change[]> {
  const patch = (table: 'elements' | 'flows', ids: readonly string[], fields: fc.Arbitrary<Record<string, unknown>>) =>
    fc.tuple(fc.constantFrom(...ids), fields, fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7)).map(([id, all, only]): Change => {
      const name = Object.keys(all)[only] ?? 'description'
      return { kind: 'patch', table, id, fields: { [name]: all[name] } }
    })
  const change: fc.Arbitrary<Change> = fc.oneof(
    patch('elements', ELEMENTS, element),
    patch('flows', FLOWS, flow),
    fc
      .record({ id: fc.constantFrom(...DATA), personal: ternary, dataClass: fc.constantFrom('D0', 'D3', undefined) })
      .map(
        ({ id, personal, dataClass }): Change => ({ kind: 'patch', table: 'data', id, fields: { personal, class: dataClass } }),
      ),
  )
  return fc.array(change, { maxLength: 4 })
}

/** As it would come out of a file: fields that are undefined are not there. */
function bare(design: Design): Design {
  return JSON.parse(JSON.stringify(design))
}

const EVERY_PACK = linksOf([...builtinRules.map(pack => pack.id), 'test'])
const shipped = fieldsFrom({ technologies: TECHNOLOGIES, protocols: PROTOCOLS, attributes: ATTRIBUTES, code: CODE })

describe('with every pack that ships', () => {
  const rules = naiveOf(builtinRules)

  test('the engine finds what asking every rule at every place finds, before and after edits', () => {
    let seen = 0
    fc.assert(
      fc.property(designFrom(shipped), changesFrom(shipped), (start, changes) => {
        let design = start
        expect(derived(design, builtinRules)).toEqual(naively(design, rules))
        for (const change of changes) {
          design = applyChanges(design, [change])
          const found = derived(design, builtinRules)
          expect(found).toEqual(naively(design, rules))
          seen += found.length
        }
      }),
      { numRuns: runs(120, 5_000) },
    )
    expect(seen).toBeGreaterThan(1_000)
  })

  test('the guard lets no design pass in which a rule behind it finds anything', () => {
    const behind = naiveOf(moreRules.filter(pack => !pack.optional))
    const outcomes = { found: 0, kept: 0 }
    fc.assert(
      fc.property(fc.oneof(designFrom(sparse()), designFrom(shipped)), design => {
        const found = naively(design, behind)
        if (found.length > 0) expect(mayFind(design, guard)).toBe(true)
        if (found.length > 0) outcomes.found++
        else if (!mayFind(design, guard)) outcomes.kept++
      }),
      { numRuns: runs(200, 10_000) },
    )
    expect(outcomes.found).toBeGreaterThan(10)
    expect(outcomes.kept).toBeGreaterThan(10)
  })
})

/** Designs that state hardly anything, as most do. */
function sparse(): Fields {
  const nothing = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.tuple(fc.nat(39), arbitrary).map(([n, value]) => (n === 0 ? value : undefined))
  const name = fc.tuple(fc.nat(39), fc.constantFrom(...TECHNOLOGIES)).map(([n, text]) => (n === 0 ? text : 'thing'))
  const element = fc.record({ kind, boundary, name, technology: nothing(fc.constantFrom(...TECHNOLOGIES)) })
  const flow = fc.record({
    source: fc.constantFrom(...ELEMENTS),
    target: fc.constantFrom(...ELEMENTS),
    protocol: nothing(fc.constantFrom(...PROTOCOLS)),
    data: nothing(fc.constantFrom(...DATA).map(id => ({ [id]: true as const }))),
  })
  return { element, flow } as unknown as Fields
}

const FEW: Words = {
  technologies: ['sql', 'sql server', 'server', 'c++', '--', 'größe'],
  protocols: ['http', 'http 2', 'tls'],
  attributes: ['isLog', 'isClient', 'isAiModel'],
  code: ['authn', 'crypto'],
}
const few = fieldsFrom(FEW)

/** One matcher or two, on any side. */
const flat: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.record({
      attribute: fc.dictionary(fc.constantFrom(...FEW.attributes), values(), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
      technology: fc.subarray([...FEW.technologies], { minLength: 1, maxLength: 2 }),
      codeClass: fc.subarray([...FEW.code], { minLength: 1 }),
      protocol: fc.subarray([...FEW.protocols], { minLength: 1, maxLength: 2 }),
      boundaryKind: fc.subarray(['network', 'organisation'], { minLength: 1 }),
      encryption: values(),
      dataClassAtLeast: fc.constantFrom('D0', 'D2', 'D4'),
      personalData: values(),
    }),
    fc.uniqueArray(fc.constantFrom(0, 1, 1, 1, 2, 3, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 2 }),
    fc.constantFrom('source', 'target', 'element', undefined),
  )
  .map(([all, which, of]) => {
    const kept = Object.entries(all).filter((_, i) => (which as readonly number[]).includes(i))
    return Object.fromEntries(of ? [...kept, ['of', of]] : kept) as Condition
  })

function nested(inner: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  const any = fc.array(inner, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 4, arbitrary: flat },
    { weight: 2, arbitrary: any.map(any => ({ any }) as Condition) },
    { weight: 1, arbitrary: fc.tuple(flat, any).map(([own, any]) => ({ ...own, any }) as Condition) },
    { weight: 2, arbitrary: inner.map(not => ({ not }) as Condition) },
  )
}

const condition = nested(nested(nested(flat)))

function values(): fc.Arbitrary<readonly string[]> {
  return fc.subarray(['yes', 'no', 'unknown'], { minLength: 1 })
}

const rule = fc
  .record({
    on: fc.constantFrom('interaction', 'interaction', 'element'),
    subject: fc.constantFrom('source', 'target', 'flow'),
    crossing: fc.constantFrom('any', 'any', 'only'),
    when: fc.array(condition, { minLength: 1, maxLength: 2 }),
    unless: fc.array(
      condition.map(one => ({ condition: one, control: 'CONTROL' })),
      { maxLength: 1 },
    ),
  })
  .map(fields => ({ ...fields, subject: fields.on === 'element' ? 'element' : fields.subject }) as Partial<Rule>)

const rules = fc
  .array(rule, { minLength: 4, maxLength: 12 })
  .map(all => all.map((fields, i) => ruleWith({ id: `TEST-${i}`, ...fields })).filter(isSound))

/** Well formed, and naming no side that its places do not have; of an outer "of" the check says nothing, see the test below. */
function isSound(rule: Rule): boolean {
  const sides: readonly unknown[] = rule.on === 'element' ? [undefined, 'element'] : [undefined, 'source', 'target']
  return faultsOf(rule).length === 0 && conditionsIn(rule).every(one => sides.includes(one.of))
}

test('a condition within another reads the side that the check took it to read', () => {
  const within = (of: 'source' | 'element', subject: 'target' | 'flow') =>
    faultsOf(ruleWith({ subject, when: [{ of, any: [{ attribute: { isLog: ['yes'] } }] }] }))
  // An interaction has no element: this rule is taken and can never find anything.
  expect(within('element', 'target')).not.toEqual([])
  // The outer condition says of which end, and the inner one is read so.
  expect(within('source', 'flow')).toEqual([])
})

describe('with rules made at random', () => {
  test('the engine finds what asking every rule at every place finds', () => {
    let seen = 0
    fc.assert(
      fc.property(designFrom(few), rules, (design, made) => {
        const packs = [packOf(...made)]
        const found = derived(design, packs)
        expect(found).toEqual(naively(design, naiveOf(packs)))
        seen += found.length
      }),
      { numRuns: runs(200, 10_000) },
    )
    expect(seen).toBeGreaterThan(100)
  })

  test('their guard lets no design pass in which one finds anything', () => {
    let found = 0
    fc.assert(
      fc.property(designFrom(few), rules, (design, made) => {
        const waiting = made.filter(one => needsOf(one) !== undefined)
        if (naively(design, naiveOf([packOf(...waiting)])).length === 0) return
        found++
        expect(mayFind(design, guardOf(waiting))).toBe(true)
      }),
      { numRuns: runs(200, 10_000) },
    )
    expect(found).toBeGreaterThan(10)
  })
})

test('the guard lets a rule through that waits for data which is not personal', () => {
  const waits = ruleWith({ subject: 'flow', when: [{ personalData: ['no'] }] })
  const design = drawn({
    elements: [{ id: 'E-00000' }, { id: 'E-00001' }],
    flows: [{ id: 'F-00000', source: 'E-00000', target: 'E-00001', data: { 'D-00000': true } }],
    data: [{ id: 'D-00000', personal: 'no' }],
  })
  expect(deriveFindings(design, [packOf(waits)]).findings.length).toBe(1)
  expect(mayFind(design, guardOf([waits]))).toBe(true)
})

test('the lexicon finds every phrase that stands in a text by whole words, and no other', () => {
  const phrases = [...TECHNOLOGIES, ...PROTOCOLS, ...FEW.technologies]
  const numbers = new Map(phrases.map(phrase => [phrase, [...learn([phrase])][0] ?? -1]))
  fc.assert(
    fc.property(textFrom(phrases), text => {
      const here = new Set(phrasesIn(text))
      expect([...phrasesOnce(text)]).toEqual([...here])
      const wanted = phrases.filter(phrase => ` ${wordsOf(text)} `.includes(` ${wordsOf(phrase)} `))
      const told = phrases.filter(phrase => here.has(numbers.get(phrase) ?? -1))
      expect(told).toEqual(wanted)
    }),
    { numRuns: runs(200, 10_000) },
  )
})
