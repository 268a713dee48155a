import { describe, expect, test } from 'vitest'
import { mitigationProblems, unverifiable } from '../../../core/mitigations/checks.ts'
import {
  acceptThreat,
  addMitigation,
  confirmMitigation,
  editMitigation,
  linkMitigation,
  removeMitigation,
  setMitigationStatus,
  withdrawAcceptance,
} from '../../../core/mitigations/edits.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Acceptance, Design, Stamp } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import * as accept from '../../../schemas/generated/accept-entities.js'
import { drawn, provenance, stampOf, table } from '../threats/designs.ts'

const packs = builtinPacks.controls

const base: Design = {
  ...drawn({
    elements: [{ id: 'E-AP100', name: 'API' }],
    flows: [{ id: 'F-0RDER', name: 'order' }],
    data: [
      { id: 'D-00001', name: 'Cards', class: 'D3' },
      { id: 'D-00002', name: 'Names' },
    ],
  }),
  threats: table([
    {
      id: 'T-00001',
      statement: 'Somebody reads cards',
      categories: { informationDisclosure: true },
      elements: { 'E-AP100': true },
      flows: { 'F-0RDER': true },
      data: { 'D-00001': true, 'D-00002': true },
      likelihood: 3,
      impactScale: 4,
      provenance,
    },
    { id: 'T-00002', statement: 'Another', categories: { tampering: true }, likelihood: 1, impactScale: 1, provenance },
  ] as const),
}

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

function codeOf(edit: Result<unknown>): string | undefined {
  return edit.ok ? undefined : edit.problems[0].code
}

const codes = (design: Design, at = '2026-11-22T12:00:00Z') =>
  mitigationProblems(design, builtinPacks, at).map(problem => `${problem.at} ${problem.code}`)

describe('adding a mitigation', () => {
  test('a control speaks of what the threat threatens', () => {
    const design = done(base, addMitigation(base, { threat: 'T-00001', control: 'SECRET-FREE-LOGS', packs }, stampOf()))
    const [row] = Object.values(design.mitigations)
    expect(row).toMatchObject({
      statement: 'When API writes a log entry or an error report, API shall leave out credentials, tokens and Cards, Names.',
      control: 'SECRET-FREE-LOGS',
      status: 'planned',
      threats: { 'T-00001': true },
    })
    expect(accept.mitigation(row)).toBe(true)
  })

  test('nothing is asked of an external entity while the other end of its flow is ours', () => {
    const design: Design = {
      ...drawn({
        elements: [
          { id: 'E-VS1T0', name: 'Visitor', kind: 'externalEntity' },
          { id: 'E-AP100', name: 'API' },
        ],
        flows: [{ id: 'F-0RDER', name: 'order', source: 'E-VS1T0', target: 'E-AP100' }],
      }),
      threats: table([
        { ...base.threats['T-00001'], id: 'T-00001', elements: { 'E-VS1T0': true }, flows: { 'F-0RDER': true } },
        { ...base.threats['T-00001'], id: 'T-00002', elements: { 'E-VS1T0': true }, flows: {} },
      ] as Design['threats'][string][]),
    }
    const said = (threat: string) =>
      Object.values(done(design, addMitigation(design, { threat, control: 'AUTHZ-FUNCTION', packs }, stampOf())).mitigations)[0]
        ?.statement
    expect(said('T-00001')).toContain('API shall execute it')
    expect(said('T-00002')).toContain('Visitor shall execute it')
  })

  test('slots and own words win', () => {
    const withSlots = addMitigation(
      base,
      { threat: 'T-00001', control: 'AUTHZ-FUNCTION', packs, slots: { element: 'Ledger' } },
      stampOf(),
    )
    expect(Object.values(done(base, withSlots).mitigations)[0]?.statement).toContain('a function of Ledger')
    const withWords = addMitigation(
      base,
      { threat: 'T-00001', control: 'AUTHZ-FUNCTION', packs, statement: ' Own words. ' },
      stampOf(),
    )
    expect(Object.values(done(base, withWords).mitigations)[0]).toMatchObject({
      statement: 'Own words.',
      control: 'AUTHZ-FUNCTION',
    })
  })

  test.each<[string, Parameters<typeof addMitigation>[1], string]>([
    ['no such threat', { threat: 'T-NNNNN', statement: 'x' }, 'threat.missing'],
    ['no such control', { threat: 'T-00001', control: 'NONE', packs }, 'control.missing'],
    ['nothing said', { threat: 'T-00001', statement: ' ' }, 'mitigation.empty'],
  ])('%s is refused', (_, input, code) => {
    expect(codeOf(addMitigation(base, input, stampOf()))).toBe(code)
  })

  test('the same control for the same threat is refused, for another threat it is not', () => {
    const once = done(base, addMitigation(base, { threat: 'T-00001', control: 'TLS-TRANSIT', packs }, stampOf()))
    expect(codeOf(addMitigation(once, { threat: 'T-00001', control: 'TLS-TRANSIT', packs }, stampOf()))).toBe(
      'mitigation.already',
    )
    const twice = done(once, addMitigation(once, { threat: 'T-00002', control: 'TLS-TRANSIT', packs }, stampOf()))
    expect(Object.keys(twice.mitigations).length).toBe(2)
  })
})

