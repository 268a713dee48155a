import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { control, type Fields, model, read, risk, SERIAL, scenario, threat } from './cyclonedx-file.ts'
import { named } from './imported.ts'

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
