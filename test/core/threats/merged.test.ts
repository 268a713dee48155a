import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import type { Design, Element, Rule, RulePack } from '../../../core/model/types.ts'
import { triageNotApplicable } from '../../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import { mergedFindings, saysTheSame } from '../../../core/threats/merged.ts'
import { builtinRules } from '../../../packs/rules.ts'
import { drawn, packOf, provenance, ruleWith, shop, stampOf } from './designs.ts'

const [first] = deriveFindings(shop(), [packOf(ruleWith({}))]).findings
if (!first) throw new Error('no finding')
/** A plain record of a finding, with fields laid over. */
const finding = (id: string, fields: Partial<Finding> = {}): Finding => ({ ...JSON.parse(JSON.stringify(first)), id, ...fields })

function groups(findings: readonly Finding[]): readonly (readonly string[])[] {
  return mergedFindings(findings).map(({ lead, others }) => [lead.id, ...others.map(({ id }) => id)])
}

const interaction = { kind: 'interaction', flow: 'F-00001', source: 'E-00001', target: 'E-00002', direction: 'forward' } as const

describe('two findings', () => {
  test('at the same place, on the same subject, of the same categories and leading weakness are one', () => {
    const [a, b] = [finding('N-1'), finding('N-2', { rule: 'OTHER', pack: 'other', title: 'Else', cwe: ['CWE-1', 'CWE-9'] })]
    expect(groups([a, b])).toEqual([['N-1', 'N-2']])
    expect(groups([b, a])).toEqual([['N-2', 'N-1']])
  })

  test.each([
    ['another flow', { on: { ...interaction, flow: 'F-00002' } }],
    ['another direction', { on: { ...interaction, direction: 'reverse' } }],
    ['an element', { on: { kind: 'element', element: 'F-00001' } }],
    ['another subject', { subject: 'E-00009' }],
    ['another category', { categories: ['spoofing'] }],
    ['one category more', { categories: ['tampering', 'spoofing'] }],
    ['a privacy category more', { privacy: ['linking'] }],
    ['another leading weakness', { cwe: ['CWE-2', 'CWE-1'] }],
    ['being suppressed', { applicability: 'suppressed' }],
  ] as readonly (readonly [string, Partial<Finding>])[])('that differ by %s are two', (_, fields) => {
    expect(groups([finding('N-1', { on: interaction }), finding('N-2', { on: interaction, ...fields })]).length).toBe(2)
  })

  test('with their categories in another order are one', () => {
    const both = [
      finding('N-1', { categories: ['spoofing', 'tampering'] }),
      finding('N-2', { categories: ['tampering', 'spoofing'] }),
    ]
    expect(groups(both).length).toBe(1)
  })

  test('without any weakness never say the same', () => {
    expect(groups([finding('N-1', { cwe: [] }), finding('N-2', { cwe: [] })]).length).toBe(2)
  })

  test('both suppressed are one; gone ones each stand for their own decision', () => {
    const of = (applicability: Finding['applicability']) => [finding('N-1', { applicability }), finding('N-2', { applicability })]
    expect(groups(of('suppressed')).length).toBe(1)
    expect(groups(of('gone')).length).toBe(2)
  })
})

describe('many findings', () => {
  test('keep the order of their leads, lose none, and touch nothing they were given', () => {
    const many = ['S-1', 'T-1', 'S-2', 'U-1', 'T-2', 'S-3'].map(id => finding(id, { subject: id[0] ?? '' }))
    const before = structuredClone(many)
    expect(groups(many)).toEqual([['S-1', 'S-2', 'S-3'], ['T-1', 'T-2'], ['U-1']])
    expect(many).toEqual(before)
    expect(mergedFindings([])).toEqual([])
  })

  test('saysTheSame answers with the group of a finding, lead first, whichever is asked', () => {
    const many = ['S-1', 'T-1', 'S-2'].map(id => finding(id, { subject: id[0] ?? '' }))
    for (const asked of [many[0], many[2]])
      expect(saysTheSame(many, asked as Finding).map(({ id }) => id)).toEqual(['S-1', 'S-2'])
    expect(saysTheSame(many, many[1] as Finding).map(({ id }) => id)).toEqual(['T-1'])
  })

  test('agree: saysTheSame of any finding is the group that mergedFindings puts it into', () => {
    const { findings } = deriveFindings(crossing(), builtinRules)
    for (const { lead, others } of mergedFindings(findings))
      for (const one of [lead, ...others]) expect(saysTheSame(findings, one)).toEqual([lead, ...others])
  })
})

