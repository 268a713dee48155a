import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../../core/interop/import.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow, Design, Threat } from '../../../core/model/types.ts'
import { designOf, element, flow } from '../model/designs.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { named, read, stamp } from './imported.ts'
import { wildText } from './random-texts.ts'
import { expectToldOrSame, roundOf } from './round-measured.ts'

type Fields = Readonly<Record<string, unknown>>
type File = { readonly [list: string]: readonly Fields[] } & { readonly dataflow?: { readonly description?: string } }

const provenance = { kind: 'human', at: stamp.at } as const
const settings: AnyRow = { id: 'design', format: 1, designId: '0123456789', name: 'Shop', purpose: 'Sells.', epoch: 1 }

function threat(fields: Partial<Threat> = {}): AnyRow {
  return {
    id: 'T-00001',
    statement: 'Orders are stolen.',
    categories: { tampering: true, spoofing: true },
    provenance,
    ...fields,
  }
}

function mitigation(fields: object = {}): AnyRow {
  return {
    id: 'M-00001',
    statement: 'Lock it.',
    threats: { 'T-00001': true },
    status: 'planned',
    provenance,
    ...fields,
  } as AnyRow
}

function withSettings(design: Design): Design {
  return applyChanges(design, [{ kind: 'put', table: 'settings', row: settings } as never])
}

const shop = withSettings(
  designOf(
    element('E-00001', { name: 'Order API' }),
    flow('F-00001', 'E-00001', 'E-00001'),
    threat({
      source: 'A thief',
      action: 'reads',
      likelihood: 4,
      impactScale: 4,
      description: 'At night.',
      elements: { 'E-00001': true },
    }),
    mitigation(),
    { id: 'A-00001', statement: 'Staff is trained.', description: 'Every year.', provenance },
  ),
)

function written(design: Design): File {
  return JSON.parse(roundOf(design, 'threat-composer').text) as File
}

describe('a design of ours', () => {
  const file = written(shop)

  test('has ids of version 8 that follow from ours, and the same in every file of the design', () => {
    const [one] = file.threats ?? []
    expect(one?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const renamed = applyChanges(shop, [{ kind: 'patch', table: 'threats', id: 'T-00001', fields: { statement: 'Other.' } }])
    expect(written(renamed).threats?.[0]?.id).toBe(one?.id)
    expect(file.mitigationLinks).toEqual([{ mitigationId: file.mitigations?.[0]?.id, linkedId: one?.id }])
  })

  test('says a threat by its parts, with letters, priority, comment and our id', () => {
    expect(file.threats?.[0]).toMatchObject({
      numericId: 1,
      statement: 'Orders are stolen.',
      threatSource: 'A thief',
      threatAction: 'reads',
      impactedAssets: ['Order API'],
      status: 'threatIdentified',
      metadata: [
        { key: 'STRIDE', value: ['S', 'T'] },
        { key: 'Priority', value: 'High' },
        { key: 'Comments', value: 'At night.' },
        { key: 'custom:skeptic-id', value: 'T-00001' },
        { key: 'custom:skeptic-own', value: ['Priority', 'impactedAssets', 'numericId', 'status'] },
      ],
    })
    expect(roundOf(shop, 'threat-composer').back.threats['T-00001']).not.toHaveProperty('foreign')
  })

  test('shows what is drawn as text, which is not taken for words of its own when it comes back', () => {
    expect(file.dataflow?.description).toMatch(/^```mermaid\n%% skeptic 0123456789\nflowchart LR\n[\s\S]+Order API[\s\S]+```\n$/)
    const { back } = roundOf(shop, 'threat-composer')
    const { provenance: _read, ...said } = back.settings.design ?? {}
    expect(said).toEqual({ ...settings, epoch: 1 })
  })

  test('a threat is resolved when all that answers it is done, or when it was decided against', () => {
    const done = designOf(threat(), mitigation({ status: 'verified' }))
    expect(written(done).threats?.[0]?.status).toBe('threatResolved')
    const accepted = {
      id: 'X-00001',
      response: 'accept',
      threat: 'T-00001',
      reason: 'Small.',
      owner: 'Head',
      provenance,
    } as AnyRow
    expect(written(designOf(threat(), accepted)).threats?.[0]?.status).toBe('threatResolved')
    expect(written(designOf(threat(), mitigation())).threats?.[0]?.status).toBe('threatIdentified')
  })

  test('where nothing is drawn, the first row says of which design it is', () => {
    const words = withSettings(designOf(threat(), mitigation()))
    expect(written(words)).not.toHaveProperty('dataflow')
    expect(roundOf(words, 'threat-composer').back.settings.design?.designId).toBe('0123456789')
  })
})

test('texts that are too long are cut, which is told without quoting them', () => {
  const long = `${'word '.repeat(500)}end`
  const design = designOf(threat({ statement: long, source: long, description: long }), mitigation({ statement: long }))
  const { text, losses } = roundOf(design, 'threat-composer')
  const file = JSON.parse(text) as File
  expect(String(file.threats?.[0]?.statement)).toHaveLength(1400)
  expect(String(file.threats?.[0]?.threatSource)).toHaveLength(200)
  expect(String(file.mitigations?.[0]?.content)).toHaveLength(1000)
  expect(losses.map(({ at }) => at)).toEqual(
    expect.arrayContaining(['threats/statement', 'threats/source', 'threats/description', 'mitigations/statement']),
  )
  expect(JSON.stringify(losses)).not.toContain('word')
})

test('a drawing that does not fit is left out', () => {
  const elements = Array.from({ length: 900 }, (_, i) => element(`E-${String(i).padStart(5, '0')}`, { name: 'x'.repeat(200) }))
  expect(written(withSettings(designOf(...elements)))).not.toHaveProperty('dataflow')
})

test('what people decided since an import goes before what the file had said', () => {
  const id = '11111111-1111-4111-8111-111111111111'
  const model = {
    schema: 1,
    applicationInfo: { name: 'Shop' },
    mitigations: [{ id, numericId: 7, content: 'Lock.', status: 'mitigationInProgress', tags: ['door'] }],
  }
  const read = importModel('model.json', JSON.stringify(model), { stamp })
  if (!read.ok) throw new Error('not read')
  const { design } = read.value
  expect(written(design).mitigations?.[0]).toMatchObject({ id, numericId: 7, status: 'mitigationInProgress', tags: ['door'] })
  const lock = named(design.mitigations, 'Lock.')
  const more = applyChanges(design, [
    { kind: 'patch', table: 'mitigations', id: lock.id, fields: { status: 'implemented' } },
    { kind: 'put', table: 'mitigations', row: { id: 'M-00002', statement: 'Guard.', status: 'planned', provenance } },
  ])
  expect(written(more).mitigations).toMatchObject([
    { content: 'Guard.', numericId: 8 },
    { id, numericId: 7, status: 'mitigationResolved' },
  ])
})

test('an empty design is a file that says so', () => {
  expect(written(EMPTY_DESIGN)).toMatchObject({ schema: 1, threats: [], mitigations: [], assumptions: [] })
})

test('any text comes back, or is told', () => {
  fc.assert(
    fc.property(wildText, wildText, (statement, description) => {
      const design = designOf(
        element('E-00001', { name: statement }),
        threat({ statement, description, source: statement, elements: { 'E-00001': true } }),
        mitigation({ statement }),
      )
      expectToldOrSame(withSettings(design), 'threat-composer')
    }),
    { numRuns: 150 },
  )
})

test('a damaged file of ours gives a sound design or a refusal', () => {
  const file: unknown = written(shop)
  expectSoundOrRefused([file], { read, numRuns: 300 })
})
