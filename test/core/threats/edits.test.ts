import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { openFindings, threatProblems } from '../../../core/threats/checks.ts'
import {
  addThreat,
  confirmThreat,
  editThreat,
  reopen,
  triageDuplicate,
  triageNotApplicable,
  triageReal,
} from '../../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import * as accept from '../../../schemas/generated/accept-entities.js'
import { drawn, packOf, packs, ruleWith, shop, stampOf } from './designs.ts'

function found(design: Design, rule: string): Finding {
  const finding = deriveFindings(design, packs).findings.find(candidate => candidate.rule === rule)
  if (!finding) throw new Error(`no finding of ${rule}`)
  return finding
}

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

function codeOf(edit: Result<unknown>): string | undefined {
  return edit.ok ? undefined : edit.problems[0].code
}

const withData = applyChanges(shop(), [
  {
    kind: 'put',
    table: 'data',
    row: { id: 'D-C4RDS', name: 'Cards', class: 'D3', provenance: { kind: 'human', at: '2026-01-01T00:00:00Z' } },
  },
  { kind: 'patch', table: 'flows', id: 'F-0RDER', fields: { 'data/D-C4RDS': true } },
])

describe('judging a finding real', () => {
  test('writes the decision and a threat that speaks of it', () => {
    const finding = found(withData, 'SI-XP-S1')
    const design = done(withData, triageReal(withData, { finding, likelihood: 4, impact: 5 }, stampOf()))
    const [threat] = Object.values(design.threats)
    expect(design.triage[finding.id]).toEqual({
      id: finding.id,
      decision: 'real',
      likelihood: 4,
      impact: 5,
      subject: { rule: 'SI-XP-S1', flow: 'F-0RDER', source: 'E-BR0WS', target: 'E-AP100', direction: 'forward' },
      at: '2026-11-22T12:00:00Z',
      by: 'security lead',
    })
    expect(threat).toMatchObject({
      statement: finding.title,
      categories: { spoofing: true },
      cwe: { 'CWE-306': true, 'CWE-287': true },
      findings: { [finding.id]: true },
      elements: { 'E-AP100': true },
      flows: { 'F-0RDER': true },
      data: { 'D-C4RDS': true },
      provenance: { kind: 'human', at: '2026-11-22T12:00:00Z', by: 'security lead' },
    })
    expect(accept.threat(threat) && accept.triage(design.triage[finding.id])).toBe(true)
  })

  test('a threat on the flow names both ends; an element rule names the element and its data', () => {
    const onFlow = done(
      withData,
      triageReal(withData, { finding: found(withData, 'SI-CROSS-T1'), likelihood: 1, impact: 1 }, stampOf()),
    )
    expect(Object.values(onFlow.threats)[0]?.elements).toEqual({ 'E-BR0WS': true, 'E-AP100': true })
    const store = drawn({ elements: [{ id: 'E-00001', data: { 'D-00001': true } }], data: [{ id: 'D-00001' }] })
    const [finding] = deriveFindings(store, [packOf(ruleWith({ on: 'element', subject: 'element' }))]).findings
    if (!finding) throw new Error('no finding')
    const threat = Object.values(done(store, triageReal(store, { finding, likelihood: 1, impact: 1 }, stampOf())).threats)[0]
    expect([threat?.elements, threat?.flows, threat?.data]).toEqual([{ 'E-00001': true }, undefined, { 'D-00001': true }])
  })

  test('judging again changes the numbers and writes no second threat', () => {
    const finding = found(withData, 'SI-XP-S1')
    const once = done(withData, triageReal(withData, { finding, likelihood: 4, impact: 5 }, stampOf()))
    const twice = done(once, triageReal(once, { finding, likelihood: 2, impact: 2 }, stampOf()))
    expect(Object.keys(twice.threats)).toEqual(Object.keys(once.threats))
    expect(twice.triage[finding.id]?.likelihood).toBe(2)
  })

  test.each([0, 6, 2.5, Number.NaN])('likelihood %s is refused', likelihood => {
    expect(codeOf(triageReal(withData, { finding: found(withData, 'SI-XP-S1'), likelihood, impact: 3 }, stampOf()))).toBe(
      'triage.scale',
    )
  })
})

