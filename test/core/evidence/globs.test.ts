import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixedFolderOf, foreignPathMatches, nameMatches, pathMatches } from '../../../core/evidence/globs.ts'
import { ends } from '../../support/ends.ts'

const picomatch = createRequire(import.meta.url)('picomatch/posix.js') as (
  glob: string,
  options: object,
) => (path: string) => boolean

describe('globs over paths', () => {
  test.each([
    ['src/**', 'src/a/b.ts', true],
    ['src/**', 'lib/a.ts', false],
    ['src/**', 'srcx/a.ts', false],
    ['src/*', 'src/a/b.ts', false],
    ['src/**', 'src', false],
    ['**/a/**', 'a/a', true],
    ['**', 'a', true],
    ['src/*.ts', 'src/.hidden.ts', true],
    ['**/*.ts', 'a.ts', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['*.{ts,tsx}', 'x.tsx', true],
    ['{src,lib}/{a,b}.ts', 'lib/b.ts', true],
    ['src/{a,b', 'src/{a,b', true],
    ['a{b}', 'a{b}', true],
    ['app/[id]/(shop)/page.tsx', 'app/[id]/(shop)/page.tsx', true],
    ['app/[id]/page.tsx', 'app/i/page.tsx', false],
    ['a+(b|c)', 'abc', false],
    ['./src/*', 'src/a', true],
    ['src/?.ts', 'src/é.ts', true],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(pathMatches(glob, path)).toBe(expected)
  })

  test('mean what picomatch means, for the signs that we know', () => {
    const part = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', 'a?', '**', '{a,b}', 'a*b*')
    const word = fc.constantFrom('a', 'b', 'ab', 'aab', 'abab', '.a')
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.array(word, { minLength: 1, maxLength: 4 }),
        (glob, path) => {
          const pattern = glob.join('/')
          // what lies in a folder: picomatch takes the folder itself for some patterns only
          const text = pattern.endsWith('**') ? `${path.join('/')}/x` : path.join('/')
          expect(pathMatches(pattern, text), `${pattern} on ${text}`).toBe(picomatch(pattern, { dot: true })(text))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('end on patterns that hang a regular expression', () => {
    // The ways to share 4,000 characters among 60 stars, or to choose 30 times of two, are more than can ever be tried.
    expect(ends(() => pathMatches(`${'*a'.repeat(60)}b`, 'a'.repeat(4000)))).toBe(false)
    expect(ends(() => pathMatches(`${'**/a/'.repeat(60)}b`, 'a/'.repeat(2000)))).toBe(false)
    expect(ends(() => nameMatches(`${'*a'.repeat(100)}b`, 'a'.repeat(4000)))).toBe(false)
    expect(ends(() => pathMatches('{a,b}'.repeat(30), 'a'.repeat(30)))).toBe(false)
  })

  test('absolute paths of other machines fit by what follows some folder', () => {
    expect(foreignPathMatches(['src/**'], '/home/ci/shop/src/a.ts')).toBe(true)
    expect(foreignPathMatches(['src/**'], 'C:/repo/src/a.ts')).toBe(true)
    expect(foreignPathMatches(['src/**'], 'vendor/src/a.ts')).toBe(false)
  })

  test.each([
    ['src/a/*.ts', 'src/a'],
    ['src/a/b.ts', 'src/a'],
    ['**', ''],
    ['{a,b}/c', ''],
  ])('below which folder %s can match', (glob, folder) => {
    expect(fixedFolderOf(glob)).toBe(folder)
  })
})

describe('globs over names', () => {
  test.each([
    [
      "billing/authz*::denies read of another tenant's invoice*",
      "billing/authz.test.ts::denies read of another tenant's invoice (GET /invoices/1)",
      true,
    ],
    ['*::adds [1, 2] (twice)', 'sum::adds [1, 2] (twice)', true],
    ['*denies*', 'anything at all', false],
    ['a?c', 'abc', true],
    ['a', 'A', false],
  ])('%s on %s: %s', (glob, name, expected) => {
    expect(nameMatches(glob, name)).toBe(expected)
  })
})
