import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import { readThreagile } from '../../../core/interop/threagile/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { expectSound, imported, named, read, refused, stamp } from './imported.ts'
import { link, model, withAsset, withRisk } from './threagile-model.ts'

const rich = {
  ...withRisk(
    { exploitation_likelihood: 'likely', exploitation_impact: 'high', most_relevant_technical_asset: 'shop' },
    {},
    { 'odd@*': { status: 'accepted', checked_by: 'Team lead' }, 'x@store': { status: 'in-progress', justification: 'Soon' } },
  ),
  shared_runtimes: { VM: { id: 'vm', technical_assets_running: ['shop'] } },
  security_requirements: { A: 'B' },
  abuse_cases: { C: 'D' },
  questions: { 'E?': 'F', 'G?': '' },
}

const TEXT = `threagile_version: 1.0.0
title: Shop
includes:
  - part.yaml
data_assets:
  Orders: &orders
    id: orders # which?
    confidentiality: public
  More:
    <<: *orders
    id: more
technical_assets:
  Shop:
    id: shop
    type: process
    description: >
      Sells
      things.
    communication_links:
      Store it:
        target: store
        data_assets_sent: [orders, more]
  Store: { id: store, type: datastore, data_assets_stored: [more] }
trust_boundaries:
  Net:
    id: net
    technical_assets_inside:
      - shop
risk_tracking:
  x@shop: { status: accepted, checked_by: "Team lead" }
`
const PART = 'abuse_cases:\n  Theft: They steal.\n'

describe('hostile files', () => {
  const many = (count: number, thing: (i: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, thing(i)]))

  test.each([
    ['assets', model({ technical_assets: many(50_001, () => ({})) })],
    ['boundaries', model({ trust_boundaries: many(2001, () => ({})) })],
    ['links', withAsset({ communication_links: many(50_001, () => ({})) })],
    ['references', withAsset({ data_assets_stored: Array.from({ length: 200_001 }, () => 'orders') })],
    ['decisions', model({ risk_tracking: many(50_001, () => ({})) })],
    ['risks', withRisk({}, { risks_identified: many(50_001, () => ({})) })],
    ['includes', model({ includes: Array.from({ length: 1001 }, (_, i) => `${i}.yaml`) })],
  ])('too many %s are refused', (_, value) => {
    expect(refused(value).code).toBe('import.tooMany')
  })

  test.each([
    ['threagile_version: 1\ntechnical_assets:\n  A: &a\n    b: *a\n', 'yaml.alias'],
    ['threagile_version: 1\n__proto__: {}\n', 'yaml.key'],
    ['threagile_version: 1\ntechnical_assets: x\n', 'threagile.section'],
    ['threagile_version: 1\nrisk_tracking: 7\n', 'threagile.section'],
    ['threagile_version: 1\nthreagile_version: 2\n', 'yaml.duplicateKey'],
    [`threagile_version: 1\na: ${'['.repeat(1000)}`, 'yaml.deep'],
  ])('case %#: refused with one problem', (text, code) => {
    expect(refused(text).code).toBe(code)
  })

  test('a part is limited like the whole', () => {
    const part = JSON.stringify({ technical_assets: many(50_001, () => ({})) })
    const result = read(model({ includes: ['a.yaml'] }), { others: new Map([['a.yaml', part]]) })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'import.tooMany' }] })
  })

  test('things with nothing in them, and values of any kind', () => {
    for (const value of [null, '', 'x', 7, true, [], [1], {}, { id: {} }, { id: 7 }, { id: '' }]) {
      const things = { A: value, ' ': value, 'a/b~c': value }
      for (const section of [
        'data_assets',
        'technical_assets',
        'trust_boundaries',
        'shared_runtimes',
        'individual_risk_categories',
        'risk_tracking',
        'questions',
        'abuse_cases',
        'security_requirements',
      ])
        expectSound(imported(model({ [section]: things })).design)
      expectSound(imported(withAsset({ communication_links: things, tags: value, technologies: value })).design)
      expectSound(imported(withRisk({}, { risks_identified: things, cwe: value, stride: value })).design)
    }
  })

  test('control characters and half characters do not reach the design', () => {
    const { design } = imported(withAsset({ description: 'A\u0000\ud800B', 'k\ud800': ['\u0001\udc00'] }))
    expectSound(design)
    expect(named(design.elements, 'Extra').description).toBe('A\uFFFDB')
  })

  test('endless texts are cut where a name ends and kept where there is room', () => {
    const long = 'x'.repeat(5000)
    const { design } = imported(
      model({ abuse_cases: { A: long }, technical_assets: { [long]: { id: 'a', type: 'process', technology: long } } }),
    )
    expectSound(design)
    expect(rowsOf(design.elements)[0]?.name).toHaveLength(400)
    expect(rowsOf(design.elements)[0]?.foreign).toMatchObject({ title: long, technology: long })
    expect(rowsOf(design.threats)[0]?.description).toBe(long)
  })

  test('merge keys within each other are walked once', () => {
    const deep = (levels: number): unknown => (levels === 0 ? { id: 'a' } : { '<<': deep(levels - 1), [`k${levels}`]: levels })
    expect(rowsOf(imported(model({ data_assets: { A: deep(150) } })).design.data)[0]?.provenance.originalId).toBe('a')
    const wide = { '<<': Array.from({ length: 150_000 }, (_, i) => ({ [`k${i}`]: i })), id: 'b' }
    expect(ends(() => imported(model({ data_assets: { A: wide } }))).summary.counts.dataAssets).toBe(1)
  })

  test('ids with stars against risks come to an end', () => {
    const keys = many(40_000, i => ({ i }))
    const tracking = Object.fromEntries(Object.keys(keys).map(key => [`odd@*@${key}`, { status: 'unchecked' }]))
    const risks = many(40_000, i => ({ most_relevant_technical_asset: 'shop', most_relevant_data_asset: `o${i}` }))
    const value = ends(() => imported(withRisk({}, { risks_identified: risks }, tracking)))
    expect(value.summary.counts.threats).toBe(40_000)
  })

  test('the largest file that is read comes to its end', () => {
    const assets = many(20_000, i => ({
      id: `a${i}`,
      type: 'process',
      data_assets_stored: [`d${i}`],
      communication_links: { A: link({ target: `a${i + 1}` }), B: link({ target: 'a0', data_assets_sent: [`d${i}`, 'd0'] }) },
    }))
    const value = model({
      data_assets: many(40_000, i => ({ id: `d${i}`, confidentiality: 'public' })),
      technical_assets: assets,
      trust_boundaries: many(2000, i => ({
        id: `b${i}`,
        technical_assets_inside: Array.from({ length: 10 }, (_, j) => `a${i * 10 + j}`),
        trust_boundaries_nested: [`b${(i + 1) % 2000}`],
      })),
      abuse_cases: many(20_000, i => `case ${i}`),
      risk_tracking: Object.fromEntries(
        Array.from({ length: 20_000 }, (_, i) => [`x@a${i}@a${i}>b`, { status: 'accepted', checked_by: 'c' }]),
      ),
    })
    const result = ends(() => readThreagile('model.json', value, stamp))
    expect(result.ok && countsOf(result.value.design)).toMatchObject({
      elements: 20_000,
      flows: 40_000,
      threats: 40_000,
      acceptances: 20_000,
    })
  })
})

