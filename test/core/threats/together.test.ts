import { describe, expect, test } from 'vitest'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { openFindings, threatProblems } from '../../../core/threats/checks.ts'
import { reopen, triageReal } from '../../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import { mergedFindings } from '../../../core/threats/merged.ts'
import { decideTogether, type Said } from '../../../core/threats/together.ts'
import * as accept from '../../../schemas/generated/accept-entities.js'
import { packOf, provenance, ruleWith, shop, stampOf } from './designs.ts'

const PACKS = [packOf(ruleWith({ id: 'ONE-1' }), ruleWith({ id: 'TWO-1' }), ruleWith({ id: 'THREE-1' }))]

/** The three findings that say the same of the order, lead first. */
function together(design: Design): readonly Finding[] {
  const [group] = mergedFindings(deriveFindings(design, PACKS).on('F-0RDER'))
  if (group?.others.length !== 2) throw new Error('expected one group of three')
  return [group.lead, ...group.others]
}

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

function decided(design: Design, said: Said, findings = together(design)): Design {
  return done(design, decideTogether(design, { findings, said }, stampOf()))
}

const REAL: Said = { decision: 'real', likelihood: 4, impact: 5 }
const NOT: Said = { decision: 'notApplicable', reason: 'Nobody gets that far.' }
const OTHER = 'N-00000001'

describe('one decision on findings that say the same', () => {
  test('real: the lead is real, the others its duplicates, and there is one threat', () => {
    const findings = together(shop())
    const [lead, ...others] = findings
    const design = decided(shop(), REAL)
    expect(design.triage[lead?.id ?? '']).toMatchObject({ decision: 'real', likelihood: 4, impact: 5 })
    for (const { id, rule } of others)
      expect(design.triage[id]).toMatchObject({ decision: 'duplicate', duplicateOf: lead?.id, subject: { rule } })
    const threats = rowsOf(design.threats)
    expect(threats.map(({ findings, statement }) => [findings, statement])).toEqual([[{ [lead?.id ?? '']: true }, lead?.title]])
    for (const row of rowsOf(design.triage)) expect(accept.triage(row)).toBe(true)
    expect(threatProblems(design, PACKS)).toEqual([])
  })

  test('not applicable: said of each, with the reason', () => {
    const design = decided(shop(), NOT)
    expect(rowsOf(design.triage).map(({ decision, reason }) => [decision, reason])).toEqual(
      Array.from({ length: 3 }, () => ['notApplicable', 'Nobody gets that far.']),
    )
    expect(rowsOf(design.threats)).toEqual([])
  })

  test('duplicate of another: said of each', () => {
    const design = decided(shop(), { decision: 'duplicate', of: OTHER })
    expect(rowsOf(design.triage).map(({ duplicateOf }) => duplicateOf)).toEqual([OTHER, OTHER, OTHER])
  })

  test.each([
    ['real', REAL],
    ['notApplicable', NOT],
    ['duplicate', { decision: 'duplicate', of: OTHER }],
  ] as readonly (readonly [string, Said])[])('%s: none of them is open any more, and all others are', (_, said) => {
    const before = openFindings(shop(), PACKS).map(({ id }) => id)
    const ids = together(shop()).map(({ id }) => id)
    expect(before).toEqual(expect.arrayContaining(ids))
    const after = openFindings(decided(shop(), said), PACKS).map(({ id }) => id)
    expect(after).toEqual(before.filter(id => !ids.includes(id)))
  })

  test('of one finding is that finding decided alone', () => {
    const [lead] = together(shop())
    if (!lead) throw new Error('no finding')
    const alone = triageReal(shop(), { finding: lead, likelihood: 4, impact: 5 }, stampOf())
    expect(decideTogether(shop(), { findings: [lead], said: REAL }, stampOf())).toEqual(alone)
  })

  test('of nothing changes nothing', () => {
    expect(decideTogether(shop(), { findings: [], said: NOT }, stampOf())).toEqual({ ok: true, value: [] })
  })
})

