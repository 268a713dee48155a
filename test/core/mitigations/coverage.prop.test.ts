import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type StrideCoverage, strideCoverage } from '../../../core/mitigations/coverage.ts'
import type { CoverageCell } from '../../../core/mitigations/coverage-cell.ts'
import { threatStates } from '../../../core/mitigations/derive.ts'
import { traceOf } from '../../../core/mitigations/trace.ts'
import type { Design, Element, Flow, Mitigation, Threat, Triage } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { drawn, packOf, provenance, ruleWith, table } from '../threats/designs.ts'

const AT = '2026-11-22T12:00:00Z'
const packs = {
  rules: [
    ...builtinPacks.rules,
    packOf(
      ruleWith({ id: 'AT-REST', on: 'element', element: ['dataStore'], subject: 'element', privacy: ['identifying'] }),
      ruleWith({ id: 'ON-FLOW', subject: 'flow', categories: [], privacy: ['linking'] }),
    ),
  ],
  controls: builtinPacks.controls,
}

const ELEMENTS = ['E-00001', 'E-00002', 'E-00003', 'E-00004']
const FLOWS = ['F-00001', 'F-00002', 'F-00003']
const kind = fc.constantFrom<Element['kind'][]>('process', 'process', 'dataStore', 'externalEntity')
const out = fc.integer({ min: 0, max: 9 }).map(n => (n === 0 ? { outOfScope: 'theirs' } : {}))
const element = (id: string): fc.Arbitrary<Pick<Element, 'id' | 'kind'>> =>
  fc.record({ kind, out }).map(({ kind: own, out: scope }) => ({ id, kind: own, ...scope }))
const end = fc.constantFrom(...ELEMENTS)
const flow = (id: string): fc.Arbitrary<Pick<Flow, 'id'>> =>
  fc
    .record({ source: end, target: end, bidirectional: fc.boolean(), out })
    .map(({ out: scope, ...fields }) => ({ id, ...fields, ...scope }))

/** What somebody did with a finding or a threat, by dice. */
const dice = fc.array(fc.nat(6), { minLength: 40, maxLength: 40 })

const design: fc.Arbitrary<Design> = fc
  .record({ elements: fc.tuple(...ELEMENTS.map(element)), flows: fc.tuple(...FLOWS.map(flow)), dice })
  .map(({ elements, flows, dice: thrown }) => {
    const bare = drawn({ elements, flows })
    const { findings } = deriveFindings(bare, packs.rules)
    const triage: Triage[] = []
    const threats: Threat[] = []
    const mitigations: Mitigation[] = []
    for (const [place, finding] of findings.entries()) {
      const what = thrown[place % thrown.length] ?? 0
      const { kind: _, ...objects } = finding.on
      const subject = { rule: finding.rule, ...objects }
      const row = { id: finding.id, subject, at: AT, by: 'architect' }
      if (what === 1) triage.push({ ...row, decision: 'notApplicable', reason: 'no' })
      if (what === 2)
        triage.push({ ...row, decision: 'duplicate', duplicateOf: findings[(place * 7) % findings.length]?.id ?? '' })
      if (what < 3) continue
      triage.push({ ...row, decision: 'real', likelihood: what - 2, impact: 3 })
      const id = `T-${String(place).padStart(5, '0')}`
      const categories = Object.fromEntries(finding.categories.map(name => [name, true as const]))
      const privacy = Object.fromEntries((finding.privacy ?? []).map(name => [name, true as const]))
      if (what > 3) threats.push({ id, statement: 'x', categories, privacy, findings: { [finding.id]: true }, provenance })
      if (what > 5)
        mitigations.push({ id: `M-${id.slice(2)}`, statement: 'x', threats: { [id]: true }, status: 'planned', provenance })
    }
    return { ...bare, triage: table(triage), threats: table(threats), mitigations: table(mitigations) }
  })

const cellsOf = (coverage: StrideCoverage): readonly CoverageCell[] =>
  coverage.rows.flatMap(row => [...Object.values(row.cells), ...Object.values(row.privacy)])

function reversed(of: Design): Design {
  const turned = Object.entries(of).map(([name, rows]) => [name, Object.fromEntries(Object.entries(rows).reverse())])
  return Object.fromEntries(turned)
}

