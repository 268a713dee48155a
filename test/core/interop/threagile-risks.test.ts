import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named } from './imported.ts'
import { codes, model, whats, withRisk } from './threagile-model.ts'

describe('risks and decisions', () => {
  test('an identified risk becomes a threat where it is', () => {
    const { design } = imported(
      withRisk({
        severity: 'high',
        exploitation_likelihood: 'very-likely',
        exploitation_impact: 'low',
        most_relevant_technical_asset: 'shop',
        most_relevant_communication_link: 'browser>buy',
        most_relevant_data_asset: 'orders',
        most_relevant_trust_boundary: 'cloud',
      }),
    )
    expectSound(design)
    expect(named(design.threats, 'Odd thing')).toMatchObject({
      categories: { spoofing: true },
      cwe: { 'CWE-5': true },
      likelihood: 4,
      impactScale: 2,
      elements: { [named(design.elements, 'Shop').id]: true },
      flows: { [named(design.flows, 'Buy').id]: true },
      data: { [named(design.data, 'Orders').id]: true },
      foreign: { severity: 'high', most_relevant_trust_boundary: 'cloud', title: 'Odd <b>thing</b>' },
      provenance: { originalId: 'odd@orders@shop@browser>buy@cloud' },
    })
  })

  test('nothing is rated that the file does not rate', () => {
    for (const said of [{}, { exploitation_likelihood: 'sometimes', exploitation_impact: 5 }]) {
      const threat = named(imported(withRisk(said)).design.threats, 'Odd thing')
      expect(threat).not.toHaveProperty('likelihood')
      expect(threat).not.toHaveProperty('impactScale')
    }
  })

  const asset = { most_relevant_technical_asset: 'shop' }
  test.each([
    ['unchecked', { mitigations: 0, acceptances: 0 }],
    ['in-discussion', { mitigations: 0, acceptances: 0 }],
    ['in-progress', { mitigations: 1, acceptances: 0 }],
    ['mitigated', { mitigations: 1, acceptances: 0 }],
    ['accepted', { mitigations: 0, acceptances: 1 }],
    ['false-positive', { mitigations: 0, acceptances: 1 }],
    ['postponed', { mitigations: 0, acceptances: 0 }],
  ])('%s', (status, counts) => {
    const said = { status, justification: 'Because', ticket: 'A-1', date: '2020-01-04', checked_by: 'Team lead' }
    for (const key of ['odd@shop', 'odd@*']) {
      const value = imported(withRisk(asset, {}, { [key]: said }))
      expectSound(value.design)
      expect(value.summary.counts).toMatchObject({ threats: 1, ...counts })
      expect(named(value.design.threats, 'Odd thing').foreign).toMatchObject({ risk_tracking: { [key]: said } })
      for (const row of rowsOf(value.design.mitigations))
        expect(row).toMatchObject({ statement: 'Because', status: status === 'mitigated' ? 'implemented' : 'planned' })
      for (const row of rowsOf(value.design.acceptances))
        expect(row).toMatchObject({ reason: 'Because', owner: 'Team lead', response: status === 'accepted' ? 'accept' : 'avoid' })
    }
  })

  test('of a whole id and one with stars, the whole id counts', () => {
    const tracking = { 'odd@*': { status: 'unchecked' }, 'odd@shop': { status: 'mitigated', justification: 'Done' } }
    const value = imported(withRisk(asset, {}, tracking))
    expect(value.summary.counts.mitigations).toBe(1)
    expect(whats(value)).toContain('The decision "unchecked" on "odd@*"')
  })

  test('acceptance by nobody stays open and is asked about', () => {
    const value = imported(withRisk(asset, {}, { 'odd@shop': { status: 'accepted' } }))
    expect(value.summary.counts.acceptances).toBe(0)
    expect(codes(value)).toContain('import.noOwner')
  })

  test('a decision about a risk that is not in the file becomes a threat where its assets are known', () => {
    const said = { status: 'mitigated', justification: 'Done', checked_by: 'Team lead' }
    const { design } = imported(model({ risk_tracking: { 'sql-injection@*@store@browser>buy': said } }))
    expectSound(design)
    const threat = named(design.threats, 'Sql injection at Store, Buy')
    expect(threat).toMatchObject({
      categories: {},
      elements: { [named(design.elements, 'Store').id]: true },
      flows: { [named(design.flows, 'Buy').id]: true },
      provenance: { originalId: 'sql-injection@*@store@browser>buy' },
    })
    expect(threat).not.toHaveProperty('likelihood')
    expect(threat).not.toHaveProperty('impactScale')
    expect(rowsOf(design.mitigations)).toMatchObject([
      { statement: 'Done', status: 'implemented', threats: { [threat.id]: true } },
    ])
  })

  test('the title of a category is used where the file has it', () => {
    const value = imported(withRisk(asset, {}, { 'odd@store': { status: 'unchecked' } }))
    expect(named(value.design.threats, 'Odd at Store')).toBeDefined()
  })

  test.each([
    ['x@*', 'all risks of its kind'],
    ['x', 'all risks of its kind'],
    ['*@shop', 'all risks of many kinds'],
    ['x@cloud', 'trust boundary'],
    ['x@gone@*', '"gone"'],
  ])('a decision on %s is a loss, kept with the design', (key, why) => {
    const value = imported(model({ risk_tracking: { [key]: { status: 'accepted', checked_by: 'Team lead' } } }))
    expect(value.summary.counts).toMatchObject({ threats: 0, acceptances: 0 })
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: `/risk_tracking/${key}`, why: expect.stringContaining(why) }),
    )
    expect(value.design.settings.design?.foreign).toMatchObject({ risk_tracking: { [key]: { status: 'accepted' } } })
  })

  test('a part of an id that was renamed is told', () => {
    const value = imported(model({ risk_tracking: { 'x@shop@gone': { status: 'unchecked' } } }))
    expect(value.summary.counts.threats).toBe(1)
    expect(whats(value)).toContain('A part of what "x@shop@gone" is about')
  })

  test('categories in a list keep their risks, even where two share a title', () => {
    const category = (id: string) => ({
      id,
      title: 'Odd',
      risks_identified: { Thing: { most_relevant_technical_asset: 'shop' } },
    })
    const { design } = imported(model({ custom_risk_categories: [category('a'), category('b')] }))
    expectSound(design)
    expect(
      rowsOf(design.threats)
        .map(({ provenance }) => provenance.originalId)
        .sort(),
    ).toEqual(['a@shop', 'b@shop'])
    expect(Object.keys((design.settings.design?.foreign?.custom_risk_categories ?? {}) as object)).toEqual(['Odd', 'Odd (b)'])
  })

  test('a category without risks threatens nothing', () => {
    const value = imported(withRisk({}, { risks_identified: null }))
    expect(value.summary.counts.threats).toBe(0)
    expect(whats(value)).toContain('Risk category "Odd"')
    expect(value.design.settings.design?.foreign).toMatchObject({ individual_risk_categories: { Odd: { id: 'odd' } } })
  })
})
