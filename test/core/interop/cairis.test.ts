import { describe, expect, test } from 'vitest'
import { looksLikeCairis } from '../../../core/interop/cairis/sniff.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { HEAD, lineOf, model, read } from './cairis-text.ts'
import { named } from './imported.ts'

describe('a model of CAIRIS', () => {
  const { design, formatVersion, losses, problems, counts } = read(model())

  test('fits our schemas and is counted by what it holds', () => {
    expect(formatVersion).toBe('1.0')
    expect(problems).toEqual([])
    expect(counts).toMatchObject({
      processes: 1,
      dataStores: 1,
      externalEntities: 1,
      flows: 2,
      boundaries: 1,
      dataAssets: 2,
      threats: 1,
      mitigations: 1,
      requirements: 2,
      diagrams: 1,
    })
    expect(design.settings.design).toMatchObject({
      name: 'Shop',
      purpose: 'Sells things.',
      glossary: { Cart: 'What is bought next.' },
      foreign: { project_settings: { background: 'Once.' } },
    })
  })

  test('ends of flows are elements of the kind they state, with what use case, asset or role says', () => {
    expect(named(design.elements, 'Buy')).toMatchObject({ kind: 'process', description: 'Buys things.', foreign: { code: 'B' } })
    expect(named(design.elements, 'Customer')).toMatchObject({ kind: 'externalEntity', description: 'Buys.' })
    expect(named(design.elements, 'Database')).toMatchObject({
      kind: 'dataStore',
      description: 'Keeps.',
      foreign: { type: 'Systems', is_critical: '1' },
      provenance: { kind: 'import', tool: 'CAIRIS model 1.0', originalId: 'Database' },
    })
  })

  test('flows join them and carry assets', () => {
    const save = named(design.flows, 'save')
    expect([save.source, save.target]).toEqual([named(design.elements, 'Buy').id, named(design.elements, 'Database').id])
    expect(save.data).toEqual({ [named(design.data, 'Orders').id]: true })
    expect(save.foreign).toEqual({ environment: 'Day' })
  })

  test('a boundary lies around the parts it names, and around nothing else', () => {
    const inside = named(design.boundaries, 'Inside')
    expect(inside).toMatchObject({ kind: 'unknown', membership: 'stated', description: 'Ours.' })
    expect(named(design.elements, 'Buy').boundary).toBe(inside.id)
    expect(named(design.elements, 'Database').boundary).toBe(inside.id)
    expect(named(design.elements, 'Customer').boundary).toBeUndefined()
  })

  test('information and what flows carry is data, with the highest harm of all environments', () => {
    const orders = named(design.data, 'Orders')
    expect(orders).toMatchObject({ confidentiality: 'high', description: 'What was bought.' })
    expect([orders.class, orders.integrity, orders.availability]).toEqual([undefined, undefined, undefined])
    expect(orders.foreign).toMatchObject({
      significance: 'Much.',
      security_property: [{ rationale: 'Few look.' }, {}, {}, { property: 'accountability' }],
    })
    expect(named(design.data, 'Parcel').description).toBe('A box.')
  })

  test('assets that are neither stay with the design', () => {
    expect(design.settings.design?.foreign).toMatchObject({ asset: [{ name: 'Modem' }], usecase: [{ name: 'Return' }] })
    expect(losses.map(({ what }) => what)).toEqual(expect.arrayContaining(['1 asset', '1 use case']))
  })

  test('threats keep method, attacker, weakness, assets and the highest likelihood, and get no category', () => {
    expect(named(design.threats, 'Orders are stolen')).toMatchObject({
      source: 'Thief',
      prerequisite: 'Weak lock',
      description: 'By reading\n  the database.',
      categories: {},
      likelihood: 4,
      elements: { [named(design.elements, 'Database').id]: true },
      data: { [named(design.data, 'Orders').id]: true },
      foreign: {
        type: 'Electronic/Hacking',
        threat_environment: [
          {
            likelihood: 'Remote',
            threatened_asset: [{}, {}, { name: 'Modem' }],
            threatened_property: [{ rationale: 'Worth money.' }],
          },
          { likelihood: 'Probable' },
        ],
        risk: [{ name: 'Night theft', misusecase: [{ narrative: 'He comes by night.' }] }],
        response: [{ type: 'Prevent' }],
      },
    })
  })

  test('a countermeasure mitigates the threat of the risk whose response it serves', () => {
    expect(named(design.mitigations, 'New lock')).toMatchObject({
      status: 'planned',
      description: 'Of steel.',
      threats: { [named(design.threats, 'Orders are stolen').id]: true },
      foreign: { countermeasure_environment: [{ cost: 'Low' }] },
    })
  })

  test('requirements are drafts with kind, priority, originator and reason', () => {
    const lock = named(design.requirements, 'The database shall be locked.')
    expect(lock).toMatchObject({
      kind: 'security',
      priority: 'must',
      status: 'draft',
      source: 'Standard 7',
      description: 'It is worth it.',
      elements: { [named(design.elements, 'Database').id]: true },
      provenance: { originalId: 'Lock' },
      foreign: { fit_criterion: 'Nobody gets in.', label: '1' },
    })
    expect(losses.map(({ what }) => what)).toContain('Spelling of 1 name')
    const speed = named(design.requirements, 'Pages shall be fast.')
    expect(speed).toMatchObject({ kind: 'operational', priority: 'could', foreign: { type: 'Performance', reference: 'Day' } })
    expect([speed.description, speed.source, speed.foreign?.rationale]).toEqual([undefined, undefined, undefined])
  })

  test('domain properties are assumptions', () => {
    expect(rowsOf(design.assumptions)).toMatchObject([{ statement: 'Staff is trained.', foreign: { type: 'Hypothesis' } }])
  })

  test('what has no place is one line each, with its count and where it begins', () => {
    const lines = losses.map(({ at, what }) => `${at} ${what}`)
    expect(lines).toContain(`model.xml:${lineOf('<goal ')} 2 goals`)
    expect(lines).toContain(`model.xml:${lineOf('<asset_association')} 1 asset association`)
    expect(lines).toContain(`model.xml:${lineOf('<threat_type')} 1 threat type`)
    expect(JSON.stringify(design)).not.toContain('Earn')
  })

  test('what threats name besides is kept with the design', () => {
    expect(design.settings.design?.foreign).toMatchObject({
      attacker: [{ name: 'Thief', description: 'Steals.' }],
      vulnerability: [{ name: 'Weak lock' }],
      environment: [{ name: 'Day' }, { name: 'Night' }],
    })
  })
})

describe('the first characters', () => {
  test.each([
    [HEAD, true],
    [`\uFEFF${HEAD}`, true],
    ['<cairis_model>', true],
    [' <!-- licence -- of <b> --><cairis_model/>', true],
    ['<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE cairis_model [', true],
    ['<!DOCTYPE other SYSTEM "x"><cairis_model>', true],
    ['<cairis_models>', false],
    ['<!DOCTYPE cairis_modelled SYSTEM "x">', false],
    ['<mxfile><cairis_model>', false],
    ['<!-- <cairis_model> never closed', false],
    ['text <cairis_model>', false],
    ['<?xml', false],
    ['', false],
  ])('%j: %s', (head, expected) => {
    expect(looksLikeCairis(head)).toBe(expected)
  })

  test('are walked once, whatever they are', () => {
    for (const piece of [' ', '<?', '<?x?>', '<!--', '<!-- -->', '<!DOCTYPE', '<!DOCTYPE>', '<'])
      expect(ends(() => looksLikeCairis(piece.repeat(500_000)))).toBe(false)
  })
})
