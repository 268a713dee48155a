import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { parseYaml, YAML_LIMITS } from '../../../core/dependencies/yaml.ts'
import { isStorable } from '../../../core/interop/reading/json-fields.ts'
import { ends } from '../../support/ends.ts'

const MB = 1_000_000

/** `ok`, or the code and place of the one problem, which must be complete. */
function outcome(text: string, limits = YAML_LIMITS): string {
  const result = ends(() => parseYaml('bad.yaml', text, limits))
  if (result.ok) return 'ok'
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem.message).toMatch(/^[^\n]{10,400}\.$/)
  expect(problem.cure).toMatch(/\.$/)
  return `${problem.code} ${problem.at?.replace('bad.yaml:', '')}`
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('')
}

describe('five megabytes of depth end at the first level too many', () => {
  test.each([
    ['[', '1:201'],
    ['- ', '1:401'],
    ['{a: ', '1:801'],
    ['{"a":[', '1:601'],
    ['? ', '1:401'],
    [': ', '1:401'],
    ['a: ', '1:601'],
    ['- ? ', '1:401'],
  ])('%j', (piece, place) => {
    expect(outcome(piece.repeat((5 * MB) / piece.length))).toBe(`yaml.deep ${place}`)
  })

  test('line by line', () => {
    expect(outcome(lines(3000, i => `${' '.repeat(i)}a:\n`))).toBe('yaml.deep 201:201')
    expect(outcome(lines(3000, i => `${' '.repeat(i)}-\n`))).toBe('yaml.deep 201:201')
    expect(outcome(lines(200, i => `${' '.repeat(i)}-\n`))).toBe('ok')
  })

  test('and through aliases, where no line is deep', () => {
    expect(outcome(`- &a0 1\n${lines(3000, i => `- &a${i + 1} [*a${i}]\n`)}`)).toBe('yaml.deep 201:10')
  })
})

