import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseYaml, topKeysOfYaml } from '../../../core/dependencies/yaml.ts'
import { parseJson } from '../../../core/model/json.ts'
import type { Problem } from '../../../core/support/result.ts'

function parsed(text: string): unknown {
  const result = parseYaml('model.yaml', text)
  if (!result.ok) throw new Error(`${result.problems[0].at}: ${result.problems[0].message}`)
  return result.value
}

/** The one problem of a refusal, which must be complete. */
function refused(text: string): Problem {
  const result = parseYaml('model.yaml', text)
  if (result.ok) throw new Error(`It was read: ${JSON.stringify(result.value)}`)
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem).toMatchObject({ severity: 'error', code: expect.stringMatching(/^yaml\./) })
  expect(problem.at).toMatch(/^model\.yaml:\d+:\d+$/)
  expect(problem.message).toMatch(/^[^\n]{10,300}\.$/)
  expect(problem.cure).toMatch(/\.$/)
  return problem
}

describe('a value is what the core schema of YAML 1.2 makes of it', () => {
  test.each([
    ['a: 1', { a: 1 }],
    ['- 1\n- -2\n- 1.5\n- 1e3\n- 0x1F\n- 0o17\n- 007\n', [1, -2, 1.5, 1000, 31, 15, 7]],
    ['[true, False, TRUE, null, ~, Null, ]', [true, false, true, null, null, null]],
    ['[yes, no, on, off, y, NO]', ['yes', 'no', 'on', 'off', 'y', 'NO']],
    ['- 2020-08-04\n- 2020-08-04T10:00:00Z\n- 10:30\n', ['2020-08-04', '2020-08-04T10:00:00Z', '10:30']],
    ['- .inf\n- -.INF\n- .nan\n- 1e400\n', ['.inf', '-.INF', '.nan', '1e400']],
    ['otmVersion: 0.1.0', { otmVersion: '0.1.0' }],
    ['a:\nb: []\nc: {}\nd: ""\ne: "-"\n', { a: null, b: [], c: {}, d: '', e: '-' }],
    ['a: |\n  one\n  two\n\nb: >-\n  one\n  two\n', { a: 'one\ntwo\n', b: 'one two' }],
    ["a: \"\\u00e9\\n\\x41\"\nb: 'it''s'\n", { a: 'é\nA', b: "it's" }],
    ['a: one\n  two\n\n  three\n', { a: 'one two\nthree' }],
    ['a: [b: 1, c]', { a: [{ b: 1 }, 'c'] }],
    ['? a\n: 1\n? b\n', { a: 1, b: null }],
    ['a: !!str 1\nb: !!int "2"\nc: ! 3\nd: !!seq [1]\n', { a: '1', b: 2, c: '3', d: [1] }],
    ['%YAML 1.1\n---\na: yes\nb: 0777\n', { a: 'yes', b: 777 }],
    ['<<: {a: 1}\nb: 2\n', { '<<': { a: 1 }, b: 2 }],
    ['just text', 'just text'],
    ['null', null],
    ['"" # empty text', ''],
  ])('%j', (text, value) => {
    expect(parsed(text)).toEqual(value)
  })

  test('keys become the text they are written as', () => {
    expect(parsed('1: a\n1.0: b\ntrue: c\n~: d\nnull: e\n2020-01-01: f\n.inf: g\n')).toEqual({
      '1': 'a',
      '1.0': 'b',
      true: 'c',
      '~': 'd',
      null: 'e',
      '2020-01-01': 'f',
      '.inf': 'g',
    })
    expect(parsed(': a')).toEqual({ '': 'a' })
  })

  test('words that every object knows are only words', () => {
    const value = parsed('constructor: 1\nprototype: 2\ntoString: 3\nhasOwnProperty: 4\n')
    expect(value).toEqual(JSON.parse('{"constructor":1,"prototype":2,"toString":3,"hasOwnProperty":4}'))
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
})

describe('lines', () => {
  test('that hold nothing or a comment change nothing, wherever they stand', () => {
    const idle = '\n   \n# note\n    # deep note\n\t\n'
    const text = ['# head', '---', 'a:', '  - b: |', '      text', '', '      # text', '  - c: [1,', '     2]', 'd: "x', '  y"']
    const value = { a: [{ b: 'text\n\n# text\n' }, { c: [1, 2] }], d: 'x y' }
    expect(parsed(text.join('\n'))).toEqual(value)
    for (const line of [0, 1, 2, 3, 7, 8, 9, 11])
      expect(parsed([...text.slice(0, line), idle, ...text.slice(line)].join('\n')), String(line)).toEqual(value)
  })

  test('may end as on any system, and a byte order mark may stand first', () => {
    const text = '# note\na:\n  - "b\n    c"\n  - |\n    d\n\n    e\n# end\n'
    const value = { a: ['b c', 'd\n\ne\n'] }
    for (const end of ['\n', '\r\n', '\r']) expect(parsed(`\uFEFF${text.replaceAll('\n', end)}`)).toEqual(value)
  })

  test('are counted the same for each of them', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(refused(`\uFEFF# note${end}a: 1${end}${end}b: [${end}  x: @y]`).at).toBe('model.yaml:5:6')
  })
})

describe('aliases', () => {
  test('repeat what they name, as a copy of it', () => {
    const value = parsed('a: &x {n: [1]}\nb: *x\nc: &x 2\nd: [*x, *x]\n&k key: *k\n') as Record<string, unknown>
    expect(value).toEqual({ a: { n: [1] }, b: { n: [1] }, c: 2, d: [2, 2], key: 'key' })
    expect(value.b).not.toBe(value.a)
  })

  test('that name nothing, or what is around them, are refused where they stand', () => {
    expect(refused('a: 1\nb: *x\nc: &x 1\n')).toMatchObject({ code: 'yaml.alias', at: 'model.yaml:2:4' })
    expect(refused('a: &x\n  b: [1, *x]\n')).toMatchObject({
      code: 'yaml.alias',
      at: 'model.yaml:2:10',
      message: expect.stringContaining('never end'),
    })
    expect(refused('- &x 1\n- &x [*x]\n').code).toBe('yaml.alias')
  })
})

describe('what cannot be read says where and why', () => {
  test.each([
    ['', 'yaml.empty', '1:1', 'empty'],
    [' \n# only a comment\n', 'yaml.empty', '1:1', 'empty'],
    ['---\n', 'yaml.empty', '1:1', 'empty'],
    ['a: 1\nb: [1, 2\n', 'yaml.syntax', '3:1', 'flow sequence'],
    ['a: "x\n', 'yaml.syntax', '2:1', 'closing'],
    ['a: 1\n\tb: 2\n', 'yaml.syntax', '2:1', 'tabs'],
    ['name: Web: shop\n', 'yaml.syntax', '1:7', 'needs quotes'],
    ['a: 1\n # note\n  b: 2\n', 'yaml.syntax', '3:3', ''],
    ['a: @x\n', 'yaml.syntax', '1:4', 'reserved character @'],
    ['a: "\\q"\n', 'yaml.syntax', '1:5', 'escape'],
    ['a: 1\n]\n', 'yaml.syntax', '2:1', 'unexpected ]'],
    ['a: 1\na: 2\n', 'yaml.duplicateKey', '2:1', '"a"'],
    ['{1: a, "1": b}', 'yaml.duplicateKey', '1:8', '"1"'],
    ['a: {b: {__proto__: {c: 1}}}\n', 'yaml.key', '1:9', '"__proto__"'],
    ['"\\u005f_proto__": 1\n', 'yaml.key', '1:1', '"__proto__"'],
    ['[a]: 1\n', 'yaml.keyKind', '1:1', 'only text'],
    ['? {a: 1}\n: 1\n', 'yaml.keyKind', '1:3', 'only text'],
    ['- &x a\n- {*x : 1}\n', 'yaml.keyKind', '2:4', 'only text'],
    ['!!int 1: a\n', 'yaml.keyKind', '1:1', 'only text'],
    ['a: !ruby/object:Gem {b: 1}\n', 'yaml.tag', '1:4', '!ruby/object:Gem'],
    ['a: !!python/object/apply:os.system [ls]\n', 'yaml.tag', '1:4', 'python'],
    ['a:\n  b: !!binary aGk=\n', 'yaml.tag', '2:6', 'binary'],
    ['a: !!set {b}\n', 'yaml.tag', '1:4', 'set'],
    ['a: !!timestamp 2020-01-01\n', 'yaml.tag', '1:4', 'timestamp'],
    ['a: !!int x\n', 'yaml.tag', '1:4', 'int'],
    ['%TAG ! tag:evil,2000:\n---\na: !x 1\n', 'yaml.tag', '3:4', 'evil'],
    ['a: 1\n---\nb: 2\n', 'yaml.documents', '2:1', 'line 2'],
    ['# one\na: 1\n...\n# two\nb: 2\n', 'yaml.documents', '5:1', 'line 5'],
    ['a: 1\n--- "b\n', 'yaml.documents', '2:1', 'line 2'],
    ['a: b: c\n---\nb: 2\n', 'yaml.syntax', '1:4', 'needs quotes'],
    ['a: x\u0007y\n', 'yaml.control', '1:5', 'U+0007'],
    ['\uFFFD\uFFFDa\u0000:\u0000 \u00001\u0000', 'yaml.control', '1:4', 'U+0000'],
  ])('%j', (text, code, place, words) => {
    const problem = refused(text)
    expect(problem).toMatchObject({ code, at: `model.yaml:${place}` })
    expect(problem.message).toContain(words)
  })

  test('a cut file is called that', () => {
    expect(refused('a:\n  b: [1, 2').cure).toContain('cut off')
    expect(refused('a: [1}\nb: 2\n').cure).not.toContain('cut off')
  })

  test('an end mark, and a second document without content, are no second document', () => {
    expect(parsed('---\na: 1\n...\n')).toEqual({ a: 1 })
    expect(parsed('a: 1\n---\n# nothing more\n')).toEqual({ a: 1 })
  })
})

describe('every JSON text', () => {
  const space = fc.stringMatching(/^[ \t\n\r]{0,4}$/)

  test('is read as JSON.parse reads it, however it is laid out', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom(undefined, 1, 2, '\t', ' \t'),
        space,
        (value, indent, around) => {
          // A tab before a number or text that stands alone would be its indent.
          const before = typeof value === 'object' && value !== null ? around : around.replaceAll('\t', '')
          const text = before + JSON.stringify(value, null, indent) + around
          expectSame(text)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('also with spaces between any two tokens', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.infiniteStream(space), (value, spaces) => {
        const tokens = JSON.stringify([value]).match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"]+/g) ?? []
        expectSame(tokens.map(token => token + spaces.next().value).join(''))
      }),
      { numRuns: 300 },
    )
  })

  test('also with every escape, sign and number', () => {
    const unit = fc.constantFrom(
      ...'aé"\\/\b\f\n\r\t\u0000\u2028\u007f\ud800\uFEFF',
      ' ',
      ': ',
      ' #',
      '- ',
      '---',
      '{',
      ']',
      '&',
      '*',
      '!',
      '|',
      '%',
      '@',
    )
    const texts = fc.string({ unit, maxLength: 12 })
    const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.bigInt().map(String), fc.maxSafeInteger())
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts, numbers)), rows => {
        const body = rows.map(([key, text, number], i) => `${JSON.stringify(key + i)}:[${JSON.stringify(text)},${number}]`)
        expectSame(`{${body.join(',')}}`)
      }),
      { numRuns: 500 },
    )
  })

  test('that parseJson refuses for its keys or depth is refused here too', () => {
    for (const text of ['{"__proto__": 1}', `${'['.repeat(201)}${']'.repeat(201)}`]) {
      expect(parseJson('model.json', text).ok).toBe(false)
      expect(parseYaml('model.yaml', text).ok).toBe(false)
    }
    expectSame(`${'['.repeat(200)}${']'.repeat(200)}`)
    expectSame(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)
  })
})

