import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JSON_LIMITS, parseJson, parseOwnJson } from '../../../core/model/json.ts'
import type { Problem, Result } from '../../../core/support/result.ts'

function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error('was accepted')
  expect(result.problems).toHaveLength(1)
  return result.problems[0]
}

const DEEP = 100_000

const BAD: readonly (readonly [string, string, { readonly code: string; readonly at: string }])[] = [
  ['nothing', '', { code: 'json.empty', at: 'f.json:1:1' }],
  ['only spaces', ' \n\t', { code: 'json.empty', at: 'f.json:2:2' }],
  ['only a byte order mark', '\uFEFF', { code: 'json.empty', at: 'f.json:1:1' }],
  ['words', 'hello', { code: 'json.syntax', at: 'f.json:1:1' }],
  ['a web page', '<!doctype html>', { code: 'json.syntax', at: 'f.json:1:1' }],
  ['a cut off object', '{"a": 1,\n "b": [1, 2', { code: 'json.syntax', at: 'f.json:2:12' }],
  ['a cut off string', '{"a": "text', { code: 'json.syntax', at: 'f.json:1:7' }],
  ['a cut off literal', '{"a": tr', { code: 'json.syntax', at: 'f.json:1:7' }],
  ['a trailing comma', '{"a": 1,}', { code: 'json.syntax', at: 'f.json:1:9' }],
  [
    'marks of a merge',
    '{\n<<<<<<< ours\n "a": 1\n=======\n "a": 2\n>>>>>>> theirs\n}',
    { code: 'json.syntax', at: 'f.json:2:1' },
  ],
  ['a mark that was left behind', '{\r\n "a": 1\r\n>>>>>>>\r\n}', { code: 'json.syntax', at: 'f.json:3:1' }],
  ['a missing comma', '{"a": 1 "b": 2}', { code: 'json.syntax', at: 'f.json:1:9' }],
  ['a missing colon', '{"a" 1}', { code: 'json.syntax', at: 'f.json:1:6' }],
  ['two documents', '{} {}', { code: 'json.syntax', at: 'f.json:1:4' }],
  ['a comment', '{ // why\n}', { code: 'json.syntax', at: 'f.json:1:3' }],
  ['single quotes', "{'a': 1}", { code: 'json.syntax', at: 'f.json:1:2' }],
  ['a bare control character', '{"a": "x\u0001"}', { code: 'json.syntax', at: 'f.json:1:7' }],
  ['a wrong escape', '{"a": "\\x"}', { code: 'json.syntax', at: 'f.json:1:7' }],
  ['NaN', '{"a": NaN}', { code: 'json.syntax', at: 'f.json:1:7' }],
  ['a number with a leading zero', '[01]', { code: 'json.syntax', at: 'f.json:1:3' }],
  ['100,000 open arrays', '['.repeat(DEEP), { code: 'json.deep', at: `f.json:1:${JSON_LIMITS.depth + 1}` }],
  ['100,000 nested arrays', '['.repeat(DEEP) + ']'.repeat(DEEP), { code: 'json.deep', at: `f.json:1:${JSON_LIMITS.depth + 1}` }],
  ['100,000 nested objects', '{"a":'.repeat(DEEP), { code: 'json.deep', at: `f.json:1:${JSON_LIMITS.depth * 5 + 1}` }],
  ['__proto__', '{"a": {"__proto__": {"b": 1}}}', { code: 'json.key', at: 'f.json:1:9' }],
  ['an escaped __proto__', '[{"\\u005f_proto__": 1}]', { code: 'json.key', at: 'f.json:1:1' }],
]

describe('parseJson', () => {
  test.each(BAD)('refuses %s', (_name, text, expected) => {
    const problem = problemOf(parseJson('f.json', text))
    expect(problem).toMatchObject({ severity: 'error', ...expected })
    expect(problem.message).toMatch(/[.]$/)
    expect(problem.cure).toBeTruthy()
  })

  test('refuses what is larger than the limit without looking at it', () => {
    expect(problemOf(parseJson('f.json', '[1,2,3]', { length: 6, depth: 9 })).code).toBe('file.large')
  })

  test('depth and brackets inside strings do not count', () => {
    expect(parseJson('f.json', JSON.stringify('['.repeat(1000)))).toEqual({ ok: true, value: '['.repeat(1000) })
    expect(parseJson('f.json', '"\\\\"')).toEqual({ ok: true, value: '\\' })
    expect(parseJson('f.json', '["a\\"[[[["]', { length: 100, depth: 1 }).ok).toBe(true)
  })

  test('a byte order mark is forgiven', () => {
    expect(parseJson('f.json', '\uFEFF{"a": 1}')).toEqual({ ok: true, value: { a: 1 } })
  })

  test('words that only look dangerous are kept', () => {
    const value = { constructor: 1, prototype: 2, text: '__proto__' }
    expect(parseJson('f.json', JSON.stringify(value))).toEqual({ ok: true, value })
  })

  test('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        const text = JSON.stringify(value, null, 1)
        const parsed = parseJson('f.json', text)
        if (!text.includes('__proto__')) expect(parsed).toEqual({ ok: true, value: JSON.parse(text) })
      }),
      { numRuns: 300 },
    )
  })

  test('says where any broken text breaks, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(200), fc.constantFrom('', '"', '}', '[', ',', '\\', '\u0000', 'x'), (text, at, insert) => {
        const broken = text.slice(0, at) + insert + text.slice(at + 1)
        const parsed = parseJson('f.json', broken)
        if (!parsed.ok) expect(parsed.problems[0].at).toMatch(/^f\.json:\d+:\d+$/)
      }),
      { numRuns: 500 },
    )
  })

  test('a long string full of escapes that is never closed is refused like any other', () => {
    expect(problemOf(parseJson('f.json', `["${'\\n'.repeat(3_000_000)}`)).code).toBe('json.syntax')
    expect(problemOf(parseJson('f.json', `["${'\\n'.repeat(3_000_000)}", x]`)).code).toBe('json.syntax')
  })
})

describe('parseOwnJson', () => {
  test.each(['{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}', '[{"x": 1, "\\u0078": 2}]', '\uFEFF{"a": 1, "a": 1}'])(
    'refuses a key that stands twice: %s',
    text => {
      expect(problemOf(parseOwnJson('f.json', text)).code).toBe('json.duplicateKey')
    },
  )

  test.each([
    ['{"a": 1e999}', 'beyond range'],
    ['[-1E+400]', 'beyond range'],
    ['{"a": "\\ud800"}', 'surrogate'],
    ['{"\\udfff": 1}', 'surrogate'],
  ])('refuses what canonical JSON cannot hold: %s', (text, word) => {
    const problem = problemOf(parseOwnJson('f.json', text))
    expect(problem).toMatchObject({ code: 'json.value', at: 'f.json' })
    expect(problem.message).toContain(word)
  })

  test.each(['{}', '{"a": 1, "b": {"a": 1}}', '{"a:a": "b:b\\":"}', '[{"a": 1}, {"a": 2}]', '\uFEFF{"a": ":"}'])(
    'accepts %s',
    text => {
      expect(parseOwnJson('f.json', text).ok).toBe(true)
    },
  )

  test('accepts whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        if (!text.includes('__proto__')) expect(parseOwnJson('f.json', text).ok).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
