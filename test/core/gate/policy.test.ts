import { describe, expect, test } from 'vitest'
import { defaultZone, FLOORS, PRESETS, stricterOf, ZONES } from '../../../core/gate/floors.ts'
import { allows, type Decision, decide } from '../../../core/gate/policy.ts'
import type { Design, PolicyMatch, Zone } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from './transfers.ts'

function decision(design: Design, tool?: string, at: string = AT): Decision {
  return decide(design, PACKS, { workItem: ID.work, at, ...(tool === undefined ? {} : { use: { tool } }) })
}

function withRule(when: PolicyMatch, level: Exclude<Zone, undefined>, design: Design = TRANSFERS): Design {
  return withFields(design, 'policy', 'policy', { 'rules/AI-01': { when, level } })
}

describe('policy', () => {
  test('without rules the preset decides', () => {
    for (const [preset, zone] of Object.entries(PRESETS)) {
      const design = withFields(TRANSFERS, 'policy', 'policy', { preset, default: zone })
      expect(decision(design)).toMatchObject({ level: zone, matched: ['default'], floorFrom: 'default' })
    }
  })

  test('a preset never allows more than its own default', () => {
    expect(defaultZone({ id: 'policy', preset: 'regulated', default: 'sandboxed-agent' })).toBe('advise-only')
    expect(defaultZone({ id: 'policy', preset: 'own', default: 'sandboxed-agent' })).toBe('sandboxed-agent')
  })

  test('an unknown work item may not be prompted', () => {
    expect(decide(TRANSFERS, PACKS, { workItem: 'W-N0NE1', at: AT }).level).toBe('forbidden')
  })

  test.each(Object.entries(FLOORS))('code of class %s is held to %s', (name, zone) => {
    const design = withFields(TRANSFERS, 'elements', ID.api, { [`codeClasses/${name}`]: true })
    expect(decision(design)).toMatchObject({ level: zone, floorFrom: `floor.${name}` })
  })

  test('no rule lifts a floor', () => {
    const design = withFields(withRule({ element: [ID.api] }, 'sandboxed-agent'), 'elements', ID.api, {
      'codeClasses/authz': true,
    })
    expect(decision(design)).toMatchObject({ level: 'assisted-2p', floorFrom: 'floor.authz', matched: ['AI-01', 'floor.authz'] })
  })

  test('the most restrictive of all rules and elements wins', () => {
    for (const a of ZONES)
      for (const b of ZONES) {
        const rules = {
          'rules/AI-01': { when: { element: [ID.api] }, level: a },
          'rules/AI-02': { when: { element: [ID.fraud] }, level: b },
        }
        const both = withFields(withFields(TRANSFERS, 'policy', 'policy', rules), 'workItems', ID.work, {
          [`elements/${ID.fraud}`]: true,
        })
        expect(decision(both).level).toBe(stricterOf(a, b))
      }
  })

  test.each<[string, PolicyMatch, boolean]>([
    ['its element', { element: [ID.api] }, true],
    ['another element', { element: [ID.ledger] }, false],
    ['its kind', { elementKind: ['process'] }, true],
    ['another kind', { elementKind: ['dataStore'] }, false],
    ['a class it does not hold', { codeClass: ['authz'] }, false],
    ['the data it handles', { dataClassAtLeast: 'D4' }, true],
    ['less data than it handles', { dataClassAtMost: 'D3' }, false],
    ['at most its data', { dataClassAtMost: 'D4' }, true],
    ['its operation', { operation: ['generate', 'test'] }, true],
    ['another operation', { operation: ['docs'] }, false],
    ['a crossing', { crossesBoundary: true }, true],
    ['no crossing', { crossesBoundary: false }, false],
    ['overlapping paths', { paths: ['src/**'] }, true],
    ['other paths', { paths: ['docs/**'] }, false],
    ['its language', { language: ['typescript'] }, true],
    ['another language', { language: ['rust'] }, false],
    ['its residual risk', { residualRiskAtLeast: 'medium' }, true],
    ['one condition of two', { element: [ID.api], operation: ['docs'] }, false],
  ])('a rule that forbids matches %s: %s', (_, when, expected) => {
    expect(decision(withRule(when, 'forbidden')).level).toBe(expected ? 'forbidden' : 'assisted')
  })

  test('what is unknown restricts and never loosens', () => {
    const unclassified = withFields(withFields(TRANSFERS, 'data', ID.order, { class: undefined }), 'flows', ID.submit, {
      [`data/${ID.session}`]: undefined,
    })
    expect(decision(withRule({ dataClassAtLeast: 'D4' }, 'forbidden', unclassified)).level).toBe('forbidden')
    expect(decision(withRule({ dataClassAtLeast: 'D1' }, 'sandboxed-agent', unclassified)).level).toBe('assisted')
    expect(decision(withRule({ dataClassAtMost: 'D4' }, 'sandboxed-agent', unclassified)).level).toBe('assisted')
    const partly = withRule({ paths: ['src/**'] }, 'sandboxed-agent')
    expect(decision(partly).level).toBe('assisted')
    expect(decision(withRule({ paths: ['src/**', 'test/**'] }, 'sandboxed-agent')).level).toBe('sandboxed-agent')
    const unestimated = withFields(TRANSFERS, 'threats', ID.disclosure, { likelihood: undefined })
    expect(decision(withRule({ residualRiskAtLeast: 'critical' }, 'forbidden', unestimated)).level).toBe('forbidden')
  })

  test('obligations add up', () => {
    const rule = {
      when: { element: [ID.api] },
      level: 'assisted-2p',
      requires: { reviewers: 3, roles: ['privacy'], tests: ['property'], scans: ['sca'] },
    }
    expect(decision(withFields(TRANSFERS, 'policy', 'policy', { 'rules/AI-01': rule })).obligations).toEqual({
      reviewers: 3,
      roles: ['privacy', 'security'],
      tests: ['negative', 'property'],
      scans: ['sast', 'sca'],
    })
  })

  describe('waivers', () => {
    const waiver = {
      rule: 'AI-01',
      scope: ID.api as string,
      by: 'architect',
      approver: 'security lead',
      reason: 'A trial.',
      expires: '2026-12-31',
    }
    const waived = (fields: Partial<typeof waiver>, at?: string) =>
      decision(
        withFields(withRule({ element: [ID.api] }, 'forbidden'), 'policy', 'policy', { 'waivers/V-1': { ...waiver, ...fields } }),
        undefined,
        at,
      )

    test.each<[string, Partial<typeof waiver>]>([
      ['for the element', {}],
      ['for the work item', { scope: ID.work }],
    ])('%s counts', (_, fields) => {
      expect(waived(fields)).toMatchObject({ level: 'assisted', waiver: 'V-1' })
    })

    test.each<[string, Partial<typeof waiver>]>([
      ['for another element', { scope: ID.ledger }],
      ['for another rule', { rule: 'AI-02' }],
      ['approved by who asked', { approver: 'Architect ' }],
      ['that ends today', { expires: '2026-11-22' }],
    ])('%s does not count', (_, fields) => {
      expect(waived(fields)).toMatchObject({ level: 'forbidden' })
      expect(waived(fields).waiver).toBeUndefined()
    })

    test('lifts a floor for its element', () => {
      const design = withFields(TRANSFERS, 'elements', ID.api, { 'codeClasses/keyCustody': true })
      const lifted = withFields(design, 'policy', 'policy', { 'waivers/V-1': { ...waiver, rule: 'floor.keyCustody' } })
      expect(decision(lifted).level).toBe('assisted')
    })
  })

  describe('tools', () => {
    const design = withFields(TRANSFERS, 'policy', 'policy', {
      'tools/approved': { hosting: 'external', approved: true, expires: '2027-03-31' },
      'tools/old': { hosting: 'external', approved: true, expires: '2026-11-22' },
      'tools/refused': { hosting: 'local', approved: false },
    })
    test.each([
      ['approved', 'assisted'],
      ['old', 'forbidden'],
      ['refused', 'forbidden'],
      ['unlisted', 'forbidden'],
      [undefined, 'assisted'],
    ])('%s: %s', (tool, level) => {
      expect(decision(design, tool).level).toBe(level)
    })

    test('with no tool listed any may be used', () => {
      expect(decision(TRANSFERS, 'anything').level).toBe('assisted')
    })

    test('a rule can speak of a tool or of where it runs', () => {
      for (const name of ['approved', 'external'])
        expect(decision(withRule({ tool: [name] }, 'advise-only', design), 'approved').level).toBe('advise-only')
      expect(decision(withRule({ tool: ['local'] }, 'advise-only', design), 'approved').level).toBe('assisted')
    })
  })

  test('the digest follows the rules used and nothing else', () => {
    const digest = decision(TRANSFERS).policyHash
    expect(decision(withRule({ element: [ID.fraud] }, 'forbidden')).policyHash).toBe(digest)
    expect(decision(TRANSFERS, undefined, '2026-11-23T00:00:00Z').policyHash).toBe(digest)
    expect(decision(withRule({ element: [ID.api] }, 'assisted')).policyHash).not.toBe(digest)
  })

  test.each([
    ['forbidden', 'design', false],
    ['advise-only', 'review', true],
    ['advise-only', 'test', false],
    ['assisted-2p', 'generate', true],
  ] as const)('%s allows %s: %s', (zone, operation, expected) => {
    expect(allows(zone, operation)).toBe(expected)
  })
})