function expectSame(text: string): void {
  const json = parseJson('model.json', text)
  if (json.ok) expect(parsed(text)).toStrictEqual(json.value)
  else expect([json.problems[0].code, refused(text).code]).toEqual(['json.key', 'yaml.key'])
}

describe('a model is known by the keys at its top', () => {
  const otm = ['otmVersion: 0.1.0\n', '"otmVersion": 0.1.0', "'otmVersion' : 0.1.0", 'otmVersion:\r\n  0.1.0']
  test.each([
    ...otm,
    '# a model\n\n---\notmVersion: 0.1.0\n',
    '\uFEFF%YAML 1.2\n--- # one\notmVersion: 0.1.0\n',
    'project:\n  name: x\ntrustZones:\n- id: y\notmVersion: 0.1.0\n',
    '  project: {}\n  otmVersion: 0.1.0\n',
    'project: x\rotmVersion: 0.1.0\r',
  ])('%j is an Open Threat Model', head => {
    expect([...topKeysOfYaml(head)]).toContain('otmVersion')
  })

  test.each([
    'threagile_version: 1.0.0\n',
    '# x\n---\ntitle: y\n"threagile_version": 1.0.0\n',
    'includes:\n  - a\nthreagile_version:',
  ])('%j is a Threagile model', head => {
    expect([...topKeysOfYaml(head)]).toContain('threagile_version')
  })

  test.each([
    '',
    '# otmVersion: 0.1.0\n',
    'a:\n  otmVersion: 0.1.0\n',
    'notes: |\n  otmVersion: 0.1.0\n',
    'otmVersions: 1\n',
    '"otmVersion: 1\n',
    '{"otmVersion": "0.2.0"}',
    'Dear team,\nthe otmVersion: 0.1.0\n',
  ])('%j is neither', head => {
    expect([...topKeysOfYaml(head)]).not.toContain('otmVersion')
  })
})
