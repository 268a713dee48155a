import { describe, expect, test } from 'vitest'
import { evaluateGate, type Gate } from '../../../core/gate/evaluate.ts'
import { GATE_RULES } from '../../../core/gate/gate-rules.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { newDesign } from '../../../core/model/create.ts'
import { designDigest } from '../../../core/model/digest.ts'
import type { Design, Packs } from '../../../core/model/types.ts'
import { AT, findingsOf, ID, PACKS, STAMP, TRANSFERS, UNDECIDED, withFields } from './transfers.ts'

const whole = (design: Design, packs: Packs = PACKS, at: string = AT) => evaluateGate(design, packs, { at })
const forWork = (design: Design, packs: Packs = PACKS, at: string = AT) => evaluateGate(design, packs, { at, workItem: ID.work })
const codes = (problems: Gate['problems']) => [...new Set(problems.map(problem => problem.code))]

describe('gate', () => {
  test('an empty design is closed, because there is nothing to examine', () => {
    const gate = whole(applyChanges(EMPTY_DESIGN, newDesign('Empty', STAMP)))
    expect(gate).toMatchObject({ open: false, effort: 10, problems: [{ code: 'gate.design.empty', at: 'design' }] })
    expect(gate.pass).toBeUndefined()
  })

  test('elements without a flow are nothing to examine', () => {
    const gate = whole({ ...TRANSFERS, flows: {}, triage: {}, threats: {}, requirements: {} })
    expect(codes(gate.problems)).toEqual(['gate.design.empty'])
  })

  test('a work item that names nothing is closed', () => {
    const gate = forWork(withFields(TRANSFERS, 'workItems', ID.work, { elements: undefined, flows: undefined }))
    expect(codes(gate.problems)).toEqual(['gate.slice.empty'])
  })

  test('an unknown work item is closed', () => {
    expect(evaluateGate(TRANSFERS, PACKS, { at: AT, workItem: 'W-N0NE1' })).toMatchObject({
      open: false,
      problems: [{ code: 'workItem.unknown' }],
    })
  })

  test('opens when everything has an answer, for the design and for a work item', () => {
    expect(whole(TRANSFERS)).toMatchObject({ open: true, problems: [], warnings: [], effort: 0, digest: designDigest(TRANSFERS) })
    expect(forWork(TRANSFERS)).toMatchObject({ open: true, problems: [], warnings: [], effort: 0 })
    expect(whole(TRANSFERS).pass).toMatchObject({ digest: designDigest(TRANSFERS) })
    expect(forWork(TRANSFERS).pass).toMatchObject({ workItem: ID.work, digest: forWork(TRANSFERS).digest })
  })

  test('says which rules found nothing, and only those that examined something', () => {
    expect(forWork(TRANSFERS).passed).toEqual(Object.keys(GATE_RULES).filter(code => code !== 'gate.design.empty'))
    expect(whole(TRANSFERS).passed).not.toContain('gate.workItem.noGlobs')
  })
})

const aFinding =
  findingsOf(TRANSFERS).find(
    finding =>
      finding.attention === 'now' &&
      finding.applicability === 'applies' &&
      finding.on.kind === 'interaction' &&
      finding.on.flow === ID.submit,
  )?.id ?? ''
const waiver = {
  rule: 'gate.data.unclassified',
  scope: ID.order,
  by: 'architect',
  approver: 'security lead',
  reason: 'Known.',
  expires: '2026-12-31',
}
const many = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => `M-MANY${'0123456789AB'[n]}`).map(id => [
    id,
    {
      id,
      statement: 'One more.',
      threats: { [ID.tampering]: true as const },
      status: 'planned' as const,
      control: 'AUTHZ-OBJECT',
      provenance: { kind: 'human' as const, at: AT },
    },
  ]),
)
const set = (...args: [Parameters<typeof withFields>[1], string, Readonly<Record<string, unknown>>]) =>
  withFields(TRANSFERS, ...args)

