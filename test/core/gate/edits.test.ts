import { describe, expect, test } from 'vitest'
import { addWorkItem, editWorkItem, removeWorkItem } from '../../../core/gate/edits.ts'
import { addWaiver, choosePreset, nameApprover, removeApprover, setGateRule } from '../../../core/gate/policy-edits.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { ID, STAMP, TRANSFERS } from './transfers.ts'

function applied(design: Design, result: Result<readonly Change[]>): Design {
  if (!result.ok) throw new Error(result.problems[0].message)
  return applyChanges(design, result.value)
}

function codesOf(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(problem => problem.code)
}

const input = { name: 'Limits', goal: 'Refuse orders above the limit.', operation: 'generate' as const }

describe('work items', () => {
  test('are added with links and globs as maps', () => {
    const design = applied(
      TRANSFERS,
      addWorkItem(
        TRANSFERS,
        { ...input, elements: [ID.api], mayEdit: ['src/b.ts', 'src/a.ts'], language: ' ', packages: ['pkg:npm/zod@4.1.0'] },
        STAMP,
      ),
    )
    const added = Object.values(design.workItems).find(item => item.name === 'Limits')
    expect(added).toEqual({
      id: expect.stringMatching(/^W-[0-9A-HJKMNP-TV-Z]{5}$/),
      ...input,
      elements: { [ID.api]: true },
      mayEdit: { 'src/a.ts': true, 'src/b.ts': true },
      packages: { 'pkg:npm/zod@4.1.0': true },
      provenance: { kind: 'human', at: STAMP.at, by: STAMP.by },
    })
  })

  test.each<[string, Parameters<typeof addWorkItem>[1], readonly string[]]>([
    ['no name', { ...input, name: ' ' }, ['workItem.missing']],
    ['no goal and no name', { ...input, name: '', goal: '' }, ['workItem.missing', 'workItem.missing']],
    ['a path out of the repository', { ...input, mayEdit: ['../x'], mustNotTouch: ['/etc'] }, ['workItem.glob', 'workItem.glob']],
    ['an element that is not there', { ...input, elements: ['E-G0NE1'] }, ['workItem.link']],
    ['a flow among the elements', { ...input, elements: [ID.submit] }, ['workItem.link']],
    ['a package that is no purl', { ...input, packages: ['zod'] }, ['workItem.invalid']],
    ['an unknown operation', { ...input, operation: 'dance' as 'generate' }, ['workItem.invalid']],
  ])('with %s are refused', (_, wrong, codes) => {
    expect(codesOf(addWorkItem(TRANSFERS, wrong, STAMP))).toEqual(codes)
  })

  test('are edited key by key, so that two people both keep their glob', () => {
    const edit = editWorkItem(
      TRANSFERS,
      { id: ID.work, fields: { mayEdit: ['src/transfers/*.ts', 'src/new/*.ts'], stack: '' } },
      STAMP,
    )
    expect(edit.ok && edit.value).toEqual([
      {
        kind: 'patch',
        table: 'workItems',
        id: ID.work,
        fields: { 'mayEdit/test/transfers/*.ts': undefined, 'mayEdit/src/new/*.ts': true, stack: undefined },
      },
    ])
    const after = applied(TRANSFERS, edit).workItems[ID.work]
    expect(after?.mayEdit).toEqual({ 'src/transfers/*.ts': true, 'src/new/*.ts': true })
    expect(after).not.toHaveProperty('stack')
  })

  test('cannot lose their goal', () => {
    expect(codesOf(editWorkItem(TRANSFERS, { id: ID.work, fields: { goal: ' ' } }, STAMP))).toEqual(['workItem.missing'])
  })

  test('are removed, and unknown ones refused', () => {
    expect(applied(TRANSFERS, removeWorkItem(TRANSFERS, { id: ID.work }, STAMP)).workItems).not.toHaveProperty(ID.work)
    expect(codesOf(removeWorkItem(EMPTY_DESIGN, { id: ID.work }, STAMP))).toEqual(['workItem.unknown'])
    expect(codesOf(editWorkItem(EMPTY_DESIGN, { id: ID.work, fields: {} }, STAMP))).toEqual(['workItem.unknown'])
  })
})

