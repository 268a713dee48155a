import { describe, expect, test } from 'vitest'
import { decide } from '../../../core/gate/policy.ts'
import { notedUse, policySince } from '../../../core/gate/policy-since.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from './transfers.ts'

function decisionOn(design: Design) {
  return decide(design, PACKS, { workItem: ID.work, at: AT })
}
const then = decisionOn(TRANSFERS)
const strict = withFields(TRANSFERS, 'policy', 'policy', { preset: 'strict', default: 'assisted-2p' })
const closed = withFields(TRANSFERS, 'policy', 'policy', { 'rules/AI-01': { when: { element: [ID.api] }, level: 'advise-only' } })
const scanned = withFields(TRANSFERS, 'policy', 'policy', {
  'rules/AI-01': {
    when: { element: [ID.api] },
    level: 'assisted',
    requires: { reviewers: 3, roles: ['privacy'], scans: ['sca'] },
  },
})

describe('a policy that became stricter', () => {
  test('another zone, with what it asks for besides', () => {
    expect(policySince(then, decisionOn(strict), 'generate')).toEqual({
      before: 'assisted',
      now: 'assisted-2p',
      from: 'default',
      added: ['2 reviewers', 'role security', 'scan sast'],
      refuses: false,
    })
  })
  test('the same zone with more obligations', () => {
    expect(policySince(then, decisionOn(scanned), 'generate')).toMatchObject({
      before: 'assisted',
      now: 'assisted',
      added: ['3 reviewers', 'role privacy', 'scan sca'],
    })
  })
  test('so strict that nothing would be made; words about code still would', () => {
    expect(policySince(then, decisionOn(closed), 'generate')).toMatchObject({ now: 'advise-only', from: 'AI-01', refuses: true })
    expect(policySince(then, decisionOn(closed), 'review')).toMatchObject({ refuses: false })
  })
  test('the same or a looser one says nothing', () => {
    expect(policySince(then, then, 'generate')).toBeUndefined()
    expect(policySince(decisionOn(strict), then, 'generate')).toBeUndefined()
  })
  test.each([undefined, null, 7, 'assisted', [], {}, { level: 'none' }])(
    'nothing noted in the right form says nothing: %j',
    noted => {
      expect(policySince(noted, decisionOn(closed), 'generate')).toBeUndefined()
    },
  )
  test('obligations in no right form count as none', () => {
    const noted = { level: 'assisted', obligations: { reviewers: 'many', roles: 5, tests: [7, 'negative'] } }
    expect(policySince(noted, then, 'generate')).toMatchObject({ added: ['1 reviewer'] })
  })
})

test('the use a ledger entry notes, as far as it has the right form', () => {
  expect(notedUse({ target: 'skill', use: { tool: 'a', model: 7, by: 'x', more: 'y' } })).toEqual({
    target: 'skill',
    tool: 'a',
    by: 'x',
  })
  expect(notedUse({ use: 'all' })).toEqual({})
})