describe('repetition', () => {
  test('of repetitions is refused before it is made', () => {
    const laughs = `a0: &a0 lol\n${lines(30, i => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]\n`)}`
    expect(outcome(laughs)).toMatch(/^yaml.aliases 7:/)
    expect(outcome(`- &a "${'x'.repeat(100_000)}"\n${'- *a\n'.repeat(1000)}`)).toBe('yaml.aliases 11:3')
    expect(outcome(`- &a {${'x'.repeat(100_000)}: 1}\n${'- *a\n'.repeat(1000)}`)).toBe('yaml.aliases 11:3')
  })

  test('that a person could mean is done', () => {
    expect(outcome(`- &a {b: [1, 2, 3]}\n${'- *a\n'.repeat(50_000)}`)).toBe('ok')
  })

  test('without end is refused', () => {
    expect(outcome('&a [*a]')).toBe('yaml.alias 1:5')
    expect(outcome('a: &a\n  b: &b\n    c: [*b, *a]\n')).toBe('yaml.alias 3:9')
  })
})

describe('a hundred thousand of anything are read to their end', () => {
  // Looked at each with each, that is ten thousand million pairs; and no more pieces are read than ten times as many.
  const MANY = 100_000
  test.each<[string, string, string]>([
    ['keys', lines(100_000, i => `k${i}: 1\n`), 'ok'],
    ['keys in a row', `{${lines(100_000, i => `k${i}, `)}}`, 'ok'],
    ['the same key', 'a: 1\n'.repeat(MANY), 'yaml.duplicateKey 2:1'],
    ['long keys', lines(5000, i => `${'x'.repeat(1000)}${i}: 1\n`), 'ok'],
    ['one key of five megabytes', `${'x'.repeat(5 * MB)}: 1`, 'yaml.syntax 1:1'],
    ['anchors', lines(MANY, i => `- &a${i} 1\n`), 'ok'],
    ['anchors and aliases', lines(MANY / 2, i => `- &a${i} 1\n- *a${i}\n`), 'ok'],
    ['anchors of one value', `- ${'&a '.repeat(MANY)}1`, 'yaml.syntax 1:6'],
    ['comments', `${'# c\n'.repeat(MANY)}a: 1`, 'ok'],
    ['comments below empty lines', `a: |\n    x\n${'\n'.repeat(100_000)}${'  # c\n'.repeat(100_000)}`, 'ok'],
    ['comments behind values', '- a # c\n'.repeat(MANY), 'ok'],
    ['empty lines', `${'\n'.repeat(MANY)}a: 1`, 'ok'],
    ['lines of spaces', `${`${' '.repeat(50)}\n`.repeat(MANY)}a: 1`, 'ok'],
    ['documents', '---\n'.repeat(MANY), 'yaml.empty 1:1'],
    ['documents with content', '--- a\n'.repeat(MANY), 'yaml.documents 2:1'],
    ['directives', `${'%A b\n'.repeat(MANY)}--- a`, 'ok'],
    ['tags', '- !t a\n'.repeat(MANY), 'yaml.tag 1:3'],
    ['plain tags', '- !!str a\n'.repeat(MANY), 'ok'],
    ['errors', '- a: b: c\n'.repeat(70_000), 'yaml.syntax 1:6'],
    ['closing brackets', ']'.repeat(MANY), 'yaml.syntax 1:1'],
    ['commas', `[${','.repeat(MANY)}`, 'yaml.syntax 1:3'],
    ['wrong escapes', `"${'\\q'.repeat(MANY)}"`, 'yaml.syntax 1:2'],
    ['open quotes', '- "\n'.repeat(MANY), 'yaml.syntax 1:4'],
    ['open single quotes', "- '\n".repeat(MANY), 'yaml.syntax 1:4'],
    ['escaped quotes', `"${'\\"'.repeat(MANY)}"`, 'ok'],
    ['brackets in a key', `${'['.repeat(190)}${'a,'.repeat(MANY)}${']: 1'.repeat(190)}`, 'yaml.keyKind 1:190'],
    ['stairs', lines(500, () => lines(190, i => `${' '.repeat(i)}-\n`)), 'ok'],
    ['block scalars', '- |\n  x\n'.repeat(MANY), 'ok'],
    ['controls', '\u0000'.repeat(5 * MB), 'yaml.control 1:1'],
    ['folded lines', `>\n${' x\n\n'.repeat(MANY)}`, 'ok'],
    ['quoted lines', `"${'x\n'.repeat(MANY)}"`, 'ok'],
    ['empty lines before a wrong indent', `a:\n   b: 1\n${'\n # c\n'.repeat(100_000)}  c: 1`, 'yaml.syntax 200003:3'],
    ['values at the deepest level', `${'['.repeat(200)}${'1,'.repeat(MANY)}${']'.repeat(200)}`, 'ok'],
    ['digits', '1'.repeat(5 * MB), 'ok'],
  ])('%s', (_, text, end) => {
    expect(outcome(text)).toBe(end)
  })

  test.each([
    ['values', `[${'[],'.repeat(1_500_000)}]`],
    ['empty lines', `${'\n'.repeat(5 * MB)}a: 1`],
    ['quotes', '"'.repeat(5 * MB)],
  ])('five megabytes of %s hold more pieces than are read', (_, text) => {
    expect(outcome(text)).toMatch(/^yaml.limit /)
  })

  test('more than is read is not read', () => {
    expect(parseYaml('bad.yaml', ' '.repeat(YAML_LIMITS.length + 1))).toMatchObject({ problems: [{ code: 'file.large' }] })
  })
})

describe('any text', () => {
  const PIECES =
    'a|- |? |: |a: |b: |c: 1\n|\n|\n\n|  |    |#c\n| #c\n|  # c\n\n|[|]|{|}|, |&x |*x |!t |!!str |!!int |"y"|\'z\'|"|\'|>\n|\t|---\n|...\n|%D\n|- e\n|a:\n|  - b\n|[f: g]|"h": |1|.inf|~|2020-01-01|<<: |\r\n|__proto__: |d: |\n    x\n'
      .split('|')
      .concat('|\n', '|+\n', '|')
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map(pieces => pieces.join(''))

  test('gives plain data or one problem, and neither throws nor hangs', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), text => {
        const result = parseYaml('bad.yaml', text)
        if (result.ok) expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value)
        else outcome(text)
      }),
      { numRuns: 2000 },
    )
    expect(({} as { c?: number }).c).toBeUndefined()
  })

  test('is what the library alone makes of it, which sees every comment and empty line', () => {
    let read = 0
    fc.assert(
      fc.property(texts, text => {
        const result = parseYaml('bad.yaml', text)
        if (!result.ok) return
        const options = { version: '1.2', stringKeys: true, resolveKnownTags: false, logLevel: 'silent' } as const
        const document = parseDocument(text, options)
        const alone: unknown = document.toJS({ maxAliasCount: -1 })
        // Ours: a number that JSON has no word for stays text, and a tab that is alone on the last line is nothing.
        if (!isStorable(alone) || document.errors.some(({ code }) => code === 'TAB_AS_INDENT')) return
        expect(document.errors).toEqual([])
        expect(result.value).toEqual(alone)
        read++
      }),
      { numRuns: 5000 },
    )
    expect(read).toBeGreaterThan(300)
  })
})
