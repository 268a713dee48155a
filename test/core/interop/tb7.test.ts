import { describe, expect, test } from 'vitest'
import { readTb7, type Tb7 } from '../../../core/interop/tb7/read.ts'
import { looksLikeTb7 } from '../../../core/interop/tb7/sniff.ts'
import type { Condition, Rule, RuleFixture } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { fixtureDesign } from '../../../core/threats/fixtures.ts'
import { faultsOf } from '../../../core/threats/rule-faults.ts'
import * as validate from '../../../schemas/generated/validate-packs.js'
import { category, type SmallThreat, templateText } from './tb7-text.ts'

function read(text: string): Tb7 {
  const answer = readTb7('small.tb7', text)
  if (!answer.ok) throw new Error(answer.problems[0].message)
  return answer.value
}

/** The rule of a single threat type, which must be one that can work. */
function ruleOf(threat: SmallThreat): Rule {
  const { pack } = read(templateText([threat]))
  expect(validate.rulePack(pack), JSON.stringify(validate.rulePack.errors)).toBe(true)
  expect(pack.rules.flatMap(faultsOf)).toEqual([])
  return pack.rules[0] as Rule
}

function reach({ source, target, crossing }: Rule) {
  return { source, target, crossing }
}

const P = ['process']
const S = ['dataStore']
const X = ['externalEntity']

describe('kinds and crossing', () => {
  test.each([
    ["source is 'GE.P'", { source: P, crossing: 'any' }],
    ["source is 'GE.P' and target is 'GE.DS'", { source: P, target: S, crossing: 'any' }],
    ["(source is 'GE.P' or source is 'GE.EI') and target is 'GE.P'", { source: [...P, ...X], target: P, crossing: 'any' }],
    ["source is 'GE.DS' and flow crosses 'GE.TB.B'", { source: S, crossing: 'only' }],
    [
      "(source is 'GE.P' and flow crosses 'GE.TB.B' and target is 'GE.P') or (source is 'GE.P' and target is 'GE.DS' and flow crosses 'GE.TB.L')",
      { source: P, target: [...P, ...S], crossing: 'only' },
    ],
    ["flow is 'GE.DF'", { crossing: 'any' }],
    ["not source is 'GE.DS' and flow is 'GE.DF'", { source: [...P, ...X], crossing: 'any' }],
  ])('%s is said without conditions', (include, expected) => {
    const rule = ruleOf({ include })
    expect(reach(rule)).toEqual({ source: undefined, target: undefined, ...expected })
    const others = (rule.when ?? []).filter(({ not }) => not?.property?.type?.includes('own') !== true)
    expect(others).toEqual([])
  })

  test('a crossing that is one way of several is a condition', () => {
    const rule = ruleOf({ include: "target is 'GE.DS' and (flow crosses 'GE.TB.B' or flow.conf is 'Yes')" })
    expect(rule.crossing).toBe('any')
    expect(finds(rule, {})).toBe(false)
    expect(finds(rule, { crossing: true })).toBe(true)
    expect(finds(rule, { flow: { encryption: 'yes' } })).toBe(true)
  })

  test('crossing a line only, or a border only, is any crossing, and that is a loss', () => {
    const lost = (include: string) => read(templateText([{ include }])).losses.map(({ what }) => what)
    expect(ruleOf({ include: "flow crosses 'GE.TB.L'" }).crossing).toBe('only')
    expect(lost("flow crosses 'GE.TB.L'")).toContain('Crossings of one sort of boundary, in 1 threat type')
    expect(lost("flow crosses 'GE.TB.L' or flow crosses 'GE.TB.B'").join()).not.toContain('Crossings')
  })

  test('shapes of the template itself are not of the generic kinds', () => {
    const rule = ruleOf({ include: "source is 'GE.P'" })
    expect(finds(rule, {})).toBe(true)
    expect(finds(rule, { source: drawn('SE.P.Web') })).toBe(true)
    expect(finds(rule, { source: drawn('own') })).toBe(false)
    expect(ruleOf({ include: "source is 'GE.DS'" }).when).toBeUndefined()
  })

  test('what no list says is told apart by stencil, and said to be lost elsewhere', () => {
    const include = "(source is 'GE.P' and target is 'GE.DS') or (source is 'GE.DS' and target is 'GE.P')"
    const { pack, losses } = read(templateText([{ include }]))
    const rule = pack.rules[0] as Rule
    expect(reach(rule)).toEqual({ source: [...P, ...S], target: [...P, ...S], crossing: 'any' })
    const store = { target: { kind: 'dataStore', ...drawn('SE.DS.SQL') } }
    expect(finds(rule, { source: drawn('GE.P'), ...store })).toBe(true)
    expect(finds(rule, { source: drawn('GE.P'), target: drawn('GE.P') })).toBe(false)
    expect(losses.map(({ what }) => what)).toContain(
      'A filter that asks different things of different kinds of ends, in 1 threat type',
    )
  })

  test.each([
    ["source is 'GE.EI' and target is 'GE.DS'", 'A threat between two ends of which neither is a process, in 1 threat type'],
    [
      "source is 'SE.EI.Browser' and target is 'SE.DS.SQL'",
      'A threat between two ends of which neither is a process, in 1 threat type',
    ],
    ["source is 'GE.P' and source is 'GE.DS'", 'A filter that contradicts itself, in 1 threat type'],
    ["source is 'ROOT'", 'A filter that is switched off, in 1 threat type'],
    ['', 'A filter that is switched off, in 1 threat type'],
  ])('%j is loaded, finds nothing and says so', (include, what) => {
    const rule = ruleOf({ include })
    for (const kind of ['process', 'dataStore', 'externalEntity'])
      for (const crossing of [true, false]) {
        expect(finds(rule, { source: { kind }, crossing })).toBe(false)
        expect(finds(rule, { target: { kind }, crossing })).toBe(false)
      }
    expect(read(templateText([{ include }])).losses.map(loss => loss.what)).toContain(what)
  })
})

