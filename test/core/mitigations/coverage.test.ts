import { describe, expect, test } from 'vitest'
import { strideCoverage } from '../../../core/mitigations/coverage.ts'
import type { CoverageCell, CoverageState } from '../../../core/mitigations/coverage-cell.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type {
  Acceptance,
  Category,
  Design,
  Mitigation,
  PrivacyCategory,
  Rule,
  Threat,
  Triage,
} from '../../../core/model/types.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import { packOf, provenance, ruleWith, shop, table } from '../threats/designs.ts'

const AT = '2026-11-22T12:00:00Z'

/** Tampering with the API through the crossing order, and with the database through the flow that stays inside. */
const RULES: readonly Rule[] = [
  ruleWith({ id: 'IN', source: ['externalEntity'], target: ['process'], crossing: 'only' }),
  ruleWith({ id: 'STORE', target: ['dataStore'] }),
]

const packsOf = (rules: readonly Rule[]) => ({ rules: [packOf(...rules)], controls: [] })

function coverageOf(design: Design, rules: readonly Rule[] = RULES) {
  return strideCoverage(design, packsOf(rules), AT)
}

function cellAt(
  design: Design,
  id: string,
  { category = 'tampering', rules = RULES }: { category?: Category | PrivacyCategory; rules?: readonly Rule[] } = {},
): CoverageCell {
  const row = coverageOf(design, rules).rows.find(one => one.id === id)
  const cell = { ...row?.cells, ...row?.privacy }[category]
  if (!cell) throw new Error(`no cell ${id} ${category}`)
  return cell
}

function findingOn(subject: string, rules: readonly Rule[] = RULES): Finding {
  const found = deriveFindings(shop(), packsOf(rules).rules).findings.find(finding => finding.subject === subject)
  if (!found) throw new Error(`no finding on ${subject}`)
  return found
}

const onApi = findingOn('E-AP100')
const onStore = findingOn('E-DB000')

function triage(finding: Finding, fields: Partial<Triage>): Triage {
  const { kind: _, ...objects } = finding.on
  return { id: finding.id, decision: 'real', subject: { rule: finding.rule, ...objects }, at: AT, by: 'architect', ...fields }
}

function threat(fields: Partial<Threat>): Threat {
  return { id: 'T-00001', statement: 'x', categories: { tampering: true }, provenance, ...fields }
}

const spoken = threat({ findings: { [onApi.id]: true }, elements: { 'E-AP100': true }, flows: { 'F-0RDER': true } })
const mitigation: Mitigation = { id: 'M-00001', statement: 'x', threats: { 'T-00001': true }, status: 'planned', provenance }
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

type Rows = {
  readonly triage?: readonly Triage[]
  readonly threats?: readonly Threat[]
  readonly mitigations?: readonly Mitigation[]
  readonly acceptances?: readonly Acceptance[]
}

function shopWith(rows: Rows): Design {
  return {
    ...shop(),
    triage: table(rows.triage ?? []),
    threats: table(rows.threats ?? []),
    mitigations: table(rows.mitigations ?? []),
    acceptances: table(rows.acceptances ?? []),
  }
}

