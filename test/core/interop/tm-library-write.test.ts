import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../../core/interop/import.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { asset, boundary, designOf, element, flow } from '../model/designs.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { named, read, stamp } from './imported.ts'
import { wildText } from './random-texts.ts'
import { expectToldOrSame, roundOf } from './round-measured.ts'

type Fields = Readonly<Record<string, unknown>>
type File = Readonly<Record<string, readonly Fields[]>>

const provenance = { kind: 'human', at: stamp.at } as const
const threat: AnyRow = {
  ...{
    id: 'T-00001',
    statement: 'Orders are stolen.',
    source: 'A thief',
    categories: { tampering: true },
    cwe: { 'CWE-79': true },
  },
  ...{ elements: { 'E-00001': true }, likelihood: 4, impactScale: 2, provenance },
}
const mitigation: AnyRow = { id: 'M-00001', statement: 'Lock it.', threats: { 'T-00001': true }, status: 'verified', provenance }
const shop = designOf(
  boundary('B-00001', undefined, { name: 'Inside' }),
  element('E-00001', { name: 'API', boundary: 'B-00001' }),
  element('E-00002', {
    name: 'Orders',
    kind: 'dataStore',
    technology: 'PostgreSQL 17',
    data: { 'D-00001': true },
    attributes: { encryptsAtRest: 'yes' },
  }),
  element('E-00003', { name: 'Customer', kind: 'externalEntity' }),
  asset('D-00001', 'D4'),
  flow('F-00001', 'E-00003', 'E-00001', { data: { 'D-00001': true }, encryption: 'unknown' }),
  flow('F-00002', 'E-00001', undefined),
  threat,
  mitigation,
)

function written(design: Design): File {
  return JSON.parse(roundOf(design, 'tm-library').text) as File
}

describe('a design of ours', () => {
  const { losses, back } = roundOf(shop, 'tm-library')
  const file = written(shop)

  test('lies in zones, and what lies in none lies in one that is read back as none', () => {
    expect(file.trust_zones?.map(one => one.symbolic_name)).toEqual(['b-00001', 'no-trust-boundary'])
    expect(file.actors?.[0]).toMatchObject({ symbolic_name: 'e-00003', trust_zone: 'no-trust-boundary' })
    expect(file.trust_boundaries).toEqual([{ trust_zone_a: 'b-00001', trust_zone_b: 'no-trust-boundary' }])
    expect(Object.keys(back.boundaries)).toEqual(['B-00001'])
    expect(back.elements['E-00003']).not.toHaveProperty('boundary')
    expect(losses).toContainEqual(expect.objectContaining({ at: 'elements/boundary', what: 'Zone of 2 elements' }))
  })

  test('has flows with both ends, of which a loose one leads to nothing', () => {
    expect(file.data_flows?.[1]).toMatchObject({ destination: { type: 'component', object: 'not-connected' }, encrypted: false })
    expect(back.flows['F-00002']).toMatchObject({ source: 'E-00001' })
    expect(back.flows['F-00002']).not.toHaveProperty('target')
    expect(back.flows['F-00001']).not.toHaveProperty('encryption')
    expect(Object.keys(back.elements).sort()).toEqual(['E-00001', 'E-00002', 'E-00003'])
    expect(file.data_flows?.[0]).toMatchObject({ has_sensitive_data: true })
  })

  test('says threats, controls and risks in the words of the format', () => {
    expect(file.threats?.[0]).toMatchObject({
      components_affected: ['e-00001'],
      weaknesses: [{ cwe_id: 79 }],
      threat_persona: 'persona-t-00001',
    })
    expect(file.controls?.[0]).toMatchObject({ status: 'active', threats: ['t-00001'] })
    expect(file.risks?.[0]).toMatchObject({ likelihood: 'likely', impact: 'minor', score: 8, level: 'medium' })
    expect(back.threats['T-00001']).toMatchObject({ likelihood: 4, impactScale: 2, source: 'A thief' })
    expect(losses).toContainEqual(expect.objectContaining({ at: 'mitigations/status', what: 'Status of 1 mitigation' }))
  })

  test('says where data lies, and whether it is encrypted there', () => {
    expect(file.data_stores?.[0]).toMatchObject({ type: 'sql', product: 'PostgreSQL 17' })
    expect(file.data_sets?.[0]).toMatchObject({
      placements: [{ data_store: 'e-00002', encrypted: true }],
      data_sensitivity: ['cred'],
    })
    expect(back.elements['E-00002']).toMatchObject({ data: { 'D-00001': true }, attributes: { encryptsAtRest: 'yes' } })
    expect(back.data['D-00001']?.class).toBe('D4')
  })

  test('comes back without keys beside its rows', () => {
    for (const table of [back.elements, back.flows, back.data, back.threats, back.mitigations, back.settings])
      for (const row of Object.values(table)) expect(row).not.toHaveProperty('foreign')
  })
})

test('what people decided since an import goes before what the file had said', () => {
  const model = written(shop)
  const { extensions: _extensions, ...others } = model
  const controls = [{ ...model.controls?.[0], status: 'suggested', priority: 'high' }]
  const read = importModel('model.json', JSON.stringify({ ...others, controls }), { stamp })
  if (!read.ok) throw new Error('not read')
  const lock = named(read.value.design.mitigations, 'Lock it.')
  expect(written(read.value.design).controls?.[0]).toMatchObject({
    symbolic_name: 'm-00001',
    status: 'suggested',
    priority: 'high',
  })
  const done = applyChanges(read.value.design, [
    { kind: 'patch', table: 'mitigations', id: lock.id, fields: { status: 'implemented' } },
  ])
  expect(written(done).controls?.[0]).toMatchObject({ symbolic_name: 'm-00001', status: 'active' })
  const [only] = Object.keys(read.value.design.threats)
  const rated = applyChanges(read.value.design, [{ kind: 'patch', table: 'threats', id: only ?? '', fields: { likelihood: 1 } }])
  expect(written(rated).risks).toHaveLength(1)
  expect(written(rated).risks?.[0]).toMatchObject({ likelihood: 'rare', impact: 'minor' })
})

test('an empty design is a file that says so', () => {
  expect(written(EMPTY_DESIGN)).toMatchObject({ trust_zones: [], components: [], data_flows: [] })
})

test('any text comes back, or is told', () => {
  fc.assert(
    fc.property(wildText, wildText, (name, description) => {
      const design = designOf(
        element('E-00001', { name, description, kind: 'dataStore', technology: name }),
        flow('F-00001', 'E-00001', 'E-00001', { name, description }),
        { ...(threat as object), statement: name, source: description } as AnyRow,
      )
      expectToldOrSame(design, 'tm-library')
    }),
    { numRuns: 100 },
  )
})

test('a damaged file of ours gives a sound design or a refusal', () => {
  const file: unknown = written(shop)
  expectSoundOrRefused([file], { read, numRuns: 300 })
})
