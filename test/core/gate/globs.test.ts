import { describe, expect, test } from 'vitest'
import { globFault, liesWithin, mayOverlap } from '../../../core/gate/globs.ts'

describe('globs', () => {
  test.each([
    ['src/transfers/*.ts', undefined],
    ['**', undefined],
    ['', 'is empty or has space around it'],
    [' src/*', 'is empty or has space around it'],
    ['/etc/*', 'is not relative to the repository'],
    ['C:/src', 'is not relative to the repository'],
    ['src\\a', 'holds a backslash; folders are written with /'],
    ['src/../../etc', 'leaves the repository with ..'],
    ['src/..a/*', undefined],
  ])('%j: %s', (glob, fault) => {
    expect(globFault(glob)).toBe(fault)
  })

  test.each([
    ['src/**', 'src/transfers/*.ts', true],
    ['src/*.ts', 'test/*.ts', false],
    ['{src,test}/*', 'docs/*', true],
    ['src/a.ts', 'src/ab.ts', false],
    ['src/../x', 'docs/*', true],
  ])('%j may overlap %j: %s', (a, b, expected) => {
    expect(mayOverlap(a, b)).toBe(expected)
    expect(mayOverlap(b, a)).toBe(expected)
  })

  test.each([
    ['docs/guide/*.md', 'docs/**', true],
    ['docs/*.md', 'docs/*.md', true],
    ['anything', '**', true],
    ['docs', 'docs/**', false],
    ['docsx/a', 'docs/**', false],
    ['docs/../src/a', 'docs/**', false],
    ['docs/a', 'd*/**', false],
  ])('%j lies within %j: %s', (inner, outer, expected) => {
    expect(liesWithin(inner, outer)).toBe(expected)
  })
})
