import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/model/canonical.ts'

describe('canonicalJson', () => {
  test('says what the reference says, in any order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(fc.string(), fc.jsonValue()), (value, more) => {
        for (const one of [value, { z: value, ...more, a: more }, [more, value]]) {
          expect(canonicalJson(one)).toBe(canonicalize(one))
        }
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['keys like numbers', { 10: 'a', 9: 'b', b: 1, a: { 2: 0, 1: 0 } }],
    ['nothing under a key', { b: undefined, a: [1, undefined], c: { d: undefined } }],
    ['minus zero and exponents', { a: -0, b: 1e21, c: 1e-7 }],
    ['letters beyond the first plane', { '\u{1f600}': 1, '\uffff': 2, a: '\u{1f600} \u2028 \\ud800' }],
    ['a field named toJSON', { toJSON: 'x', a: 1 }],
  ])('says what the reference says of %s', (_name, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value))
  })

  test.each([
    ['half a surrogate pair', { a: 'x\ud800' }],
    ['half a surrogate pair as a key', { 'x\ud800': 1 }],
    ['a number beyond range', [Number.POSITIVE_INFINITY]],
    ['no number', { b: 1, a: Number.NaN }],
    ['nothing', undefined],
  ])('throws on %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow()
  })
})