describe('stencils', () => {
  test('by their own id and that of all below them, or by words where nothing was drawn with stencils', () => {
    const rule = ruleOf({ include: "target is 'SE.P.Web'" })
    expect(reach(rule)).toEqual({ target: P, crossing: 'any' })
    expect(rule.when).toEqual<Condition[]>([
      {
        any: [
          { of: 'target', property: { type: ['SE.P.Web', 'SE.P.Web.Admin'] } },
          {
            of: 'target',
            property: { type: ['unknown'] },
            technology: expect.arrayContaining(['Web Server', 'nginx', 'Admin Console']),
          },
        ],
      },
    ])
    expect(finds(rule, { target: drawn('SE.P.Web.Admin') })).toBe(true)
    expect(finds(rule, { target: { technology: 'nginx 1.27' } })).toBe(true)
    expect(finds(rule, { target: { name: 'Web server' } })).toBe(true)
    expect(finds(rule, { target: { name: 'Web server', ...drawn('GE.P') } })).toBe(false)
    expect(finds(rule, { target: { name: 'Billing' } })).toBe(false)
  })

  test('are of the generic kind above them, however they are drawn', () => {
    expect(reach(ruleOf({ include: "target is 'SE.DS.Round'" }))).toEqual({ target: S, crossing: 'any' })
    expect(reach(ruleOf({ include: "target is 'own'" }))).toEqual({ target: [...P, ...X], crossing: 'any' })
  })

  test('of flows by protocol', () => {
    const rule = ruleOf({ include: "flow is 'SE.DF.HTTPS'" })
    expect(finds(rule, { flow: drawn('SE.DF.HTTPS') })).toBe(true)
    expect(finds(rule, { flow: { protocol: 'HTTPS' } })).toBe(true)
    expect(finds(rule, { flow: { protocol: 'HTTPS', ...drawn('GE.DF') } })).toBe(false)
    expect(finds(rule, { flow: { protocol: 'AMQP' } })).toBe(false)
  })

  test('several of one thing are asked at once', () => {
    const [condition] = ruleOf({ include: "target is 'SE.P.Web.Admin' or target is 'SE.DS.SQL'" }).when ?? []
    expect(condition?.any?.[0]).toEqual({ of: 'target', property: { type: ['SE.P.Web.Admin', 'SE.DS.SQL'] } })
    expect(condition?.any).toHaveLength(2)
  })

  test('that the template does not have match only what states them', () => {
    const { pack, losses } = read(templateText([{ include: "source is 'SE.P.Gone'" }]))
    expect(finds(pack.rules[0] as Rule, { source: drawn('SE.P.Gone') })).toBe(true)
    expect(finds(pack.rules[0] as Rule, {})).toBe(false)
    expect(losses.map(({ what }) => what)).toContain("Stencil 'SE.P.Gone', in 1 threat type")
  })

  test('of boundaries by name, or by kind where that is the same', () => {
    const { pack, losses } = read(templateText([{ include: "flow crosses 'SE.TB.Machine'" }]))
    const rule = pack.rules[0] as Rule
    expect(rule.when).toEqual([
      { any: [{ boundaryName: ['Machine Trust Boundary', 'machine boundary'] }, { boundaryKind: ['machine'] }] },
    ])
    expect(losses.map(({ what }) => what)).toContain("Boundary of the type 'Machine Trust Boundary', in 1 threat type")
  })
})

