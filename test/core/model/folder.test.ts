import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { explainRow } from '../../../core/model/explain.ts'
import { FORMAT } from '../../../core/model/migrate.ts'
import { type ParsedFolder, parseBundle, parseFolder } from '../../../core/model/parse.ts'
import type { Design } from '../../../core/model/types.ts'
import { bundleOf, changedFiles, folderOf } from '../../../core/model/write.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import { designOf, element } from './designs.ts'
import { FULL } from './samples.ts'

const API = 'elements/E-00001.json'

function folder(changes: Readonly<Record<string, string | undefined>> = {}): Map<string, string> {
  const files = new Map(folderOf(FULL))
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path)
    else files.set(path, text)
  }
  return files
}

function edited(path: string, edit: (row: Record<string, unknown>) => void): Record<string, string> {
  const row = JSON.parse(folder().get(path) as string)
  edit(row)
  return { [path]: JSON.stringify(row) }
}

function refusal(result: Result<unknown>): readonly Problem[] {
  if (result.ok) throw new Error('was accepted')
  return result.problems
}

function designIn(result: Result<ParsedFolder>): Design {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value.design
}

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

const BAD: readonly (readonly [string, Readonly<Record<string, string | undefined>>, Partial<Problem>])[] = [
  ['no skeptic.json', { 'skeptic.json': undefined }, { code: 'folder.noDesign', at: 'skeptic.json' }],
  ['an empty skeptic.json', { 'skeptic.json': '' }, { code: 'json.empty', at: 'skeptic.json:1:1' }],
  ['no JSON', { [API]: 'not json' }, { code: 'json.syntax', at: `${API}:1:1` }],
  ['a truncated file', { [API]: '{"id": "E-00001",\n "name": "AP' }, { code: 'json.syntax', at: `${API}:2:10` }],
  ['an empty file', { [API]: '' }, { code: 'json.empty', at: `${API}:1:1` }],
  ['100,000 levels', { [API]: DEEP }, { code: 'json.deep', at: `${API}:1:201` }],
  ['__proto__', { [API]: '{"__proto__": {}, "id": "E-00001"}' }, { code: 'json.key' }],
  ['a key that stands twice', { [API]: '{"id": "E-00001", "id": "E-00002"}' }, { code: 'json.duplicateKey', at: API }],
  ['a merge conflict', { [API]: '<<<<<<< HEAD\n{}\n=======' }, { code: 'json.syntax', at: `${API}:1:1` }],
  ['an array for a row', { [API]: '[]' }, { code: 'schema.invalid', message: 'Must be an object.' }],
  ['null for a row', { [API]: 'null' }, { code: 'schema.invalid', message: 'Must be an object.' }],
  ['null for skeptic.json', { 'skeptic.json': 'null' }, { code: 'format.missing', at: 'skeptic.json:/format' }],
  ['no format', edited('skeptic.json', row => delete row.format), { code: 'format.missing', at: 'skeptic.json:/format' }],
  ['a format that is a text', edited('skeptic.json', row => Object.assign(row, { format: '1' })), { code: 'format.missing' }],
  ['format 0', edited('skeptic.json', row => Object.assign(row, { format: 0 })), { code: 'format.missing' }],
  [
    'a newer format',
    edited('skeptic.json', row => Object.assign(row, { format: FORMAT + 1 })),
    { code: 'format.newer', at: 'skeptic.json:/format' },
  ],
  [
    'an unknown key',
    edited(API, row => Object.assign(row, { colour: 'red' })),
    { code: 'schema.invalid', at: `${API}:/`, message: 'The key "colour" has no place here.' },
  ],
  ['a missing key', edited(API, row => delete row.kind), { code: 'schema.invalid', message: 'The key "kind" is missing.' }],
  ['a wrong value', edited(API, row => Object.assign(row, { kind: 'server' })), { code: 'schema.invalid', at: `${API}:/kind` }],
  [
    'a wrong value deep inside',
    edited(API, row => Object.assign(row, { attributes: { isLog: 'maybe' } })),
    { code: 'schema.invalid', at: `${API}:/attributes/isLog` },
  ],
  ['an unknown attribute', edited(API, row => Object.assign(row, { attributes: { isNice: 'yes' } })), { code: 'schema.invalid' }],
  [
    'an empty name',
    edited(API, row => Object.assign(row, { name: '' })),
    { code: 'schema.invalid', message: 'Must not be empty.' },
  ],
  ['a wrong id', edited(API, row => Object.assign(row, { id: 'E-1' })), { code: 'schema.invalid', at: `${API}:/id` }],
  [
    'another id than the file is named by',
    edited(API, row => Object.assign(row, { id: 'E-00009' })),
    { code: 'file.name', at: API },
  ],
  ['a flow among the elements', { 'elements/F-00001.json': folder().get('flows/F-00001.json') }, { code: 'schema.invalid' }],
  ['a number too large to keep', edited(API, row => Object.assign(row, { foreign: { n: 0 } })), { code: 'json.value' }],
]

