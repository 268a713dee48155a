import { describe, expect, test } from 'vitest'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { Design, RulePack } from '../../../core/model/types.ts'
import { triageReal } from '../../../core/threats/edits.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { recordOf } from '../../../core/threats/found.ts'
import { packOf, packs, ruleWith, shop, stampOf } from './designs.ts'

const RULE = 'SI-PS-T1'

/** The shop with one finding on "save order" judged real. */
function decided(rules: readonly RulePack[] = packs, rule = RULE): Design {
  const design = shop()
  const finding = deriveFindings(design, rules).findings.find(f => f.rule === rule && f.subject === 'E-DB000')
  if (!finding) throw new Error('no finding to decide')
  const changes = triageReal(design, { finding, likelihood: 3, impact: 4 }, stampOf())
  if (!changes.ok) throw new Error(changes.problems[0].message)
  return applyChanges(design, changes.value)
}

function goneOf(design: Design, rules: readonly RulePack[] = packs) {
  return deriveFindings(design, rules).findings.filter(finding => finding.applicability === 'gone')
}

describe('gone findings', () => {
  test('a decided finding that still comes out is not gone, and comes out once', () => {
    expect(goneOf(decided())).toEqual([])
    expect(deriveFindings(decided(), packs).findings.length).toBe(15)
  })

  test.each<[string, readonly Change[], string]>([
    ['the flow was removed', [{ kind: 'remove', table: 'flows', id: 'F-SAVE0' }], 'The flow F-SAVE0 was removed.'],
    ['an element was removed', [{ kind: 'remove', table: 'elements', id: 'E-DB000' }], 'The element E-DB000 was removed.'],
    [
      'an element went out of scope',
      [{ kind: 'patch', table: 'elements', id: 'E-DB000', fields: { outOfScope: 'run by the provider' } }],
      '"Database" is out of scope: run by the provider',
    ],
    [
      'the flow leads elsewhere',
      [{ kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { target: 'E-BR0WS' } }],
      'The flow "save order" now leads from "API" to "Browser".',
    ],
    [
      'the flow lost an end',
      [{ kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { target: undefined } }],
      'The flow "save order" now leads from "API" to a loose end.',
    ],
    [
      'the element became another kind',
      [{ kind: 'patch', table: 'elements', id: 'E-DB000', fields: { kind: 'process' } }],
      'No longer matches. It looks at flows from a process to a data store.',
    ],
  ])('%s', (_, changes, reason) => {
    const [gone, ...more] = goneOf(applyChanges(decided(), changes))
    expect(more).toEqual([])
    expect(gone).toMatchObject({ rule: RULE, attention: 'later', reason, likelihood: 3, impact: 4, subject: 'E-DB000' })
  })

  test('no loaded pack has the rule; the decision stays readable', () => {
    const [gone] = goneOf(decided(), [])
    expect(gone).toMatchObject({
      reason: `No loaded pack has the rule ${RULE}.`,
      title: `A finding of the rule ${RULE}.`,
      pack: '',
    })
  })

  test('the rule is broken', () => {
    const rules = [packOf(ruleWith({ id: 'TEST-1', subject: 'target' }))]
    const design = decided(rules, 'TEST-1')
    const broken = [packOf(ruleWith({ id: 'TEST-1', title: '{whom}' }))]
    expect(goneOf(design, broken)[0]?.reason).toBe('The rule TEST-1 is broken.')
  })

  test('a condition no longer holds', () => {
    const when = [{ attribute: { logsAudit: ['unknown'] }, of: 'target' }] as const
    const rules = [packOf(ruleWith({ when }))]
    const audited = applyChanges(decided(rules, 'TEST-1'), [
      { kind: 'patch', table: 'elements', id: 'E-DB000', fields: { 'attributes/logsAudit': 'yes' } },
    ])
    expect(goneOf(audited, rules)[0]?.reason).toBe(
      'No longer matches. "Database" states yes for logsAudit; the rule waits for unknown.',
    )
  })

  test('a flow that no longer runs both ways', () => {
    const both = applyChanges(shop(), [{ kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { bidirectional: true } }])
    const finding = deriveFindings(both, packs).findings.find(f => f.on.kind === 'interaction' && f.on.direction === 'reverse')
    if (!finding) throw new Error('no reverse finding')
    const changes = triageReal(both, { finding, likelihood: 1, impact: 1 }, stampOf())
    const after = applyChanges(both, [
      ...(changes.ok ? changes.value : []),
      { kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { bidirectional: undefined } },
    ])
    expect(goneOf(after).map(f => f.reason)).toEqual(['The flow "save order" no longer runs both ways.'])
  })

  test('a decision whose id belongs to other objects says so', () => {
    const subject = { rule: RULE, source: 'E-AP100', flow: 'F-SAVE0', target: 'E-DB000', direction: 'forward' } as const
    const design = applyChanges(shop(), [
      {
        kind: 'put',
        table: 'triage',
        row: { id: 'N-00000000', decision: 'real', subject, at: '2026-01-01T00:00:00Z', by: 'architect' },
      },
    ])
    expect(goneOf(design)[0]?.reason).toBe('The decision names other objects than the finding it was made on.')
  })

  test('what comes back is decided as before', () => {
    const removed = applyChanges(decided(), [{ kind: 'remove', table: 'flows', id: 'F-SAVE0' }])
    const row = shop().flows['F-SAVE0']
    const back = row ? applyChanges(removed, [{ kind: 'put', table: 'flows', row }]) : removed
    expect(goneOf(removed).length).toBe(1)
    expect(deriveFindings(back, packs).findings.map(recordOf)).toEqual(deriveFindings(shop(), packs).findings.map(recordOf))
  })
})