describe('properties', () => {
  test.each([
    ["flow.conf is 'Yes'", { encryption: 'yes' }, { encryption: 'no' }, 'flow'],
    ["flow.conf is 'No'", { encryption: 'no' }, { encryption: 'yes' }, 'flow'],
    ["source.hasInput is 'Yes'", { attributes: { validatesInput: 'yes' } }, { attributes: { validatesInput: 'no' } }, 'source'],
    ["target.log is 'Yes'", { attributes: { isLog: 'yes' } }, {}, 'target'],
  ] as const)('%s is asked in our words where the property is not stated', (include, yes, no, part) => {
    const rule = ruleOf({ include })
    expect(finds(rule, { [part]: yes })).toBe(true)
    expect(finds(rule, { [part]: no })).toBe(false)
  })

  test('what is stated goes before our words', () => {
    const rule = ruleOf({ include: "flow.conf is 'Yes'" })
    expect(finds(rule, { flow: { encryption: 'no', ...drawn('GE.DF', { 'Provides Confidentiality': 'Yes' }) } })).toBe(true)
    expect(finds(rule, { flow: { encryption: 'yes', ...drawn('GE.DF', { 'Provides Confidentiality': 'No' }) } })).toBe(false)
  })

  test('the value of what nobody has touched is what an unknown answer means', () => {
    expect(finds(ruleOf({ include: "flow.conf is 'No'" }), {})).toBe(true)
    expect(finds(ruleOf({ include: "flow.conf is 'Yes'" }), {})).toBe(false)
    expect(finds(ruleOf({ include: "source.mode is 'Off'" }), {})).toBe(true)
    expect(finds(ruleOf({ include: "source.mode is 'Off'" }), { source: drawn('GE.P') })).toBe(false)
    expect(finds(ruleOf({ include: "source.mode is 'On'" }), {})).toBe(false)
    expect(finds(ruleOf({ include: "source.mode is 'On'" }), { source: drawn('own', { Mode: 'On' }) })).toBe(true)
  })

  test('without our word are asked by the name people see', () => {
    expect(ruleOf({ include: "source.mode is 'On'" }).when).toEqual([{ of: 'source', property: { Mode: ['On'] } }])
    expect(ruleOf({ include: "source.other is 'On'" }).when).toEqual([{ of: 'source', property: { other: ['On'] } }])
  })

  test('of ends may answer for the flow', () => {
    expect(finds(ruleOf({ include: "source.itself is 'Yes'" }), { flow: { authentication: 'yes' } })).toBe(true)
  })
})

