import { describe, expect, test } from 'vitest'
import { threatStates } from '../../../core/mitigations/derive.ts'
import { type Estimate, estimateOf } from '../../../core/mitigations/estimate.ts'
import { riskMatrix } from '../../../core/mitigations/matrix.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design, Threat, Triage } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { provenance, shop, table } from '../threats/designs.ts'

const AT = '2026-11-22T12:00:00Z'
const CVSS = 'CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N'
const OWASP = { motive: 9, lossOfIntegrity: 1 } as const
const triaged = { finding: 'N-00000001', likelihood: 2, impact: 2 }
const found = { finding: 'N-00000002', likelihood: 1, impact: 3 }

function threat(fields: Partial<Threat>): Threat {
  return { id: 'T-00001', statement: 'x', categories: { tampering: true }, provenance, ...fields }
}

describe('where an estimate comes from', () => {
  test.each<[string, Partial<Threat>, { triaged?: typeof triaged; found?: typeof found }, Estimate]>([
    ['nothing', {}, {}, {}],
    [
      'the own scale before all others',
      { likelihood: 1, impactScale: 5, owasp: OWASP, cvss: CVSS },
      { triaged, found },
      { likelihood: { value: 1, source: 'own' }, impact: { value: 5, source: 'own' } },
    ],
    [
      'OWASP before CVSS, and what it leaves out',
      { owasp: OWASP, cvss: CVSS },
      { triaged },
      {
        likelihood: {
          value: 5,
          source: 'owasp',
          missing: ['skillLevel', 'opportunity', 'size', 'easeOfDiscovery', 'easeOfExploit', 'awareness', 'intrusionDetection'],
        },
        impact: { value: 1, source: 'owasp', missing: ['lossOfConfidentiality', 'lossOfAvailability', 'lossOfAccountability'] },
      },
    ],
    [
      'a whole OWASP side misses nothing',
      { owasp: { financialDamage: 9, reputationDamage: 9, nonCompliance: 7, privacyViolation: 9 } },
      {},
      { impact: { value: 5, source: 'owasp' } },
    ],
    [
      'CVSS before the triage',
      { cvss: CVSS },
      { triaged },
      { likelihood: { value: 4, source: 'cvss' }, impact: { value: 3, source: 'cvss' } },
    ],
    [
      'a vector that cannot be read says nothing',
      { cvss: `${CVSS}/` },
      { triaged },
      {
        likelihood: { value: 2, source: 'triage', finding: 'N-00000001' },
        impact: { value: 2, source: 'triage', finding: 'N-00000001' },
      },
    ],
    [
      'the triage before the findings',
      {},
      { triaged, found },
      {
        likelihood: { value: 2, source: 'triage', finding: 'N-00000001' },
        impact: { value: 2, source: 'triage', finding: 'N-00000001' },
      },
    ],
    [
      'the findings at last',
      {},
      { found },
      {
        likelihood: { value: 1, source: 'finding', finding: 'N-00000002' },
        impact: { value: 3, source: 'finding', finding: 'N-00000002' },
      },
    ],
    [
      'each side by itself',
      { impactScale: 2, cvss: CVSS },
      { found },
      { likelihood: { value: 4, source: 'cvss' }, impact: { value: 2, source: 'own' } },
    ],
    ['one side alone', { likelihood: 3 }, {}, { likelihood: { value: 3, source: 'own' } }],
  ])('%s', (_, fields, known, wanted) => {
    expect(estimateOf(threat(fields), { triaged: () => known.triaged, found: () => known.found })).toEqual(wanted)
  })

  test('findings are not asked where the threat says enough', () => {
    const ask = () => {
      throw new Error('asked')
    }
    expect(() => estimateOf(threat({ cvss: CVSS }), { triaged: ask, found: ask })).not.toThrow()
  })
})

