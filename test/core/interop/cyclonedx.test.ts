import { describe, expect, test } from 'vitest'
import type { ReadModel } from '../../../core/interop/building.ts'
import { countsOf } from '../../../core/interop/counts.ts'
import { isCycloneDx, readCycloneDx } from '../../../core/interop/cyclonedx.ts'
import { type Loss, lossesOf } from '../../../core/interop/import-report.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Problem } from '../../../core/support/result.ts'
import { ends } from '../../support/ends.ts'
import { expectSound, named, stamp } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

/** A small model of our own that holds one of everything. */
function model(more: Fields = {}, blueprint: Fields = {}): Fields {
  return {
    specFormat: 'CycloneDX',
    specVersion: '2.0',
    serialNumber: SERIAL,
    metadata: { component: { type: 'application', 'bom-ref': 'shop', name: 'Shop', description: 'Sells things.' } },
    components: [{ type: 'application', 'bom-ref': 'comp-mail', name: 'Mail sender' }],
    blueprints: [{ 'bom-ref': 'bp', name: 'Shop overview', modelTypes: ['data-flow'], ...PARTS, ...blueprint }],
    threats: {
      threats: [threat({})],
      scenarios: [scenario({})],
      attackTrees: [{ 'bom-ref': 'tree', name: 'Tree', root: 'node' }],
    },
    controls: [control({})],
    risks: { risks: [risk({})] },
    definitions: { requirements: [requirement({})] },
    profiles: { threatProfiles: [{ 'bom-ref': 'tp', name: 'A thief' }] },
    ...more,
  }
}

const SERIAL = 'urn:uuid:00000000-0000-4000-8000-000000000001'

const PARTS: Fields = {
  zones: [
    { 'bom-ref': 'net', name: 'Internet', type: 'network' },
    { 'bom-ref': 'dc', name: 'Data centre', type: 'trust' },
    { 'bom-ref': 'db', name: 'Database network', type: 'organizational', parent: 'dc', constraints: ['none'] },
  ],
  boundaries: [{ 'bom-ref': 'pair', zones: ['net', 'dc'], crossingRequirements: { logging: true } }],
  actors: [{ 'bom-ref': 'user', party: { persona: { archetype: 'customer' } }, zone: 'net' }],
  assets: [
    { 'bom-ref': 'web', type: 'service', name: 'Web shop', zone: 'dc', responsibilities: ['Sell'] },
    { 'bom-ref': 'mail', componentRef: 'comp-mail', zone: 'dc' },
    { 'bom-ref': 'logs', type: 'data', name: 'Logs', classification: { classification: 'internal' } },
  ],
  dataStores: [
    {
      'bom-ref': 'orders',
      name: 'Orders',
      type: 'relational',
      vendor: 'Acme',
      product: 'Base',
      zone: 'db',
      dataSets: ['people'],
    },
  ],
  dataSets: [
    {
      'bom-ref': 'people',
      name: 'Customers',
      description: 'Names.',
      dataProfiles: [{ name: 'Personal', classification: 'restricted' }],
      placements: [{ dataStore: 'orders', encrypted: true }],
    },
  ],
  flows: [
    {
      'bom-ref': 'order',
      name: 'Order',
      type: 'data',
      source: 'user',
      destination: 'web',
      encrypted: true,
      bidirectional: true,
      protocols: ['https', 'http'],
      authentication: ['none'],
      dataObjects: [{ name: 'basket' }],
    },
    {
      'bom-ref': 'send',
      name: 'Send',
      type: 'message',
      source: 'web',
      destination: 'comp-mail',
      dataObjects: [{ name: 'basket' }],
    },
  ],
  assumptions: [{ 'bom-ref': 'asm', description: 'Staff is trained.', validity: 'unverified', impact: 'Passwords leak.' }],
  useCases: [{ assets: ['web'], flows: ['order'], requirements: ['req'] }],
}

function threat(more: Fields): Fields {
  return {
    'bom-ref': 'theft',
    name: 'Orders are stolen',
    description: 'By reading the store.',
    categories: [
      { taxonomy: 'STRIDE', category: 'information-disclosure' },
      { taxonomy: 'LINDDUN', category: 'linkability' },
      { taxonomy: 'MAESTRO', category: 'data-operations' },
    ],
    weaknesses: [{ 'bom-ref': 'wk', cweId: 200 }],
    affectedAssets: ['orders', 'order', 'people'],
    mitigations: ['lock', 'req'],
    ...more,
  }
}

