import { describe, expect, test } from 'vitest'
import { explainErrors } from '../../../core/model/explain.ts'
import type { Rule } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { type ExplainPack, readTeamPacks } from '../../../core/threats/team-packs.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { controlPack, rulePack, wordList } from '../../../schemas/generated/validate-packs.js'
import { OTHERS } from '../model/samples.ts'
import { ruleWith, shop } from './designs.ts'

const explain: ExplainPack = (kind, pack) => {
  const validate = { rulePack, controlPack, wordList }[kind]
  return validate(pack) ? undefined : explainErrors(validate.errors ?? [])
}

const HEAD = { id: 'our-rules', version: '1.0.0', title: 'Our rules', licence: 'Apache-2.0' }
const FIXTURES: Rule['fixtures'] = { positive: [{}], negative: [{ target: { kind: 'dataStore' } }] }
const rule = (id: string, fields: Readonly<Record<string, unknown>> = {}) =>
  ruleWith({ id, target: ['process'], controls: ['AUTHN-CALLER'], ...(fields as Partial<Rule>) })
const ours = (...rules: readonly unknown[]) => ({ ...HEAD, rules })
const [control] = (OTHERS.controlPack as { readonly controls: readonly Readonly<Record<string, unknown>>[] }).controls
const controls = (...entries: readonly unknown[]) => ({ ...HEAD, id: 'our-controls', controls: entries })

function read(files: Readonly<Record<string, unknown>>, builtin = builtinPacks) {
  const texts = Object.entries(files).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  )
  return readTeamPacks(new Map(texts), { builtin, explain })
}

function rulesOf({ rules }: ReturnType<typeof read>): readonly (readonly string[])[] {
  return rules.map(pack => [pack.id, ...pack.rules.map(({ id }) => id)])
}

/** Every problem must say where, what and what to do. */
function one(answer: ReturnType<typeof read>) {
  expect(answer.problems.length).toBe(1)
  const [problem] = answer.problems
  for (const text of [problem?.at, problem?.message, problem?.cure]) expect(text).toEqual(expect.stringMatching(/\S/))
  return problem
}

describe('a pack that is whole', () => {
  test('is used as it is', () => {
    const pack = ours(rule('OUR-1', { fixtures: FIXTURES }), rule('OUR-2'))
    const answer = read({ 'packs/ours.json': pack })
    expect(answer).toEqual({ rules: [pack], controls: [], words: [], problems: [] })
    const { findings } = deriveFindings(shop(), [...builtinPacks.rules, ...answer.rules])
    expect(findings.filter(finding => finding.pack === 'our-rules').map(finding => finding.rule)).toEqual(['OUR-1', 'OUR-2'])
  })

  test('of controls is used as it is', () => {
    const pack = controls({ ...control, id: 'OUR-TLS' })
    expect(read({ 'packs/controls.json': pack })).toEqual({ rules: [], controls: [pack], words: [], problems: [] })
  })

  test('may begin with a byte order mark, and is read in the order of files', () => {
    const [a, b] = [
      { ...ours(rule('OUR-1')), id: 'a' },
      { ...ours(rule('OUR-2')), id: 'b' },
    ]
    const forth = read({ 'packs/a.json': `\uFEFF${JSON.stringify(a)}`, 'packs/b.json': b })
    const back = read({ 'packs/b.json': b, 'packs/a.json': a })
    expect(rulesOf(forth)).toEqual([
      ['a', 'OUR-1'],
      ['b', 'OUR-2'],
    ])
    expect(back).toEqual(forth)
  })

  test('no pack is no problem', () => {
    expect(read({})).toEqual({ rules: [], controls: [], words: [], problems: [] })
  })
})

