import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { importModel } from '../../../core/interop/import.ts'
import { differencesOf } from '../../../core/interop/writing/read-back.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { rawDifferences } from '../../corpus/raw-differences.ts'
import { asset, designOf, element, flow, requirement } from '../model/designs.ts'
import { control, model, PARTS, read, risk } from './cyclonedx-file.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { expectSound, named, occasion, read as readFile, stamp } from './imported.ts'
import { randomDesign } from './random-design.ts'
import { wildText } from './random-texts.ts'
import { placesOf, roundOf } from './round-measured.ts'

type File = {
  readonly [key: string]: unknown
  readonly controls: readonly Readonly<Record<string, unknown>>[]
  readonly threats: { readonly threats: readonly Readonly<Record<string, unknown>>[] }
  readonly blueprints: readonly Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>[]
}

const keyOf = (object: Readonly<Record<string, unknown>>) =>
  JSON.stringify(object['bom-ref'] ?? object.ref ?? object.name ?? object.category ?? object.cweId ?? object.id ?? object)

function written(design: Design): File {
  return JSON.parse(roundOf(design, 'cyclonedx').text) as File
}

function patch(table: 'mitigations' | 'threats' | 'flows' | 'elements', id: string, fields: object): Change {
  return { kind: 'patch', table, id, fields: fields as Record<string, unknown> }
}

describe('a model of another program', () => {
  const { design } = read(model())
  const { text, losses, back } = roundOf(design, 'cyclonedx')

  test('comes back as it was, and so does the design', () => {
    const differences = rawDifferences(model(), JSON.parse(text), keyOf).filter(({ kind }) => kind !== 'added')
    expect(differences.map(({ at }) => at)).toEqual([
      // Vendor and product are one technology here.
      '/blueprints/0/dataStores/0/product',
      '/blueprints/0/dataStores/0/vendor',
      // It named the component for which the asset stands.
      '/blueprints/0/flows/1/destination',
      '/serialNumber',
      // A number needs no name of its own.
      '/threats/threats/0/weaknesses/0',
    ])
    expect(differencesOf(design, back)).toMatchObject({
      missing: [],
      added: [],
      fields: [{ table: 'settings', field: 'foreign' }],
    })
    expect(placesOf(losses)).toEqual(['provenance', 'settings/foreign'])
  })

  test('says what people decided since, in the words of the format', () => {
    const lock = named(design.mitigations, 'Lock the store')
    const theft = named(design.threats, 'Orders are stolen')
    const order = named(design.flows, 'Order')
    const edited = applyChanges(design, [
      patch('mitigations', lock.id, { status: 'planned', threats: undefined }),
      patch('threats', theft.id, { categories: { tampering: true }, cwe: { 'CWE-79': true } }),
      patch('flows', order.id, { protocol: 'quic', authentication: 'yes' }),
    ])
    const file = written(edited)
    expect(file.controls[0]).toMatchObject({ 'bom-ref': 'lock', status: 'planned' })
    expect(file.threats.threats[0]).toMatchObject({
      categories: [
        { taxonomy: 'STRIDE', category: 'tampering' },
        { taxonomy: 'LINDDUN', category: 'linkability' },
        { taxonomy: 'MAESTRO', category: 'data-operations' },
      ],
      mitigations: ['req'],
    })
    expect(file.threats.threats[0]?.weaknesses).toContainEqual({ cweId: 79 })
    expect(file.blueprints[0]?.flows?.find(one => one['bom-ref'] === 'order')).toMatchObject({
      protocols: ['quic'],
      authentication: [{ name: 'authenticated' }],
    })
  })

  test('a decision that was taken back does not come again', () => {
    const accepted = {
      'bom-ref': 'yes',
      strategy: 'accept',
      status: 'approved',
      owner: { roles: [{ role: 'owner' }], person: { name: 'Head' } },
    }
    const decided = read(model({ risks: { risks: [risk({ status: 'accepted', responses: [accepted] })] } })).design
    expect(Object.keys(decided.acceptances)).toHaveLength(1)
    expect(differencesOf(decided, roundOf(decided, 'cyclonedx').back).added).toEqual([])
    // What tells a newer revision of a file from a person's work is about this file, which is another one.
    expect(withoutMarks(roundOf(decided, 'cyclonedx').back.acceptances)).toEqual(withoutMarks(decided.acceptances))
    const open = { ...decided, acceptances: {} }
    expect(roundOf(open, 'cyclonedx').back.acceptances).toEqual({})
  })

  test('controls that nobody will do and assumptions that were taken back stay in the file', () => {
    const assumptions = [
      ...(PARTS.assumptions as readonly object[]),
      { 'bom-ref': 'no', description: 'Wrong.', validity: 'invalid' },
    ]
    const more = read(
      model({ controls: [control({}), control({ 'bom-ref': 'off', status: 'rejected' })] }, { assumptions }),
    ).design
    const file = written(more)
    expect(file.controls.map(one => [one['bom-ref'], one.status])).toEqual([
      ['lock', 'implemented'],
      ['off', 'rejected'],
    ])
    expect(file.blueprints[0]?.assumptions).toContainEqual({ 'bom-ref': 'no', description: 'Wrong.', validity: 'invalid' })
  })

  test('a second diagram and places drawn since are in the file', () => {
    const [page] = Object.values(design.diagrams)
    const [thing] = Object.keys(page?.elements ?? {})
    const layout = { id: `${page?.id}.${thing}`, x: 1, y: 2.5 }
    const drawn = applyChanges(design, [
      { kind: 'put', table: 'layout', row: layout },
      {
        kind: 'put',
        table: 'diagrams',
        row: { id: 'G-00001', name: 'Second', elements: { [thing ?? '']: true }, provenance: { kind: 'human', at: stamp.at } },
      },
    ])
    expect(roundOf(drawn, 'cyclonedx').back).toMatchObject({
      layout: { [layout.id]: layout },
      diagrams: { 'G-00001': { name: 'Second' } },
    })
  })
})