function scenario(more: Fields): Fields {
  const rating = { likelihood: { level: 'low' }, impact: { level: 'moderate' } }
  const names = { threats: ['theft'], threatProfile: 'tp', affectedAssets: ['web'] }
  return { 'bom-ref': 'sc', name: 'A break-in', ...names, ...rating, ...more }
}

function control(more: Fields): Fields {
  return { 'bom-ref': 'lock', name: 'Lock the store', description: 'With a key.', status: 'implemented', ...more }
}

function risk(more: Fields): Fields {
  const inherentRisk = { likelihood: { level: 'very-high' }, impact: { level: 'low' } }
  return { 'bom-ref': 'loss', name: 'Loss', statement: 'Orders are lost.', relatedThreats: ['theft'], inherentRisk, ...more }
}

function requirement(more: Fields): Fields {
  return {
    'bom-ref': 'req',
    id: 'REQ-1',
    name: 'Ask twice',
    type: ['functional', 'security'],
    priority: 'medium',
    status: 'approved',
    acceptanceCriteria: [{ id: 'AC-1', description: 'A second factor is asked for.', status: 'pending' }],
    ...more,
  }
}

type Read = ReadModel & { readonly losses: readonly Loss[]; readonly problems: readonly Problem[] }

function read(file: Fields): Read {
  const result = readCycloneDx('model.json', file, stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  expectSound(result.value.design)
  return { ...result.value, losses: lossesOf(result.value.report), problems: result.value.report.problems }
}

function refused(file: Fields): Problem {
  const result = readCycloneDx('model.json', file, stamp)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0].at).toMatch(/^model\.json/)
  expect(result.problems[0].cure).toBeTruthy()
  return result.problems[0]
}

