import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Keep, projector } from '../../../host/node/evidence/project-json.ts'

const DEPTH = 50

/** Bytes cut at the given places, each chunk in memory that is written over afterwards, as a reader of files does. */
function projected(text: string, keep: Keep, cuts: readonly number[] = []): { readonly value: unknown } | undefined {
  const keys = new Set<string>()
  const add = (value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) for (const key of Object.keys(value)) keys.add(key)
  }
  try {
    add(JSON.parse(text))
  } catch {
    // A text that is no JSON has no keys.
  }
  const reader = projector(keep, keys, DEPTH)
  const bytes = Buffer.from(text)
  const places = [...new Set([0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  for (const [index, to] of places.entries()) {
    if (index === 0) continue
    const chunk = Buffer.from(bytes.subarray(places[index - 1], to))
    if (!reader.write(chunk)) return undefined
    chunk.fill(120)
  }
  return reader.end()
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** What a projection should be, told slowly. */
function pruned(value: unknown, keep: Keep): unknown {
  if (keep === 'all' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (keep.of !== undefined) return []
    return value.slice(0, keep.most ?? value.length).map(item => pruned(item, keep.each))
  }
  const of = keep.of ?? {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const kept = Object.hasOwn(of, key) ? of[key] : undefined
      return kept === undefined ? [] : [[key, pruned(inner, kept)]]
    }),
  )
}

const key = fc.oneof(fc.constantFrom('a', 'b', 'ä', '_______ _', '"', ''), fc.string({ maxLength: 4, unit: 'grapheme' }))
const { value: json } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -0, 1.5, -1e-7, 1e21, '', 'a\\u0041', '\u2028', '\u{1f600}'),
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      key.filter(name => name !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}))
const { keep: keeps } = fc.letrec<{ keep: Keep }>(tie => ({
  keep: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Keep>('all'),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'ä', '"', ''), tie('keep'), { maxKeys: 3, noNullPrototype: true })
      .map(of => ({ of })),
    fc.record({ each: tie('keep'), most: fc.nat({ max: 3 }) }, { requiredKeys: ['each'] }),
  ),
}))
const cuts = fc.array(fc.nat(), { maxLength: 8 })
const spaced = fc.tuple(json, fc.constantFrom(undefined, 1, '\t', '\r\n '))
const written = spaced.map(([value, space]) => JSON.stringify(value, null, space))

describe('a projection', () => {
  test('of all is what JSON.parse gives, wherever the chunks are cut', () =>
    fc.assert(
      fc.property(written, cuts, (text, at) => {
        expect(projected(text, 'all', at)).toEqual(parsed(text))
      }),
    ))

  test('of a part is that part', () =>
    fc.assert(
      fc.property(json, keeps, cuts, (value, keep, at) => {
        const text = JSON.stringify(value)
        expect(projected(text, keep, at)).toEqual({ value: pruned(JSON.parse(text), keep) })
      }),
    ))

  test('takes no text that JSON.parse refuses, and refuses none that it takes', () =>
    fc.assert(
      fc.property(
        written,
        fc.nat(),
        fc.constantFrom(
          '',
          '"',
          '\\',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '0',
          '-',
          '.',
          'e',
          '\u0001',
          ' ',
          'true',
          '\\u12',
          '\u00e9',
          '+1',
        ),
        fc.nat({ max: 2 }),
        cuts,
        fc.constantFrom<Keep>('all', { of: {} }, { each: { of: {} } }),
        (text, place, sign, without, at, keep) => {
          const cut = place % (text.length + 1)
          const broken = text.slice(0, cut) + sign + text.slice(cut + without)
          fc.pre(!/[\ud800-\udfff]/u.test(broken))
          expect(projected(broken, keep, at) !== undefined).toBe(parsed(broken) !== undefined)
        },
      ),
      { numRuns: 1000 },
    ))

  test.each([
    ['a key twice: the last counts', '{"a":{"b":1},"a":{"b":2,"c":3}}', { of: { a: { of: { b: 'all' } } } }, { a: { b: 2 } }],
    ['a list where an object was expected', '{"a":[1,{"b":2}]}', { of: { a: { of: { b: 'all' } } } }, { a: [] }],
    ['an object where a list was expected', '{"a":{"b":[1]}}', { of: { a: { each: 'all' } } }, { a: {} }],
    ['a scalar where either was', '{"a":null,"b":7}', { of: { a: { of: {} }, b: { each: 'all' } } }, { a: null, b: 7 }],
    ['a key written with escapes', '{"\\u0061":1}', { of: { a: 'all' } }, { a: 1 }],
  ] as const)('%s', (_what, text, keep, value) => expect(projected(text, keep as Keep)).toEqual({ value }))

  test.each([
    ['a key that attacks', '{"a":{"__proto__":1}}'],
    ['the same in disguise', '{"a":{"\\u005f_proto__":1}}'],
    ['too deep a nesting', '['.repeat(DEPTH + 1) + ']'.repeat(DEPTH + 1)],
    ['two documents', '{} {}'],
    ['nothing', ' '],
    ['a string that is cut off', '"a'],
    ['a number with a leading zero', '[01]'],
    ['a number that is cut off', '[1.]'],
    ['a control character', '"\u0009"'],
    ['an unknown escape', '"\\x"'],
    ['a comma too many', '[1,]'],
  ])('leaves %s to the whole reading', (_what, text) => {
    for (const keep of ['all', { of: {} }] as const) expect(projected(text, keep)).toBeUndefined()
  })
})
