import { describe, expect, test } from 'vitest'
import { kindOfType } from '../../../core/interop/otm/kind.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named, refused } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

/** A small model of our own that holds one of everything. */
function model(more: Fields = {}): Fields {
  return {
    otmVersion: '0.2.0',
    project: { id: 'shop', name: 'Shop', description: 'Sells things.', owner: 'Security lead', tags: ['web'] },
    representations: [{ id: 'page', name: 'Page', type: 'diagram' }],
    trustZones: [
      { id: 'net', name: 'Internet', risk: { trustRating: 10 }, type: 'internet' },
      { id: 'dc', name: 'Data centre', risk: { trustRating: 80 }, parent: null, ...drawn(100, 100) },
      { id: 'db', name: 'Database network', risk: { trustRating: 90 }, parent: { trustZone: 'dc' }, ...drawn(10, 20) },
    ],
    assets: [{ id: 'orders', name: 'Orders', risk: { confidentiality: 100, integrity: 50, availability: 33 } }],
    components: [
      { id: 'user', name: 'Customer', type: 'generic-user', parent: { trustZone: 'net' } },
      { id: 'web', name: 'Shop', type: 'web-service', parent: { trustZone: 'dc' }, threats: [use({})], ...drawn(5, 5) },
      {
        id: 'store',
        name: 'Store',
        type: 'database',
        parent: { component: 'web' },
        assets: { stored: ['orders'], processed: null },
      },
      { id: 'inner', name: 'Replica', type: 'rds', parent: { trustZone: 'db' }, ...drawn(1, 2) },
    ],
    dataflows: [
      { id: 'order', name: 'Order', source: 'user', destination: 'web', bidirectional: true, assets: ['orders'] },
      { id: 'save', name: 'Save', source: 'web', destination: 'store', threats: [use({ state: 'accepted', mitigations: [] })] },
    ],
    threats: [
      {
        id: 'guess',
        name: 'Passwords are guessed',
        description: 'Again and again.',
        categories: ['Spoofing', 'Elevation of Privileges'],
        cwes: ['CWE-307'],
        risk: { likelihood: 50, impact: 100 },
      },
    ],
    mitigations: [{ id: 'lock', name: 'Lock after five', description: 'For an hour.', riskReduction: 50 }],
    ...more,
  }
}

function drawn(x: number, y: number): Fields {
  return { representations: [{ id: `at-${x}`, representation: 'page', position: { x, y }, size: { width: 50, height: 40 } }] }
}

function use(more: Fields): Fields {
  return { threat: 'guess', state: 'exposed', mitigations: [{ mitigation: 'lock', state: 'implemented' }], ...more }
}

describe('an Open Threat Model', () => {
  const { design, summary } = imported(model())

  test('fits our schemas and is counted by what it holds', () => {
    expectSound(design)
    expect(summary).toMatchObject({ format: 'otm', formatVersion: '0.2.0' })
    expect(summary.counts).toMatchObject({
      elements: 4,
      flows: 2,
      boundaries: 3,
      dataAssets: 1,
      threats: 2,
      mitigations: 1,
      diagrams: 1,
    })
    expect(design.settings.design).toMatchObject({
      name: 'Shop',
      purpose: 'Sells things.',
      foreign: { project: { owner: 'Security lead', tags: ['web'] } },
    })
  })

  test('zones are boundaries with their trust, in each other as stated', () => {
    expect(named(design.boundaries, 'Database network')).toMatchObject({
      trustLevel: 90,
      membership: 'stated',
      kind: 'unknown',
      parent: named(design.boundaries, 'Data centre').id,
    })
    expect(named(design.boundaries, 'Internet').foreign).toEqual({ type: 'internet' })
  })

  test('a component within another lies in the zone around both, and keeps what the file says', () => {
    const store = named(design.elements, 'Store')
    expect(store.boundary).toBe(named(design.boundaries, 'Data centre').id)
    expect(store.foreign).toMatchObject({ parent: { component: 'web' }, type: 'database' })
    expect(store.data).toEqual({ [named(design.data, 'Orders').id]: true })
  })

  test.each([
    ['database', 'dataStore'],
    ['azure-storage', 'dataStore'],
    ['CD-MICROSOFT-AZURE-DB-POSTGRESQL', 'dataStore'],
    ['generic-user', 'externalEntity'],
    ['third-party-saas', 'externalEntity'],
    ['web-client', 'process'],
    ['restore-service', 'process'],
    [undefined, 'process'],
  ])('a type %s is read as %s', (type, kind) => {
    expect(kindOfType(type)).toBe(kind)
  })

  test('and every kind is told to have been read from a type', () => {
    expect(summary.losses.map(({ what }) => what)).toContain('Kind of 4 components')
  })

  test('flows carry assets both ways; assets keep harm and get no class', () => {
    const orders = named(design.data, 'Orders')
    expect(orders).toMatchObject({ confidentiality: 'high', integrity: 'medium', availability: 'low' })
    expect(orders.class).toBeUndefined()
    expect(named(design.flows, 'Order')).toMatchObject({ bidirectional: true, data: { [orders.id]: true } })
  })

  test('each use of a threat is a threat of its own, with categories, weakness and rating', () => {
    const [first, second] = rowsOf(design.threats).toSorted(
      (a, b) => Number(a.flows !== undefined) - Number(b.flows !== undefined),
    )
    expect(first).toMatchObject({
      statement: 'Passwords are guessed',
      categories: { spoofing: true, elevationOfPrivilege: true },
      cwe: { 'CWE-307': true },
      likelihood: 3,
      impactScale: 5,
      elements: { [named(design.elements, 'Shop').id]: true },
    })
    expect(second?.flows).toEqual({ [named(design.flows, 'Save').id]: true })
    expect(rowsOf(design.acceptances)).toMatchObject([{ threat: second?.id, response: 'accept', owner: 'Security lead' }])
    expect(named(design.mitigations, 'Lock after five')).toMatchObject({
      status: 'implemented',
      threats: { [first?.id ?? '']: true },
      foreign: { riskReduction: 50 },
    })
  })

  test('places count from the corner of what is around', () => {
    const page = named(design.diagrams, 'Page').id
    const at = (id: string) => design.layout[`${page}.${id}`]
    expect(at(named(design.elements, 'Shop').id)).toMatchObject({ x: 105, y: 105, width: 50, height: 40 })
    expect(at(named(design.elements, 'Replica').id)).toMatchObject({ x: 111, y: 122 })
    expect(Object.keys(named(design.diagrams, 'Page').elements ?? {})).toHaveLength(4)
  })
})