describe('policy', () => {
  const waiver = {
    rule: 'AI-01',
    scope: ID.api,
    by: 'architect',
    approver: 'security lead',
    reason: 'A trial.',
    expires: '2026-12-31',
  }

  test('a preset is chosen, also where no policy was stored', () => {
    expect(applied(TRANSFERS, choosePreset(TRANSFERS, { preset: 'strict' }, STAMP)).policy.policy).toMatchObject({
      preset: 'strict',
      default: 'assisted-2p',
    })
    expect(applied(EMPTY_DESIGN, choosePreset(EMPTY_DESIGN, { preset: 'regulated' }, STAMP)).policy.policy).toMatchObject({
      preset: 'regulated',
      default: 'advise-only',
    })
  })

  test('gate rules are set, locked and unknown ones are not', () => {
    const after = applied(TRANSFERS, setGateRule(TRANSFERS, { code: 'gate.exposure.unknown', does: 'warn' }, STAMP))
    expect(after.policy.policy?.gate).toEqual({ 'gate.exposure.unknown': 'warn' })
    expect(codesOf(setGateRule(TRANSFERS, { code: 'gate.finding.undecided', does: 'off' }, STAMP))).toEqual(['policy.gateLocked'])
    expect(codesOf(setGateRule(TRANSFERS, { code: 'gate.nothing', does: 'off' }, STAMP))).toEqual(['policy.gateUnknown'])
  })

  test('waivers need two people, a day to come and a rule that can be waived', () => {
    expect(applied(TRANSFERS, addWaiver(TRANSFERS, { id: 'V-1', waiver }, STAMP)).policy.policy?.waivers).toEqual({
      'V-1': waiver,
    })
    expect(codesOf(addWaiver(TRANSFERS, { id: 'V-1', waiver: { ...waiver, approver: 'ARCHITECT' } }, STAMP))).toEqual([
      'policy.waiver.samePerson',
    ])
    expect(codesOf(addWaiver(TRANSFERS, { id: 'V-1', waiver: { ...waiver, expires: '2026-11-22' } }, STAMP))).toEqual([
      'policy.waiver.expired',
    ])
    expect(codesOf(addWaiver(TRANSFERS, { id: 'V-1', waiver: { ...waiver, rule: 'gate.finding.undecided' } }, STAMP))).toEqual([
      'policy.gateLocked',
    ])
  })

  test('where the policy names who approves waivers, nobody else may, and the refusal says who', () => {
    const named = applied(TRANSFERS, nameApprover(TRANSFERS, { name: ' security lead ', role: 'security' }, STAMP))
    expect(named.policy.policy?.waiverApprovers).toEqual({ 'security lead': 'security' })
    expect(codesOf(addWaiver(named, { id: 'V-1', waiver: { ...waiver, approver: 'Security Lead' } }, STAMP))).toEqual([])
    const refused = addWaiver(named, { id: 'V-1', waiver: { ...waiver, approver: 'developer' } }, STAMP)
    expect(refused).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'policy.waiver.notNamed',
          message: 'developer may not approve a waiver: the policy names security lead (security).',
          cure: expect.stringContaining('Have one of them approve it'),
        },
      ],
    })
    const nobody = applied(named, removeApprover(named, { name: 'security lead' }))
    expect(nobody.policy.policy).not.toHaveProperty('waiverApprovers')
    expect(codesOf(addWaiver(nobody, { id: 'V-1', waiver: { ...waiver, approver: 'developer' } }, STAMP))).toEqual([])
  })

  test('a person is named once, whichever way it is written; both name and role are asked for', () => {
    const first = applied(TRANSFERS, nameApprover(TRANSFERS, { name: 'a/b', role: 'security' }, STAMP))
    const again = applied(first, nameApprover(first, { name: 'A/B', role: 'safety' }, STAMP))
    expect(again.policy.policy?.waiverApprovers).toEqual({ 'A/B': 'safety' })
    expect(codesOf(nameApprover(TRANSFERS, { name: ' ', role: 'x' }, STAMP))).toEqual(['policy.approver.missing'])
    expect(codesOf(nameApprover(TRANSFERS, { name: 'x', role: '' }, STAMP))).toEqual(['policy.approver.missing'])
    expect(codesOf(nameApprover(TRANSFERS, { name: 'x'.repeat(201), role: 'y' }, STAMP))).toEqual(['policy.approver.invalid'])
    expect(codesOf(removeApprover(TRANSFERS, { name: 'x' }))).toEqual(['policy.approver.unknown'])
  })
})
