import { describe, expect, test } from 'vitest'
import { explainDecision } from '../../../core/gate/explain-decision.ts'
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

/** The same rule, standing instead of the default where it surely holds. */
function withInstead(when: PolicyMatch, level: Zone, design: Design = TRANSFERS): Design {
  return withFields(design, 'policy', 'policy', { 'rules/AI-01': { when, level, insteadOfDefault: true } })
}

const TAGGED = withFields(TRANSFERS, 'elements', ID.api, { 'tags/money': true })

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
    const design = withFields(withInstead({ element: [ID.api] }, 'sandboxed-agent'), 'elements', ID.api, {
      'codeClasses/authz': true,
    })
    expect(decision(design)).toMatchObject({ level: 'assisted-2p', floorFrom: 'floor.authz', matched: ['AI-01', 'floor.authz'] })
  })

  test('the most restrictive of all rules and elements wins', () => {
    for (const a of ZONES)
      for (const b of ZONES) {
        const rules = {
          'rules/AI-01': { when: { element: [ID.api] }, level: a, insteadOfDefault: true },
          'rules/AI-02': { when: { element: [ID.fraud] }, level: b, insteadOfDefault: true },
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
    ['its tag', { tag: ['money'] }, true],
    ['another tag', { tag: ['audit'] }, false],
    ['the boundary it crosses', { boundary: [ID.internet] }, true],
    ['another boundary', { boundary: ['B-0THER'] }, false],
    ['a tool while none is used', { tool: ['external'] }, false],
    ['a model while none is used', { model: ['*'] }, false],
    ['a role while nobody acts', { actorRole: ['contractor'] }, false],
    ['an empty list', { element: [] }, false],
    ['one condition of two', { element: [ID.api], operation: ['docs'] }, false],
  ])('a rule that forbids matches %s: %s', (_, when, expected) => {
    expect(decision(withRule(when, 'forbidden', TAGGED)).level).toBe(expected ? 'forbidden' : 'assisted')
  })

  test('a rule allows more than the default only where it says that it stands instead of it', () => {
    expect(decision(withRule({ element: [ID.api] }, 'sandboxed-agent'))).toMatchObject({
      level: 'assisted',
      floorFrom: 'default',
    })
    const instead = withInstead({ element: [ID.api] }, 'sandboxed-agent')
    expect(decision(instead)).toMatchObject({ level: 'sandboxed-agent', matched: ['AI-01'] })
    const both = withFields(instead, 'policy', 'policy', { 'rules/AI-02': { when: { element: [ID.api] }, level: 'advise-only' } })
    expect(decision(both)).toMatchObject({ level: 'advise-only', floorFrom: 'AI-02' })
  })

  test('a rule written to restrict does not open what a stricter preset closes', () => {
    const design = withFields(withRule({ element: [ID.api] }, 'assisted-2p'), 'policy', 'policy', {
      preset: 'regulated',
      default: 'advise-only',
    })
    expect(decision(design)).toMatchObject({ level: 'advise-only', floorFrom: 'default' })
  })

  test('what is unknown restricts and never loosens', () => {
    const unclassified = withFields(withFields(TRANSFERS, 'data', ID.order, { class: undefined }), 'flows', ID.submit, {
      [`data/${ID.session}`]: undefined,
    })
    expect(decision(withRule({ dataClassAtLeast: 'D4' }, 'forbidden', unclassified)).level).toBe('forbidden')
    expect(decision(withInstead({ dataClassAtLeast: 'D1' }, 'sandboxed-agent', unclassified)).level).toBe('assisted')
    expect(decision(withInstead({ dataClassAtMost: 'D4' }, 'sandboxed-agent', unclassified)).level).toBe('assisted')
    const partly = withInstead({ paths: ['src/**'] }, 'sandboxed-agent')
    expect(decision(partly).level).toBe('assisted')
    expect(decision(withInstead({ paths: ['src/**', 'test/**'] }, 'sandboxed-agent')).level).toBe('sandboxed-agent')
    const unestimated = withFields(TRANSFERS, 'threats', ID.disclosure, { likelihood: undefined })
    expect(decision(withRule({ residualRiskAtLeast: 'critical' }, 'forbidden', unestimated)).level).toBe('forbidden')
  })

  test('one confidential datum does not hide that another has no class', () => {
    const design = withFields(withFields(TRANSFERS, 'data', ID.order, { class: 'D2' }), 'data', ID.session, { class: undefined })
    expect(decision(withRule({ dataClassAtLeast: 'D4' }, 'forbidden', design)).level).toBe('forbidden')
    expect(decision(withInstead({ dataClassAtMost: 'D2' }, 'sandboxed-agent', design)).level).toBe('assisted')
  })

  test('what is unknown also restricts what another rule allows', () => {
    const unclassified = withFields(TRANSFERS, 'data', ID.session, { class: undefined })
    const design = withFields(unclassified, 'policy', 'policy', {
      preset: 'own',
      default: 'advise-only',
      'rules/AI-01': { when: { element: [ID.api] }, level: 'sandboxed-agent', insteadOfDefault: true },
      'rules/AI-02': { when: { dataClassAtLeast: 'D4' }, level: 'assisted-2p' },
    })
    expect(decision(design)).toMatchObject({ level: 'assisted-2p', floorFrom: 'AI-02' })
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

  describe('who uses it, with what', () => {
    const used = (when: PolicyMatch, use: object, design: Design = TRANSFERS) =>
      decide(withRule(when, 'forbidden', design), PACKS, { workItem: ID.work, at: AT, use }).level === 'forbidden'
    const roles = withFields(TRANSFERS, 'policy', 'policy', { 'roles/Jo Doe': 'Contractor' })
    const listed = withFields(TRANSFERS, 'policy', 'policy', {
      'tools/outside': { hosting: 'external', approved: true, models: ['big-*'] },
      'tools/inside': { hosting: 'local', approved: true, targets: ['markdown'] },
    })

    test.each<[string, PolicyMatch, object, Design, boolean]>([
      ['a role named', { actorRole: ['contractor'] }, { by: 'jo doe ' }, roles, true],
      ['another role', { actorRole: ['employee'] }, { by: 'Jo Doe' }, roles, false],
      ['a person without a role may have it', { actorRole: ['contractor'] }, { by: 'Somebody' }, roles, true],
      ['a model named', { model: ['big-4'] }, { model: 'big-4' }, TRANSFERS, true],
      ['a family of models', { model: ['big-*'] }, { model: 'big-4' }, TRANSFERS, true],
      ['another model', { model: ['small-*'] }, { model: 'big-4' }, TRANSFERS, false],
      ['an unnamed model may be it', { model: ['small-*'] }, {}, TRANSFERS, true],
      ['an unknown tool may run outside', { tool: ['external'] }, { tool: 'anything' }, TRANSFERS, true],
      ['a listed tool runs where it runs', { tool: ['external'] }, { tool: 'inside' }, listed, false],
      ['an unnamed tool is each that may be used', { tool: ['external'] }, { target: 'markdown' }, listed, true],
    ])('%s', (_, when, use, design, expected) => {
      expect(used(when, use, design)).toBe(expected)
    })

    test.each<[string, object, string]>([
      ['a model nobody reviewed', { tool: 'outside', model: 'small-1' }, 'tool.outside'],
      ['a tool nobody listed', { tool: 'other' }, 'tool.other'],
      ['no listed tool for this model', { model: 'small-1', target: 'skill' }, 'tool.none'],
    ])('%s is refused', (_, use, from) => {
      expect(decide(listed, PACKS, { workItem: ID.work, at: AT, use })).toMatchObject({ level: 'forbidden', floorFrom: from })
    })

    test('a use that fits changes nothing', () => {
      const plain = decision(listed)
      expect(decide(listed, PACKS, { workItem: ID.work, at: AT, use: { tool: 'outside', model: 'big-4' } })).toEqual(plain)
    })
  })

  test('work on infrastructure is infrastructure code, whatever the element says', () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { operation: 'iac' })
    expect(decision(design)).toMatchObject({ level: 'assisted-2p', floorFrom: 'floor.iac' })
    expect(decision(withRule({ codeClass: ['iac'] }, 'forbidden', design)).level).toBe('forbidden')
  })

  test('code in no stated language may be in any', () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { language: undefined })
    expect(decision(withRule({ language: ['cobol'] }, 'forbidden', design)).level).toBe('forbidden')
    expect(decision(withInstead({ language: ['cobol'] }, 'sandboxed-agent', design)).level).toBe('assisted')
    const words = withFields(design, 'workItems', ID.work, { operation: 'review' })
    expect(decision(withRule({ language: ['cobol'] }, 'forbidden', words)).level).toBe('assisted')
  })

  test('a boundary that does not say what it encloses may be crossed', () => {
    const inside = withFields(TRANSFERS, 'flows', ID.submit, { source: ID.fraud })
    const restricts = (design: Design) => decision(withRule({ crossesBoundary: true }, 'forbidden', design)).level
    expect(restricts(inside)).toBe('assisted')
    expect(restricts(withFields(inside, 'boundaries', ID.internet, { membership: 'unresolved' }))).toBe('forbidden')
  })

  test('says everything that would have to change', () => {
    const design = withFields(withRule({ element: [ID.api] }, 'forbidden'), 'elements', ID.api, {
      'codeClasses/keyCustody': true,
    })
    const item = design.workItems[ID.work]
    if (!item) throw new Error('no work item')
    const { message, cure } = explainDecision(decision(design), item)
    for (const name of ['AI-01', 'keyCustody']) expect(message).toContain(name)
    for (const name of ['AI-01', 'floor.keyCustody']) expect(cure).toContain(name)
  })

  test('the digest follows the rules used and nothing else', () => {
    const digest = decision(TRANSFERS).policyHash
    expect(decision(withRule({ element: [ID.fraud] }, 'forbidden')).policyHash).toBe(digest)
    expect(decision(TRANSFERS, undefined, '2026-11-23T00:00:00Z').policyHash).toBe(digest)
    expect(decision(withRule({ element: [ID.api] }, 'assisted-2p')).policyHash).not.toBe(digest)
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
