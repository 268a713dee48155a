import { describe, expect, test } from 'vitest'
import { acceptanceState } from '../../../core/mitigations/acceptance.ts'
import { controlText, threatStates } from '../../../core/mitigations/derive.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Acceptance, Control, Design, Mitigation, Threat, Triage } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { provenance, shop, table } from '../threats/designs.ts'

const AT = '2026-11-22T12:00:00Z'
const AI = { kind: 'ai', at: '2026-01-01T00:00:00Z' } as const

const threat: Threat = {
  id: 'T-00001',
  statement: 'x',
  categories: { tampering: true },
  likelihood: 4,
  impactScale: 4,
  provenance,
}

function control(
  id: string,
  reduces: Control['reduces'],
  checks: Control['checks'] = [{ key: 'test', statement: 'x' }],
): Control {
  return {
    id,
    title: id,
    requirement: '{element} shall guard {data}.',
    categories: ['tampering'],
    cwe: ['CWE-1'],
    do: 'x',
    doNot: { what: 'x', instead: 'y' },
    primitives: {},
    negativeTest: 'x',
    checks,
    ...(reduces ? { reduces } : {}),
  }
}

const packs = {
  rules: builtinPacks.rules,
  controls: [
    {
      id: 'test',
      version: '1.0.0',
      title: 'Test',
      licence: 'Apache-2.0',
      controls: [
        control('STRONG', { likelihood: 3 }),
        control('BOTH', { likelihood: 1, impact: 3 }),
        control('USUAL', undefined),
        control('BARE', { likelihood: 3 }, []),
      ],
    },
  ],
}

function mitigation(fields: Partial<Mitigation>): Mitigation {
  return { id: 'M-00001', statement: 'x', threats: { 'T-00001': true }, status: 'verified', provenance, ...fields }
}

function acceptance(fields: Partial<Acceptance>): Acceptance {
  return {
    id: 'X-00001',
    response: 'accept',
    threat: 'T-00001',
    reason: 'x',
    owner: 'product owner',
    approver: 'security lead',
    expires: '2027-06-30',
    provenance,
    ...fields,
  }
}

function design(rows: {
  threat?: Partial<Threat>
  mitigations?: readonly Mitigation[]
  acceptances?: readonly Acceptance[]
}): Design {
  return {
    ...EMPTY_DESIGN,
    threats: table([{ ...threat, ...rows.threat }]),
    mitigations: table(rows.mitigations ?? []),
    acceptances: table(rows.acceptances ?? []),
  }
}

function stateOf(of: Design) {
  const [state] = threatStates(of, packs, AT)
  if (!state) throw new Error('no state')
  return state
}

const cell = (risk: { likelihood: number; impact: number } | undefined) => risk && [risk.likelihood, risk.impact]

