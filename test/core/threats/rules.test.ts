import { describe, expect, test } from 'vitest'
import type { Condition, Element, Flow, Rule, RulePack } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { fixtureProblems } from '../../../core/threats/fixtures.ts'
import { drawn, packOf, ruleWith } from './designs.ts'

const pair = drawn({
  elements: [{ id: 'E-00001' }, { id: 'E-00002' }],
  flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
})

describe('broken rules are visible problems', () => {
  test.each<[string, Partial<Rule> | Record<string, unknown>, string]>([
    [
      'an unknown slot',
      { title: 'Harm to {whom}' },
      'Its title has the slot {whom}; there are {source}, {target}, {flow}, {element}.',
    ],
    ['an unknown matcher', { when: [{ expression: '1 = 1' }] }, 'There is no matcher "expression".'],
    ['an empty condition', { when: [{}] }, 'A condition asks for nothing.'],
    ['a condition that is no object', { when: [null] }, 'A condition is not an object.'],
    ['an unknown attribute', { when: [{ attribute: { isNice: ['yes'] } }] }, 'There is no attribute "isNice".'],
    ['an inherited attribute', { when: [{ attribute: { constructor: ['yes'] } }] }, 'There is no attribute "constructor".'],
    [
      'a value no attribute has',
      { when: [{ attribute: { logsAudit: ['maybe'] } }] },
      'Attribute "logsAudit" compares with yes, no or unknown.',
    ],
    [
      'a value no flow has',
      { unless: [{ condition: { encryption: ['tls'] }, control: 'C' }] },
      '"tls" is no value of "encryption".',
    ],
    ['an empty list', { when: [{ protocol: [] }] }, 'Its "protocol" lists no texts.'],
    ['an unknown class', { when: [{ dataClassAtLeast: 'D9' }] }, '"D9" is no data class.'],
    [
      'nobody to ask',
      { subject: 'flow', when: [{ technology: ['x'] }] },
      'Its "technology" must say of which end ("of": source or target).',
    ],
    [
      'the wrong side',
      { when: [{ technology: ['x'], of: 'element' }] },
      'Its "technology" must say of which end ("of": source or target).',
    ],
    [
      'a flow fact on an element',
      { on: 'element', subject: 'element', when: [{ encryption: ['no'] }] },
      'An element has no encryption.',
    ],
    ['an element as subject of a flow', { subject: 'element' }, 'A rule on an interaction cannot threaten the element.'],
    ['an end as subject of an element', { on: 'element', subject: 'source' }, 'A rule on an element cannot threaten the source.'],
    [
      'no process at either end',
      { source: ['dataStore'], target: ['externalEntity'] },
      'It can never match: neither end may be a process, and data does not move itself.',
    ],
    ['no controls', { controls: 'CONTROL' }, 'It has no list of controls.'],
    ['neither STRIDE nor privacy', { categories: [] }, 'It names no categories.'],
    ['a privacy category nobody knows', { privacy: ['spying'] }, 'Its "privacy" lists something that is no privacy category.'],
    [
      'an inner condition that is wrong',
      { when: [{ any: [{ attribute: { brave: ['yes'] } }] }] },
      'There is no attribute "brave".',
    ],
    ['a negation of nothing', { when: [{ not: {} }] }, 'A condition asks for nothing.'],
    ['a likelihood off the scale', { likelihood: 6 }, 'Its likelihood is not a whole number from 1 to 5.'],
    ['conditions that are no list', { when: 'always' }, 'Its "when" is not a list.'],
    ['no question', { question: undefined }, 'It has no question.'],
  ])('%s', (_, fields, message) => {
    const rule = ruleWith(fields as Partial<Rule>)
    const { findings, problems } = deriveFindings(pair, [packOf(rule)])
    expect(findings).toEqual([])
    expect(problems.map(problem => [problem.code, problem.severity, problem.at])).toEqual([
      ['rule.broken', 'error', 'test/TEST-1'],
    ])
    expect(problems[0]?.message).toBe(`Rule TEST-1 of pack test is broken and finds nothing. ${message}`)
  })

  test('one broken rule keeps no other from working', () => {
    const { findings, problems } = deriveFindings(pair, [packOf(ruleWith({ title: '{x}' }), ruleWith({ id: 'TEST-2' }))])
    expect(findings.map(finding => finding.rule)).toEqual(['TEST-2'])
    expect(problems.length).toBe(1)
  })

  test('two rules with one id: the first pack by name keeps it', () => {
    const mine = { ...packOf(ruleWith({ title: 'mine' })), id: 'a-mine' }
    const theirs = { ...packOf(ruleWith({ title: 'theirs' })), id: 'b-theirs' }
    const { findings, problems } = deriveFindings(pair, [theirs, mine])
    expect(findings.map(finding => finding.title)).toEqual(['mine'])
    expect(problems[0]?.at).toBe('b-theirs/TEST-1')
    expect(problems[0]?.message).toContain('Another rule has the same id.')
  })

  test('a pack that is no pack is a problem, and the others work', () => {
    const rubbish = { ...packOf(), id: 'rubbish', rules: [null] } as unknown as RulePack
    const { findings, problems } = deriveFindings(pair, [rubbish, packOf(ruleWith({}))])
    expect(findings.length).toBe(1)
    expect(problems.map(problem => [problem.code, problem.at])).toEqual([['pack.malformed', 'rubbish']])
  })
})

