import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOneEdit, knownNames, lookAlikeOf } from '../../../core/dependencies/look-alike.ts'
import { packageOfUrl } from '../../../core/dependencies/package-url.ts'

const KNOWN = knownNames(['lodash', 'cross-env', '@types/node', 'react-dom', 'left-pad', 'is', 'eventemitter2', 'paypal'])

describe('looks like', () => {
  test.each([
    ['lodahs', 'lodash', 'letters'],
    ['lodas', 'lodash', 'letters'],
    ['lodashs', 'lodash', 'letters'],
    ['lodazh', 'lodash', 'letters'],
    ['eventemitter3', 'eventemitter2', 'letters'],
    ['crossenv', 'cross-env', 'punctuation'],
    ['cross_env', 'cross-env', 'punctuation'],
    ['types-node', '@types/node', 'scope'],
    ['@type/snode', '@types/node', 'punctuation'],
    ['dom-react', 'react-dom', 'words'],
    ['pаypal', 'paypal', 'foreign'],
    ['lödash', 'lodash', 'foreign'],
    ['完全', '完全', 'foreign'],
  ])('%s: %s', (name, other, how) => expect(lookAlikeOf(name, KNOWN)).toEqual({ name: other, how }))

  test.each(['lodash', 'lodash-es', 'it', 'express', 'x'.repeat(300)])('%s: nothing', name =>
    expect(lookAlikeOf(name, KNOWN)).toBeUndefined(),
  )
})

/** Textbook distance with swaps of neighbours, for the comparison only. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const row = rows[i] as number[]
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j] ?? 0, at(i - 2, j - 2) + 1)
    }
  return at(a.length, b.length)
}

test('one edit is what the textbook says, and the index finds it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 5, maxLength: 9 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(isOneEdit(a, b)).toBe(distance(a, b) === 1)
      if (a !== b) expect(lookAlikeOf(a, knownNames([b])) !== undefined).toBe(distance(a, b) === 1)
    }),
    { numRuns: 2000 },
  )
})

test('package URLs', () => {
  expect(packageOfUrl('pkg:npm/%40types/node@20.1.0')).toEqual({ ecosystem: 'npm', name: '@types/node', version: '20.1.0' })
  expect(packageOfUrl('pkg:npm/@types/node')).toEqual({ ecosystem: 'npm', name: '@types/node' })
  expect(packageOfUrl('pkg:pypi/Foo_Bar@1?x=y#z')).toEqual({ ecosystem: 'pypi', name: 'foo-bar', version: '1' })
  expect(packageOfUrl('pkg:golang/example.org/a/b@v1')).toEqual({ ecosystem: 'golang', name: 'example.org/a/b', version: 'v1' })
  expect([packageOfUrl('pkg:maven/a/b'), packageOfUrl('lodash')]).toEqual([undefined, undefined])
})
