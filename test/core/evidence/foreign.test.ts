import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type AnySchema } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { READ_KEYWORDS, twinsIn, validatorOf } from '../../../schemas/foreign.ts'
import { cyclonedx } from '../../../schemas/generated/published-cyclonedx.js'
import { mutated, mutations } from '../interop/mutations.ts'
import { ajvOf, richBom } from './boms.ts'

const root = path.resolve(import.meta.dirname, '../../..')

const unique = new Ajv().compile({ type: 'array', uniqueItems: true })

/** Few distinct values, so that equal ones are common, and objects whose keys come in any order. */
const item = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(0, -0, 1, 1.0, '1', 'a', '', null, true, 'true', '{}', '[0', 1e21),
    fc.array(tie('value'), { maxLength: 2 }),
    fc
      .shuffledSubarray(['bom-ref', 'name', 'a', 'b'])
      .chain(keys =>
        fc.tuple(...keys.map(() => tie('value'))).map(values => Object.fromEntries(keys.map((key, i) => [key, values[i]]))),
      ),
  ),
})).value

describe('uniqueness without comparing everything with everything', () => {
  test('says what Ajv says', () => {
    let twins = 0
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), items => {
        const found = twinsIn(items)
        if (found) twins++
        expect(found === undefined).toBe(unique(items))
      }),
      { numRuns: 3000 },
    )
    expect(twins).toBeGreaterThan(300)
  })

  test('a copy with other key order is a twin, wherever it stands', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      )
    }
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }), fc.nat(), (items, at) => {
        const copy = turned(items[at % items.length])
        expect(twinsIn([...items, copy])).toBeDefined()
        expect(unique([...items, copy])).toBe(false)
      }),
    )
  })

  test('1 and 1.0, 0 and -0 are equal; 1 and "1", [] and {} are not', () => {
    expect(twinsIn(JSON.parse('[1, 1.0]'))).toEqual([0, 1])
    expect(twinsIn(JSON.parse('[0, 5, -0]'))).toEqual([0, 2])
    expect(twinsIn(JSON.parse('[{"x": {"a": 0, "b": [1]}}, {"x": {"b": [1.0], "a": -0}}]'))).toEqual([0, 1])
    expect(twinsIn([1, '1', true, 'true', null, 'null', [], {}, '[]', '{}', '[0', '{0'])).toBeUndefined()
  })

  test('no validator that is shipped compares every item with every other', () => {
    const quadratic = /\bouter\d*:|for\s*\(\s*(?:let\s+)?j\d*\s*=\s*i\d*/
    const compile = (standaloneCode as unknown as { default: typeof standaloneCode }).default
    const ajv = new Ajv({ code: { source: true, esm: true } })
    expect(compile(ajv, ajv.compile({ type: 'array', uniqueItems: true }))).toMatch(quadratic)
    const folder = path.join(root, 'schemas/generated')
    const modules = readdirSync(folder).filter(name => name.endsWith('.js'))
    expect(modules.length).toBeGreaterThan(10)
    for (const name of [...modules.map(one => path.join(folder, one)), path.join(root, 'schemas/foreign.ts')])
      expect(readFileSync(name, 'utf8'), name).not.toMatch(quadratic)
  })
})

/** Most files with several changes are invalid; with one, some are not. */
const few = mutations.map(changes => changes.slice(0, 1))

