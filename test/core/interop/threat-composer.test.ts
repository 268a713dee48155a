import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named, refused } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

/** A small model of our own that holds one of everything. */
function model(more: Fields = {}): Fields {
  return {
    schema: 1,
    applicationInfo: { name: 'Shop', description: 'Sells things.' },
    architecture: { description: 'A shop.', image: `data:image/png;base64,${'A'.repeat(30_000)}` },
    dataflow: { description: '', image: '' },
    assumptions: [{ id: 'a', numericId: 1, content: 'Staff is trained.', metadata: [{ key: 'Comments', value: 'Yearly.' }] }],
    mitigations: [mitigation({})],
    assumptionLinks: [{ type: 'Threat', assumptionId: 'a', linkedId: 't' }],
    mitigationLinks: [{ mitigationId: 'm', linkedId: 't' }],
    threats: [threat({})],
    ...more,
  }
}

function threat(more: Fields): Fields {
  return {
    id: 't',
    numericId: 7,
    displayOrder: 7,
    threatSource: 'thief',
    prerequisites: 'with a key',
    threatAction: 'open the till',
    threatImpact: 'a loss',
    impactedGoal: ['integrity'],
    impactedAssets: ['money'],
    statement: 'A thief with a key can open the till, which leads to a loss',
    metadata: [{ key: 'STRIDE', value: ['T', 'E'] }],
    ...more,
  }
}

function mitigation(more: Fields): Fields {
  return { id: 'm', numericId: 2, content: 'Lock the till', status: 'mitigationResolved', metadata: [], ...more }
}

describe('a Threat Composer model', () => {
  const { design, summary } = imported(model())

  test('fits our schemas and is counted by what it holds', () => {
    expectSound(design)
    expect(summary).toMatchObject({ format: 'threat-composer', formatVersion: '1' })
    expect(summary.counts).toMatchObject({ elements: 0, threats: 1, mitigations: 1, diagrams: 0 })
    expect(design.settings.design).toMatchObject({ name: 'Shop', purpose: 'Sells things.' })
  })

  test('the parts of a threat are ours, with its letters as categories', () => {
    expect(rowsOf(design.threats)).toMatchObject([
      {
        statement: 'A thief with a key can open the till, which leads to a loss',
        source: 'thief',
        prerequisite: 'with a key',
        action: 'open the till',
        impact: 'a loss',
        categories: { tampering: true, elevationOfPrivilege: true },
        foreign: { numericId: 7, impactedGoal: ['integrity'], impactedAssets: ['money'] },
        provenance: { tool: 'Threat Composer 1', originalId: 't' },
      },
    ])
    expect(summary.losses.map(({ what }) => what)).toContain('What 1 threat would hit')
  })

  test('mitigations are linked to their threats; comments become descriptions', () => {
    const [only] = rowsOf(design.threats)
    expect(named(design.mitigations, 'Lock the till')).toMatchObject({
      status: 'implemented',
      threats: { [only?.id ?? '']: true },
    })
    expect(named(design.assumptions, 'Staff is trained.')).toMatchObject({ description: 'Yearly.', foreign: { numericId: 1 } })
  })

  test('a picture is lost and told; descriptions and links of assumptions are kept', () => {
    expect(design.settings.design?.foreign).toMatchObject({
      architecture: { description: 'A shop.' },
      assumptionLinks: [{ assumptionId: 'a' }],
    })
    expect(JSON.stringify(design)).not.toContain('base64')
    expect(summary.losses.map(({ at }) => at)).toEqual(expect.arrayContaining(['/architecture/image', '/assumptionLinks']))
  })
})

describe('what a file leaves open', () => {
  test.each([
    ['mitigationIdentified', 'planned', undefined],
    ['mitigationInProgress', 'planned', 'mitigationInProgress'],
    ['mitigationResolved', 'implemented', undefined],
    ['somehow', 'planned', 'somehow'],
    [undefined, 'planned', undefined],
  ])('a mitigation of status %s is %s', (status, expected, kept) => {
    const { design } = imported(model({ mitigations: [mitigation({ status })] }))
    const row = named(design.mitigations, 'Lock the till')
    expect([row.status, row.foreign?.status]).toEqual([expected, kept])
  })

  test('a mitigation that nobody will do is none, and is kept with its link', () => {
    const { design } = imported(model({ mitigations: [mitigation({ status: 'mitigationResolvedWillNotAction' })] }))
    expect(rowsOf(design.mitigations)).toEqual([])
    expect(design.settings.design?.foreign).toMatchObject({
      mitigations: [{ content: 'Lock the till' }],
      mitigationLinks: [{ linkedId: 't' }],
    })
  })

  test('priority, status and metadata of others stay where they were', () => {
    const metadata = [
      { key: 'STRIDE', value: ['X', 'S'] },
      { key: 'Priority', value: 'High' },
      { key: 'Comments', value: 'Seen twice.' },
    ]
    const { design, summary } = imported(model({ threats: [threat({ metadata, status: 'threatResolved' })] }))
    expect(rowsOf(design.threats)).toMatchObject([
      { categories: { spoofing: true }, description: 'Seen twice.', foreign: { metadata, status: 'threatResolved' } },
    ])
    expect(rowsOf(design.threats)[0]?.likelihood).toBeUndefined()
    expect(summary.losses.map(({ what }) => what)).toContain('Status "threatResolved" of 1 threat')
  })

  test('a link with a loose end is a loss and is kept', () => {
    const mitigationLinks = [{ mitigationId: 'm', linkedId: 'nothing' }]
    const { design, summary } = imported(model({ mitigationLinks }))
    expect(design.settings.design?.foreign).toMatchObject({ mitigationLinks })
    expect(summary.losses.map(({ at }) => at)).toContain('/mitigationLinks/0')
  })

  test('a list that is none is refused', () => {
    expect(refused(model({ threats: {} }))).toMatchObject({ code: 'threatComposer.list', at: 'model.json:/threats' })
  })
})