describe('a second decision', () => {
  test('real twice is still one threat', () => {
    const design = decided(decided(shop(), REAL), { ...REAL, impact: 2 })
    expect(rowsOf(design.threats).length).toBe(1)
    expect(
      rowsOf(design.triage)
        .map(({ impact }) => impact)
        .filter(impact => impact !== undefined),
    ).toEqual([2])
  })

  test('real, then not applicable takes the threat back', () => {
    const design = decided(decided(shop(), REAL), NOT)
    expect(rowsOf(design.threats)).toEqual([])
    expect(new Set(rowsOf(design.triage).map(({ decision }) => decision))).toEqual(new Set(['notApplicable']))
  })

  test('not applicable, then real leaves one threat and no reason behind', () => {
    const design = decided(decided(shop(), NOT), REAL)
    expect(rowsOf(design.threats).length).toBe(1)
    expect(rowsOf(design.triage).filter(({ reason }) => reason !== undefined)).toEqual([])
  })

  test('real once more, in another order, leaves the threat where it is', () => {
    const findings = together(shop())
    const turned = [...findings].reverse()
    const design = decided(decided(shop(), REAL), REAL, turned)
    expect(rowsOf(design.threats).map(threat => threat.findings)).toEqual([{ [findings[0]?.id ?? '']: true }])
    expect(
      rowsOf(design.triage)
        .filter(({ decision }) => decision === 'real')
        .map(({ id }) => id),
    ).toEqual([findings[0]?.id])
    expect(threatProblems(design, PACKS)).toEqual([])
  })

  test('the lead opened again leaves the others duplicates of an open finding, and real once more makes one threat', () => {
    const [lead] = together(shop())
    if (!lead) throw new Error('no finding')
    const first = decided(shop(), REAL)
    const opened = done(first, reopen(first, { finding: lead }))
    expect(rowsOf(opened.threats)).toEqual([])
    expect(rowsOf(decided(opened, REAL).threats).length).toBe(1)
  })

  test('a finding that was judged real alone before keeps its threat and leads', () => {
    const [, second] = together(shop())
    if (!second) throw new Error('no finding')
    const alone = done(shop(), triageReal(shop(), { finding: second, likelihood: 1, impact: 1 }, stampOf()))
    const design = decided(alone, REAL)
    expect(rowsOf(design.threats).map(threat => threat.findings)).toEqual([{ [second.id]: true }])
  })
})

test('real is one threat, also when one of them has a threat that somebody answered', () => {
  const [, second] = together(shop())
  if (!second) throw new Error('no finding')
  const alone = done(shop(), triageReal(shop(), { finding: second, likelihood: 1, impact: 1 }, stampOf()))
  const [threat] = rowsOf(alone.threats)
  const answer = { id: 'M-00001', statement: 'The API shall ask.', status: 'planned', provenance } as const
  const answered = applyChanges(alone, [
    { kind: 'put', table: 'mitigations', row: { ...answer, threats: { [threat?.id ?? '']: true } } },
  ])
  expect(rowsOf(decided(answered, REAL).threats).length).toBe(1)
})

describe('a decision that cannot be written to each', () => {
  test.each([
    ['without a reason', { decision: 'notApplicable', reason: '  ' }, 'triage.noReason'],
    ['off the scale', { decision: 'real', likelihood: 9, impact: 1 }, 'triage.scale'],
    ['of what is no finding', { decision: 'duplicate', of: 'T-00001' }, 'triage.duplicateOf'],
  ] as readonly (readonly [string, Said, string])[])('%s is written to none', (_, said, code) => {
    expect(decideTogether(shop(), { findings: together(shop()), said }, stampOf())).toMatchObject({
      ok: false,
      problems: [{ code }],
    })
  })

  test('a duplicate of one among them would be its own duplicate', () => {
    const findings = together(shop())
    const said: Said = { decision: 'duplicate', of: findings[1]?.id ?? '' }
    expect(decideTogether(shop(), { findings, said }, stampOf())).toMatchObject({ ok: false })
  })

  test('what an AI calls not applicable is refused', () => {
    expect(decideTogether(shop(), { findings: together(shop()), said: NOT }, stampOf('ai'))).toMatchObject({
      ok: false,
      problems: [{ code: 'triage.ai' }],
    })
  })
})
