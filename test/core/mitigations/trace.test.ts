import { describe, expect, test } from 'vitest'
import { traceOf } from '../../../core/mitigations/trace.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Acceptance, Control, Design, Mitigation, Requirement, Threat, Triage } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { packOf, provenance, ruleWith, shop, table } from '../threats/designs.ts'

const AT = '2026-11-22T12:00:00Z'
const AI = { kind: 'ai', at: '2026-01-01T00:00:00Z' } as const

const control: Control = {
  id: 'GUARD',
  title: 'x',
  requirement: 'x',
  categories: ['tampering'],
  cwe: ['CWE-1'],
  do: 'x',
  doNot: { what: 'x', instead: 'y' },
  primitives: {},
  negativeTest: 'x',
  checks: [
    { key: 'test', statement: 'x' },
    { key: 'look', statement: 'x' },
  ],
}
const packs = {
  rules: [packOf(ruleWith({ id: 'IN', source: ['externalEntity'] }), ruleWith({ id: 'STORE', target: ['dataStore'] }))],
  controls: [
    { id: 'test', version: '1.0.0', title: 'x', licence: 'x', controls: [control, { ...control, id: 'BARE', checks: [] }] },
  ],
}

function requirement(fields: Partial<Requirement>): Requirement {
  return {
    id: 'R-00001',
    statement: 'x',
    kind: 'security',
    status: 'approved',
    verification: 'test',
    elements: { 'E-AP100': true },
    provenance,
    ...fields,
  }
}

function threat(fields: Partial<Threat>): Threat {
  return {
    id: 'T-00001',
    statement: 'x',
    categories: { tampering: true },
    likelihood: 3,
    impactScale: 3,
    elements: { 'E-AP100': true },
    provenance,
    ...fields,
  }
}