describe('what a file leaves open', () => {
  test('a mitigation that is not implemented everywhere is planned', () => {
    const components = ['implemented', 'required'].map((state, i) => ({
      id: `c${i}`,
      name: `C${i}`,
      threats: [use({ mitigations: [{ mitigation: 'lock', state }] })],
    }))
    const { design } = imported(model({ components, dataflows: [] }))
    expect(named(design.mitigations, 'Lock after five')).toMatchObject({
      status: 'planned',
      foreign: { states: ['implemented', 'required'] },
    })
  })

  test('zones in a circle are cut, and said so', () => {
    const trustZones = ['a', 'b', 'c'].map((id, i) => ({ id, name: id, parent: { trustZone: ['b', 'c', 'b'][i] } }))
    const { design, summary } = imported(model({ trustZones }))
    expectSound(design)
    expect(summary.problems.filter(({ code }) => code === 'import.circle')).toHaveLength(1)
  })

  test('components in a circle lie in no zone', () => {
    const components = ['a', 'b'].map((id, i) => ({ id, name: id, parent: { component: ['b', 'a'][i] } }))
    expectSound(imported(model({ components })).design)
  })

  test('links that lead nowhere are losses and stay under foreign', () => {
    const { design, summary } = imported(
      model({
        components: [{ id: 'web', name: 'Shop', parent: { trustZone: 'nowhere' }, threats: [use({ threat: 'nothing' })] }],
        dataflows: [{ id: 'x', name: 'X', source: 'web', destination: 'nothing', assets: ['nothing'] }],
      }),
    )
    expectSound(design)
    expect(named(design.elements, 'Shop').foreign).toMatchObject({
      parent: { trustZone: 'nowhere' },
      threats: [{ threat: 'nothing' }],
    })
    expect(named(design.flows, 'X').foreign).toMatchObject({ destination: 'nothing', assets: ['nothing'] })
    expect(summary.losses.map(({ at }) => at)).toEqual(
      expect.arrayContaining([
        '/components/0/parent',
        '/components/0/threats/0',
        '/dataflows/0/destination',
        '/dataflows/0/assets/0',
      ]),
    )
  })

  test('a threat that nothing has comes in by itself', () => {
    const { design } = imported(model({ components: [], dataflows: [] }))
    expect(rowsOf(design.threats)).toHaveLength(1)
    expect(rowsOf(design.threats)[0]?.elements).toBeUndefined()
  })

  test('without drawings there is one view of everything', () => {
    const { design } = imported(model({ representations: [] }))
    expect(Object.keys(named(design.diagrams, 'Shop').elements ?? {})).toHaveLength(4)
    expect(design.layout).toEqual({})
  })

  test('a list that is none, or far too long, is refused', () => {
    expect(refused(model({ trustZones: 'x' }))).toMatchObject({ code: 'otm.list', at: 'model.json:/trustZones' })
    const threats = Array.from({ length: 200_001 }, () => 0)
    expect(refused(model({ components: [{ id: 'a', threats }] })).code).toBe('import.tooMany')
  })
})