describe('conditions', () => {
  type Case = readonly [
    Condition,
    { target?: Partial<Element>; flow?: Partial<Flow>; boundary?: 'network' | 'privilege' },
    boolean,
  ]
  test.each<Case>([
    [{ attribute: { logsAudit: ['no'] } }, { target: { attributes: { logsAudit: 'no' } } }, true],
    [{ attribute: { logsAudit: ['no'] } }, {}, false],
    [{ attribute: { logsAudit: ['unknown'] } }, {}, true],
    [{ attribute: { logsAudit: ['unknown'] } }, { target: { attributes: { logsAudit: 'unknown' } } }, true],
    [{ attribute: { logsAudit: ['no', 'unknown'], limitsRate: ['no'] } }, { target: { attributes: { limitsRate: 'no' } } }, true],
    [{ attribute: { logsAudit: ['no'], limitsRate: ['no'] } }, { target: { attributes: { limitsRate: 'no' } } }, false],
    [{ attribute: { logsAudit: ['no'] }, of: 'source' }, { target: { attributes: { logsAudit: 'no' } } }, false],
    [{ technology: ['postgresql'] }, { target: { technology: 'PostgreSQL 17' } }, true],
    [{ technology: ['sql'] }, { target: { technology: 'PostgreSQL 17' } }, false],
    [{ technology: ['node.js'] }, { target: { technology: 'Fastify on Node.js' } }, true],
    [{ technology: ['node.js'] }, {}, false],
    [{ codeClass: ['authz', 'crypto'] }, { target: { codeClasses: { crypto: true } } }, true],
    [{ codeClass: ['authz'] }, { target: { codeClasses: { crypto: true } } }, false],
    [{ protocol: ['http'] }, { flow: { protocol: 'HTTP/1.1' } }, true],
    [{ protocol: ['http'] }, { flow: { protocol: 'HTTPS' } }, false],
    [{ boundaryKind: ['privilege'] }, { boundary: 'privilege' }, true],
    [{ boundaryKind: ['privilege'] }, { boundary: 'network' }, false],
    [{ boundaryKind: ['privilege'] }, {}, false],
    [{ encryption: ['no', 'unknown'] }, {}, true],
    [{ encryption: ['no'] }, {}, false],
    [{ authentication: ['no'] }, { flow: { authentication: 'no' } }, true],
    [{ publicNetwork: ['yes'] }, { flow: { publicNetwork: 'yes' } }, true],
    [{ dataClassAtLeast: 'D2' }, { flow: { data: { 'D-00003': true } } }, true],
    [{ dataClassAtLeast: 'D2' }, { flow: { data: { 'D-00001': true } } }, false],
    [{ dataClassAtLeast: 'D0' }, {}, false],
    [{ personalData: ['yes'] }, { flow: { data: { 'D-00001': true, 'D-00003': true } } }, true],
    [{ personalData: ['no'] }, { flow: { data: { 'D-00001': true } } }, true],
    [{ personalData: ['no'] }, { flow: { data: { 'D-00001': true, 'D-00002': true } } }, false],
    [{ personalData: ['unknown'] }, {}, true],
  ])('%j on %j: %j', (condition, { target, flow, boundary }, wanted) => {
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002', ...(boundary ? { boundary: 'B-00001' } : {}), ...target }],
      flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002', ...flow }],
      boundaries: boundary ? [{ id: 'B-00001', kind: boundary }] : [],
      data: [{ id: 'D-00001', class: 'D1', personal: 'no' }, { id: 'D-00002' }, { id: 'D-00003', class: 'D3', personal: 'yes' }],
    })
    const { findings, problems } = deriveFindings(design, [packOf(ruleWith({ when: [condition] }))])
    expect(problems).toEqual([])
    expect(findings.length > 0).toBe(wanted)
    const reason = findings[0]?.reason ?? 'states'
    expect(reason).toContain('states')
  })

  test('an element rule that asks for a crossing looks at what its flows cross', () => {
    const rule = ruleWith({ on: 'element', subject: 'element', element: ['process'], crossing: 'only' })
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002', boundary: 'B-00001' }, { id: 'E-00003' }],
      flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
      boundaries: [{ id: 'B-00001' }],
    })
    expect(
      deriveFindings(design, [packOf(rule)])
        .findings.map(f => f.subject)
        .sort(),
    ).toEqual(['E-00001', 'E-00002'])
  })
})

describe('fixtures', () => {
  test('a rule that does not do what its fixtures say is named with the fixture', () => {
    const fixtures = { positive: [{ target: { attributes: { logsAudit: 'no' } } }], negative: [{ note: 'never', source: {} }] }
    const problems = fixtureProblems(packOf(ruleWith({ fixtures }), ruleWith({ id: 'BARE' })))
    expect(problems.map(problem => problem.message)).toEqual([
      'Rule TEST-1 finds something in negative fixture 1 (never).',
      'Rule BARE has no positive and negative fixture.',
    ])
  })

  test('data, crossing and element fixtures are laid over the plain design', () => {
    const onElement = ruleWith({
      on: 'element',
      subject: 'element',
      element: ['dataStore'],
      crossing: 'only',
      when: [{ dataClassAtLeast: 'D3' }],
      fixtures: {
        positive: [{ data: { class: 'D3' } }],
        negative: [{ data: { class: 'D2' } }, { data: { class: 'D3' }, crossing: false }],
      },
    })
    const onFlow = ruleWith({
      id: 'TEST-2',
      source: ['dataStore', 'process'],
      target: ['externalEntity'],
      subject: 'flow',
      when: [{ dataClassAtLeast: 'D2', boundaryKind: ['network'] }],
      fixtures: {
        positive: [{ data: { class: 'D2' }, crossing: true }],
        negative: [
          { data: { class: 'D2' } },
          { crossing: true },
          { data: { class: 'D2' }, crossing: true, source: { kind: 'dataStore' } },
        ],
      },
    })
    expect(fixtureProblems(packOf(onElement, onFlow))).toEqual([])
  })
})
