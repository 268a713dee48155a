import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named, refused } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

/** A small model of our own that holds one of everything. */
function model(more: Fields = {}): Fields {
  return {
    $schema: 'https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json',
    version: '1.4',
    scope: { title: 'Shop', description: 'Sells things.', exposure: 'external', tier: 'important' },
    trust_zones: [
      { symbolic_name: 'outside', title: 'Internet', description: 'Everybody.' },
      { symbolic_name: 'inside', title: 'Data centre', description: 'Ours.' },
    ],
    trust_boundaries: [{ trust_zone_a: 'outside', trust_zone_b: 'inside', authentication_methods: ['sso'] }],
    actors: [
      {
        symbolic_name: 'customer',
        title: 'Customer',
        description: 'Buys.',
        type: 'user',
        permissions: 'Orders',
        trust_zone: 'outside',
      },
    ],
    components: [{ symbolic_name: 'shop', title: 'Shop\nservice', description: 'Sells.', trust_zone: 'inside' }],
    data_stores: [
      {
        symbolic_name: 'orders',
        title: 'Orders',
        description: 'All.',
        type: 'sql',
        vendor: 'Acme',
        product: 'Base',
        trust_zone: 'inside',
      },
    ],
    data_sets: [
      {
        symbolic_name: 'people',
        title: 'Customers',
        description: 'Names.',
        placements: [{ data_store: 'orders', encrypted: true }],
        data_sensitivity: ['pii', 'biz'],
      },
    ],
    data_flows: [
      flow({}),
      flow({ symbolic_name: 'store', title: 'Save', source: at('component', 'shop'), destination: at('data_store', 'orders') }),
    ],
    assumptions: [{ description: 'Staff is trained.', validity: 'unconfirmed' }],
    threat_personas: [{ symbolic_name: 'thief', title: 'A thief', description: 'Steals.', skill_level: 'insider' }],
    threats: [threat({})],
    controls: [control({})],
    risks: [{ symbolic_name: 'loss', title: 'Loss', threats: ['theft'], likelihood: 'likely', impact: 'minor', score: 8 }],
    ...more,
  }
}

function at(type: string, object: string): Fields {
  return { type, object }
}

function flow(more: Fields): Fields {
  const ends = { source: at('actor', 'customer'), destination: at('component', 'shop') }
  return { symbolic_name: 'order', title: 'Order', description: '', ...ends, has_sensitive_data: true, encrypted: false, ...more }
}

function threat(more: Fields): Fields {
  return {
    symbolic_name: 'theft',
    title: 'Orders are stolen',
    description: 'By reading the store.',
    components_affected: ['orders'],
    threat_persona: 'thief',
    event: 'theft',
    sources: ['adversary'],
    weaknesses: [{ cwe_id: 200, cwe_title: 'Exposure' }],
    ...more,
  }
}

function control(more: Fields): Fields {
  return {
    symbolic_name: 'lock',
    title: 'Lock the store',
    description: 'With a key.',
    threats: ['theft'],
    status: 'active',
    ...more,
  }
}

const losses = (fields: Fields) => imported(model(fields)).summary.losses.map(({ at: place, what }) => `${place} ${what}`)