/** A shop that uses both STRIDE packs, its order crossing a boundary. */
function crossing(): Design {
  const packs = { 'stride-interaction': true, 'stride-element': true } as const
  return {
    ...shop(),
    settings: { design: { id: 'design', format: 1, designId: 'MERGEDTEST', name: 'Shop', epoch: 1, packs } },
  }
}

describe('derived from rules', () => {
  test('the packs by element and by interaction say one on a flow that crosses', () => {
    const { findings } = deriveFindings(crossing(), builtinRules)
    const both = mergedFindings(findings).filter(({ lead, others }) =>
      [lead, ...others].some(({ pack }) => pack === 'stride-element'),
    )
    const onFlow = both.filter(({ lead }) => lead.on.kind === 'interaction' && lead.on.flow === 'F-0RDER')
    expect(onFlow.length).toBe(3)
    for (const { lead, others } of onFlow) {
      expect([lead, ...others].map(({ pack }) => pack).sort()).toEqual(['stride-element', 'stride-interaction'])
      expect(lead.subject).toBe('F-0RDER')
    }
    expect(onFlow.flatMap(({ lead }) => lead.categories).sort()).toEqual([
      'denialOfService',
      'informationDisclosure',
      'tampering',
    ])
    const inside = both.filter(({ lead }) => lead.on.kind === 'interaction' && lead.on.flow === 'F-SAVE0')
    expect(inside.map(({ others }) => others.length)).toEqual([0, 0, 0])
  })

  test('nothing is lost: every finding stands in one group and in one only', () => {
    const { findings } = deriveFindings(crossing(), builtinRules)
    const all = mergedFindings(findings).flatMap(({ lead, others }) => [lead, ...others])
    expect(all.length).toBe(findings.length)
    expect(new Set(all)).toEqual(new Set(findings))
  })

  test('what a control suppresses stays apart from what applies', () => {
    const unless: Rule['unless'] = [{ condition: { attribute: { logsAudit: ['yes'] } }, control: 'CONTROL' }]
    const packs: readonly RulePack[] = [packOf(ruleWith({ id: 'ONE-1' }), ruleWith({ id: 'TWO-1', unless }))]
    const design = (attributes: Element['attributes']) =>
      drawn({
        elements: [{ id: 'E-00001' }, { id: 'E-00002', ...(attributes ? { attributes } : {}) }],
        flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
      })
    const shown = (one: Design) => mergedFindings(deriveFindings(one, packs).findings)
    expect(shown(design(undefined)).map(({ others }) => others.length)).toEqual([1])
    expect(shown(design({ logsAudit: 'yes' })).map(({ lead, others }) => [lead.applicability, others.length])).toEqual([
      ['applies', 0],
      ['suppressed', 0],
    ])
  })

  test('what is gone is never merged with what is there', () => {
    const packs = [packOf(ruleWith({ id: 'ONE-1' }), ruleWith({ id: 'TWO-1' }))]
    let design = shop()
    for (const one of deriveFindings(design, packs).on('F-SAVE0').slice(0, 1)) {
      const decided = triageNotApplicable(design, { finding: one, reason: 'No way in.' }, stampOf())
      if (decided.ok) design = applyChanges(design, decided.value)
    }
    design = applyChanges(design, [
      { kind: 'remove', table: 'flows', id: 'F-SAVE0' },
      { kind: 'put', table: 'flows', row: { id: 'F-NEW00', name: 'save', source: 'E-AP100', target: 'E-BR0WS', provenance } },
    ])
    const { findings, gone } = deriveFindings(design, packs)
    expect(gone.length).toBe(1)
    const alone = mergedFindings(findings).filter(({ lead }) => lead.applicability === 'gone')
    expect(alone.map(({ others }) => others.length)).toEqual([0])
  })
})