describe('a file of which nothing can be used', () => {
  test.each([
    ['no JSON', '{"rules": [', 'json.syntax', 'packs/x.json:1:12'],
    ['nothing at all', '', 'json.empty', 'packs/x.json:1:1'],
    ['a key that attacks use', '{"rules": [{"__proto__": {}}]}', 'json.key', 'packs/x.json:1:14'],
    ['too many brackets', `${'['.repeat(300)}${']'.repeat(300)}`, 'json.deep', 'packs/x.json:1:201'],
    ['neither rules nor controls', { ...HEAD }, 'pack.kind', 'packs/x.json'],
    ['rules that are no list', { ...HEAD, rules: {} }, 'pack.kind', 'packs/x.json'],
    ['a list', [rule('OUR-1')], 'pack.kind', 'packs/x.json'],
    ['null', null, 'pack.kind', 'packs/x.json'],
    ['a text', '"rules"', 'pack.kind', 'packs/x.json'],
    ['a number', 7, 'pack.kind', 'packs/x.json'],
  ] as const)('%s says where and why', (_, value, code, at) => {
    const answer = read({ 'packs/x.json': value, 'packs/y.json': ours(rule('OUR-1')) })
    expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1']])
    expect(one(answer)).toMatchObject({ code, at, severity: 'error' })
  })

  test.each([
    ['an id that is none', { id: 'Our Rules' }, '/id'],
    ['an id that leads elsewhere', { id: '../../elsewhere' }, '/id'],
    ['no version', { version: undefined }, '/'],
    ['a version that is none', { version: 'one' }, '/version'],
    ['no title', { title: undefined }, '/'],
    ['an empty title', { title: '' }, '/title'],
    ['no licence', { licence: undefined }, '/'],
    ['an unknown key', { author: 'us' }, '/'],
    ['optional that is no yes or no', { optional: 'yes' }, '/optional'],
    ['rules and controls at once', { controls: [] }, '/'],
  ] as const)('a head with %s takes the pack along, and says so once', (_, head, at) => {
    const answer = read({ 'packs/x.json': { ...ours(rule('OUR-1'), rule('OUR-2')), ...head } })
    expect(rulesOf(answer)).toEqual([])
    expect(one(answer)).toMatchObject({ code: 'pack.invalid', severity: 'error', at: `packs/x.json:${at}` })
    expect(one(answer)?.message).toMatch(/ Nothing of this pack is used\.$/)
  })

  test('an unknown key of the head is named', () => {
    expect(one(read({ 'packs/x.json': { ...ours(rule('OUR-1')), author: 'us' } }))?.message).toContain('"author"')
  })

  test('the id of a built-in pack, or of an earlier file, is taken', () => {
    const builtin = read({ 'packs/x.json': { ...ours(rule('OUR-1')), id: 'web-api' } })
    expect(builtin.rules).toEqual([])
    expect(one(builtin)).toMatchObject({ code: 'pack.taken', at: 'packs/x.json', message: expect.stringContaining('web-api') })
    const twice = read({ 'packs/a.json': ours(rule('OUR-1')), 'packs/b.json': ours(rule('OUR-2')) })
    expect(rulesOf(twice)).toEqual([['our-rules', 'OUR-1']])
    expect(one(twice)).toMatchObject({ code: 'pack.taken', at: 'packs/b.json' })
    const across = read({
      'packs/a.json': ours(rule('OUR-1')),
      'packs/b.json': { ...controls({ ...control, id: 'OUR' }), id: 'our-rules' },
    })
    expect(one(across)).toMatchObject({ code: 'pack.taken', at: 'packs/b.json' })
  })

  test('an empty list of rules is said to be empty', () => {
    expect(one(read({ 'packs/x.json': ours() }))).toMatchObject({ at: expect.stringContaining('packs/x.json') })
  })
})