describe('parseFolder', () => {
  test('an empty folder holds no design', () => {
    expect(refusal(parseFolder(new Map()))[0]?.code).toBe('folder.noDesign')
  })

  test('reads back what folderOf writes', () => {
    const parsed = parseFolder(folder())
    expect(designIn(parsed)).toEqual(FULL)
    expect(parsed.ok && parsed.value.problems).toEqual([])
  })

  test.each(BAD)('refuses %s, and reads nothing', (name, changes, expected) => {
    const broken =
      name === 'a number too large to keep' ? { [API]: (changes[API] as string).replace('"n":0', '"n":1e999') } : changes
    const problems = refusal(parseFolder(folder(broken), explainRow))
    expect(problems[0]).toMatchObject({ severity: 'error', ...expected })
    for (const problem of problems) expect(problem.cure).toBeTruthy()
  })

  test('names every broken file, in order', () => {
    const problems = refusal(parseFolder(folder({ 'flows/F-00001.json': '{', [API]: '', 'data/D-00001.json': '[' })))
    expect(problems.map(problem => problem.at?.split(':')[0])).toEqual(['data/D-00001.json', API, 'flows/F-00001.json'])
  })

  test('without an explanation it still says which schema is broken', () => {
    expect(refusal(parseFolder(folder({ [API]: '{}' })))[0]).toMatchObject({
      at: API,
      message: 'Does not fit the schema element.',
    })
  })

  test('forgives a byte order mark', () => {
    expect(designIn(parseFolder(folder({ [API]: `\uFEFF${folder().get(API)}` })))).toEqual(FULL)
  })

  test('keeps files nobody knows, and says so', () => {
    const strays = { 'elements/deep/E-00001.json': '{', 'elements/notes.txt': 'x', 'draft.json': '{' }
    const known = {
      'ledger/abc.json': 'x',
      'notes/a.md': 'x',
      'packs/own.json': 'x',
      '.skeptic/lock': '',
      'keys.json': '{',
      'README.md': '',
    }
    const parsed = parseFolder(folder({ ...strays, ...known }))
    expect(designIn(parsed)).toEqual(FULL)
    expect(parsed.ok && parsed.value.problems.map(problem => [problem.code, problem.at])).toEqual(
      Object.keys(strays)
        .sort()
        .map(path => ['folder.stray', path]),
    )
  })

  test('the order of the files does not matter', () => {
    const turned = new Map([...folder()].reverse())
    expect(JSON.stringify(parseFolder(turned))).toBe(JSON.stringify(parseFolder(folder())))
  })
})

describe('bundles', () => {
  test('read back what bundleOf writes', () => {
    expect(parseBundle('b.json', bundleOf(FULL))).toEqual({ ok: true, value: FULL })
  })

  test('a part that nobody knows is refused, because reading on would lose it', () => {
    const text = bundleOf(FULL).replace('"policy.json"', '"polciy.json"')
    expect(refusal(parseBundle('b.json', text, explainRow))[0]).toMatchObject({
      code: 'bundle.unknownPart',
      at: 'b.json:/files/polciy.json',
    })
  })

  test.each([
    ['not JSON', 'x', 'json.syntax'],
    ['an empty text', '', 'json.empty'],
    ['null', 'null', 'bundle.notOne'],
    ['a list', '[]', 'bundle.notOne'],
    ['another tool’s file', '{"summary": {}}', 'bundle.notOne'],
    ['no files', '{"skeptic": "bundle"}', 'bundle.notOne'],
    ['null files', '{"skeptic": "bundle", "files": null}', 'bundle.notOne'],
    ['a list of files', '{"skeptic": "bundle", "files": []}', 'format.missing'],
    ['no skeptic.json', '{"skeptic": "bundle", "files": {}}', 'format.missing'],
    ['a newer format', bundleOf(FULL).replace('"format": 1', '"format": 2'), 'format.newer'],
    ['a wrong row', bundleOf(FULL).replace('"kind": "process"', '"kind": "server"'), 'schema.invalid'],
    ['a wrong file name', bundleOf(FULL).replace('elements/E-00001.json', 'elements/E-00002.json'), 'file.name'],
    ['__proto__', '{"skeptic": "bundle", "files": {"__proto__": {}}}', 'json.key'],
    ['a path said twice', '{"skeptic": "bundle", "files": {"a": 1, "a": 2}}', 'json.duplicateKey'],
  ])('refuse %s', (_name, text, code) => {
    expect(refusal(parseBundle('b.json', text, explainRow))[0]?.code).toBe(code)
  })
})

describe('changedFiles', () => {
  test('an unchanged design changes no file', () => {
    expect(changedFiles(FULL, FULL).size).toBe(0)
    expect(changedFiles(EMPTY_DESIGN, EMPTY_DESIGN).size).toBe(0)
  })

  test('names written and deleted files, and only those', () => {
    const before = designOf(element('E-00001'), element('E-00002'))
    const after = { ...before, elements: { 'E-00002': element('E-00002', { name: 'x' }), 'E-00003': element('E-00003') } }
    expect([...changedFiles(before, after)].map(([path, text]) => [path, text !== undefined])).toEqual([
      ['elements/E-00001.json', false],
      ['elements/E-00002.json', true],
      ['elements/E-00003.json', true],
    ])
  })

  test('files have sorted keys, line feeds and a final newline', () => {
    for (const text of folderOf(FULL).values()) {
      expect(text).toMatch(/[^\n]\n$/)
      expect(text).not.toContain('\r')
      const keys = Object.keys(JSON.parse(text))
      expect(keys).toEqual([...keys].sort())
    }
  })
})