describe('and, or, not, exclude', () => {
  test('an exclude filter is a condition that must not hold', () => {
    const rule = ruleOf({ include: "target is 'GE.DS'", exclude: "flow.conf is 'Yes' or target.log is 'Yes'" })
    expect(rule.unless).toBeUndefined()
    expect(finds(rule, {})).toBe(true)
    expect(finds(rule, { flow: { encryption: 'yes' } })).toBe(false)
    expect(finds(rule, { target: { attributes: { isLog: 'yes' } } })).toBe(false)
  })

  test.each([
    [{ encryption: 'yes' }, { attributes: { isLog: 'yes' } }, true],
    [{ encryption: 'no' }, { attributes: { isLog: 'yes' } }, false],
    [{ encryption: 'yes' }, { attributes: { isLog: 'no' } }, false],
  ])('and inside or: %j, %j', (flow, target, found) => {
    const include = "target is 'GE.DS' and ((flow.conf is 'Yes' and target.log is 'Yes') or source.mode is 'On')"
    expect(finds(ruleOf({ include }), { flow, target })).toBe(found)
  })

  test('a long "and" inside an "or" stays flat, so that the pack can be read again', () => {
    const conjuncts = Array.from({ length: 150 }, (_, i) => `source.a${i} is 'x'`)
    const rule = ruleOf({ include: `flow.conf is 'Yes' or (${conjuncts.join(' and ')})` })
    expect(depthOf(rule)).toBeLessThan(15)
  })
})

describe('what a rule says', () => {
  test('texts keep the words of the template, with our slots', () => {
    const rule = ruleOf({
      title: 'Spoofing {source.Name} at {target.name}',
      description: 'By {flow.Name}, {source} or {target.Owner}.',
      fields: { PossibleMitigations: 'Sign it. Refer: &lt;a href="https://example.org/x"&gt;https://example.org/x&lt;/a&gt;' },
    })
    expect(rule.title).toBe('Spoofing {source} at {target}')
    expect(rule.description).toBe(
      'By {flow}, {source} or (target.Owner).\n\nWhat the template proposes: Sign it. Refer: https://example.org/x',
    )
    expect(rule.question).toMatch(/\?$/)
    expect(rule.follows).toBe('Small template 1.2.3.4, threat type X1')
  })

  test('missing texts are taken from those that are there', () => {
    expect(ruleOf({ title: '', description: 'First.' })).toMatchObject({ title: 'First.', description: 'First.' })
    expect(ruleOf({ title: 'Only', description: '' })).toMatchObject({ title: 'Only', description: 'Only' })
    expect(ruleOf({ title: '', description: '' })).toMatchObject({ title: 'Threat X1', description: 'Threat X1' })
  })

  test('texts that are too long are cut, and that is a loss', () => {
    const { pack, losses } = read(templateText([{ description: 'long '.repeat(2000) }]))
    expect(pack.rules[0]?.description).toHaveLength(4000)
    expect(losses.map(({ what }) => what)).toContain('The end of a text, in 1 threat type')
  })

  test.each([
    [{ title: 'Spoofing {source.Name}', include: "target is 'GE.P'" }, 'source'],
    [{ title: 'Sniffing', description: 'Over {flow.Name} to {target.Name}', include: "target is 'GE.P'" }, 'flow'],
    [{ title: 'From {source.Name} to {target.Name}', description: 'Of {target.Name}' }, 'target'],
    [{ include: "source is 'GE.P' and target is 'GE.P'" }, 'target'],
    [{ include: "source is 'GE.P'" }, 'source'],
    [{ include: "flow crosses 'GE.TB.B'" }, 'flow'],
  ])('%j threatens the %s', (threat, subject) => {
    expect(ruleOf(threat).subject).toBe(subject)
  })

  test.each([
    ['High', 4],
    ['Medium', 3],
    ['low', 2],
    ['constructor', 3],
    ['', 3],
  ])('priority %j weighs %i', (Priority, level) => {
    expect(ruleOf({ fields: { Priority } })).toMatchObject({ likelihood: level, impact: level })
  })

  test('fields without a place are losses, counted', () => {
    const fields = { SDLPhase: 'Design' }
    const { losses } = read(
      templateText([
        { id: 'A', fields },
        { id: 'B', fields },
      ]),
    )
    expect(losses).toContainEqual({
      at: 'small.tb7:25:1',
      what: 'The field SDLPhase, in 2 threat types',
      why: 'A rule has no place for it.',
    })
  })
})