describe('a pack of which one rule is broken', () => {
  test.each([
    ['an unknown key', { severity: 'high' }, '/rules/1', 'The key "severity" has no place here.'],
    ['no title', { title: undefined }, '/rules/1', 'The key "title" is missing.'],
    ['a likelihood off the scale', { likelihood: 9 }, '/rules/1/likelihood', 'Must be <= 5.'],
    ['a wrong matcher', { when: [{ tecnology: ['sql'] }] }, '/rules/1/when/0', 'The key "tecnology" has no place here.'],
    ['a wrong matcher within', { when: [{ not: { bogus: [] } }] }, '/rules/1/when/0/not', 'The key "bogus" has no place here.'],
    ['an unknown attribute', { when: [{ attribute: { isMagic: ['yes'] } }] }, '/rules/1/when/0/attribute', ''],
    [
      'a value that is none',
      { when: [{ attribute: { isLog: ['maybe'] } }] },
      '/rules/1/when/0/attribute/isLog/0',
      'Must be one of',
    ],
    [
      'a fixture with an unknown key',
      { fixtures: { positive: [{ nonsense: 1 }], negative: [{}] } },
      '/rules/1/fixtures/positive/0',
      'nonsense',
    ],
    ['a subject it cannot have', { subject: 'element' }, '/rules/1', 'cannot threaten the element'],
    ['a slot that nobody fills', { title: '{sorce} is harmed' }, '/rules/1', '{sorce}'],
    ['a condition without its end', { subject: 'flow', when: [{ technology: ['sql'] }] }, '/rules/1', 'must say of which end'],
    ['no category', { categories: [] }, '/rules/1', 'It names no categories.'],
  ] as const)('%s: file, place, rule and cure are named, and the others are used', (_, fields, place, says) => {
    const answer = read({ 'packs/x.json': ours(rule('OUR-1'), rule('OUR-2', fields), rule('OUR-3')) })
    expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1', 'OUR-3']])
    const problem = one(answer)
    expect(problem).toMatchObject({ code: 'pack.entry', severity: 'error', at: `packs/x.json:${place}` })
    expect(problem?.message).toContain('Rule OUR-2: ')
    expect(problem?.message).toContain(says)
    expect(problem?.message).toMatch(/ It is not used; the rest of the pack is\.$/)
    expect(deriveFindings(shop(), answer.rules).problems).toEqual([])
  })

  test.each([[null], [7], ['OUR-2'], [[]], [{}], [{ id: 7 }]])('an entry that is %j is named by its place', entry => {
    const answer = read({ 'packs/x.json': ours(rule('OUR-1'), entry) })
    expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1']])
    expect(one(answer)?.at).toMatch(/^packs\/x\.json:\/rules\/1/)
  })

  test('all of them broken: no pack, a problem for each', () => {
    const answer = read({ 'packs/x.json': ours(rule('OUR-1', { cwe: 'CWE-1' }), rule('OUR-2', { on: 'everything' })) })
    expect(answer.rules).toEqual([])
    expect(answer.problems.map(({ at }) => at)).toEqual(['packs/x.json:/rules/0/cwe', 'packs/x.json:/rules/1/on'])
  })

  test('the id of a built-in rule, or of another team pack, is taken', () => {
    const builtin = read({ 'packs/x.json': ours(rule('SI-XP-S1'), rule('OUR-1')) })
    expect(rulesOf(builtin)).toEqual([['our-rules', 'OUR-1']])
    expect(one(builtin)).toMatchObject({
      code: 'pack.entry',
      at: 'packs/x.json:/rules/0',
      message: expect.stringContaining('SI-XP-S1'),
    })
    const across = read({
      'packs/a.json': ours(rule('OUR-1')),
      'packs/b.json': { ...ours(rule('OUR-1'), rule('OUR-2')), id: 'b' },
    })
    expect(rulesOf(across)).toEqual([
      ['our-rules', 'OUR-1'],
      ['b', 'OUR-2'],
    ])
    expect(one(across)?.at).toBe('packs/b.json:/rules/0')
  })

  test('the same id twice in one pack: the first is used', () => {
    const answer = read({ 'packs/x.json': ours(rule('OUR-1', { title: 'first' }), rule('OUR-1', { title: 'second' })) })
    expect(answer.rules[0]?.rules.map(({ title }) => title)).toEqual(['first'])
    expect(one(answer)).toMatchObject({ at: 'packs/x.json:/rules/1', message: expect.stringContaining('Rule OUR-1: ') })
  })
})

describe('fixtures', () => {
  test.each([
    [
      'a positive one that finds nothing',
      { positive: [{ target: { kind: 'dataStore' } }], negative: [{ target: { kind: 'dataStore' } }] },
    ],
    ['a negative one that finds something', { positive: [{}], negative: [{}] }],
  ])('%s is a warning, and the rule is used', (_, fixtures) => {
    const answer = read({ 'packs/x.json': ours(rule('OUR-1', { fixtures })) })
    expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1']])
    expect(one(answer)).toMatchObject({ severity: 'warning', code: 'rule.fixture', at: 'packs/x.json:/rules/0/fixtures' })
    expect(one(answer)?.message).toContain('OUR-1')
  })

  test('none at all is nobody’s fault', () => {
    expect(read({ 'packs/x.json': ours(rule('OUR-1')) }).problems).toEqual([])
  })

  test('hostile ones end too', () => {
    const fixture = {
      target: { kind: 7, boundary: 'constructor', attributes: 'yes', data: null },
      flow: { source: null, data: 3 },
    }
    const answer = read({ 'packs/x.json': ours(rule('OUR-1', { fixtures: { positive: [fixture], negative: [fixture] } })) })
    expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1']])
    expect(answer.problems.every(({ severity }) => severity === 'warning')).toBe(true)
  })
})