describe('a CycloneDX threat model', () => {
  const { design, losses, problems, formatVersion } = read(model())

  test('is counted by what it holds', () => {
    expect(formatVersion).toBe('2.0')
    expect(problems).toEqual([])
    expect(countsOf(design)).toMatchObject({
      processes: 2,
      dataStores: 1,
      externalEntities: 1,
      flows: 2,
      boundaries: 3,
      dataAssets: 3,
      threats: 1,
      mitigations: 2,
      requirements: 1,
      diagrams: 1,
    })
    expect(design.settings.design).toMatchObject({ name: 'Shop', purpose: 'Sells things.' })
  })

  test('zones are boundaries, in each other as stated, of the kind stated', () => {
    expect(named(design.boundaries, 'Internet')).toMatchObject({ kind: 'network', membership: 'stated' })
    expect(named(design.boundaries, 'Data centre')).toMatchObject({ kind: 'unknown', foreign: { type: 'trust' } })
    expect(named(design.boundaries, 'Database network')).toMatchObject({
      kind: 'organisation',
      parent: named(design.boundaries, 'Data centre').id,
      foreign: { constraints: ['none'] },
    })
  })

  test('actors, assets and stores are elements; what stands for a component has its name', () => {
    expect(named(design.elements, 'customer')).toMatchObject({
      kind: 'externalEntity',
      boundary: named(design.boundaries, 'Internet').id,
      provenance: { kind: 'import', tool: 'CycloneDX 2.0', originalId: 'user' },
    })
    expect(named(design.elements, 'Web shop')).toMatchObject({ kind: 'process', foreign: { responsibilities: ['Sell'] } })
    expect(named(design.elements, 'Mail sender')).toMatchObject({ kind: 'process', foreign: { componentRef: 'comp-mail' } })
    expect(named(design.elements, 'Orders')).toMatchObject({ kind: 'dataStore', technology: 'Acme Base' })
  })

  test('data has the class a profile states, and lies where it is placed', () => {
    const people = named(design.data, 'Customers')
    expect(people).toMatchObject({ class: 'D3', description: 'Names.' })
    expect(people.foreign?.placements).toBeUndefined()
    expect(named(design.data, 'Logs').class).toBe('D1')
    const orders = named(design.elements, 'Orders')
    expect(orders).toMatchObject({ data: { [people.id]: true }, attributes: { encryptsAtRest: 'yes' } })
    expect(orders.foreign?.dataSets).toBeUndefined()
  })

  test('flows join their ends by either name, and carry what they name', () => {
    const basket = named(design.data, 'basket')
    expect(named(design.flows, 'Order')).toMatchObject({
      source: named(design.elements, 'customer').id,
      target: named(design.elements, 'Web shop').id,
      protocol: 'https, http',
      authentication: 'no',
      encryption: 'yes',
      bidirectional: true,
      data: { [basket.id]: true },
      foreign: { authentication: ['none'] },
    })
    expect(named(design.flows, 'Send')).toMatchObject({
      target: named(design.elements, 'Mail sender').id,
      data: { [basket.id]: true },
      foreign: { type: 'message' },
    })
  })

  test('threats keep categories, weakness, objects, who acts and the highest rating', () => {
    const theft = named(design.threats, 'Orders are stolen')
    expect(theft).toMatchObject({
      description: 'By reading the store.',
      source: 'A thief',
      categories: { informationDisclosure: true },
      privacy: { linking: true },
      cwe: { 'CWE-200': true },
      flows: { [named(design.flows, 'Order').id]: true },
      data: { [named(design.data, 'Customers').id]: true },
      likelihood: 5,
      impactScale: 3,
    })
    expect(Object.keys(theft.elements ?? {}).sort()).toEqual(
      [named(design.elements, 'Orders').id, named(design.elements, 'Web shop').id].sort(),
    )
    expect(theft.foreign).toEqual({
      categories: [
        { taxonomy: 'LINDDUN', category: 'linkability' },
        { taxonomy: 'MAESTRO', category: 'data-operations' },
      ],
    })
  })

  test('controls and requirements that a threat names mitigate it; criteria become checks', () => {
    const theft = { [named(design.threats, 'Orders are stolen').id]: true }
    expect(named(design.mitigations, 'Lock the store')).toMatchObject({ status: 'implemented', threats: theft })
    expect(named(design.mitigations, 'Ask twice')).toMatchObject({
      status: 'planned',
      threats: theft,
      checks: { 'criterion-1': { statement: 'A second factor is asked for.' } },
    })
  })

  test('requirements keep kind, priority, status, criteria and what a use case is about', () => {
    expect(named(design.requirements, 'Ask twice')).toMatchObject({
      kind: 'security',
      priority: 'should',
      status: 'approved',
      description: '- A second factor is asked for.',
      elements: { [named(design.elements, 'Web shop').id]: true },
      flows: { [named(design.flows, 'Order').id]: true },
      foreign: { id: 'REQ-1', acceptanceCriteria: [{ id: 'AC-1', status: 'pending' }] },
    })
  })

  test('assumptions say what breaks', () => {
    expect(rowsOf(design.assumptions)).toMatchObject([{ statement: 'Staff is trained.', consequence: 'Passwords leak.' }])
  })

  test('what has no place is kept, and told; what leads nowhere is told where it stands', () => {
    expect(named(design.diagrams, 'Shop overview').foreign).toMatchObject({ boundaries: [{ 'bom-ref': 'pair' }] })
    expect(design.settings.design?.foreign).toMatchObject({
      serialNumber: SERIAL,
      threats: { attackTrees: [{ name: 'Tree' }], scenarios: [{ name: 'A break-in' }] },
      risks: { risks: [{ statement: 'Orders are lost.' }] },
    })
    const told = losses.map(({ at, what }) => `${at} ${what}`)
    expect(told).toEqual(
      expect.arrayContaining([
        '/blueprints/0/boundaries Details of 1 zone pair',
        '/threats/attackTrees/0/root A link (root) of "Tree"',
        '/threats/attackTrees Details of 1 attack tree',
      ]),
    )
    expect(losses.filter(({ why }) => why.includes('does not hold'))).toHaveLength(1)
  })
})

