import { describe, expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { computedId } from '../../../core/model/identity.ts'
import type { Design, Element, Flow } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { drawn, packOf, packs, ruleWith, shop } from './designs.ts'

const ids = (design: Design) => deriveFindings(design, packs).findings.map(finding => finding.id)

describe('deriveFindings', () => {
  test('an empty design has no findings and no problems', () => {
    expect(deriveFindings(EMPTY_DESIGN, packs)).toMatchObject({ findings: [], gone: [], count: 0, problems: [] })
    expect(deriveFindings(shop(), [])).toMatchObject({ findings: [], gone: [], count: 0, problems: [] })
  })

  test('an order crossing into the cloud and a save inside it: nine and six findings, by flow', () => {
    const { findings } = deriveFindings(shop(), packs)
    expect(findings.filter(f => f.on.kind === 'interaction' && f.on.flow === 'F-0RDER').length).toBe(9)
    expect(findings.filter(f => f.on.kind === 'interaction' && f.on.flow === 'F-SAVE0').length).toBe(6)
    expect(findings.map(f => f.on.kind === 'interaction' && f.on.flow)).toEqual([
      ...Array.from({ length: 9 }, () => 'F-0RDER'),
      ...Array.from({ length: 6 }, () => 'F-SAVE0'),
    ])
    expect(new Set(findings.map(f => f.id)).size).toBe(15)
  })

  test('a finding names its objects, its rule and its reason', () => {
    const finding = deriveFindings(shop(), packs).findings.find(({ rule }) => rule === 'SI-XP-S1')
    expect(finding).toMatchObject({
      pack: 'stride-interaction',
      categories: ['spoofing'],
      on: { kind: 'interaction', flow: 'F-0RDER', source: 'E-BR0WS', target: 'E-AP100', direction: 'forward' },
      subject: 'E-AP100',
      crossing: true,
      crossed: ['B-CL0VD'],
      attention: 'now',
      attentionReasons: ['crossing', 'unknownExposure'],
      applicability: 'applies',
      reason: '"order" leads from the external entity "Browser" to the process "API" and crosses "Cloud".',
      title: 'Somebody else sends order to API as if they were Browser',
      cwe: ['CWE-306', 'CWE-287'],
    })
  })

  test('identity comes from rule and objects', () => {
    const finding = deriveFindings(shop(), packs).findings.find(({ rule }) => rule === 'SI-PS-T1')
    const origin = { rule: 'SI-PS-T1', source: 'E-AP100', flow: 'F-SAVE0', target: 'E-DB000', direction: 'forward' }
    expect(finding?.id).toBe(computedId('N', origin))
  })

  test('renaming everything keeps every id', () => {
    const before = shop()
    const after = applyChanges(before, [
      { kind: 'patch', table: 'elements', id: 'E-AP100', fields: { name: '{flow} renamed', technology: 'Node.js' } },
      { kind: 'patch', table: 'flows', id: 'F-0RDER', fields: { name: 'new name' } },
      { kind: 'patch', table: 'boundaries', id: 'B-CL0VD', fields: { name: 'Sky' } },
    ])
    expect(ids(after)).toEqual(ids(before))
    const title = deriveFindings(after, packs).findings.find(({ rule }) => rule === 'SI-XP-S1')?.title
    expect(title).toBe('Somebody else sends new name to {flow} renamed as if they were Browser')
  })

  test('a new rule text keeps the id', () => {
    const one = deriveFindings(shop(), [packOf(ruleWith({}))]).findings
    const two = deriveFindings(shop(), [
      packOf(ruleWith({ version: 2, title: 'Other words for {target}', likelihood: 5 })),
    ]).findings
    expect(two.map(f => f.id)).toEqual(one.map(f => f.id))
    expect(two[0]?.title).not.toBe(one[0]?.title)
  })

  test('a flow that runs both ways is two interactions with findings of their own', () => {
    const oneWay = drawn({ elements: [{ id: 'E-00001' }, { id: 'E-00002' }], flows: [flow({})] })
    const bothWays = drawn({ elements: [{ id: 'E-00001' }, { id: 'E-00002' }], flows: [flow({ bidirectional: true })] })
    expect(ids(oneWay).length).toBe(9)
    expect(ids(bothWays).length).toBe(18)
    expect(new Set([...ids(oneWay), ...ids(bothWays)]).size).toBe(18)
  })

  test.each<[string, Partial<Flow>, Partial<Element>]>([
    ['the flow is out of scope', { outOfScope: 'another system' }, {}],
    ['an end is out of scope', {}, { outOfScope: 'another system' }],
    ['an end is loose', { target: 'E-NNNNN' }, {}],
  ])('no findings when %s', (_, onFlow, onElement) => {
    const design = drawn({ elements: [{ id: 'E-00001', ...onElement }, { id: 'E-00002' }], flows: [flow(onFlow)] })
    expect(ids(design)).toEqual([])
  })

  test('the same design and packs give the same answer object, whatever else changed', () => {
    const design = shop()
    const first = deriveFindings(design, packs)
    const drawnElsewhere = applyChanges(design, [{ kind: 'put', table: 'layout', row: { id: 'G-00001.E-AP100', x: 1, y: 2 } }])
    expect(deriveFindings(drawnElsewhere, [...packs])).toBe(first)
  })
})

describe('suppression', () => {
  const assertion = { kind: 'patch', table: 'elements', id: 'E-DB000', fields: { 'attributes/logsAudit': 'yes' } } as const

  test('an assertion suppresses, is named with who made it and the control, and stays visible', () => {
    const finding = deriveFindings(applyChanges(shop(), [assertion]), packs).findings.find(({ rule }) => rule === 'SI-PS-R1')
    expect(finding?.applicability).toBe('suppressed')
    expect(finding?.suppressedBy).toEqual({
      control: 'AUDIT-TRAIL',
      at: 'E-DB000',
      states: 'logsAudit: yes',
      by: 'security lead',
    })
    expect(finding?.reason).toContain(
      'Suppressed: "Database" states logsAudit: yes (asserted by security lead), which rests on the control AUDIT-TRAIL.',
    )
  })

  test('it re-opens when the assertion is withdrawn or becomes unknown', () => {
    const asserted = applyChanges(shop(), [assertion])
    for (const value of [undefined, 'unknown', 'no']) {
      const withdrawn = applyChanges(asserted, [{ ...assertion, fields: { 'attributes/logsAudit': value } }])
      expect(deriveFindings(withdrawn, packs).findings.find(({ rule }) => rule === 'SI-PS-R1')?.applicability).toBe('applies')
    }
  })

  test('what an AI proposed suppresses nothing until a person confirms it', () => {
    const proposed = { kind: 'ai', at: '2026-01-01T00:00:00Z', by: 'assistant' }
    const byAi = applyChanges(shop(), [assertion, { ...assertion, fields: { provenance: proposed } }])
    expect(deriveFindings(byAi, packs).findings.find(({ rule }) => rule === 'SI-PS-R1')?.applicability).toBe('applies')
    const confirmed = applyChanges(byAi, [{ ...assertion, fields: { provenance: { ...proposed, confirmedBy: 'architect' } } }])
    const finding = deriveFindings(confirmed, packs).findings.find(({ rule }) => rule === 'SI-PS-R1')
    expect(finding?.suppressedBy?.by).toBe('architect')
  })

  test('encryption keeps reading and changing on the way back, but not cutting off', () => {
    const design = applyChanges(shop(), [{ kind: 'patch', table: 'flows', id: 'F-0RDER', fields: { encryption: 'yes' } }])
    const onFlow = deriveFindings(design, packs).findings.filter(({ subject }) => subject === 'F-0RDER')
    expect(onFlow.map(f => [f.rule, f.applicability]).sort()).toEqual([
      ['SI-CROSS-D1', 'applies'],
      ['SI-CROSS-I1', 'suppressed'],
      ['SI-CROSS-T1', 'suppressed'],
    ])
  })
})

describe('impact follows the data at stake', () => {
  test.each([
    [undefined, 3, 2],
    ['D0', 1, 2],
    ['D2', 3, 3],
    ['D4', 5, 5],
  ] as const)('class %s: disclosure %i, tampering %i', (dataClass, disclosure, tampering) => {
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002' }],
      flows: [flow(dataClass ? { data: { 'D-00001': true } } : {})],
      data: dataClass ? [{ id: 'D-00001', class: dataClass }] : [],
    })
    const rules = packOf(
      ruleWith({ id: 'READ', categories: ['informationDisclosure'], impact: 3 }),
      ruleWith({ id: 'CHANGE', categories: ['tampering'], impact: 2 }),
    )
    const impact = (id: string) => deriveFindings(design, [rules]).findings.find(({ rule }) => rule === id)?.impact
    expect([impact('READ'), impact('CHANGE')]).toEqual([disclosure, tampering])
  })
})

function flow(fields: Partial<Flow>): Partial<Flow> & Pick<Flow, 'id'> {
  return { id: 'F-00001', source: 'E-00001', target: 'E-00002', ...fields }
}