test('what must be shown of a requirement stands there as its criteria, and is not taken for words of its own when it comes back', () => {
  const design = designOf(
    element('E-00001'),
    requirement('R-00001', 'The API shall ask twice.', { elements: { 'E-00001': true } }),
    {
      ...{ id: 'W-00001', name: 'Ask', goal: 'Ask twice.', operation: 'generate', requirements: { 'R-00001': true } },
      ...{ elements: { 'E-00001': true }, provenance: { kind: 'human', at: stamp.at } },
    },
  )
  const { text, back } = roundOf(design, 'cyclonedx')
  const [first] = (JSON.parse(text) as { definitions: { requirements: Readonly<Record<string, unknown>>[] } }).definitions
    .requirements
  expect(first?.acceptanceCriteria).toContainEqual({
    id: expect.stringMatching(/^C-[0-9A-Z]{8}$/),
    description: 'The API shall ask twice.',
    status: 'pending',
  })
  expect(back.requirements['R-00001']).toEqual({ ...design.requirements['R-00001'], provenance: expect.anything() })
})

test('an empty design makes a small file, which says only what it is', () => {
  const written = exportModel(EMPTY_DESIGN, 'cyclonedx', occasion)
  expect(written).toMatchObject({ ok: true, value: { losses: [], ending: '.cdx.json' } })
})

test('any text comes back as it was, whatever it holds', () => {
  fc.assert(
    fc.property(wildText, wildText, (name, description) => {
      const design = designOf(
        element('E-00001', { name, description, technology: name }),
        flow('F-00001', 'E-00001', undefined, { name, protocol: name, description }),
        requirement('R-00001', name, { description, source: name }),
      )
      const { back } = roundOf(design, 'cyclonedx')
      expect(differencesOf(design, back).fields).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('a damaged file of ours gives a sound design or a refusal', () => {
  const { design } = read(model())
  const file: unknown = JSON.parse(roundOf(design, 'cyclonedx').text)
  expectSoundOrRefused([file], { read: readFile, numRuns: 200 })
})

test('properties of ours that no row may hold are told, and the row stays as it was read', () => {
  const file = JSON.parse(roundOf(designOf(element('E-00001', { name: 'API' })), 'cyclonedx').text) as File
  const [asset] = (file.blueprints[0]?.assets ?? []) as { properties: object[] }[]
  for (const value of ['{', '"D-00009"', '{"D-00009":true}', '"B-00001"', '1']) {
    const name = value.includes('B-') ? 'skeptic:boundary' : 'skeptic:data'
    const bad = { name, value }
    const text = JSON.stringify(file).replace(
      JSON.stringify(asset?.properties),
      JSON.stringify([...(asset?.properties ?? []), bad]),
    )
    const result = importModel('model.json', text, { stamp })
    if (!result.ok) throw new Error('not read')
    expectSound(result.value.design)
    expect(result.value.design.elements['E-00001']).toMatchObject({ name: 'API' })
    expect(result.value.summary.losses.map(({ at }) => at)).toEqual(['/blueprints/0/assets/0'])
  }
})

test('what another program has changed in a file of ours since goes before our properties', () => {
  const text = roundOf(designOf(asset('D-00001', 'D2'), element('E-00001', { name: 'API', technology: 'Go' })), 'cyclonedx').text
  const file = JSON.parse(text) as { blueprints: { dataSets: Record<string, unknown>[] }[] }
  const [set] = file.blueprints[0]?.dataSets ?? []
  if (!set) throw new Error('no data set')
  const unchanged = importModel('model.json', JSON.stringify(file), { stamp })
  expect(unchanged.ok && unchanged.value.design.data['D-00001']).not.toHaveProperty('description')
  set.description = 'Said by another program.'
  const changed = importModel('model.json', JSON.stringify(file), { stamp })
  expect(changed.ok && changed.value.design.data['D-00001']?.description).toBe('Said by another program.')
  expect(changed.ok && changed.value.design.elements['E-00001']?.technology).toBe('Go')
})

test('a design that came back is written as it was before', () => {
  fc.assert(
    fc.property(randomDesign(), design => {
      fc.pre(Object.keys(design.elements).length > 0)
      const { text, back } = roundOf(design, 'cyclonedx')
      const [first, second] = [text, roundOf(back, 'cyclonedx').text].map(
        one => JSON.parse(one) as Readonly<Record<string, unknown>>,
      )
      for (const key of ['blueprints', 'threats', 'controls', 'profiles']) expect(second?.[key]).toEqual(first?.[key])
    }),
    { numRuns: 60 },
  )
})

function withoutMarks(rows: object): unknown {
  return JSON.parse(JSON.stringify(rows, (key, value: unknown) => (key === 'asImported' ? undefined : value)))
}