describe('what a file leaves open', () => {
  test('links that lead nowhere, elsewhere or to the wrong kind are told, and kept', () => {
    const file = model({
      threats: { threats: [threat({ affectedAssets: ['gone', 'net', 'urn:cdx:1/1#x'], mitigations: ['gone', 'web'] })] },
    })
    const { design, losses } = read(file)
    const theft = named(design.threats, 'Orders are stolen')
    expect(theft.elements).toBeUndefined()
    expect(theft.foreign).toMatchObject({ affectedAssets: ['gone', 'net', 'urn:cdx:1/1#x'], mitigations: ['gone', 'web'] })
    const why = (at: string) => losses.filter(loss => loss.at === `/threats/threats/0/${at}`).map(loss => loss.why)
    expect(why('affectedAssets/0')).toEqual([expect.stringContaining('does not hold')])
    expect(why('affectedAssets/1')).toEqual([expect.stringContaining('which is no element')])
    expect(why('affectedAssets/2')).toEqual([expect.stringContaining('another file')])
    expect(why('mitigations/1')).toEqual([expect.stringContaining('which is no control or requirement')])
  })

  test('a link of the whole file into itself is a link', () => {
    const own = `urn:cdx:${SERIAL.slice('urn:uuid:'.length)}/1#orders`
    const { design } = read(model({ threats: { threats: [threat({ affectedAssets: [own] })] } }))
    expect(named(design.threats, 'Orders are stolen').elements).toEqual({ [named(design.elements, 'Orders').id]: true })
  })

  test('a component that the model speaks of is an element, and no other is', () => {
    const components = ['used', 'unused'].map(ref => ({ 'bom-ref': ref, type: 'application', name: ref }))
    const { design } = read(model({ components, controls: [control({ appliesTo: ['used'] })], blueprints: [] }))
    expect(rowsOf(design.elements).map(({ name }) => name)).toEqual(['used'])
    expect(design.settings.design?.foreign).toMatchObject({ components: [{ name: 'unused' }] })
  })

  test('an end that is no element hangs loose', () => {
    const flows = [{ 'bom-ref': 'f', name: 'F', type: 'data', source: 'gone', destination: 'dc' }]
    const { design, problems } = read(model({}, { flows }))
    expect(named(design.flows, 'F').foreign).toMatchObject({ source: 'gone', destination: 'dc' })
    expect(problems.map(({ code }) => code)).toEqual(['import.looseEnd', 'import.looseEnd'])
  })

  test('zones in a circle are cut once', () => {
    const zones = ['a', 'b', 'c'].map((ref, i, all) => ({ 'bom-ref': ref, name: ref, type: 'trust', parent: all[(i + 1) % 3] }))
    const { design, problems } = read(model({}, { zones, actors: [], assets: [], dataStores: [], flows: [] }))
    expect(rowsOf(design.boundaries).filter(({ parent }) => parent !== undefined)).toHaveLength(2)
    expect(problems.filter(({ code }) => code === 'import.circle')).toHaveLength(1)
  })

  test('two of one name are told apart, and the first is meant', () => {
    const assets = ['First', 'Second'].map(name => ({ 'bom-ref': 'web', type: 'service', name }))
    const { design, problems } = read(model({}, { assets }))
    expect(named(design.flows, 'Order').target).toBe(named(design.elements, 'First').id)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'import.sameId', at: named(design.elements, 'Second').id }))
  })

  test('a scenario without a threat of the file is a threat', () => {
    const { design, losses } = read(model({ threats: { scenarios: [scenario({ threats: ['gone'] })] } }))
    expect(named(design.threats, 'A break-in')).toMatchObject({ source: 'A thief', likelihood: 2, impactScale: 3 })
    expect(losses.map(({ what }) => what)).toContain('Place of 1 threat scenario')
  })

  test.each([
    ['verified', 'implemented', 'verified'],
    ['implemented', 'implemented', undefined],
    ['planned', 'planned', undefined],
    ['in-progress', 'planned', 'in-progress'],
    ['recommended', 'planned', 'recommended'],
    ['hoped for', 'planned', 'hoped for'],
  ])('a control of status %s is %s', (status, expected, kept) => {
    const { design, problems } = read(model({ controls: [control({ status })] }))
    const lock = named(design.mitigations, 'Lock the store')
    expect([lock.status, lock.foreign?.status]).toEqual([expected, kept])
    expect(problems.some(({ code }) => code === 'import.status')).toBe(status === 'hoped for')
  })

  test.each(['rejected', 'decommissioned'])('a control of status %s mitigates nothing and is kept', status => {
    const { design } = read(model({ controls: [control({ status })] }))
    expect(rowsOf(design.mitigations).map(({ statement }) => statement)).toEqual(['Ask twice'])
    expect(design.settings.design?.foreign).toMatchObject({ controls: [{ name: 'Lock the store', status }] })
    expect(named(design.threats, 'Orders are stolen').foreign).toMatchObject({ mitigations: ['lock', 'req'] })
  })

  test('an assumption that is invalid is assumed by nobody', () => {
    const { design } = read(model({}, { assumptions: [{ description: 'Nobody steals.', validity: 'invalid' }] }))
    expect(rowsOf(design.assumptions)).toEqual([])
    expect(design.settings.design?.foreign).toMatchObject({ blueprints: [{ assumptions: [{ description: 'Nobody steals.' }] }] })
  })

  const accept = { 'bom-ref': 'r', strategy: 'accept', status: 'approved', description: 'Cheap.' }
  const owner = { person: { name: 'Risk owner' } }
  test('a decided response of the only risk of a threat is its decision', () => {
    const { design, problems } = read(model({ risks: { risks: [risk({ owner, responses: [accept] })] } }))
    const theft = named(design.threats, 'Orders are stolen').id
    expect(rowsOf(design.acceptances)).toMatchObject([
      { response: 'accept', threat: theft, reason: 'Cheap.', owner: 'Risk owner' },
    ])
    expect(problems.map(({ code, at }) => [code, at])).toEqual([['import.approver', theft]])
  })

  test.each([
    ['proposed', [risk({ owner, responses: [{ ...accept, status: 'proposed' }] })], []],
    ['owned by nobody', [risk({ responses: [accept] })], ['import.noOwner']],
    ['beside another', [risk({ owner, responses: [accept, { ...accept, strategy: 'reduce' }] })], ['import.decision']],
    ['of one of two risks', [risk({ owner, responses: [accept] }), risk({ 'bom-ref': 'two' })], ['import.decision']],
  ])('a response that is %s decides nothing', (_why, risks, codes) => {
    const { design, problems } = read(model({ risks: { risks } }))
    expect(rowsOf(design.acceptances)).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  test('a risk that names a scenario means its threats', () => {
    const risks = [risk({ owner, relatedThreats: ['sc', 'theft'], responses: [accept] })]
    const { design } = read(model({ risks: { risks } }))
    expect(rowsOf(design.acceptances)).toMatchObject([{ threat: named(design.threats, 'Orders are stolen').id }])
    expect(named(design.threats, 'Orders are stolen').likelihood).toBe(5)
  })
})