describe('a model of the OWASP Threat Model Library', () => {
  const { design, summary } = imported(model())

  test('fits our schemas and is counted by what it holds', () => {
    expectSound(design)
    expect(summary).toMatchObject({ format: 'tm-library', formatVersion: '1.0.2' })
    expect(summary.counts).toMatchObject({
      processes: 1,
      dataStores: 1,
      externalEntities: 1,
      flows: 2,
      boundaries: 2,
      dataAssets: 1,
      threats: 1,
      mitigations: 1,
      diagrams: 1,
    })
    expect(design.settings.design).toMatchObject({ name: 'Shop', purpose: 'Sells things.' })
  })

  test('zones are boundaries with stated insides, of a kind nobody stated', () => {
    const inside = named(design.boundaries, 'Data centre')
    expect(inside).toMatchObject({ kind: 'unknown', membership: 'stated', description: 'Ours.' })
    expect(inside.trustLevel).toBeUndefined()
    expect(named(design.elements, 'Orders').boundary).toBe(inside.id)
    expect(named(design.elements, 'Customer').boundary).toBe(named(design.boundaries, 'Internet').id)
  })

  test('actors, components and stores are elements; a store says what it is made with', () => {
    expect(named(design.elements, 'Customer')).toMatchObject({
      kind: 'externalEntity',
      foreign: { type: 'user', permissions: 'Orders' },
      provenance: { kind: 'import', tool: 'OWASP Threat Model Library 1.0.2', originalId: 'customer' },
    })
    expect(named(design.elements, 'Shop service')).toMatchObject({ kind: 'process', foreign: { title: 'Shop\nservice' } })
    expect(named(design.elements, 'Orders')).toMatchObject({
      kind: 'dataStore',
      technology: 'Acme Base',
      foreign: { type: 'sql' },
    })
  })

  test('data has the class its kind states, and lies where it is placed', () => {
    const people = named(design.data, 'Customers')
    expect(people).toMatchObject({ class: 'D3', personal: 'yes', foreign: { data_sensitivity: ['pii', 'biz'] } })
    expect(named(design.elements, 'Orders')).toMatchObject({ data: { [people.id]: true }, attributes: { encryptsAtRest: 'yes' } })
  })

  test('flows join what their ends name; what they carry is a question', () => {
    const order = named(design.flows, 'Order')
    expect([order.source, order.target]).toEqual([
      named(design.elements, 'Customer').id,
      named(design.elements, 'Shop service').id,
    ])
    expect(order).toMatchObject({ encryption: 'no', foreign: { has_sensitive_data: true } })
    expect(order.data).toBeUndefined()
    expect(summary.problems).toContainEqual(expect.objectContaining({ code: 'import.sensitive', at: order.id }))
  })

  test('threats keep weakness, persona, object and rating, and get no category', () => {
    const theft = named(design.threats, 'Orders are stolen')
    expect(theft).toMatchObject({
      source: 'A thief',
      categories: {},
      cwe: { 'CWE-200': true },
      elements: { [named(design.elements, 'Orders').id]: true },
      likelihood: 4,
      impactScale: 2,
      foreign: { event: 'theft', sources: ['adversary'], weaknesses: [{ cwe_id: 200, cwe_title: 'Exposure' }] },
    })
    expect(losses({})).toContain('/threats/0 Category of 1 threat')
  })

  test('controls mitigate the threats they name; assumptions come along', () => {
    const lock = named(design.mitigations, 'Lock the store')
    expect(lock).toMatchObject({ status: 'implemented', threats: { [named(design.threats, 'Orders are stolen').id]: true } })
    expect(rowsOf(design.assumptions).map(({ statement }) => statement)).toEqual(['Staff is trained.'])
  })

  test('what has no place is kept, and told', () => {
    expect(design.settings.design?.foreign).toMatchObject({
      version: '1.4',
      scope: { exposure: 'external', tier: 'important' },
      trust_boundaries: [{ authentication_methods: ['sso'] }],
      threat_personas: [{ skill_level: 'insider' }],
      risks: [{ score: 8 }],
    })
    expect(losses({})).toEqual(
      expect.arrayContaining(['/scope exposure, tier of the scope', '/trust_boundaries Details of 1 zone pair']),
    )
  })

  test('keys that nobody knows stay where they were', () => {
    const strange = imported(
      model({ extensions: { 'example.org/x': 1 }, components: [{ symbolic_name: 'shop', title: 'Shop', colour: 'red' }] }),
    )
    expect(strange.design.settings.design?.foreign).toMatchObject({ extensions: { 'example.org/x': 1 } })
    expect(named(strange.design.elements, 'Shop').foreign).toEqual({ colour: 'red' })
  })
})