describe('changing a mitigation', () => {
  const design = done(base, addMitigation(base, { threat: 'T-00001', statement: 'Guard it' }, stampOf()))
  const [mitigation = ''] = Object.keys(design.mitigations)

  test('status, links, words, confirmation, removal', () => {
    const verified = done(design, setMitigationStatus(design, { mitigation, status: 'verified' }, stampOf()))
    expect(verified.mitigations[mitigation]?.status).toBe('verified')
    const linked = done(verified, linkMitigation(verified, { mitigation, threat: 'T-00002', linked: true }))
    expect(linked.mitigations[mitigation]?.threats).toEqual({ 'T-00001': true, 'T-00002': true })
    const unlinked = done(linked, linkMitigation(linked, { mitigation, threat: 'T-00001', linked: false }))
    expect(unlinked.mitigations[mitigation]?.threats).toEqual({ 'T-00002': true })
    const edited = done(
      unlinked,
      editMitigation(unlinked, { mitigation, fields: { owner: 'platform team', statement: 'Guard it well' } }),
    )
    expect(edited.mitigations[mitigation]).toMatchObject({ owner: 'platform team', statement: 'Guard it well' })
    expect(done(edited, removeMitigation(edited, { mitigation })).mitigations).toEqual({})
  })

  test('an AI may plan, and says neither that it is done nor that it is right', () => {
    expect(codeOf(setMitigationStatus(design, { mitigation, status: 'implemented' }, stampOf('ai')))).toBe('mitigation.ai')
    expect(codeOf(setMitigationStatus(design, { mitigation, status: 'planned' }, stampOf('ai')))).toBeUndefined()
    expect(codeOf(confirmMitigation(design, { mitigation }, stampOf('ai')))).toBe('mitigation.ai')
    const confirmed = done(design, confirmMitigation(design, { mitigation }, stampOf()))
    expect(confirmed.mitigations[mitigation]?.provenance.confirmedBy).toBe('security lead')
  })

  test('what is not there cannot be changed', () => {
    const missing = 'M-NNNNN'
    expect(codeOf(setMitigationStatus(design, { mitigation: missing, status: 'planned' }, stampOf()))).toBe('mitigation.missing')
    expect(codeOf(linkMitigation(design, { mitigation, threat: 'T-NNNNN', linked: true }))).toBe('threat.missing')
    expect(codeOf(editMitigation(design, { mitigation: missing, fields: {} }))).toBe('mitigation.missing')
    expect(codeOf(editMitigation(design, { mitigation, fields: { statement: ' ' } }))).toBe('mitigation.empty')
    expect(codeOf(removeMitigation(design, { mitigation: missing }))).toBe('mitigation.missing')
  })
})

describe('accepting a threat', () => {
  const good = {
    threat: 'T-00001',
    response: 'accept',
    reason: 'cheap to repair',
    owner: 'product owner',
    approver: 'security lead',
    expires: '2027-01-31',
  } as const

  test('writes one acceptance, and a new one takes its place', () => {
    const once = done(base, acceptThreat(base, good, stampOf()))
    const [row] = Object.values(once.acceptances)
    expect(row).toMatchObject(good)
    expect(accept.acceptance(row)).toBe(true)
    const stamp: Stamp = { ...stampOf(), random: () => 0.5 }
    const twice = done(once, acceptThreat(once, { ...good, expires: '2027-03-31' }, stamp))
    expect(Object.values(twice.acceptances).map(({ expires }) => expires)).toEqual(['2027-03-31'])
    const [acceptance = ''] = Object.keys(twice.acceptances)
    expect(done(twice, withdrawAcceptance(twice, { acceptance })).acceptances).toEqual({})
    expect(codeOf(withdrawAcceptance(base, { acceptance }))).toBe('acceptance.missing')
  })

  test('a transfer needs no end', () => {
    const { expires: _, ...endless } = good
    expect(codeOf(acceptThreat(base, { ...endless, response: 'transfer' }, stampOf()))).toBeUndefined()
    expect(codeOf(acceptThreat(base, endless, stampOf()))).toBe('acceptance.noExpiry')
  })

  test.each<[Partial<Parameters<typeof acceptThreat>[1]>, string]>([
    [{ threat: 'T-NNNNN' }, 'threat.missing'],
    [{ reason: ' ' }, 'acceptance.noReason'],
    [{ owner: '' }, 'acceptance.noOwner'],
    [{ approver: '' }, 'acceptance.noApprover'],
    [{ approver: 'Product Owner ' }, 'acceptance.ownApprover'],
    [{ expires: '2027-02-30' }, 'acceptance.noDay'],
    [{ expires: 'soon' }, 'acceptance.noDay'],
    [{ expires: '2026-11-22' }, 'acceptance.past'],
  ])('%j is refused', (fields, code) => {
    expect(codeOf(acceptThreat(base, { ...good, ...fields }, stampOf()))).toBe(code)
  })

  test('never by an AI', () => {
    expect(codeOf(acceptThreat(base, good, stampOf('ai')))).toBe('mitigation.ai')
  })
})