function mitigation(fields: Partial<Mitigation>): Mitigation {
  return {
    id: 'M-00001',
    statement: 'x',
    threats: { 'T-00001': true },
    control: 'GUARD',
    status: 'planned',
    provenance,
    ...fields,
  }
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

type Rows = {
  readonly requirements?: readonly Requirement[]
  readonly threats?: readonly Threat[]
  readonly mitigations?: readonly Mitigation[]
  readonly acceptances?: readonly Acceptance[]
  readonly triage?: readonly Triage[]
}

function designOf(rows: Rows, drawn: Design = EMPTY_DESIGN): Design {
  return {
    ...drawn,
    requirements: table(rows.requirements ?? []),
    threats: table(rows.threats ?? []),
    mitigations: table(rows.mitigations ?? []),
    acceptances: table(rows.acceptances ?? []),
    triage: table(rows.triage ?? []),
  }
}

const rowsOf = (rows: Rows, drawn?: Design) => traceOf(designOf(rows, drawn), packs, AT)

describe('the trace', () => {
  test('of nothing is nothing', () => {
    expect(traceOf(EMPTY_DESIGN, packs, AT)).toEqual([])
  })

  test('follows a duty over the threat and its mitigation to the checks', () => {
    expect(rowsOf({ requirements: [requirement({})], threats: [threat({})], mitigations: [mitigation({})] })).toEqual([
      { kind: 'requirement', requirements: ['R-00001'], checks: ['requirement'], gaps: [] },
      {
        kind: 'threat',
        requirements: ['R-00001'],
        threat: 'T-00001',
        mitigation: 'M-00001',
        checks: ['GUARD/look', 'GUARD/test'],
        gaps: [],
      },
    ])
  })

  test.each<[string, Partial<Requirement>, readonly string[]]>([
    ['a draft', { status: 'draft' }, ['requirement.notApproved']],
    ['approved without a check', { verification: undefined as never }, ['requirement.noCheck']],
    ['linked to nothing', { elements: undefined as never }, ['requirement.linkedToNothing']],
    ['against no threat', { elements: { 'E-DB000': true } }, ['requirement.noThreat']],
    ['functional, and no threat there', { kind: 'functional', elements: { 'E-DB000': true } }, []],
  ])('a requirement %s', (_, fields, gaps) => {
    const [row] = rowsOf({ requirements: [requirement(fields)], threats: [threat({})], mitigations: [mitigation({})] })
    expect(row).toMatchObject({ kind: 'requirement', requirements: ['R-00001'], gaps })
  })

  test('retired requirements are gone, and stand behind no threat', () => {
    const rows = rowsOf({
      requirements: [requirement({ status: 'retired' })],
      threats: [threat({})],
      mitigations: [mitigation({})],
    })
    expect(rows.map(row => row.kind)).toEqual(['threat'])
    expect(rows[0]?.requirements).toEqual([])
  })

  test.each<[string, Rows, readonly (readonly string[])[]]>([
    ['without a mitigation', { threats: [threat({})] }, [['threat.noMitigation']]],
    [
      'that nobody estimated',
      { threats: [threat({ likelihood: undefined as never })], mitigations: [mitigation({})] },
      [['threat.noEstimate']],
    ],
    ['proposed by an AI', { threats: [threat({ provenance: AI })], mitigations: [mitigation({})] }, [['threat.unconfirmed']]],
    [
      'mitigated without a check',
      { threats: [threat({})], mitigations: [mitigation({ control: 'BARE' })] },
      [['mitigation.noCheck']],
    ],
    [
      'mitigated by a control nobody knows',
      { threats: [threat({})], mitigations: [mitigation({ control: 'NONE' })] },
      [['mitigation.noCheck', 'mitigation.unknownControl']],
    ],
    [
      'mitigated by what only an AI proposed',
      { threats: [threat({})], mitigations: [mitigation({ provenance: AI })] },
      [['threat.noMitigation', 'mitigation.unconfirmed']],
    ],
    ['accepted', { threats: [threat({})], acceptances: [acceptance({})] }, [[]]],
    [
      'accepted, for thirteen days more',
      { threats: [threat({})], acceptances: [acceptance({ expires: '2026-12-05' })] },
      [['acceptance.expiring']],
    ],
    [
      'accepted until yesterday',
      { threats: [threat({})], acceptances: [acceptance({ expires: '2026-11-21' })] },
      [['threat.noMitigation', 'acceptance.expired']],
    ],
    [
      'accepted by its owner alone',
      { threats: [threat({})], acceptances: [acceptance({ approver: 'product owner' })] },
      [['threat.noMitigation', 'acceptance.void']],
    ],
    [
      'with two answers has two rows',
      {
        threats: [threat({})],
        mitigations: [mitigation({}), mitigation({ id: 'M-00002', control: undefined as never })],
      },
      [[], ['mitigation.noCheck']],
    ],
  ])('a threat %s', (_, rows, gaps) => {
    const found = rowsOf(rows)
    expect(found.map(row => row.kind)).toEqual(gaps.map(() => 'threat'))
    expect(found.map(row => row.gaps)).toEqual(gaps)
  })

  test('own checks are named as checklists name them', () => {
    const own = mitigation({ checks: { 'read-it': { statement: 'x' } } })
    expect(rowsOf({ threats: [threat({})], mitigations: [own] })[0]?.checks).toEqual(['GUARD/look', 'GUARD/test', 'own/read-it'])
  })

  test('a mitigation that answers nothing has a row of its own', () => {
    expect(rowsOf({ mitigations: [mitigation({ threats: { 'T-NNNNN': true } })] })).toEqual([
      {
        kind: 'mitigation',
        requirements: [],
        mitigation: 'M-00001',
        checks: ['GUARD/look', 'GUARD/test'],
        gaps: ['mitigation.noThreat'],
      },
    ])
  })

  test('requirements and threats meet at elements, flows and data', () => {
    const meet = (fields: Partial<Requirement>, other: Partial<Threat>) => {
      const bare = { elements: undefined as never }
      const rows = rowsOf({ requirements: [requirement({ ...bare, ...fields })], threats: [threat({ ...bare, ...other })] })
      return rows.find(row => row.kind === 'threat')?.requirements
    }
    expect(meet({ flows: { 'F-0RDER': true } }, { flows: { 'F-0RDER': true } })).toEqual(['R-00001'])
    expect(meet({ data: { 'D-00001': true } }, { data: { 'D-00001': true } })).toEqual(['R-00001'])
    expect(meet({ data: { 'D-00001': true } }, { flows: { 'F-0RDER': true } })).toEqual([])
    expect(meet({}, {})).toEqual([])
  })

  test('every finding nobody answered has a row', () => {
    const { findings } = deriveFindings(shop(), packs.rules)
    const [onApi, onStore] = ['E-AP100', 'E-DB000'].map(subject => findings.find(finding => finding.subject === subject))
    if (!onApi || !onStore) throw new Error('no findings')
    const decided = (id: string, fields: Partial<Triage>): Triage => ({
      id,
      decision: 'real',
      subject: { rule: 'IN' },
      at: AT,
      by: 'architect',
      ...fields,
    })
    const gapsBy = (...triage: readonly Triage[]) =>
      Object.fromEntries(rowsOf({ triage }, shop()).map(row => [row.finding, row.gaps]))
    expect(gapsBy()).toEqual({ [onApi.id]: ['finding.undecided'], [onStore.id]: ['finding.undecidedLater'] })
    expect(rowsOf({}, shop()).map(row => row.finding)).toEqual([onApi.id, onStore.id].sort())
    expect(gapsBy(decided(onApi.id, {}), decided(onStore.id, { decision: 'notApplicable', reason: 'no' }))).toEqual({
      [onApi.id]: ['finding.noThreat'],
    })
    expect(gapsBy(decided(onApi.id, { decision: 'duplicate', duplicateOf: onStore.id }))).toEqual({
      [onApi.id]: ['finding.duplicateOfNothing'],
      [onStore.id]: ['finding.undecidedLater'],
    })
  })
})