describe('what a file leaves open', () => {
  test.each([
    ['active', 'implemented', undefined],
    ['scheduled', 'planned', undefined],
    ['approved', 'planned', 'approved'],
    ['suggested', 'planned', 'suggested'],
    ['assumed', 'planned', 'assumed'],
    ['hoped for', 'planned', 'hoped for'],
  ])('a control of status %s is %s', (status, expected, kept) => {
    const { design, summary } = imported(model({ controls: [control({ status })] }))
    const lock = named(design.mitigations, 'Lock the store')
    expect(lock.status).toBe(expected)
    expect(lock.foreign?.status).toBe(kept)
    expect(summary.problems.some(({ code }) => code === 'import.status')).toBe(status === 'hoped for')
  })

  test.each(['retired', 'wont_do'])('a control of status %s mitigates nothing and is kept', status => {
    const { design, summary } = imported(model({ controls: [control({ status })] }))
    expect(rowsOf(design.mitigations)).toEqual([])
    expect(design.settings.design?.foreign).toMatchObject({ controls: [{ title: 'Lock the store', status }] })
    expect(summary.losses).toContainEqual(expect.objectContaining({ at: '/controls/0', what: 'Control "Lock the store"' }))
  })

  test('a rejected assumption is assumed by nobody', () => {
    const { design } = imported(model({ assumptions: [{ description: 'Nobody steals.', validity: 'rejected' }] }))
    expect(rowsOf(design.assumptions)).toEqual([])
    expect(design.settings.design?.foreign).toMatchObject({ assumptions: [{ description: 'Nobody steals.' }] })
  })

  test.each([
    [['cred', 'pii'], 'D4', 'yes'],
    [['phi'], 'D3', 'yes'],
    [['pci'], 'D3', undefined],
    [['biz', 'fin', 'ip', 'gov', 'op'], undefined, undefined],
    [[], undefined, undefined],
  ])('data of kind %j has class %s', (data_sensitivity, dataClass, personal) => {
    const { design } = imported(model({ data_sets: [{ symbolic_name: 'x', title: 'X', placements: [], data_sensitivity }] }))
    expect([named(design.data, 'X').class, named(design.data, 'X').personal]).toEqual([dataClass, personal])
  })

  test('encryption at rest is known where all or none of the data is encrypted', () => {
    const answer = (...encrypted: readonly unknown[]) => {
      const placed = encrypted.map((one, i) => ({
        symbolic_name: `set-${i}`,
        title: `Set ${i}`,
        placements: [{ data_store: 'orders', encrypted: one }],
        data_sensitivity: ['biz'],
      }))
      const { design } = imported(model({ data_sets: placed }))
      const kept = rowsOf(design.data).some(({ foreign }) => foreign?.placements !== undefined)
      return [named(design.elements, 'Orders').attributes?.encryptsAtRest, kept]
    }
    expect(answer(true, true)).toEqual(['yes', false])
    expect(answer(false)).toEqual(['no', false])
    expect(answer(true, false)).toEqual([undefined, true])
    expect(answer(undefined)).toEqual([undefined, true])
  })

  test('an end that names nothing hangs loose; one of the wrong type is joined by its name, and both are told', () => {
    const flows = [
      flow({ source: at('actor', 'nobody') }),
      flow({ symbolic_name: 'b', title: 'B', destination: at('data_store', 'shop') }),
    ]
    const { design, summary } = imported(model({ data_flows: flows }))
    expect(named(design.flows, 'Order').source).toBeUndefined()
    expect(named(design.flows, 'Order').foreign).toMatchObject({ source: { object: 'nobody' } })
    expect(named(design.flows, 'B').target).toBe(named(design.elements, 'Shop service').id)
    expect(summary.losses.map(({ at: place }) => place)).toEqual(
      expect.arrayContaining(['/data_flows/0/source', '/data_flows/1/destination']),
    )
    expect(summary.problems.map(({ code }) => code)).toContain('import.looseEnd')
  })

  test('two of one name are told apart, and the first is meant', () => {
    const twins = ['First', 'Second'].map(title => ({ symbolic_name: 'shop', title, trust_zone: 'inside' }))
    const { design, summary } = imported(model({ components: twins }))
    expectSound(design)
    expect(named(design.flows, 'Order').target).toBe(named(design.elements, 'First').id)
    expect(summary.problems).toContainEqual(
      expect.objectContaining({ code: 'import.sameId', at: named(design.elements, 'Second').id }),
    )
  })

  test('links that lead nowhere are losses and stay under foreign', () => {
    const broken = model({
      threats: [threat({ components_affected: ['orders', 'nothing'] })],
      controls: [control({ threats: ['nothing'] })],
      risks: [{ title: 'Loss', threats: ['nothing'], likelihood: 'often', impact: 'minor' }],
      components: [{ symbolic_name: 'shop', title: 'Shop', trust_zone: 'nowhere' }],
    })
    const { design, summary } = imported(broken)
    expectSound(design)
    expect(named(design.threats, 'Orders are stolen').foreign).toMatchObject({ components_affected: ['orders', 'nothing'] })
    expect(named(design.mitigations, 'Lock the store').foreign).toMatchObject({ threats: ['nothing'] })
    expect(named(design.elements, 'Shop').foreign).toMatchObject({ trust_zone: 'nowhere' })
    const places = summary.losses.map(({ at: place }) => place)
    expect(places).toEqual(
      expect.arrayContaining([
        '/threats/0/components_affected/1',
        '/controls/0/threats/0',
        '/risks/0/threats/0',
        '/components/0/trust_zone',
      ]),
    )
  })

  test('of several risks the highest counts', () => {
    const risks = [
      { title: 'A', threats: ['theft'], likelihood: 'rare', impact: 'severe' },
      { title: 'B', threats: ['theft'], likelihood: 'certain', impact: 'minor' },
    ]
    const { design } = imported(model({ risks }))
    expect(named(design.threats, 'Orders are stolen')).toMatchObject({ likelihood: 5, impactScale: 5 })
  })
})

describe('a file that cannot be read', () => {
  test('names the list that is none', () => {
    expect(refused(model({ components: {} }))).toMatchObject({ code: 'tmLibrary.list', at: 'model.json:/components' })
    expect(refused(model({ threats: 'none' })).message).toContain('a string')
  })

  test('is too large', () => {
    const many = Array.from({ length: 50_001 }, () => 0)
    expect(refused(model({ data_flows: many }))).toMatchObject({ code: 'import.tooMany', at: 'model.json:/data_flows' })
    const linked = [threat({ components_affected: Array.from({ length: 200_001 }, () => 'x') })]
    expect(refused(model({ threats: linked })).message).toContain('links')
  })

  test('or holds things that are no objects, which are losses', () => {
    const { design, summary } = imported(model({ actors: [7, null], scope: 'none', risks: ['x'] }))
    expectSound(design)
    expect(design.settings.design?.name).toBe('Unnamed model')
    expect(summary.losses.filter(({ at: place }) => place.startsWith('/actors/'))).toHaveLength(2)
  })
})
