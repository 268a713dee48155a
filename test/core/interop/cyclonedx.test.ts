import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import { isCycloneDx } from '../../../core/interop/cyclonedx/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { model, read, SERIAL } from './cyclonedx-file.ts'
import { named } from './imported.ts'

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

test('is recognized by either name of its own', () => {
  expect([{ bomFormat: 'CycloneDX' }, { specFormat: 'CycloneDX' }, { bomFormat: 'SPDX' }, {}].map(isCycloneDx)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