describe('residual risk', () => {
  test('an empty design has no threats', () => {
    expect(threatStates(EMPTY_DESIGN, packs, AT)).toEqual([])
  })

  test.each<[string, readonly Partial<Mitigation>[], readonly [number, number]]>([
    ['nothing done', [], [4, 4]],
    ['planned', [{ control: 'STRONG', status: 'planned' }], [3, 4]],
    ['implemented', [{ control: 'STRONG', status: 'implemented' }], [2, 4]],
    ['verified', [{ control: 'STRONG' }], [1, 4]],
    ['a control that does not say: two steps', [{ control: 'USUAL' }], [2, 4]],
    ['the same, planned', [{ control: 'USUAL', status: 'planned' }], [4, 4]],
    ['impact too', [{ control: 'BOTH' }], [3, 1]],
    ['the strongest on each axis', [{ control: 'STRONG' }, { id: 'M-00002', control: 'BOTH' }], [1, 1]],
    ['two of a kind are not stronger than one', [{ control: 'USUAL' }, { id: 'M-00002', control: 'USUAL' }], [2, 4]],
    ['own words without a check are hope, whatever the status', [{ control: undefined as never }], [4, 4]],
    ['own words with a check', [{ checks: { own: { statement: 'x' } } }], [2, 4]],
    ['a control without checks is hope and counts as planned', [{ control: 'BARE' }], [3, 4]],
    ['a control nobody knows is hope', [{ control: 'UNKNOWN' }], [4, 4]],
    ['proposed by an AI', [{ control: 'STRONG', provenance: AI }], [4, 4]],
    ['proposed by an AI and confirmed', [{ control: 'STRONG', provenance: { ...AI, confirmedBy: 'architect' } }], [1, 4]],
    ['for another threat', [{ control: 'STRONG', threats: { 'T-00002': true } }], [4, 4]],
  ])('%s', (_, mitigations, residual) => {
    const state = stateOf(design({ mitigations: mitigations.map(mitigation) }))
    expect(cell(state.inherent)).toEqual([4, 4])
    expect(cell(state.residual)).toEqual(residual)
  })

  test('a further mitigation or a further status never makes it worse', () => {
    const score = (...mitigations: readonly Partial<Mitigation>[]) =>
      stateOf(design({ mitigations: mitigations.map(mitigation) })).residual?.score ?? 0
    const [planned, implemented, verified] = (['planned', 'implemented', 'verified'] as const).map(status =>
      score({ control: 'STRONG', status }),
    )
    expect(planned).toBeGreaterThan(implemented ?? 0)
    expect(implemented).toBeGreaterThan(verified ?? 0)
    expect(score({ control: 'STRONG' }, { id: 'M-00002' })).toBeLessThanOrEqual(verified ?? 0)
  })
})

describe('inherent risk', () => {
  const findings = deriveFindings(shop(), builtinPacks.rules).findings.filter(({ rule }) =>
    ['SI-XP-S1', 'SI-XP-D1'].includes(rule),
  )
  const [first, second] = findings
  if (!first || !second) throw new Error('no findings')
  const links = { [first.id]: true, [second.id]: true } as const
  const triage = (id: string, likelihood: number, impact: number): Triage => ({
    id,
    decision: 'real',
    likelihood,
    impact,
    subject: { rule: 'x' },
    at: AT,
    by: 'architect',
  })
  const { likelihood: _l, impactScale: _i, ...unestimated } = threat

  test.each<[string, Partial<Threat>, readonly Triage[], readonly [number, number] | undefined]>([
    ["the threat's own estimate", { findings: links, likelihood: 1, impactScale: 2 }, [triage(first.id, 5, 5)], [1, 2]],
    ['own likelihood, triaged impact', { findings: links, likelihood: 1 }, [triage(first.id, 5, 4)], [1, 4]],
    ['the gravest triage of its findings', { findings: links }, [triage(first.id, 2, 2), triage(second.id, 3, 3)], [3, 3]],
    ['the gravest finding, when nothing is triaged', { findings: links }, [], [4, 4]],
    ['nothing at all', {}, [], undefined],
  ])('%s', (_, fields, rows, wanted) => {
    const of = { ...shop(), threats: table([{ ...unestimated, ...fields }]), triage: table(rows) }
    const state = stateOf(of)
    expect(cell(state.inherent)).toEqual(wanted)
    expect(cell(state.residual)).toEqual(wanted)
  })

  test('the gravest finding follows the class of the data it is about', () => {
    const secret = applyChanges({ ...shop(), threats: table([{ ...unestimated, findings: { [first.id]: true as const } }]) }, [
      { kind: 'put', table: 'data', row: { id: 'D-00001', name: 'Key', class: 'D4', provenance } },
      { kind: 'patch', table: 'flows', id: 'F-0RDER', fields: { 'data/D-00001': true } },
    ])
    expect(stateOf(secret).inherent?.impact).toBe(5)
  })
})