describe('controls', () => {
  test('one broken, one taken, one good', () => {
    const entries = [
      { ...control, id: 'OUR-1', do: 7 },
      { ...control, id: 'AUTHN-SESSION' },
      { ...control, id: 'OUR-2' },
    ]
    const known = {
      rules: [],
      controls: [{ ...(OTHERS.controlPack as object), controls: [{ ...control, id: 'AUTHN-SESSION' }] }],
    }
    const answer = read({ 'packs/x.json': controls(...entries) }, { ...builtinPacks, ...(known as never as typeof builtinPacks) })
    expect(answer.controls.map(pack => pack.controls.map(({ id }) => id))).toEqual([['OUR-2']])
    expect(answer.problems).toEqual([
      expect.objectContaining({
        code: 'pack.entry',
        at: 'packs/x.json:/controls/0/do',
        message: expect.stringContaining('Control OUR-1: '),
      }),
      expect.objectContaining({
        code: 'pack.entry',
        at: 'packs/x.json:/controls/1',
        message: expect.stringContaining('Control AUTHN-SESSION: '),
      }),
    ])
  })

  test('and rules of one team live side by side', () => {
    const answer = read({
      'packs/c.json': controls({ ...control, id: 'OUR-TLS' }),
      'packs/r.json': ours(rule('OUR-1', { controls: ['OUR-TLS'] })),
    })
    expect([answer.rules.length, answer.controls.length, answer.problems]).toEqual([1, 1, []])
  })
})

describe('word lists', () => {
  const words = (lists: object) => ({ id: 'our-words', language: 'en', lists })

  test('are read', () => {
    const list = words({ vague: { 'world class': 'rated [number]' } })
    expect(read({ 'packs/w.json': list })).toMatchObject({ rules: [], controls: [], words: [list], problems: [] })
  })

  test('a list that no rule reads is named with the lists there are, and the others are used', () => {
    const answer = read({ 'packs/w.json': words({ vague: { nice: '' }, vage: { so: '' } }) })
    expect(answer.words).toEqual([words({ vague: { nice: '' } })])
    expect(one(answer)).toMatchObject({ severity: 'error', code: 'pack.entry', at: 'packs/w.json:/lists/vage' })
    expect(one(answer)?.cure).toContain('vague')
  })

  test.each([
    ['no language', { id: 'our-words', lists: {} }, 'packs/w.json:/'],
    ['a rewrite that is no text', words({ vague: { nice: 7 } }), 'packs/w.json:/lists/vague/nice'],
    ['a list that is none', words({ vague: ['nice'] }), 'packs/w.json:/lists/vague'],
  ])('%s is one error, and nothing of the list is used', (_, list, at) => {
    const answer = read({ 'packs/w.json': list })
    expect(answer.words).toEqual([])
    expect(one(answer)).toMatchObject({ severity: 'error', code: 'pack.invalid', at, cure: expect.stringMatching(/\S/) })
  })

  test('the id of one of ours is taken', () => {
    const answer = read({ 'packs/w.json': { ...words({}), id: 'english' } })
    expect([answer.words, one(answer)?.code]).toEqual([[], 'pack.taken'])
  })
})

test('a control that no pack has is a warning, and the rule is used', () => {
  const own = controls({ ...control, id: 'OUR-TLS' })
  const pack = ours(rule('OUR-1', { controls: ['OUR-TLS', 'AUTHN-CALLER'] }), rule('OUR-2', { controls: ['OUR-TSL'] }))
  const answer = read({ 'packs/a.json': pack, 'packs/b.json': own })
  expect(rulesOf(answer)).toEqual([['our-rules', 'OUR-1', 'OUR-2']])
  const problem = one(answer)
  expect(problem).toMatchObject({ code: 'pack.control', severity: 'warning' })
  expect(problem?.message).toContain('OUR-2')
  expect(problem?.message).toContain('OUR-TSL')
})

test('whatever is wrong with them, the built-in packs find what they found', () => {
  const wrecks = {
    'packs/a.json': '{',
    'packs/b.json': { ...ours(rule('OUR-1')), id: 'stride-interaction' },
    'packs/c.json': ours(rule('SI-XP-S1', { title: 'taken over' }), null, rule('OUR-2', { when: [{ bogus: 1 }] })),
    'packs/d.json': { ...HEAD, id: 'd' },
  }
  const { rules, problems } = read(wrecks)
  expect(problems.length).toBe(6)
  const alone = deriveFindings(shop(), builtinPacks.rules).findings.map(({ id, title }) => [id, title])
  const beside = deriveFindings(shop(), [...builtinPacks.rules, ...rules])
  expect(beside.problems).toEqual([])
  expect(beside.findings.map(({ id, title }) => [id, title])).toEqual(alone)
})

test('500 broken rules are 500 problems, in order', () => {
  const { rules, problems } = read({
    'packs/x.json': ours(...Array.from({ length: 500 }, (_, n) => rule(`OUR-${n}`, { impact: 0 }))),
  })
  expect(rules).toEqual([])
  expect(problems.map(({ at }) => at)).toEqual(Array.from({ length: 500 }, (_, n) => `packs/x.json:/rules/${n}/impact`))
})