describe('published schemas', () => {
  test.each(['1.4', '1.5', '1.6', '1.7'])('CycloneDX %s: a whole bill of materials is valid, for us and for Ajv', version => {
    const bom = richBom(version)
    const ajv = ajvOf(version)
    expect(ajv(bom) ? [] : ajv.errors).toEqual([])
    expect(cyclonedx[version]?.(bom)).toEqual({ count: 0, first: [] })
  })

  test.each(['1.4', '1.5', '1.6', '1.7'])('CycloneDX %s: valid exactly where Ajv says so, whatever is changed', version => {
    const ajv = ajvOf(version)
    let valid = 0
    fc.assert(
      fc.property(fc.oneof(few, mutations), changes => {
        const bom: unknown = JSON.parse(mutated(richBom(version), changes))
        const faults = cyclonedx[version]?.(bom)
        if (ajv(bom)) valid++
        expect(faults?.count === 0).toBe(ajv(bom))
        expect(faults?.first.length).toBe(Math.min(faults?.count ?? 0, 20))
      }),
      { numRuns: 400 },
    )
    expect(valid).toBeGreaterThan(20)
    expect(valid).toBeLessThan(380)
  })

  test('says where and what; twenty places are told, all are counted', () => {
    const components = Array.from({ length: 30 }, (_, i) => ({ type: 'librarry', name: `c${i}` }))
    const faults = cyclonedx['1.6']?.({ bomFormat: 'CycloneDX', specVersion: '1.6', components, extra: 1 })
    expect(faults?.count).toBe(31)
    expect(faults?.first).toHaveLength(20)
    expect(faults?.first[0]).toEqual({ pointer: '/components/0/type', text: 'is none of the values that the schema lists' })
    expect(cyclonedx['1.6']?.({ bomFormat: 'CycloneDX', specVersion: '1.6', 'a/b~': 1 })).toEqual({
      count: 1,
      first: [{ pointer: '/a~1b~0', text: 'is no property that the schema knows' }],
    })
    expect(
      cyclonedx['1.6']?.({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [components[0], components[0]] })?.first,
    ).toContainEqual({ pointer: '/components', text: 'holds the same item twice, at 0 and 1' })
  })

  test('a signature by a named algorithm is one form, not two', () => {
    const signed = (algorithm: string) => ({ ...richBom('1.6'), signature: { algorithm, value: 'c2ln' } })
    for (const algorithm of ['RS256', 'https://example.org/own', 'own'])
      expect(cyclonedx['1.6']?.(signed(algorithm)).count === 0, algorithm).toBe(ajvOf('1.6')(signed(algorithm)))
  })
})

/** One schema for each keyword, so that none is read but never tried. */
const SCHEMAS: readonly AnySchema[] = [
  { type: ['string', 'null'], minLength: 2, maxLength: 3 },
  { type: 'string', pattern: '^a+$' },
  { enum: ['a', 1, null, true] },
  { const: 'a' },
  { type: 'integer', minimum: 0, maximum: 1 },
  { type: 'number' },
  { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 },
  { type: 'object', properties: { a: { type: 'string' }, b: true }, required: ['a'], additionalProperties: false },
  { type: 'object', additionalProperties: { type: 'boolean' } },
  { oneOf: [{ type: 'string' }, { enum: ['a', 1] }] },
  { anyOf: [{ type: 'number' }, { enum: ['a'] }] },
  { allOf: [{ not: { required: ['a', 'b'] } }, { type: 'object' }] },
  JSON.parse('{"if": {"properties": {"a": {"const": "a"}}}, "then": {"required": ["b"]}, "else": false}') as AnySchema,
]

describe('keywords', () => {
  const values = fc.oneof(
    item,
    fc.constantFrom<unknown>(
      'aa',
      'aaa',
      '\u{1f600}',
      '\u{1f600}\u{1f600}',
      'aaaa',
      2,
      0.5,
      ['a'],
      ['a', 'b', 'c'],
      { a: 'a' },
      { a: 'a', b: 1 },
      { c: true },
    ),
  )
  test.each(SCHEMAS.map(schema => [JSON.stringify(schema), schema] as const))('%s', (text, schema) => {
    const validate = new Ajv({ strict: false }).compile(schema)
    const ajv = (value: unknown) => validate(value) === true
    const ours = validatorOf({ x: text }, 'x')
    const seen = new Set<boolean>()
    fc.assert(
      fc.property(values, value => {
        const fits = ajv(value) as boolean
        seen.add(fits)
        expect(ours(value).count === 0).toBe(fits)
      }),
      { numRuns: 500 },
    )
    expect(seen.size).toBe(2)
  })

  test('each is tried above, or by the schemas of CycloneDX', () => {
    const tried = new Set(SCHEMAS.flatMap(schema => [...JSON.stringify(schema).matchAll(/"(\w+)":/g)].map(([, key]) => key)))
    expect(READ_KEYWORDS.filter(key => !tried.has(key))).toEqual(['$ref', 'format', 'uniqueItems'])
  })
})
