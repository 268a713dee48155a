import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import { explainAbsence } from '../../../core/threats/absence.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { explainFinding } from '../../../core/threats/explain.ts'
import { drawn, packOf, packs, ruleWith, shop } from './designs.ts'

function idOf(rule: string, design = shop()): string {
  return deriveFindings(design, packs).findings.find(finding => finding.rule === rule)?.id ?? ''
}

describe('why', () => {
  test('unknown ids have no explanation', () => {
    expect(explainFinding(shop(), packs, 'N-00000000')).toBeUndefined()
  })

  test('rule, bindings, the boundary crossed and the end inside it, attention in words', () => {
    const why = explainFinding(shop(), packs, idOf('SI-XP-E1'))
    expect(why?.rule?.id).toBe('SI-XP-E1')
    expect(why?.bindings).toEqual([
      { role: 'source', id: 'E-BR0WS', label: 'Browser' },
      { role: 'flow', id: 'F-0RDER', label: 'order' },
      { role: 'target', id: 'E-AP100', label: 'API' },
    ])
    expect(why?.boundaries).toEqual([{ id: 'B-CL0VD', label: 'Cloud', kind: 'network', around: 'E-AP100' }])
    expect(why?.attention.map(({ code }) => code)).toEqual(['crossing', 'unknownExposure'])
    expect(why?.attention.every(({ sentence }) => sentence.endsWith('.'))).toBe(true)
    expect(why?.decision).toBeUndefined()
  })

  test('what would suppress it, and what that reads now', () => {
    const id = idOf('SI-PS-R1')
    const before = explainFinding(shop(), packs, id)?.suppressions
    expect(before).toMatchObject([{ control: 'AUDIT-TRAIL', holds: false }])
    expect(before?.[0]?.facts[0]?.sentence).toBe('"Database" does not state logsAudit; the rule waits for yes.')
    const asserted = applyChanges(shop(), [
      { kind: 'patch', table: 'elements', id: 'E-DB000', fields: { 'attributes/logsAudit': 'yes' } },
    ])
    expect(explainFinding(asserted, packs, id)?.suppressions[0]?.holds).toBe(true)
  })

  test('the values a condition read', () => {
    const rules = [packOf(ruleWith({ when: [{ attribute: { limitsRate: ['no', 'unknown'] } }, { protocol: ['http'] }] }))]
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002', attributes: { limitsRate: 'no' } }],
      flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002', protocol: 'http' }],
    })
    const id = deriveFindings(design, rules).findings[0]?.id ?? ''
    expect(explainFinding(design, rules, id)?.facts.map(fact => [fact.at, fact.name, fact.value, fact.holds])).toEqual([
      ['E-00002', 'limitsRate', 'no', true],
      ['F-00001', 'protocol', 'http', true],
    ])
  })

  test('a gone finding is explained with its decision', () => {
    const id = idOf('SI-PS-R1')
    const subject = { rule: 'SI-PS-R1', source: 'E-AP100', flow: 'F-SAVE0', target: 'E-DB000', direction: 'forward' } as const
    const design = applyChanges(shop(), [
      {
        kind: 'put',
        table: 'triage',
        row: { id, decision: 'notApplicable', reason: 'x', subject, at: '2026-01-01T00:00:00Z', by: 'a' },
      },
      { kind: 'remove', table: 'elements', id: 'E-DB000' },
    ])
    const why = explainFinding(design, packs, id)
    expect(why?.finding.reason).toBe('The element E-DB000 was removed.')
    expect(why?.decision?.decision).toBe('notApplicable')
  })
})

describe('why not', () => {
  test('every rule of the category is considered, those that got furthest first', () => {
    const { considered, blockers } = explainAbsence(shop(), packs, { subject: 'E-DB000', category: 'elevationOfPrivilege' })
    expect(blockers).toEqual([])
    expect(considered.map(({ rule, outcome, sentence }) => [rule, outcome, sentence])).toEqual([
      ['SI-PP-E1', 'stopped', 'It looks at flows from a process to a process.'],
      ['SI-PP-E2', 'stopped', 'It looks at flows from a process to a process.'],
      ['SI-SP-E1', 'stopped', 'It looks at flows from a data store to a process.'],
      ['SI-XP-E1', 'stopped', 'It looks at flows from an external entity to a process.'],
    ])
  })

  test('found, threatening something else, not crossing', () => {
    const { considered } = explainAbsence(shop(), packs, { subject: 'E-DB000', category: 'tampering' })
    const said = Object.fromEntries(considered.map(({ rule, outcome, sentence }) => [rule, [outcome, sentence]]))
    expect(said['SI-PS-T1']).toEqual(['found', '"save order" leads from the process "API" to the data store "Database".'])
    expect(said['SI-CROSS-T1']).toEqual(['stopped', 'It threatens the flow, which is "save order".'])
    const onFlow = explainAbsence(shop(), packs, { subject: 'F-SAVE0', category: 'tampering' }).considered
    expect(onFlow.find(({ rule }) => rule === 'SI-CROSS-T1')?.sentence).toBe(
      'It looks at crossings only, and "save order" crosses no boundary.',
    )
  })

  test('a condition that does not hold is read out', () => {
    const rules = [packOf(ruleWith({ when: [{ attribute: { logsAudit: ['no'] } }] }))]
    const { considered } = explainAbsence(shop(), rules, { subject: 'E-AP100', category: 'tampering' })
    expect(considered[0]?.sentence).toBe('"API" does not state logsAudit; the rule waits for no.')
  })

  test.each([
    ['E-NNNNN', ['There is no element and no flow E-NNNNN.']],
    ['E-00004', ['No flow starts or ends at "E-00004".']],
    ['E-00005', ['"E-00005" is out of scope: theirs']],
    ['F-00001', ['Neither end is a process, and data does not move itself.']],
    ['F-00002', ['One end is loose.']],
    ['F-00003', ['"E-00005" is out of scope: theirs']],
    [
      'E-00001',
      ['Flow "F-00001": Neither end is a process, and data does not move itself.', 'Flow "F-00002": One end is loose.'],
    ],
  ])('what keeps every rule away from %s', (subject, blockers) => {
    const design = drawn({
      elements: [
        { id: 'E-00001', kind: 'dataStore' },
        { id: 'E-00002', kind: 'externalEntity' },
        { id: 'E-00003' },
        { id: 'E-00004' },
        { id: 'E-00005', outOfScope: 'theirs' },
      ],
      flows: [
        { id: 'F-00001', source: 'E-00001', target: 'E-00002' },
        { id: 'F-00002', source: 'E-00001' },
        { id: 'F-00003', source: 'E-00003', target: 'E-00005' },
      ],
    })
    expect(explainAbsence(design, packs, { subject, category: 'spoofing' }).blockers).toEqual(blockers)
  })

  test('a category no rule speaks of', () => {
    const { blockers, considered } = explainAbsence(shop(), [packOf(ruleWith({}))], {
      subject: 'E-AP100',
      category: 'repudiation',
    })
    expect(blockers).toEqual(['No loaded rule speaks of repudiation.'])
    expect(considered).toEqual([])
  })
})
