import fc from 'fast-check'
import { load } from 'js-yaml'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { type Head, tomlOf, type Value, yamlOf } from '../../../core/targets/head.ts'
import { runs } from '../../support/runs.ts'

const MISREAD = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'true',
  'null',
  '~',
  '',
  '*x',
  '&x',
  '!!str',
  '%',
  '@x',
  '`x',
  '? x',
  ': x',
  '- x',
  '#x',
]
const MORE = [
  'a: b',
  'a #b',
  '2026-11-22',
  '1e3',
  '0x1f',
  '0o7',
  '.5',
  '12:30',
  '---',
  '...',
  '"""',
  "'",
  '\\',
  '\\n',
  '{',
  '[',
  '|',
  '>',
  '=',
]
const text = fc.oneof(
  fc.constantFrom(...MISREAD, ...MORE),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(fc.constantFrom(...MORE, '\n', '\t', '\u0085', '\u2028', '\ufeff', '\u0000', 'é', '🙂', ' '), { maxLength: 6 })
    .map(parts => parts.join('')),
)
const key = fc.stringMatching(/^[a-z][a-z-]{0,8}$/)
const value: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
)
const head: fc.Arbitrary<Head> = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1, maxLength: 4 })

describe('what is written is what is read', () => {
  test('YAML, by two readers', () => {
    fc.assert(
      fc.property(head, keys => {
        const written = yamlOf(keys)
        expect(load(written)).toEqual(Object.fromEntries(keys))
        expect(parseYaml(written)).toEqual(Object.fromEntries(keys))
        expect(parseYaml(written, { version: '1.1' })).toEqual(Object.fromEntries(keys))
        expect(written.split('\n')).not.toContain('---')
      }),
      { numRuns: runs(300, 10_000) },
    )
  })

  test('TOML', () => {
    fc.assert(
      fc.property(head, keys => {
        expect(parseToml(tomlOf(keys))).toEqual(Object.fromEntries(keys))
      }),
      { numRuns: runs(300, 10_000) },
    )
  })

  test('groups in a list begin on the line of their hyphen', () => {
    const keys: Head = [['tests', [{ description: 'x', assert: [{ type: 'icontains', value: 'A_B' }] }]]]
    expect(yamlOf(keys)).toBe('tests:\n  - description: x\n    assert:\n      - type: icontains\n        value: "A_B"\n')
    expect(load(yamlOf(keys))).toEqual(Object.fromEntries(keys))
  })
})