/** A design for each rule in which exactly that rule has something to say, and where. */
const CASES: Readonly<Record<string, readonly [at: string, design: Design]>> = {
  'gate.model.broken': [ID.internet, set('boundaries', ID.internet, { parent: ID.internet })],
  'gate.crossing.protocolUnknown': [ID.submit, set('flows', ID.submit, { protocol: undefined })],
  'gate.crossing.encryptionUnknown': [ID.submit, set('flows', ID.submit, { encryption: 'unknown' })],
  'gate.crossing.authenticationUnknown': [ID.submit, set('flows', ID.submit, { authentication: undefined })],
  'gate.crossing.dataUnknown': [ID.submit, set('flows', ID.submit, { data: undefined })],
  'gate.boundary.unresolved': [ID.internet, set('boundaries', ID.internet, { membership: 'unresolved' })],
  'gate.exposure.unknown': [ID.api, set('elements', ID.api, { attributes: undefined })],
  'gate.data.unclassified': [ID.order, set('data', ID.order, { class: undefined })],
  'gate.requirement.notApproved': [ID.derive, set('requirements', ID.derive, { status: 'draft' })],
  'gate.requirement.noVerification': [ID.derive, set('requirements', ID.derive, { verification: undefined })],
  'gate.requirement.none': [ID.work, { ...TRANSFERS, requirements: {} }],
  'gate.finding.undecided': [aFinding, { ...TRANSFERS, triage: without(TRANSFERS.triage, aFinding) }],
  'gate.decision.hanging': [aFinding, set('triage', aFinding, { decision: 'real', reason: undefined, likelihood: 3, impact: 3 })],
  'gate.threat.undecided': [ID.tampering, set('mitigations', ID.ownership, { threats: undefined })],
  'gate.threat.unestimated': [ID.disclosure, set('threats', ID.disclosure, { likelihood: undefined })],
  'gate.mitigation.unverifiable': [ID.logs, set('mitigations', ID.logs, { checks: undefined })],
  'gate.acceptance.expired': [ID.acceptance, set('acceptances', ID.acceptance, { expires: '2026-11-22' })],
  'gate.acceptance.notApproved': [ID.acceptance, set('acceptances', ID.acceptance, { approver: 'Product  Owner' })],
  'gate.acceptance.expiring': [ID.acceptance, set('acceptances', ID.acceptance, { expires: '2026-12-06' })],
  'gate.ai.unconfirmed': [ID.api, set('elements', ID.api, { provenance: { kind: 'ai', at: AT } })],
  'gate.workItem.dangling': [ID.work, set('workItems', ID.work, { 'flows/F-G0NE1': true })],
  'gate.workItem.noGlobs': [ID.work, set('workItems', ID.work, { mayEdit: undefined })],
  'gate.workItem.badGlob': [ID.work, set('workItems', ID.work, { 'mayRead/../secret': true })],
  'gate.workItem.wideGlobs': [
    ID.work,
    withFields(set('elements', ID.api, { 'codeClasses/payment': true }), 'workItems', ID.work, { 'mayEdit/src/**': true }),
  ],
  'gate.workItem.noLanguage': [ID.work, set('workItems', ID.work, { language: undefined })],
  'gate.workItem.tooLarge': [ID.work, { ...TRANSFERS, mitigations: { ...TRANSFERS.mitigations, ...many } }],
  'gate.policy.refuses': [ID.work, set('elements', ID.api, { 'codeClasses/keyCustody': true })],
  'gate.policy.locked': ['gate.finding.undecided', set('policy', 'policy', { 'gate/gate.finding.undecided': 'off' })],
  'gate.waiver.void': ['V-1', set('policy', 'policy', { 'waivers/V-1': { ...waiver, approver: 'architect' } })],
}

function without<T>(table: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
  const { [id]: _gone, ...rest } = table
  return rest
}

describe('every gate rule', () => {
  test('has a case here or a test above', () => {
    const elsewhere = ['gate.design.empty', 'gate.slice.empty', 'gate.rules.broken']
    expect([...Object.keys(CASES), ...elsewhere].sort()).toEqual(Object.keys(GATE_RULES).sort())
  })

  test.each(Object.entries(CASES))('%s speaks where it should, alone', (code, [at, design]) => {
    const gate = forWork(design)
    const blocks = GATE_RULES[code]?.does === 'block'
    expect(gate.open).toBe(!blocks)
    expect((blocks ? gate.problems : gate.warnings).filter(problem => problem.code === code)).toEqual([
      expect.objectContaining({
        at,
        severity: blocks ? 'error' : 'warning',
        effort: GATE_RULES[code]?.effort,
        message: expect.stringMatching(/\S{3}/),
        cure: expect.stringMatching(/[.?]$/),
      }),
    ])
    expect(gate.passed).not.toContain(code)
  })

  test('a broken rule pack blocks, because it hides findings', () => {
    const [pack] = PACKS.rules
    const [rule] = pack?.rules ?? []
    const broken = {
      ...PACKS,
      rules: [...PACKS.rules, { ...pack, id: 'own', rules: [{ ...rule, id: 'own-1', title: '{nowhere} is odd' }] }],
    } as Packs
    expect(codes(forWork(TRANSFERS, broken).problems)).toContain('gate.rules.broken')
  })

  test('a retired requirement that the work item names is no approved one', () => {
    const retired = withFields(set('requirements', ID.limit, { status: 'retired' }), 'workItems', ID.work, {
      [`requirements/${ID.limit}`]: true,
    })
    expect(forWork(retired).problems).toMatchObject([
      { code: 'gate.requirement.notApproved', cure: 'Take it out of the work item.' },
    ])
  })
})