describe('a draft that writes a model as components', () => {
  const typed = (type: string, more: Readonly<Record<string, string>> = {}) =>
    Object.entries({ type, ...more }).map(([name, value]) => ({ name: `cdx:model:${name}`, value }))
  const component = (ref: string, properties: unknown, more: Fields = {}) => ({
    type: 'threat-model',
    'bom-ref': ref,
    name: ref,
    properties,
    ...more,
  })
  const page = component('page', typed('diagram', { 'diagram:width': '10' }), {
    components: [
      component('inside', typed('boundary', { 'risk:trustRating': '80' })),
      component('user', typed('actor')),
      component('web', typed('server', { inBoundary: 'inside', platform: 'Tomcat', isHardened: 'true' })),
      component('cards', typed('asset', { storedBy: 'web', 'risk:confidentiality': '100', 'risk:availability': '10' })),
      component(
        'pay',
        typed('dataflow', { 'dataflow:source': 'user', 'dataflow:destination': 'gone', 'dataflow:data': 'cards' }),
      ),
      component('file', typed('code', { 'code:line': '3' })),
    ],
  })
  const { design, losses } = read({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [page] })

  test('is read as if it had blueprints', () => {
    const web = named(design.elements, 'web')
    expect(web).toMatchObject({ kind: 'process', technology: 'Tomcat', boundary: named(design.boundaries, 'inside').id })
    expect(web.data).toEqual({ [named(design.data, 'cards').id]: true })
    expect(web.foreign).toEqual({ 'cdx:model:type': 'server', 'cdx:model:isHardened': 'true' })
    expect(named(design.boundaries, 'inside').trustLevel).toBe(80)
    expect(named(design.data, 'cards')).toMatchObject({ confidentiality: 'high', availability: 'low' })
    expect(named(design.flows, 'pay')).toMatchObject({
      source: named(design.elements, 'user').id,
      data: { [named(design.data, 'cards').id]: true },
      foreign: { destination: 'gone' },
    })
    expect(Object.keys(named(design.diagrams, 'page').elements ?? {})).toHaveLength(2)
  })

  test('keeps what is no part of a design, and tells what leads nowhere', () => {
    expect(design.settings.design?.foreign).toMatchObject({ components: [{ name: 'file' }] })
    const places = losses.map(({ at }) => at)
    expect(places).toContain('/components/0/components/4/properties/2/value')
    expect(places).toContain('/components/0/components/5')
  })
})