describe('coverage by STRIDE', () => {
  test('of nothing is nothing', () => {
    const { rows, totals, categories, privacy, unplaced, outOfScope } = coverageOf(EMPTY_DESIGN)
    expect({ rows, privacy, unplaced, outOfScope }).toEqual({ rows: [], privacy: [], unplaced: [], outOfScope: [] })
    expect(categories.length).toBe(6)
    expect(Object.values(totals).every(count => count === 0)).toBe(true)
  })

  test('has a row for each element, then each flow, by id', () => {
    expect(coverageOf(shop()).rows.map(row => `${row.id} ${row.kind}`)).toEqual([
      'E-AP100 process',
      'E-BR0WS externalEntity',
      'E-DB000 dataStore',
      'F-0RDER flow',
      'F-SAVE0 flow',
    ])
  })

  test('a finding that asks now is undecided, one that may wait is later', () => {
    expect(cellAt(shop(), 'E-AP100')).toMatchObject({ state: 'undecided', now: 1, later: 0, undecided: 1, decided: 0 })
    expect(cellAt(shop(), 'E-DB000')).toMatchObject({ state: 'later', now: 0, later: 1, undecided: 1 })
  })

  test.each<[string, Rows, CoverageState, Partial<CoverageCell>]>([
    [
      'not applicable',
      { triage: [triage(onApi, { decision: 'notApplicable', reason: 'no' })] },
      'notApplicable',
      { notApplicable: 1 },
    ],
    ['real without a threat', { triage: [triage(onApi, {})] }, 'open', { unspoken: 1, decided: 1, undecided: 0 }],
    ['real and unanswered', { triage: [triage(onApi, {})], threats: [spoken] }, 'open', { open: 1, threats: ['T-00001'] }],
    [
      'mitigated by hope',
      { triage: [triage(onApi, {})], threats: [spoken], mitigations: [mitigation] },
      'mitigated',
      { mitigated: 1, unproven: 1, open: 0 },
    ],
    [
      'mitigated with a check',
      { triage: [triage(onApi, {})], threats: [spoken], mitigations: [{ ...mitigation, checks: { own: { statement: 'x' } } }] },
      'mitigated',
      { mitigated: 1, unproven: 0 },
    ],
    ['accepted', { triage: [triage(onApi, {})], threats: [spoken], acceptances: [acceptance] }, 'accepted', { accepted: 1 }],
    [
      'transferred',
      { triage: [triage(onApi, {})], threats: [spoken], acceptances: [{ ...acceptance, response: 'transfer' }] },
      'accepted',
      { accepted: 1 },
    ],
    [
      'an acceptance that ended',
      { triage: [triage(onApi, {})], threats: [spoken], acceptances: [{ ...acceptance, expires: '2026-01-01' }] },
      'open',
      { open: 1, accepted: 0 },
    ],
    [
      'one of two threats accepted, the other mitigated',
      {
        triage: [triage(onApi, {})],
        threats: [spoken, { ...spoken, id: 'T-00002' }],
        mitigations: [{ ...mitigation, threats: { 'T-00002': true } }],
        acceptances: [acceptance],
      },
      'accepted',
      { accepted: 1, mitigated: 1 },
    ],
    [
      'a threat by hand beside an undecided finding',
      { threats: [threat({ elements: { 'E-AP100': true } })], mitigations: [mitigation] },
      'undecided',
      { mitigated: 1, undecided: 1, threats: ['T-00001'] },
    ],
    [
      'an open threat outweighs what is undecided',
      { threats: [threat({ elements: { 'E-AP100': true } })] },
      'open',
      { open: 1, undecided: 1 },
    ],
    [
      'a duplicate of what is real',
      {
        triage: [triage(onApi, { decision: 'duplicate', duplicateOf: onStore.id }), triage(onStore, {})],
        threats: [threat({ findings: { [onStore.id]: true } })],
      },
      'open',
      { decided: 1, threats: ['T-00001'] },
    ],
    [
      'a duplicate of what does not apply',
      {
        triage: [
          triage(onApi, { decision: 'duplicate', duplicateOf: onStore.id }),
          triage(onStore, { decision: 'notApplicable', reason: 'no' }),
        ],
      },
      'notApplicable',
      { decided: 1 },
    ],
    [
      'a duplicate of what nobody decided',
      { triage: [triage(onApi, { decision: 'duplicate', duplicateOf: onStore.id })] },
      'undecided',
      { undecided: 1, decided: 0 },
    ],
    [
      'a duplicate of nothing',
      { triage: [triage(onApi, { decision: 'duplicate', duplicateOf: 'N-ZZZZZZZZ' })] },
      'undecided',
      { undecided: 1 },
    ],
    [
      'two that call each other duplicates',
      {
        triage: [
          triage(onApi, { decision: 'duplicate', duplicateOf: onStore.id }),
          triage(onStore, { decision: 'duplicate', duplicateOf: onApi.id }),
        ],
      },
      'undecided',
      { undecided: 1 },
    ],
  ])('%s', (_, rows, state, counts) => {
    expect(cellAt(shopWith(rows), 'E-AP100')).toMatchObject({ state, ...counts })
  })

  test('what is gone is counted nowhere, and answers no duplicate', () => {
    const decided = [
      triage(onApi, { decision: 'duplicate', duplicateOf: onStore.id }),
      triage(onStore, { decision: 'notApplicable', reason: 'no' }),
    ]
    const moved = applyChanges(shopWith({ triage: decided }), [
      { kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { target: 'E-AP100' } },
    ])
    expect(deriveFindings(moved, packsOf(RULES).rules).gone.map(finding => finding.id)).toEqual([onStore.id])
    expect(cellAt(moved, 'E-DB000')).toMatchObject({ state: 'noRule', now: 0, later: 0, decided: 0 })
    expect(cellAt(moved, 'E-AP100')).toMatchObject({ state: 'undecided', undecided: 1, decided: 0 })
  })

  test('tells "nothing found" from "no rule speaks of it"', () => {
    // The store is never the source of a flow here, and no rule speaks of spoofing at all.
    const rules = [
      ...RULES,
      ruleWith({ id: 'ATTR', subject: 'source', target: ['dataStore'], when: [{ attribute: { isAiAgent: ['yes'] } }] }),
      ruleWith({ id: 'CROSS', subject: 'flow', target: ['dataStore'], crossing: 'only' }),
      ruleWith({
        id: 'AT-REST',
        on: 'element',
        element: ['externalEntity'],
        subject: 'element',
        when: [{ technology: ['zeppelin'] }],
      }),
      ruleWith({ id: 'FROM-STORE', source: ['dataStore'], categories: ['repudiation'] }),
    ]
    expect(cellAt(shop(), 'F-SAVE0', { rules })).toMatchObject({ state: 'nothingFound', rules: 1 })
    expect(cellAt(shop(), 'F-0RDER', { rules })).toMatchObject({ state: 'noRule', rules: 0 })
    expect(cellAt(shop(), 'E-BR0WS', { rules })).toMatchObject({ state: 'nothingFound', rules: 1 })
    expect(cellAt(shop(), 'E-AP100', { rules })).toMatchObject({ state: 'undecided', rules: 2 })
    expect(cellAt(shop(), 'E-DB000', { rules, category: 'repudiation' })).toMatchObject({ state: 'noRule' })
    expect(cellAt(shop(), 'E-AP100', { rules, category: 'spoofing' })).toMatchObject({ state: 'noRule' })
  })

  test('no rule is asked of a flow that nothing could move', () => {
    const loose = applyChanges(shop(), [{ kind: 'patch', table: 'flows', id: 'F-SAVE0', fields: { source: 'E-BR0WS' } }])
    expect(cellAt(loose, 'E-DB000')).toMatchObject({ state: 'noRule' })
  })

  test('what an assertion keeps back is suppressed, not absent', () => {
    const rules = [
      ruleWith({
        id: 'IN',
        source: ['externalEntity'],
        unless: [{ condition: { attribute: { validatesInput: ['yes'] } }, control: 'CONTROL' }],
      }),
    ]
    const asserted = applyChanges(shop(), [
      { kind: 'patch', table: 'elements', id: 'E-AP100', fields: { 'attributes/validatesInput': 'yes' } },
    ])
    expect(cellAt(asserted, 'E-AP100', { rules })).toMatchObject({ state: 'suppressed', suppressed: 1, now: 0, undecided: 0 })
  })

  test('privacy has columns only where something speaks of it', () => {
    expect(coverageOf(shop()).privacy).toEqual([])
    const rules = [...RULES, ruleWith({ id: 'TRACK', source: ['externalEntity'], categories: [], privacy: ['linking'] })]
    const coverage = coverageOf(shop(), rules)
    expect(coverage.privacy).toEqual(['linking'])
    expect(cellAt(shop(), 'E-AP100', { rules, category: 'linking' }).state).toBe('undecided')
    expect(cellAt(shop(), 'E-AP100', { rules })).toMatchObject({ now: 1 })
    expect(cellAt(shop(), 'E-DB000', { rules, category: 'linking' }).state).toBe('noRule')
    const byHand = threat({ categories: {}, privacy: { detecting: true }, elements: { 'E-DB000': true } })
    expect(coverageOf(shopWith({ threats: [byHand] })).privacy).toEqual(['detecting'])
  })

  test('a threat from a finding lies where the finding lies; one by hand where it says', () => {
    const states = (rows: Rows) =>
      coverageOf(shopWith(rows))
        .rows.filter(row => row.cells.tampering.threats.length > 0)
        .map(row => row.id)
    const rules = [ruleWith({ id: 'FLOW', subject: 'flow', source: ['externalEntity'] })]
    const onFlow = findingOn('F-0RDER', rules)
    const both = threat({
      findings: { [onFlow.id]: true },
      elements: { 'E-AP100': true, 'E-BR0WS': true, 'E-DB000': true },
      flows: { 'F-0RDER': true },
    })
    const coverage = coverageOf(shopWith({ triage: [triage(onFlow, {})], threats: [both] }), rules)
    expect(coverage.rows.filter(row => row.cells.tampering.open > 0).map(row => row.id)).toEqual(['E-DB000', 'F-0RDER'])
    expect(states({ threats: [threat({ elements: { 'E-DB000': true }, flows: { 'F-0RDER': true } })] })).toEqual([
      'E-DB000',
      'F-0RDER',
    ])
  })

  test('what lies nowhere or out of scope is listed, not lost', () => {
    const out = applyChanges(shopWith({ threats: [threat({}), threat({ id: 'T-00002', elements: { 'E-DB000': true } })] }), [
      { kind: 'patch', table: 'elements', id: 'E-DB000', fields: { outOfScope: 'run by others' } },
    ])
    const { rows, unplaced, outOfScope } = coverageOf(out)
    expect(unplaced).toEqual(['T-00001', 'T-00002'])
    expect(outOfScope).toEqual([{ id: 'E-DB000', reason: 'run by others' }])
    expect(rows.some(row => row.id === 'E-DB000')).toBe(false)
  })

  test('the same rows give the same answer object', () => {
    const [design, packs] = [shop(), packsOf(RULES)]
    expect(strideCoverage(design, packs, AT)).toBe(strideCoverage({ ...design, layout: {} }, packs, '2026-11-22T23:00:00Z'))
  })
})