describe('a file that somebody damaged', () => {
  test('as JSON gives a sound design or one refusal', () => {
    expectSoundOrRefused([rich], { read, numRuns: 150 })
  })

  test('as YAML, with lines lost, doubled, moved or cut, gives a sound design or one refusal', () => {
    const lines = TEXT.split('\n')
    const change = fc.record({ at: fc.nat(lines.length - 1), how: fc.nat(4), column: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (changes, hasPart) => {
        const damaged = [...lines]
        for (const { at, how, column } of changes) {
          const line = damaged[at] ?? ''
          if (how === 0) damaged.splice(at, 1)
          else if (how === 1) damaged.splice(at, 0, line)
          else if (how === 2) damaged[at] = line.slice(column)
          else if (how === 3) damaged[at] = line.slice(0, column)
          else damaged[at] = `  ${line}`
        }
        const result = read(damaged.join('\n'), { others: new Map(hasPart ? [['part.yaml', PART]] : []) })
        if (result.ok) expectSound(result.value.design)
        else expect(result.problems).toHaveLength(1)
      }),
      { numRuns: 150 },
    )
  })

  test('undamaged it is read whole', () => {
    const result = read(TEXT, { others: new Map([['part.yaml', PART]]) })
    if (!result.ok) throw new Error(result.problems[0].message)
    expectSound(result.value.design)
    expect(result.value.summary).toMatchObject({
      counts: { elements: 2, flows: 1, boundaries: 1, dataAssets: 2, threats: 2, acceptances: 1 },
      problems: [{ code: 'import.approver' }],
    })
  })
})
