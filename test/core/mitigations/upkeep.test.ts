import { describe, expect, test } from 'vitest'
import { daysUntil, warningDay } from '../../../core/mitigations/acceptance.ts'
import { reviseAcceptance } from '../../../core/mitigations/acceptance-edits.ts'
import { addCheck, removeCheck } from '../../../core/mitigations/check-edits.ts'
import { handOver, ownerships } from '../../../core/mitigations/owners.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { ID, STAMP, TRANSFERS, withFields } from '../gate/transfers.ts'

function applied(design: Design, result: Result<readonly Change[]>): Design {
  if (!result.ok) throw new Error(result.problems[0].message)
  return applyChanges(design, result.value)
}

const codeOf = (result: Result<unknown>) => (result.ok ? undefined : result.problems[0].code)

describe('checks of a mitigation', () => {
  test('get a key from their words, and another when it is taken', () => {
    const once = applied(TRANSFERS, addCheck(TRANSFERS, { mitigation: ID.logs, statement: 'No account number in a log.' }))
    const twice = applied(once, addCheck(once, { mitigation: ID.logs, statement: 'No account number in a log!' }))
    const keys = Object.keys(twice.mitigations[ID.logs]?.checks ?? {})
    expect(keys).toEqual(expect.arrayContaining(['no-account-number-in-a-log', 'no-account-number-in-a-log-2']))
    const [key = ''] = keys
    expect(applied(twice, removeCheck(twice, { mitigation: ID.logs, key })).mitigations[ID.logs]?.checks?.[key]).toBeUndefined()
  })

  test('need words and a mitigation', () => {
    expect(codeOf(addCheck(TRANSFERS, { mitigation: ID.logs, statement: '  ' }))).toBe('check.empty')
    expect(codeOf(addCheck(TRANSFERS, { mitigation: 'M-N0NE1', statement: 'x' }))).toBe('check.missing')
    expect(
      applied(TRANSFERS, addCheck(TRANSFERS, { mitigation: ID.logs, statement: '漢字' })).mitigations[ID.logs]?.checks,
    ).toHaveProperty('check')
  })
})

describe('owners', () => {
  const owned = withFields(TRANSFERS, 'mitigations', ID.logs, { owner: 'Ana' })

  test('are listed with what they answer for, two spellings of a name as one', () => {
    const both = withFields(owned, 'mitigations', ID.ownership, { owner: ' ana' })
    const ana = ownerships(both).owners.find(one => one.owner.trim().toLowerCase() === 'ana')
    expect([...(ana?.mitigations ?? [])].sort()).toEqual([ID.logs, ID.ownership].sort())
    expect(ownerships(TRANSFERS).unowned).toContain(ID.logs)
  })

  test('hand over all at once; a risk never to who agreed to it', () => {
    const given = applied(owned, handOver(owned, { ids: [ID.logs, ID.acceptance], to: 'Cy' }))
    expect(given.mitigations[ID.logs]?.owner).toBe('Cy')
    expect(given.acceptances[ID.acceptance]?.owner).toBe('Cy')
    const approver = TRANSFERS.acceptances[ID.acceptance]?.approver ?? ''
    expect(codeOf(handOver(owned, { ids: [ID.acceptance], to: approver.toUpperCase() }))).toBe('owner.approved')
    expect(codeOf(handOver(owned, { ids: [ID.logs], to: ' ' }))).toBe('owner.nobody')
    expect(codeOf(handOver(owned, { ids: ['M-N0NE1'], to: 'Cy' }))).toBe('owner.missing')
  })
})

describe('an answer decided again', () => {
  test('keeps its id and takes a later day', () => {
    const revised = applied(
      TRANSFERS,
      reviseAcceptance(TRANSFERS, { acceptance: ID.acceptance, fields: { expires: '2027-12-31' } }, STAMP),
    )
    expect(revised.acceptances[ID.acceptance]).toEqual({ ...TRANSFERS.acceptances[ID.acceptance], expires: '2027-12-31' })
  })

  test('follows the rules of a new one', () => {
    const { owner = '' } = TRANSFERS.acceptances[ID.acceptance] ?? {}
    const revise = (fields: Parameters<typeof reviseAcceptance>[1]['fields']) =>
      codeOf(reviseAcceptance(TRANSFERS, { acceptance: ID.acceptance, fields }, STAMP))
    expect(revise({ approver: owner })).toBe('acceptance.ownApprover')
    expect(revise({ expires: '2020-01-01' })).toBe('acceptance.past')
    expect(codeOf(reviseAcceptance(TRANSFERS, { acceptance: 'X-N0NE1', fields: {} }, STAMP))).toBe('acceptance.missing')
  })
})

test('days to an end, and the day it starts to warn', () => {
  expect(daysUntil('2026-12-01', '2026-11-22T16:00:00Z')).toBe(9)
  expect(daysUntil('2026-02-30', '2026-11-22T16:00:00Z')).toBeUndefined()
  expect(warningDay('2026-12-15')).toBe('2026-12-01')
  expect(warningDay('soon')).toBeUndefined()
})