describe('closing a finding', () => {
  const finding = found(withData, 'SI-XP-S1')

  test('not applicable needs a reason', () => {
    expect(codeOf(triageNotApplicable(withData, { finding, reason: '  ' }, stampOf()))).toBe('triage.noReason')
    const design = done(withData, triageNotApplicable(withData, { finding, reason: ' only for guests ' }, stampOf()))
    expect(design.triage[finding.id]).toMatchObject({ decision: 'notApplicable', reason: 'only for guests' })
    expect(accept.triage(design.triage[finding.id])).toBe(true)
  })

  test('an AI may open, and may neither close nor decide again', () => {
    const other = found(withData, 'SI-XP-D1').id
    expect(codeOf(triageNotApplicable(withData, { finding, reason: 'x' }, stampOf('ai')))).toBe('triage.ai')
    expect(codeOf(triageDuplicate(withData, { finding, of: other }, stampOf('ai')))).toBe('triage.ai')
    const opened = triageReal(withData, { finding, likelihood: 5, impact: 5 }, stampOf('ai'))
    const design = done(withData, opened)
    expect(Object.values(design.threats)[0]?.provenance.kind).toBe('ai')
    expect(codeOf(triageReal(design, { finding, likelihood: 1, impact: 1 }, stampOf('ai')))).toBe('triage.ai')
  })

  test('a gone finding cannot be decided', () => {
    const gone: Finding = { ...finding, applicability: 'gone', reason: 'The flow F-0RDER was removed.' }
    expect(codeOf(triageReal(withData, { finding: gone, likelihood: 1, impact: 1 }, stampOf()))).toBe('triage.gone')
    expect(codeOf(triageNotApplicable(withData, { finding: gone, reason: 'x' }, stampOf()))).toBe('triage.gone')
  })

  test('a duplicate follows to the original and never to itself', () => {
    const [a, b, c] = ['SI-XP-S1', 'SI-XP-S2', 'SI-XP-E1'].map(rule => found(withData, rule)) as [Finding, Finding, Finding]
    const once = done(withData, triageDuplicate(withData, { finding: b, of: a.id }, stampOf()))
    const twice = done(once, triageDuplicate(once, { finding: c, of: b.id }, stampOf()))
    expect(twice.triage[c.id]?.duplicateOf).toBe(a.id)
    expect(codeOf(triageDuplicate(twice, { finding: a, of: c.id }, stampOf()))).toBe('triage.selfDuplicate')
    expect(codeOf(triageDuplicate(withData, { finding: a, of: a.id }, stampOf()))).toBe('triage.selfDuplicate')
    expect(codeOf(triageDuplicate(withData, { finding: a, of: 'T-00000' }, stampOf()))).toBe('triage.duplicateOf')
  })
})

describe('taking a decision back', () => {
  const finding = found(withData, 'SI-XP-S1')
  const real = done(withData, triageReal(withData, { finding, likelihood: 4, impact: 5 }, stampOf()))
  const [id = ''] = Object.keys(real.threats)

  test('removes the decision and the threat that was only this decision', () => {
    const back = done(real, reopen(real, { finding }))
    expect(back).toEqual(withData)
    expect(codeOf(reopen(back, { finding }))).toBe('triage.open')
  })

  test.each<[string, Change]>([
    ['has words of its own', { kind: 'patch', table: 'threats', id, fields: { statement: 'Somebody orders in my name' } }],
    ['has an estimate of its own', { kind: 'patch', table: 'threats', id, fields: { likelihood: 2 } }],
    [
      'is mitigated',
      {
        kind: 'put',
        table: 'mitigations',
        row: {
          id: 'M-00001',
          statement: 'x',
          threats: { [id]: true },
          status: 'planned',
          provenance: { kind: 'human', at: '2026-01-01T00:00:00Z' },
        },
      },
    ],
  ])('keeps a threat that %s, without the link', (_, change) => {
    const kept = applyChanges(real, [change])
    for (const edit of [reopen(kept, { finding }), triageNotApplicable(kept, { finding, reason: 'x' }, stampOf())]) {
      const back = done(kept, edit)
      expect(back.threats[id]).toBeDefined()
      expect(back.threats[id]?.findings).toBeUndefined()
    }
  })

  test('judging not applicable after real takes the threat away too', () => {
    expect(done(real, triageNotApplicable(real, { finding, reason: 'x' }, stampOf())).threats).toEqual({})
  })
})