describe('categories', () => {
  test.each([
    ['S', ['spoofing']],
    ['D', ['denialOfService']],
    ['E', ['elevationOfPrivilege']],
    ['R', ['repudiation']],
  ])('%s is STRIDE', (id, categories) => {
    const { pack, losses } = read(templateText([{ category: id }]))
    expect(pack.rules[0]?.categories).toEqual(categories)
    expect(losses.filter(({ what }) => what.includes('category'))).toEqual([])
  })

  test.each([
    ['Abuse', 'When a legitimate user violates the terms of use.', 'elevationOfPrivilege'],
    ['Patient Safety', '', 'tampering'],
    ['Leaks', 'Confidential data gets out.', 'informationDisclosure'],
    ['Outage', 'The service is not available.', 'denialOfService'],
    ['Quality', '', 'tampering'],
  ])('%s becomes the nearest, and that is a loss', (name, description, nearest) => {
    const { pack, losses } = read(templateText([{ category: 'own' }], { categories: category('own', name, description) }))
    expect(pack.rules[0]?.categories).toEqual([nearest])
    expect(losses.map(({ what }) => what)).toContain(`The category "${name}", in 1 threat type`)
  })

  test('privacy is kept apart as well', () => {
    const { pack } = read(templateText([{ category: 'own' }], { categories: category('own', 'Privacy') }))
    expect(pack.rules[0]).toMatchObject({ categories: ['informationDisclosure'], privacy: ['dataDisclosure'] })
    expect(pack.rules.flatMap(faultsOf)).toEqual([])
  })
})

describe('the pack', () => {
  test('names the template', () => {
    const { pack } = read(templateText([{}]))
    expect({ ...pack, rules: [] }).toEqual({
      id: 'small-template',
      version: '1.2.300004',
      title: 'Small template',
      description: 'Rules from a template of the Microsoft Threat Modeling Tool, one for each of its 1 threat types.',
      source: 'Template "Small template", version 1.2.3.4 by Template team (5d1)',
      licence: 'unknown',
      rules: [],
    })
  })

  test('claims a licence only where the file states one', () => {
    expect(read(templateText([{}], { head: '<!-- SPDX-License-Identifier: MIT -->\n' })).pack.licence).toBe('MIT')
    expect(read(templateText([{}], { head: '<!-- permitted -->\n' })).pack.licence).toBe('unknown')
    expect(read(templateText([{ title: 'MIT License' }])).pack.licence).toBe('unknown')
  })

  test.each([
    ['S7.1', 'TB7-ST-S7-1'],
    ['8404dcf5-bdd8-4902', 'TB7-ST-8404DCF5-BDD8-4902'],
    ['.th 12!', 'TB7-ST-TH-12'],
    ['', 'TB7-ST-A-TITLE'],
  ])('the rule of threat type %j is %s', (id, ruleId) => {
    expect(ruleOf({ id }).id).toBe(ruleId)
  })

  test('every threat type is a rule, however often its id stands there', () => {
    const { pack } = read(templateText([{ id: 'A' }, { id: 'A' }, { id: 'a' }, { id: '', title: '€' }]))
    expect(pack.rules.map(({ id }) => id)).toEqual(['TB7-ST-A', 'TB7-ST-A-2', 'TB7-ST-A-3', 'TB7-ST-UNNAMED'])
  })

  test('is the same each time, with any line ends and before any mark', () => {
    const text = templateText([{ exclude: "flow.conf is 'Yes'" }])
    expect(read(`\uFEFF${text.replaceAll('\n', '\r\n')}`).pack).toEqual(read(text).pack)
  })

  test('a template is known by its content', () => {
    expect(looksLikeTb7(templateText([{}]))).toBe(true)
    expect(looksLikeTb7(`\uFEFF<!-- x -->\n${templateText([{}]).split('\n').slice(1).join('\n')}`)).toBe(true)
    expect(looksLikeTb7('<ThreatModel><KnowledgeBase/></ThreatModel>')).toBe(false)
    expect(looksLikeTb7('{}')).toBe(false)
  })
})

/** Whether a rule finds something in its plain fixture design with these fields laid over. */
function finds(rule: Rule, fixture: RuleFixture): boolean {
  const pack = { id: 'tried', version: '1.0.0', title: 'Tried', licence: 'MIT', rules: [rule] }
  const { findings, problems } = deriveFindings(fixtureDesign(rule, fixture), [pack])
  expect(problems).toEqual([])
  return findings.length > 0
}

function drawn(type: string, properties: Readonly<Record<string, string>> = {}) {
  return { foreign: { properties: { type, ...properties } } }
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}