describe('the state of a threat', () => {
  const [first] = deriveFindings(shop(), builtinPacks.rules).findings.filter(({ rule }) => rule === 'SI-XP-S1')
  if (!first) throw new Error('no finding')
  const triage: Triage = {
    id: first.id,
    decision: 'real',
    likelihood: 2,
    impact: 5,
    subject: { rule: first.rule },
    at: AT,
    by: 'architect',
  }

  function stateOf(fields: Partial<Threat>, rows: readonly Triage[] = []) {
    const [state] = threatStates({ ...shop(), threats: table([threat(fields)]), triage: table(rows) }, builtinPacks, AT)
    return state
  }

  test.each<[string, Partial<Threat>, readonly Triage[]]>([
    ['nowhere', { findings: { [first.id]: true } }, []],
    ['where the threat is', { findings: { [first.id]: true }, flows: { 'F-0RDER': true } }, []],
    ['where the decision was', { findings: { [first.id]: true } }, [{ ...triage, decision: 'notApplicable' } as Triage]],
  ])('finds its finding, looked for %s', (_, fields, rows) => {
    const bare = rows.map(({ likelihood: _l, impact: _i, ...row }) => ({
      ...row,
      subject: { rule: first.rule, flow: 'F-0RDER' },
    }))
    const state = stateOf(fields, bare)
    expect(state?.estimate).toEqual({
      likelihood: { value: first.likelihood, source: 'finding', finding: first.id },
      impact: { value: first.impact, source: 'finding', finding: first.id },
    })
    expect(state?.inherent).toMatchObject({ likelihood: first.likelihood, impact: first.impact })
  })

  test('carries the source of its numbers', () => {
    const state = stateOf({ findings: { [first.id]: true }, likelihood: 4 }, [triage])
    expect(state?.estimate).toEqual({
      likelihood: { value: 4, source: 'own' },
      impact: { value: 5, source: 'triage', finding: first.id },
    })
    expect(state?.inherent).toMatchObject({ likelihood: 4, impact: 5, level: 'critical' })
  })

  test('one side alone is no risk, but is not forgotten', () => {
    expect(stateOf({ likelihood: 4 })).toMatchObject({
      inherent: undefined,
      residual: undefined,
      estimate: { likelihood: { value: 4 } },
    })
  })

  test('ratings make the inherent risk', () => {
    expect(stateOf({ cvss: CVSS })?.inherent).toMatchObject({ likelihood: 4, impact: 3, level: 'high' })
    expect(stateOf({ owasp: OWASP })?.inherent).toMatchObject({ likelihood: 5, impact: 1, level: 'medium' })
  })
})

describe('the matrix', () => {
  const of = (...threats: readonly Partial<Threat>[]): Design => ({ ...EMPTY_DESIGN, threats: table(threats.map(threat)) })

  test('is 25 fields with their levels, likeliest first', () => {
    const { rows, unestimated } = riskMatrix([], 'inherent')
    expect(rows.map(row => row.map(cell => cell.level))).toEqual([
      ['medium', 'high', 'high', 'critical', 'critical'],
      ['low', 'medium', 'high', 'high', 'critical'],
      ['low', 'medium', 'medium', 'high', 'high'],
      ['low', 'low', 'medium', 'medium', 'high'],
      ['low', 'low', 'low', 'low', 'medium'],
    ])
    expect(rows[0]?.[1]).toEqual({ likelihood: 5, impact: 2, level: 'high', threats: [] })
    expect(unestimated).toEqual([])
  })

  test('shows each threat once, before and after, and keeps what nobody estimated apart', () => {
    const design = applyChanges(
      of(
        { id: 'T-00003', likelihood: 4, impactScale: 4 },
        { id: 'T-00001', likelihood: 4, impactScale: 4 },
        { id: 'T-00002', likelihood: 1 },
      ),
      [
        {
          kind: 'put',
          table: 'mitigations',
          row: {
            id: 'M-00001',
            statement: 'x',
            threats: { 'T-00003': true },
            status: 'verified',
            checks: { own: { statement: 'x' } },
            provenance,
          },
        },
      ],
    )
    const states = threatStates(design, builtinPacks, AT)
    const shown = (when: 'inherent' | 'residual') =>
      riskMatrix(states, when).rows.flatMap(row =>
        row.filter(cell => cell.threats.length > 0).map(cell => [cell.likelihood, cell.impact, ...cell.threats]),
      )
    expect(shown('inherent')).toEqual([[4, 4, 'T-00001', 'T-00003']])
    expect(shown('residual')).toEqual([
      [4, 4, 'T-00001'],
      [2, 4, 'T-00003'],
    ])
    expect(riskMatrix(states, 'residual').unestimated).toEqual(['T-00002'])
    expect(riskMatrix([...states].reverse(), 'inherent')).toEqual(riskMatrix(states, 'inherent'))
  })
})