describe('threats by hand', () => {
  test('need words and a category', () => {
    expect(codeOf(addThreat(EMPTY_DESIGN, { statement: ' ', categories: { spoofing: true } }, stampOf()))).toBe('threat.empty')
    expect(codeOf(addThreat(EMPTY_DESIGN, { statement: 'x', categories: {} }, stampOf()))).toBe('threat.noCategory')
    expect(codeOf(addThreat(EMPTY_DESIGN, { statement: 'x', categories: { spoofing: true }, likelihood: 9 }, stampOf()))).toBe(
      'threat.scale',
    )
    const design = done(
      EMPTY_DESIGN,
      addThreat(EMPTY_DESIGN, { statement: ' A thief ', categories: { spoofing: true } }, stampOf()),
    )
    const [threat] = Object.values(design.threats)
    expect(threat?.statement).toBe('A thief')
    expect(accept.threat(threat)).toBe(true)
  })

  test('are edited field by field, and stay whole', () => {
    const design = done(
      EMPTY_DESIGN,
      addThreat(EMPTY_DESIGN, { statement: 'x', categories: { spoofing: true }, likelihood: 2 }, stampOf()),
    )
    const [threat = ''] = Object.keys(design.threats)
    expect(
      done(design, editThreat(design, { threat, fields: { likelihood: undefined, action: 'steals' } })).threats[threat],
    ).toMatchObject({
      action: 'steals',
      statement: 'x',
    })
    expect(codeOf(editThreat(design, { threat, fields: { statement: '' } }))).toBe('threat.empty')
    expect(codeOf(editThreat(design, { threat, fields: { categories: {} } }))).toBe('threat.noCategory')
    expect(codeOf(editThreat(design, { threat: 'T-NNNNN', fields: {} }))).toBe('threat.missing')
  })

  test('proposed by an AI wait for a person', () => {
    const design = done(EMPTY_DESIGN, addThreat(EMPTY_DESIGN, { statement: 'x', categories: { spoofing: true } }, stampOf('ai')))
    const [threat = ''] = Object.keys(design.threats)
    expect(threatProblems(design, packs).map(problem => problem.code)).toEqual(['threat.unconfirmed'])
    expect(codeOf(confirmThreat(design, { threat }, stampOf('ai')))).toBe('triage.ai')
    expect(threatProblems(done(design, confirmThreat(design, { threat }, stampOf())), packs)).toEqual([])
  })
})

describe('checks', () => {
  test('open findings are those that ask now, apply and are not decided', () => {
    expect(openFindings(EMPTY_DESIGN, packs)).toEqual([])
    const open = openFindings(shop(), packs)
    expect(open.length).toBe(9)
    expect(new Set(open.map(finding => finding.attention))).toEqual(new Set(['now']))
    const [first] = open
    if (!first) throw new Error('no open finding')
    const design = done(shop(), triageNotApplicable(shop(), { finding: first, reason: 'x' }, stampOf()))
    expect(openFindings(design, packs).map(finding => finding.id)).toEqual(open.slice(1).map(finding => finding.id))
    const encrypted = applyChanges(shop(), [{ kind: 'patch', table: 'flows', id: 'F-0RDER', fields: { encryption: 'yes' } }])
    expect(openFindings(encrypted, packs).length).toBe(7)
  })

  test('a duplicate of something that is gone must be decided again', () => {
    const design = shop()
    const [a, b] = [found(design, 'SI-PS-T1'), found(design, 'SI-XP-E1')]
    const marked = done(design, triageDuplicate(design, { finding: b, of: a.id }, stampOf()))
    expect(threatProblems(marked, packs)).toEqual([])
    const gone = applyChanges(marked, [{ kind: 'remove', table: 'flows', id: 'F-SAVE0' }])
    expect(threatProblems(gone, packs).map(({ code, at }) => [code, at])).toEqual([['triage.duplicateOfNothing', b.id]])
  })

  test('judged real, and the threat was deleted', () => {
    const finding = found(shop(), 'SI-XP-E1')
    const real = done(shop(), triageReal(shop(), { finding, likelihood: 4, impact: 4 }, stampOf()))
    expect(threatProblems(real, packs)).toEqual([])
    const bare = { ...real, threats: {} }
    expect(threatProblems(bare, packs).map(({ code, at }) => [code, at])).toEqual([['triage.realWithoutThreat', finding.id]])
  })
})