describe('a file that cannot be read', () => {
  test('holds no model', () => {
    const bill = {
      bomFormat: 'CycloneDX',
      components: [
        { type: 'library', name: 'x' },
        { type: 'library', name: 'y' },
      ],
    }
    expect(refused(bill)).toMatchObject({ code: 'cyclonedx.noModel', message: expect.stringContaining('2 components') })
    const acting = { specFormat: 'CycloneDX', blueprints: [{ name: 'B', modelTypes: [], behaviors: { instances: [] } }] }
    expect(refused(acting).message).toContain('behaviors')
    expect(refused({})).toMatchObject({ code: 'cyclonedx.noModel' })
  })

  test('names the list that is none', () => {
    expect(refused(model({}, { assets: {} }))).toMatchObject({ code: 'cyclonedx.list', at: 'model.json:/blueprints/0/assets' })
    expect(refused(model({ threats: 'none' }))).toMatchObject({ code: 'cyclonedx.list', at: 'model.json:/threats' })
    expect(refused(model({ blueprints: {} }))).toMatchObject({ at: 'model.json:/blueprints' })
    expect(refused(model({ threats: { threats: 7 } })).message).toContain('a number')
  })

  test('is too large', () => {
    const many = (count: number, value: unknown = 0) => Array.from({ length: count }, () => value)
    expect(refused(model({}, { flows: many(100_000) }))).toMatchObject({
      code: 'import.tooMany',
      at: 'model.json:/blueprints/0/flows',
    })
    expect(refused(model({ threats: { threats: [threat({ affectedAssets: many(200_001, 'x') })] } })).message).toContain('links')
    const half = { name: 'B', zones: many(1500, { name: 'z' }) }
    expect(refused(model({ blueprints: [half, half] })).message).toContain('zones')
    const drafts = many(50_001, { type: 'threat-model', properties: [{ name: 'cdx:model:type', value: 'actor' }] })
    expect(refused({ bomFormat: 'CycloneDX', components: drafts }).code).toBe('import.tooMany')
  })

  test('or joins everything to everything, and still ends', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i)
    const twins = many.map(() => ({ 'bom-ref': 'same', type: 'service', name: 'Same' }))
    const uses = [{ assets: many.map(String), requirements: many.map(() => 'req') }]
    expect(refused(model({}, { useCases: uses })).message).toContain('links')
    // Joined one by one, a thousand risks with a hundred scenarios of twenty thousand threats are two thousand million links.
    const scenarios = many.map(i =>
      scenario({ 'bom-ref': `sc${i}`, threats: many.slice(0, i === 0 ? 20_000 : 1).map(() => 'theft') }),
    )
    const risks = many
      .slice(0, 1000)
      .map(i => risk({ 'bom-ref': `risk${i}`, relatedThreats: many.slice(0, 100).map(() => 'sc0') }))
    const file = model({ threats: { threats: [threat({})], scenarios }, risks: { risks } }, { assets: twins })
    expect(ends(() => readCycloneDx('model.json', file, stamp)).ok).toBe(true)
  })

  test('or holds wrong values everywhere, which stay or are losses', () => {
    const wrong = [
      7,
      null,
      'x',
      [],
      { 'bom-ref': {}, name: 4, zone: [], source: {}, categories: 'x', mitigations: {}, status: [] },
    ]
    const parts = Object.fromEntries(Object.keys(PARTS).map(key => [key, wrong]))
    const { design, losses } = read(
      model(
        { threats: { threats: wrong, scenarios: wrong }, controls: wrong, risks: wrong, definitions: { requirements: wrong } },
        parts,
      ),
    )
    expect(rowsOf(design.threats)).toHaveLength(2)
    expect(losses.filter(({ at }) => at.startsWith('/blueprints/0/zones/'))).not.toHaveLength(0)
  })

  test('or uses names that objects have anyway', () => {
    const names = ['__proto__', 'constructor', 'toString']
    const assets = names.map(name => ({ 'bom-ref': name, type: name, name }))
    const file = JSON.parse(
      JSON.stringify(
        model(
          {
            threats: {
              threats: [threat({ affectedAssets: names, categories: [{ taxonomy: 'STRIDE', category: 'constructor' }] })],
            },
          },
          { assets },
        ),
      ),
    ) as Fields
    const { design } = read(file)
    const theft = named(design.threats, 'Orders are stolen')
    expect(Object.keys(theft.elements ?? {})).toHaveLength(3)
    expect(theft.categories).toEqual({})
  })
})

test('is recognized by either name of its own', () => {
  expect([{ bomFormat: 'CycloneDX' }, { specFormat: 'CycloneDX' }, { bomFormat: 'SPDX' }, {}].map(isCycloneDx)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