describe('response', () => {
  test.each<
    [string, { mitigations?: readonly Mitigation[]; acceptances?: readonly Acceptance[]; threat?: Partial<Threat> }, string]
  >([
    ['nothing', {}, 'open'],
    ['a mitigation', { mitigations: [mitigation({ status: 'planned' })] }, 'mitigated'],
    ['an acceptance', { acceptances: [acceptance({})] }, 'accepted'],
    ['a transfer without an end', { acceptances: [withoutEnd('transfer')] }, 'transferred'],
    ['an avoidance', { acceptances: [withoutEnd('avoid')] }, 'avoided'],
    ['an acceptance beside a mitigation', { mitigations: [mitigation({})], acceptances: [acceptance({})] }, 'accepted'],
    ['an acceptance that ended', { acceptances: [acceptance({ expires: '2026-11-22' })] }, 'open'],
    [
      'one that ended and one that holds',
      { acceptances: [acceptance({ expires: '2026-01-01' }), acceptance({ id: 'X-00002' })] },
      'accepted',
    ],
    [
      'an acceptance that ended, and a mitigation',
      { mitigations: [mitigation({})], acceptances: [acceptance({ expires: '2026-01-01' })] },
      'mitigated',
    ],
    ['an acceptance of the owner alone', { acceptances: [acceptance({ approver: ' Product  OWNER ' })] }, 'open'],
    ['an acceptance without an end', { acceptances: [withoutEnd('accept')] }, 'open'],
    ['an acceptance by an AI', { acceptances: [acceptance({ provenance: AI })] }, 'open'],
    ['a mitigation by an AI', { mitigations: [mitigation({ provenance: AI })] }, 'open'],
    ['a threat by an AI', { threat: { provenance: AI }, mitigations: [mitigation({})] }, 'open'],
  ])('%s: %s', (_, rows, response) => {
    expect(stateOf(design(rows)).response).toBe(response)
  })

  test('verifiable needs a check on every mitigation that counts', () => {
    expect(stateOf(design({})).verifiable).toBe(false)
    expect(stateOf(design({ mitigations: [mitigation({ control: 'STRONG' })] })).verifiable).toBe(true)
    expect(stateOf(design({ mitigations: [mitigation({ control: 'STRONG' }), mitigation({ id: 'M-00002' })] })).verifiable).toBe(
      false,
    )
  })

  test('the acceptance shown is the one in force, else the latest', () => {
    const old = acceptance({ id: 'X-00009', expires: '2026-01-01' })
    const older = acceptance({ expires: '2025-01-01' })
    expect(stateOf(design({ acceptances: [old, older] })).acceptance?.id).toBe('X-00009')
    expect(stateOf(design({ acceptances: [old, acceptance({ id: 'X-00003' })] })).acceptance?.id).toBe('X-00003')
  })

  test('the same rows give the same answer object on the same day', () => {
    const of = design({ mitigations: [mitigation({ control: 'STRONG' })] })
    expect(threatStates(of, packs, '2026-11-22T23:59:59Z')).toBe(threatStates({ ...of, layout: {} }, packs, AT))
  })
})

describe('the end of an acceptance', () => {
  test.each([
    ['2026-12-06T23:59:59Z', 'inForce'],
    ['2026-12-07T00:00:00Z', 'expiring'],
    ['2026-12-20T23:59:59Z', 'expiring'],
    ['2026-12-21T00:00:00Z', 'expired'],
    ['2027-12-21T00:00:00Z', 'expired'],
  ])('at %s it is %s', (at, state) => {
    expect(acceptanceState(acceptance({ expires: '2026-12-21' }), at)).toBe(state)
  })

  test('a day that is none does not count', () => {
    expect(acceptanceState(acceptance({ expires: '2027-02-30' }), AT)).toBe('void')
    expect(acceptanceState(acceptance({ expires: '2028-02-29' }), AT)).toBe('inForce')
  })
})

describe('controlText', () => {
  test('fills the slots once, and calls what is not named by a neutral word', () => {
    expect(controlText(control('X', undefined), { element: 'API {data}', data: 'cards' })).toBe('API {data} shall guard cards.')
    expect(controlText(control('X', undefined), {})).toBe('The component shall guard the data.')
  })
})

function withoutEnd(response: Acceptance['response']): Acceptance {
  const { expires: _, ...rest } = acceptance({ response })
  return rest
}
