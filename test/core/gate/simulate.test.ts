import { describe, expect, test } from 'vitest'
import { FLOORS } from '../../../core/gate/floors.ts'
import { decide } from '../../../core/gate/policy.ts'
import { policyProblems } from '../../../core/gate/policy-checks.ts'
import { isKnownMap, mapsOf } from '../../../core/gate/policy-maps.ts'
import { simulatePolicies, withPreset } from '../../../core/gate/simulate.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import type { Design, Policy } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from './transfers.ts'

const now = policyOf(TRANSFERS)
const own: Policy = {
  id: 'policy',
  preset: 'own',
  default: 'assisted-2p',
  rules: { 'AI-01': { when: { element: [ID.api] }, level: 'forbidden', maps: ['AISVS AC.1.1'] } },
}

function simulate(after: Policy, design: Design = TRANSFERS) {
  return simulatePolicies(design, PACKS, { before: policyOf(design), after, at: AT })
}

describe('what a policy would do', () => {
  test('an empty design has nothing to hold it against', () => {
    expect(simulate(own, EMPTY_DESIGN)).toEqual({ workItems: [], elements: [], counts: { stricter: 0, looser: 0, same: 0 } })
  })

  test('every work item and element before and after, with who decides and what that answers', () => {
    const { workItems, elements, counts } = simulate(own)
    expect(workItems.map(row => [row.id, row.change])).toEqual([
      [ID.otherWork, 'stricter'],
      [ID.work, 'stricter'],
    ])
    expect(workItems.find(row => row.id === ID.work)).toMatchObject({
      kind: 'workItem',
      before: { level: 'assisted', from: 'default', allowed: true, reviewers: 1 },
      after: { level: 'forbidden', from: 'AI-01', allowed: false, maps: ['AISVS AC.1.1'] },
    })
    expect(elements.find(row => row.id === ID.api)).toMatchObject({ kind: 'element', after: { from: 'AI-01' } })
    expect(elements.find(row => row.id === ID.fraud)).toMatchObject({
      after: { level: 'assisted-2p', from: 'default', reviewers: 2 },
    })
    expect(elements).toHaveLength(Object.keys(TRANSFERS.elements).length)
    expect(counts).toEqual({ stricter: workItems.length + elements.length, looser: 0, same: 0 })
  })

  test('a work item has the level that its decision has', () => {
    for (const design of [TRANSFERS, withFields(TRANSFERS, 'elements', ID.api, { 'codeClasses/payment': true })]) {
      const { workItems } = simulate(policyOf(design), design)
      for (const row of workItems) {
        const { level, floorFrom } = decide(design, PACKS, { workItem: row.id, at: AT })
        expect([row.after.level, row.after.from]).toEqual([level, floorFrom])
        expect(row.change).toBe('same')
      }
    }
  })

  test('there and back again', () => {
    const back = simulatePolicies(TRANSFERS, PACKS, { before: own, after: now, at: AT })
    expect(back.counts).toEqual({ stricter: 0, looser: simulate(own).counts.stricter, same: 0 })
  })

  test('presets from the loosest to the strictest', () => {
    const zones = (['team', 'strict', 'regulated'] as const).map(
      preset => simulate(withPreset(now, preset)).elements.find(row => row.id === ID.fraud)?.after.level,
    )
    expect(zones).toEqual(['assisted', 'assisted-2p', 'advise-only'])
  })

  test('what is out of scope is left out, and nothing is written', () => {
    const design = withFields(TRANSFERS, 'elements', ID.fraud, { outOfScope: 'Bought.' })
    const before = JSON.stringify(design)
    expect(simulate(own, design).elements.map(row => row.id)).not.toContain(ID.fraud)
    expect(JSON.stringify(design)).toBe(before)
  })

  test('says which waiver it rests on', () => {
    const waiver = {
      rule: 'AI-01',
      scope: ID.api,
      by: 'architect',
      approver: 'security lead',
      reason: 'A trial.',
      expires: '2026-12-31',
    }
    const row = simulate({ ...own, waivers: { 'V-1': waiver } }).elements.find(one => one.id === ID.api)
    expect(row?.after).toMatchObject({ level: 'assisted-2p', waiver: 'V-1' })
  })
})