describe('coverage and trace of any design', () => {
  test('come out the same in any order', () => {
    fc.assert(
      fc.property(design, of => {
        const json = JSON.stringify([strideCoverage(of, packs, AT), traceOf(of, packs, AT)])
        expect(JSON.stringify([strideCoverage(reversed(of), packs, AT), traceOf(reversed(of), packs, AT)])).toBe(json)
      }),
      { numRuns: 40 },
    )
  })

  test('count every finding once for each of its categories, and every cell once', () => {
    fc.assert(
      fc.property(design, of => {
        const coverage = strideCoverage(of, packs, AT)
        const cells = cellsOf(coverage)
        const columns = coverage.categories.length + coverage.privacy.length
        expect(cells.length).toBe(coverage.rows.length * columns)
        expect(Object.values(coverage.totals).reduce((a, b) => a + b, 0)).toBe(cells.length)
        const alive = deriveFindings(of, packs.rules).findings.filter(finding => finding.applicability !== 'gone')
        const inCells = cells.reduce((sum, { now, later, suppressed }) => sum + now + later + suppressed, 0)
        expect(inCells).toBe(alive.reduce((sum, one) => sum + one.categories.length + (one.privacy?.length ?? 0), 0))
        for (const cell of cells)
          expect(cell.undecided + cell.decided).toBeLessThanOrEqual(cell.now + cell.later + cell.suppressed)
      }),
      { numRuns: 60 },
    )
  })

  test('never say that no rule speaks of a place where one found something', () => {
    fc.assert(
      fc.property(design, of => {
        const rows = new Map(strideCoverage(of, packs, AT).rows.map(row => [row.id, row]))
        for (const { subject, rule, categories, privacy = [] } of deriveFindings(of, packs.rules).findings) {
          const row = rows.get(subject)
          for (const name of categories) expect(row?.cells[name].rules, `${rule} ${subject}`).toBeGreaterThan(0)
          for (const name of privacy) expect(row?.privacy[name]?.rules, `${rule} ${subject}`).toBeGreaterThan(0)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('hide nothing that is unanswered', () => {
    fc.assert(
      fc.property(design, of => {
        const coverage = strideCoverage(of, packs, AT)
        const rows = new Map(coverage.rows.map(row => [row.id, row]))
        const trace = traceOf(of, packs, AT)
        const missing = new Set(trace.filter(row => row.gaps.length > 0).flatMap(row => [row.finding, row.threat]))
        const { findings } = deriveFindings(of, packs.rules)
        for (const finding of findings.filter(({ id, applicability }) => applicability === 'applies' && !of.triage[id])) {
          expect(missing).toContain(finding.id)
          const cells = finding.categories.map(name => rows.get(finding.subject)?.cells[name].state)
          for (const state of cells)
            expect(['open', 'undecided', finding.attention === 'later' ? 'later' : 'open']).toContain(state)
        }
        for (const { threat, response } of threatStates(of, packs, AT)) {
          if (response !== 'open') continue
          expect(missing).toContain(threat.id)
          const shown = cellsOf(coverage).filter(cell => cell.threats.includes(threat.id))
          expect(shown.length > 0 || coverage.unplaced.includes(threat.id)).toBe(true)
          expect(shown.every(cell => cell.state === 'open')).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('hostile designs', () => {
  test('many requirements and threats about one element end in rows, not in a hang', () => {
    const links = { elements: { 'E-00001': true }, flows: { 'F-00001': true } } as const
    const many = <Row>(make: (place: number) => Row) => Array.from({ length: 3000 }, (_, place) => make(place))
    const of: Design = {
      ...drawn({
        elements: [{ id: 'E-00001' }, { id: 'E-00002' }],
        flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
      }),
      requirements: table(
        many(place => ({
          id: `R-${10_000 + place}`,
          statement: 'x',
          kind: 'security' as const,
          status: 'approved' as const,
          ...links,
          provenance,
        })),
      ),
      threats: table(
        many(place => ({
          id: `T-${10_000 + place}`,
          statement: 'x',
          categories: { tampering: true as const },
          ...links,
          provenance,
        })),
      ),
    }
    const trace = traceOf(of, packs, AT)
    const lists = new Set(trace.filter(row => row.kind === 'threat').map(row => row.requirements))
    expect(lists.size).toBe(1)
    expect([...lists][0]?.length).toBe(3000)
    expect(strideCoverage(of, packs, AT).totals.open).toBe(2)
  })
})