describe('what would open it', () => {
  test('least effort first, then id; efforts add up', () => {
    const design = withFields({ ...TRANSFERS, triage: {} }, 'flows', ID.submit, { protocol: undefined })
    const gate = forWork(withFields(design, 'mitigations', ID.ownership, { threats: undefined }))
    const order = gate.problems.map(problem => [problem.effort, problem.at] as const)
    expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || (String(a[1]) < String(b[1]) ? -1 : 1)))
    expect(gate.problems[0]?.code).toBe('gate.crossing.protocolUnknown')
    expect(gate.problems.at(-1)?.code).toBe('gate.threat.undecided')
    expect(gate.effort).toBe(gate.problems.reduce((sum, problem) => sum + problem.effort, 0))
  })

  test('a work item asks only about its slice', () => {
    const elsewhere = set('flows', ID.score, { name: 'Score', protocol: undefined })
    const proposed = withFields(elsewhere, 'elements', ID.fraud, { provenance: { kind: 'ai', at: AT } })
    expect(whole(proposed).open).toBe(false)
    expect(forWork(proposed).open).toBe(true)
    expect(forWork(UNDECIDED).problems.length).toBeLessThan(whole(UNDECIDED).problems.length)
  })
})

describe('policy of the gate', () => {
  const unclassified = set('data', ID.order, { class: undefined })

  test.each([
    ['warn', true, ['gate.data.unclassified']],
    ['off', true, []],
    ['block', false, []],
  ])('%s', (does, open, warnings) => {
    const gate = forWork(withFields(unclassified, 'policy', 'policy', { 'gate/gate.data.unclassified': does }))
    expect(gate.open).toBe(open)
    expect(codes(gate.warnings)).toEqual(warnings)
  })

  test('a warning can be made to block', () => {
    expect(
      forWork(withFields({ ...TRANSFERS, requirements: {} }, 'policy', 'policy', { 'gate/gate.requirement.none': 'block' })).open,
    ).toBe(false)
  })

  test.each(Object.entries(GATE_RULES).filter(([, rule]) => rule.isLocked))('%s cannot be turned down', code => {
    const closed = CASES[code]?.[1] ?? withFields(TRANSFERS, 'workItems', ID.work, { elements: undefined, flows: undefined })
    const design = code === 'gate.design.empty' ? { ...TRANSFERS, flows: {} } : closed
    const gate = (code === 'gate.design.empty' ? whole : forWork)(
      withFields(design, 'policy', 'policy', { [`gate/${code}`]: 'off' }),
    )
    expect(gate.open).toBe(false)
    expect(codes(gate.warnings)).toContain('gate.policy.locked')
  })

  test('a waiver in force takes a problem away and is named', () => {
    const gate = forWork(withFields(unclassified, 'policy', 'policy', { 'waivers/V-1': waiver }))
    expect(gate).toMatchObject({ open: true, waived: ['V-1'] })
  })

  test.each([
    ['ended', { expires: '2026-11-22' }],
    ['of one person', { approver: 'Architect' }],
    ['for something else', { scope: ID.session }],
  ])('a waiver that %s takes nothing away', (_, fields) => {
    const gate = forWork(withFields(unclassified, 'policy', 'policy', { 'waivers/V-1': { ...waiver, ...fields } }))
    expect(gate).toMatchObject({ open: false, waived: [] })
  })

  test('a waiver approved by somebody whom the policy does not name takes nothing away, and the gate says so', () => {
    const named = { 'waivers/V-1': waiver, 'waiverApprovers/product owner': 'product' }
    const gate = forWork(withFields(unclassified, 'policy', 'policy', named))
    expect(gate).toMatchObject({ open: false, waived: [] })
    expect(gate.warnings.find(problem => problem.code === 'gate.waiver.void')).toMatchObject({
      at: 'V-1',
      message: expect.stringContaining(`was approved by ${waiver.approver}, whom the policy does not name for it.`),
      cure: 'Have somebody approve it whom the policy names.',
    })
    const again = { ...named, [`waiverApprovers/${waiver.approver}`]: 'security' }
    expect(forWork(withFields(unclassified, 'policy', 'policy', again))).toMatchObject({ open: true, waived: ['V-1'] })
  })

  test('nobody waives a locked rule', () => {
    const undecided = CASES['gate.finding.undecided']?.[1] ?? TRANSFERS
    const gate = forWork(
      withFields(undecided, 'policy', 'policy', {
        'waivers/V-1': { ...waiver, rule: 'gate.finding.undecided', scope: aFinding },
      }),
    )
    expect(gate.open).toBe(false)
  })

  test('waivers of policy rules are named as well', () => {
    const design = withFields(set('elements', ID.api, { 'codeClasses/keyCustody': true }), 'policy', 'policy', {
      'waivers/V-2': { ...waiver, rule: 'floor.keyCustody', scope: ID.api },
    })
    expect(forWork(design)).toMatchObject({ open: true, waived: ['V-2'] })
  })
})

describe('time', () => {
  test.each([
    ['2027-01-16T00:00:00Z', true, []],
    ['2027-01-17T00:00:00Z', true, ['gate.acceptance.expiring']],
    ['2027-01-31T00:00:00Z', false, []],
  ])('an acceptance until 2027-01-31 at %s', (at, open, warnings) => {
    const gate = forWork(TRANSFERS, PACKS, at)
    expect({ open: gate.open, warnings: codes(gate.warnings) }).toEqual({ open, warnings })
  })
})