describe('what a decision answers', () => {
  test('every built-in voice maps to a published duty', () => {
    const voices = [...Object.keys(FLOORS).map(name => `floor.${name}`), 'default', 'unknownWorkItem', 'tool.none', 'tool.x']
    for (const from of voices) {
      expect(mapsOf(now, from), from).not.toEqual([])
      expect(
        mapsOf(now, from).filter(id => !isKnownMap(id)),
        from,
      ).toEqual([])
    }
  })
  test('a rule of the team says so itself', () => {
    expect(mapsOf(own, 'AI-01')).toEqual(['AISVS AC.1.1'])
    expect(mapsOf(own, 'AI-02')).toEqual([])
  })
})

describe('what is wrong with a policy', () => {
  const problemsIn = (policy: Partial<Policy>) =>
    policyProblems(TRANSFERS, { ...now, ...policy } as Policy, AT).map(({ code, at }) => [code, at])
  const maps = ['LLM02']
  const waiver = {
    rule: 'AI-01',
    scope: ID.api,
    by: 'architect',
    approver: 'security lead',
    reason: 'A trial.',
    expires: '2026-12-31',
  }
  const rules = { 'AI-01': { when: { element: [ID.api] }, level: 'assisted-2p' as const, maps } }

  test('nothing with the default one', () => expect(problemsIn({})).toEqual([]))

  test.each<[string, Partial<Policy>, string, string]>([
    ['a default looser than its preset', { preset: 'strict', default: 'assisted' }, 'policy.default.looser', 'default'],
    [
      'no duty named',
      { rules: { 'AI-01': { when: { element: [ID.api] }, level: 'forbidden' } } },
      'policy.rule.unmapped',
      'rules/AI-01',
    ],
    [
      'a duty of no list',
      { rules: { 'AI-01': { ...rules['AI-01'], maps: ['ISO 1'] } } },
      'policy.rule.unknownMap',
      'rules/AI-01',
    ],
    [
      'at least more than at most',
      { rules: { 'AI-01': { ...rules['AI-01'], when: { dataClassAtLeast: 'D3', dataClassAtMost: 'D1' } } } },
      'policy.rule.never',
      'rules/AI-01',
    ],
    ['an empty list', { rules: { 'AI-01': { ...rules['AI-01'], when: { tag: [] } } } }, 'policy.rule.never', 'rules/AI-01'],
    [
      'an element that is gone',
      { rules: { 'AI-01': { ...rules['AI-01'], when: { element: ['E-G0NE1'] } } } },
      'policy.rule.gone',
      'rules/AI-01',
    ],
    [
      'more than the default',
      {
        preset: 'strict',
        default: 'assisted-2p',
        rules: { 'AI-01': { ...rules['AI-01'], level: 'assisted', insteadOfDefault: true } },
      },
      'policy.rule.allowsMore',
      'rules/AI-01',
    ],
    [
      'an approval that ended',
      { tools: { old: { hosting: 'local', approved: true, expires: '2026-11-01' } } },
      'policy.tool.expired',
      'tools/old',
    ],
    ['a waiver of no rule', { waivers: { 'V-1': waiver } }, 'policy.waiver.noRule', 'waivers/V-1'],
    [
      'a waiver for nothing',
      { rules, waivers: { 'V-1': { ...waiver, scope: 'E-G0NE1' } } },
      'policy.waiver.noPlace',
      'waivers/V-1',
    ],
    [
      'a waiver of one person',
      { rules, waivers: { 'V-1': { ...waiver, approver: 'Architect' } } },
      'policy.waiver.void',
      'waivers/V-1',
    ],
    [
      'a waiver that ended',
      { rules, waivers: { 'V-1': { ...waiver, expires: '2026-11-01' } } },
      'policy.waiver.void',
      'waivers/V-1',
    ],
  ])('%s', (_, policy, code, at) => {
    expect(problemsIn(policy)).toEqual([[code, at]])
  })
})
