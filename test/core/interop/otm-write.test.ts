import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { asset, boundary, designOf, element, flow } from '../model/designs.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { expectSound, imported, occasion, read } from './imported.ts'
import { randomDesign } from './random-design.ts'
import { round } from './round.ts'

const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' } as const
const settings = { id: 'design', format: 1, designId: '0123456789', name: 'Shop', epoch: 1 } as const
type Thing = Record<string, unknown> & { readonly id: string; readonly attributes: Record<string, string> }
type File = Readonly<Record<'trustZones' | 'components' | 'dataflows' | 'assets' | 'threats' | 'mitigations', Thing[]>>

function design(...rows: readonly AnyRow[]): Design {
  return { ...designOf(...rows), settings: { design: settings } }
}

function written(from: Design) {
  const result = exportModel(from, 'otm', occasion)
  if (!result.ok) throw new Error(result.problems[0].message)
  return { file: JSON.parse(result.value.text) as File, losses: result.value.losses }
}

describe('an Open Threat Model', () => {
  test('puts what lies in no boundary into a zone that does not come back', () => {
    const model = design(boundary('B-00001'), element('E-00001', { boundary: 'B-00001' }), element('E-00002'))
    const { file } = written(model)
    expect(file.components.map(({ parent }) => parent)).toEqual([{ trustZone: 'B-00001' }, { trustZone: 'outside' }])
    expect(round(model, 'otm').after.summary.counts).toMatchObject({ boundaries: 1, elements: 2 })
  })

  test('says of a number that only the format wants that it is unknown', () => {
    const model = design(boundary('B-00001'), asset('D-00001'))
    const { file } = written(model)
    expect(file.trustZones[0]).toMatchObject({ risk: { trustRating: 0 }, attributes: { 'skeptic.unknown': 'trustLevel' } })
    const { after } = round(model, 'otm')
    expect(after.design.boundaries['B-00001']).not.toHaveProperty('trustLevel')
    expect(after.design.data['D-00001']).not.toHaveProperty('confidentiality')
  })

  test('calls our kinds so that they come back, and joins no flow to nothing', () => {
    const { file, losses } = written(
      design(
        element('E-00001', { kind: 'dataStore' }),
        element('E-00002', { kind: 'externalEntity' }),
        element('E-00003'),
        flow('F-00001', 'E-00001'),
        flow('F-00002', 'E-00001', 'E-00002'),
      ),
    )
    expect(file.components.map(({ type }) => type)).toEqual(['data-store', 'external-entity', 'process'])
    expect(file.dataflows.map(({ id }) => id)).toEqual(['F-00002'])
    expect(losses).toContainEqual(expect.objectContaining({ at: 'flows', what: '1 data flow' }))
  })

  test('counts positions from the corner of the zone around', () => {
    const page = {
      id: 'G-00001',
      name: 'All',
      elements: { 'E-00001': true },
      boundaries: { 'B-00001': true },
      provenance,
    } as const
    const at = (id: string, x: number, y: number) => ({ id: `G-00001.${id}`, x, y, width: 50, height: 20 })
    const model = design(
      boundary('B-00001'),
      element('E-00001', { boundary: 'B-00001' }),
      page,
      at('B-00001', 100, 10),
      at('E-00001', 130.1, 15.3),
    )
    const { file } = written(model)
    expect(file.components[0]?.representations).toMatchObject([{ representation: 'G-00001', position: { x: 30.1, y: 5.3 } }])
    expect(round(model, 'otm').after.design.layout).toEqual(model.layout)
  })

  test('keeps a threat on two things one threat, and every decision on it', () => {
    const model = design(
      element('E-00001'),
      element('E-00002'),
      {
        id: 'T-00001',
        statement: 'Guessing',
        categories: { spoofing: true },
        elements: { 'E-00001': true, 'E-00002': true },
        provenance,
      },
      {
        id: 'X-00001',
        response: 'accept',
        threat: 'T-00001',
        reason: 'Small.',
        owner: 'product owner',
        approver: 'security lead',
        expires: '2027-01-31',
        provenance,
      },
    )
    const { file } = written(model)
    expect(file.threats).toHaveLength(1)
    expect(file.components.map(({ threats }) => threats)).toMatchObject([[{ state: 'accepted' }], [{ state: 'accepted' }]])
    const { design: after } = round(model, 'otm').after
    expect(Object.keys(after.threats)).toEqual(['T-00001'])
    expect(after.acceptances['X-00001']).toMatchObject({
      approver: 'security lead',
      expires: '2027-01-31',
      owner: 'product owner',
    })
  })
})

describe('what a file claims to carry of ours', () => {
  const file = () => written(design(element('E-00001', { technology: 'Node.js', attributes: { isLog: 'yes' } }))).file

  test('counts only if it fits', () => {
    const claims = file()
    const [component] = claims.components
    if (!component) throw new Error('nothing written')
    component.attributes['skeptic.attributes'] = '{"isLog":"perhaps"}'
    component.attributes['skeptic.codeClasses'] = '{broken'
    component.attributes['skeptic.technology'] = 'Deno'
    const row = imported(claims).design.elements['E-00001']
    expect(row).toMatchObject({ technology: 'Deno' })
    expect(row).not.toHaveProperty('attributes')
    expect(row).not.toHaveProperty('codeClasses')
  })

  test.each(['T-00001', 'E-0000U', 'constructor', ''])('an id %j is none for an element', id => {
    const claims = file()
    const [component] = claims.components
    if (!component) throw new Error('nothing written')
    component.attributes['skeptic.id'] = id
    const { design: after } = imported(claims)
    expectSound(after)
    expect(Object.keys(after.elements)).toEqual([expect.stringMatching(/^E-[0-9A-HJKMNP-TV-Z]{5}$/)])
  })

  test('an id that is claimed twice is taken once', () => {
    const claims = file()
    claims.components.push({ ...(claims.components[0] as Thing), id: 'another' })
    expect(Object.keys(imported(claims).design.elements)).toHaveLength(2)
  })

  test('any damage gives a sound design or a refusal', () => {
    const files = fc.sample(randomDesign(), { numRuns: 20, seed: 7 }).map(one => written(one).file)
    expectSoundOrRefused(files, { read, numRuns: 150 })
  })
})