describe('what is missing', () => {
  const acceptance: Acceptance = {
    id: 'X-00001',
    response: 'accept',
    threat: 'T-00001',
    reason: 'x',
    owner: 'product owner',
    approver: 'security lead',
    expires: '2027-06-30',
    provenance,
  }
  const mitigated = done(base, addMitigation(base, { threat: 'T-00002', control: 'TLS-TRANSIT', packs }, stampOf()))
  const withAcceptance = (fields: Partial<Acceptance>): Design => ({
    ...mitigated,
    acceptances: table([{ ...acceptance, ...fields }]),
  })

  test('an empty design misses nothing', () => {
    expect(codes(EMPTY_DESIGN)).toEqual([])
  })

  test('a threat without a decision', () => {
    expect(codes(base)).toEqual(['T-00001 threat.undecided', 'T-00002 threat.undecided'])
    expect(codes(withAcceptance({}))).toEqual([])
  })

  test.each<[Partial<Acceptance>, readonly string[]]>([
    [{ expires: '2026-12-01' }, ['X-00001 acceptance.expiring']],
    [{ expires: '2026-11-22' }, ['T-00001 threat.undecided', 'X-00001 acceptance.expired']],
    [{ approver: 'product owner' }, ['T-00001 threat.undecided', 'X-00001 acceptance.ownApprover']],
    [{ approver: ' ' }, ['T-00001 threat.undecided', 'X-00001 acceptance.noApprover']],
    [{ provenance: { kind: 'ai', at: '2026-01-01T00:00:00Z' } }, ['T-00001 threat.undecided', 'X-00001 acceptance.proposedByAi']],
  ])('an acceptance with %j', (fields, wanted) => {
    expect(codes(withAcceptance(fields))).toEqual(wanted)
  })

  test('a mitigation nobody can verify, without a threat, with an unknown control, or by an AI', () => {
    const rows = (mitigation: object): Design => ({
      ...withAcceptance({}),
      mitigations: table([
        ...Object.values(mitigated.mitigations),
        { id: 'M-ZZZZZ', statement: 'x', threats: { 'T-00002': true }, status: 'planned', provenance, ...mitigation } as never,
      ]),
    })
    expect(codes(rows({}))).toEqual(['M-ZZZZZ mitigation.notVerifiable'])
    expect(unverifiable(rows({}), builtinPacks)).toEqual(['M-ZZZZZ'])
    expect(codes(rows({ checks: { own: { statement: 'x' } } }))).toEqual([])
    expect(codes(rows({ control: 'NONE' }))).toEqual(['M-ZZZZZ mitigation.notVerifiable', 'M-ZZZZZ mitigation.unknownControl'])
    expect(codes(rows({ control: 'TLS-TRANSIT', threats: { 'T-NNNNN': true } }))).toEqual(['M-ZZZZZ mitigation.noThreat'])
    expect(codes(rows({ control: 'TLS-TRANSIT', provenance: { kind: 'ai', at: '2026-01-01T00:00:00Z' } }))).toEqual([
      'M-ZZZZZ mitigation.unconfirmed',
    ])
  })

  test('an impact below what the data asks for is said, not changed', () => {
    const low = applyChanges(withAcceptance({}), [{ kind: 'patch', table: 'threats', id: 'T-00001', fields: { impactScale: 2 } }])
    expect(codes(low)).toEqual(['T-00001 threat.belowClass'])
    const none = applyChanges(low, [{ kind: 'patch', table: 'threats', id: 'T-00001', fields: { impactScale: undefined } }])
    expect(codes(none)).toEqual(['T-00001 threat.noEstimate'])
  })
})
