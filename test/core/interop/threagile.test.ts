import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named } from './imported.ts'
import { codes, link, model, whats, withAsset, withLink } from './threagile-model.ts'

describe('assets, links and boundaries', () => {
  test('an empty model is an empty design', () => {
    const { design, summary } = imported({ threagile_version: '1.0.0' })
    expect(summary).toMatchObject({ format: 'threagile', formatVersion: '1.0.0', losses: [], problems: [] })
    expect(design.settings.design?.name).toBe('Unnamed model')
    expectSound(design)
  })

  test('the small model is joined as it says', () => {
    const { design } = imported(model())
    expectSound(design)
    const [browser, shop, store] = ['Browser', 'Shop', 'Store'].map(name => named(design.elements, name))
    expect(named(design.flows, 'Buy')).toMatchObject({
      source: browser?.id,
      target: shop?.id,
      encryption: 'yes',
      authentication: 'yes',
    })
    expect(named(design.flows, 'Store order')).toMatchObject({
      source: shop?.id,
      target: store?.id,
      encryption: 'no',
      protocol: 'jdbc',
    })
    expect(store?.boundary).toBe(named(design.boundaries, 'Inner').id)
    expect(named(design.boundaries, 'Inner').parent).toBe(named(design.boundaries, 'Cloud').id)
    expect(store?.data).toEqual({ [named(design.data, 'Orders').id]: true })
    expect(named(design.data, 'Orders')).toMatchObject({
      class: 'D3',
      confidentiality: 'high',
      integrity: 'high',
      availability: 'medium',
    })
  })

  test.each([
    [{ type: 'datastore' }, { kind: 'dataStore' }],
    [{ technology: 'vault' }, { technology: 'vault' }],
    [{ technologies: ['ai', 'vault'] }, { technology: 'ai, vault' }],
    [{ technology: 'vault', technologies: ['vault', 'ai'] }, { technology: 'vault, ai' }],
    [{ encryption: 'none' }, { attributes: { encryptsAtRest: 'no' } }],
    [{ encryption: 'transparent' }, { attributes: { encryptsAtRest: 'yes' }, foreign: { encryption: 'transparent' } }],
    [{ encryption: 'data-with-enduser-individual-key' }, { attributes: { encryptsAtRest: 'yes' } }],
    [{ encryption: 'data-with-end-user-individual-key' }, { attributes: { encryptsAtRest: 'yes' } }],
    [{ internet: true, multi_tenant: false }, { attributes: { exposedToInternet: 'yes', isMultiTenant: 'no' } }],
    [{ out_of_scope: true }, { outOfScope: 'No reason stated.' }],
    [{ out_of_scope: true, justification_out_of_scope: 'Theirs' }, { outOfScope: 'Theirs' }],
    [{ out_of_scope: false, justification_out_of_scope: 'Ours' }, { foreign: { justification_out_of_scope: 'Ours' } }],
    [{ tags: ['aws', 'aws:ec2'] }, { tags: { aws: true, 'aws:ec2': true } }],
    [{ machine: 'container', redundant: true }, { foreign: { machine: 'container', redundant: true } }],
    [{ new_key: { deep: 1 } }, { foreign: { new_key: { deep: 1 } } }],
  ])('an asset with %j', (said, row) => {
    const { design } = imported(withAsset(said))
    expectSound(design)
    expect(named(design.elements, 'Extra')).toMatchObject(row)
  })

  test('what is not said is not answered', () => {
    const { design } = imported(withAsset({}))
    expect(named(design.elements, 'Extra')).not.toHaveProperty('attributes')
    expect(named(design.elements, 'Extra')).not.toHaveProperty('technology')
    expect(named(design.elements, 'Extra')).not.toHaveProperty('outOfScope')
    expect(named(imported(withAsset({ technology: 'unknown-technology' })).design.elements, 'Extra')).not.toHaveProperty(
      'technology',
    )
  })

  test('an asset of no known type is asked about', () => {
    for (const type of ['robot', undefined, 3]) {
      const value = imported(withAsset({ type }))
      expect(named(value.design.elements, 'Extra').kind).toBe('process')
      expect(value.summary.problems).toContainEqual(
        expect.objectContaining({ code: 'import.kind', at: named(value.design.elements, 'Extra').id }),
      )
    }
  })

  test.each([
    ['https', 'yes'],
    ['ws', 'no'],
    ['smtp-encrypted', 'yes'],
    ['ssh-tunnel', 'yes'],
    ['mqtt', undefined],
    ['nfs', undefined],
    ['unknown-protocol', undefined],
    ['my own', undefined],
  ])('%s on a link means encryption %s', (protocol, encryption) => {
    const { design } = imported(withLink({ protocol }))
    expect(named(design.flows, 'Extra').encryption).toBe(encryption)
    expect(named(design.flows, 'Extra').protocol).toBe(protocol === 'unknown-protocol' ? undefined : protocol)
  })

  test('a VPN may encrypt what the protocol does not, so nothing is known', () => {
    const value = imported(withLink({ protocol: 'http', vpn: true }))
    expect(named(value.design.flows, 'Extra')).not.toHaveProperty('encryption')
    expect(whats(value)).toContain('Encryption of 1 communication link')
  })

  test.each([
    ['none', 'no', undefined],
    ['two-factor', 'yes', 'two-factor'],
    ['externalized', undefined, 'externalized'],
  ])('authentication %s', (authentication, answer, kept) => {
    const flow = named(imported(withLink({ authentication })).design.flows, 'Extra')
    expect([flow.authentication, flow.foreign?.authentication]).toEqual([answer, kept])
  })

  test('data of both directions is linked, and which came back is kept', () => {
    const { design } = imported(withLink({ data_assets_sent: null, data_assets_received: ['orders'] }))
    const flow = named(design.flows, 'Extra')
    expect(flow.data).toEqual({ [named(design.data, 'Orders').id]: true })
    expect(flow.foreign).toMatchObject({ data_assets_received: ['orders'] })
  })

  test('links that lead nowhere are told', () => {
    const value = imported(withLink({ target: 'gone', data_assets_sent: ['lost'] }))
    expectSound(value.design)
    expect(codes(value)).toContain('import.looseEnd')
    expect(whats(value)).toContain('Target of Communication link "Extra"')
    expect(named(value.design.flows, 'Extra').foreign).toMatchObject({ target: 'gone', data_assets_sent: ['lost'] })
  })

  test('an asset in two boundaries lies in the first, and circles are cut', () => {
    const value = imported(
      model({
        trust_boundaries: {
          A: { id: 'a', type: 'execution-environment', technical_assets_inside: ['shop'], trust_boundaries_nested: ['b'] },
          B: { id: 'b', type: 'network-on-prem', technical_assets_inside: ['shop', 'gone'], trust_boundaries_nested: ['a'] },
        },
      }),
    )
    expectSound(value.design)
    expect(named(value.design.elements, 'Shop').boundary).toBe(named(value.design.boundaries, 'A').id)
    expect(codes(value)).toContain('import.circle')
    expect(whats(value)).toContain('A second place of technical asset "Shop"')
    expect(named(value.design.boundaries, 'B').foreign).toMatchObject({ technical_assets_inside: ['shop', 'gone'] })
    expect(named(value.design.boundaries, 'A')).toMatchObject({ kind: 'unknown', foreign: { type: 'execution-environment' } })
  })

  test('ids come from the ids inside, so that a new name and another order change none', () => {
    const ids = (value: unknown) => rowsOf(imported(value).design.elements).map(({ id }) => id)
    const { technical_assets } = model() as { technical_assets: Record<string, Record<string, unknown>> }
    const { Browser, Shop, Store } = technical_assets
    expect(ids(model({ technical_assets: { Lager: Store, Laden: Shop, Browser } })).sort()).toEqual(ids(model()).sort())
  })

  test('two of one id are told; what names it means the first', () => {
    const value = imported(withAsset({ id: 'shop' }))
    expect(value.summary.problems).toContainEqual(
      expect.objectContaining({ code: 'import.sameId', at: named(value.design.elements, 'Extra').id }),
    )
    expect(named(value.design.flows, 'Buy').target).toBe(named(value.design.elements, 'Shop').id)
  })

  test('a shared runtime is kept, and said to be', () => {
    const value = imported(model({ shared_runtimes: { VM: { id: 'vm', technical_assets_running: ['shop', 'store'] } } }))
    expect(value.design.settings.design?.foreign).toMatchObject({
      shared_runtimes: { VM: { technical_assets_running: ['shop', 'store'] } },
    })
    expect(whats(value)).toContain('1 shared runtime')
  })
})

describe('merge keys', () => {
  const text = (second: string) =>
    `threagile_version: 1.0.0\ndata_assets:\n  A: &a\n    id: a\n    confidentiality: public\n    owner: Us\n  B:\n${second}`

  test('bring in what the thing does not say itself', () => {
    const { design } = imported(text('    <<: *a\n    id: b\n    owner: Them\n'))
    expect(named(design.data, 'B')).toMatchObject({ class: 'D0', foreign: { owner: 'Them' } })
    expect(named(design.data, 'B').foreign).not.toHaveProperty('<<')
  })

  test('of several, the first counts', () => {
    const { design } = imported(text('    <<: [{ confidentiality: internal }, *a]\n    id: b\n'))
    expect(named(design.data, 'B')).toMatchObject({ class: 'D1', foreign: { owner: 'Us' } })
  })

  test('without an id of its own, the thing shares the other one, which is told', () => {
    const value = imported(text('    <<: *a\n'))
    expect(codes(value)).toContain('import.sameId')
    expect(rowsOf(value.design.data)).toHaveLength(2)
  })

  test('a merge key that holds a word is a key', () => {
    const { design } = imported(text('    <<: word\n    id: b\n'))
    expect(named(design.data, 'B').foreign).toEqual({ '<<': 'word' })
  })
})

describe('texts', () => {
  const texts = {
    security_requirements: { 'Input validation': 'Validate it.', 'EU law': null },
    abuse_cases: { Ransom: 'As a hacker I want money.' },
    questions: { 'Who backs up?': 'The hoster.', 'Who restores?': '' },
  }

  test('requirements are drafts, abuse cases threats, answers assumptions', () => {
    const value = imported(model(texts))
    expectSound(value.design)
    expect(rowsOf(value.design.requirements).map(({ statement, kind, status }) => [statement, kind, status])).toEqual([
      ['Input validation: Validate it.', 'security', 'draft'],
      ['EU law', 'security', 'draft'],
    ])
    expect(rowsOf(value.design.threats)).toMatchObject([{ statement: 'Ransom: As a hacker I want money.', categories: {} }])
    expect(rowsOf(value.design.assumptions)).toMatchObject([{ statement: 'Who backs up? The hoster.' }])
  })

  test('a question without an answer stays one', () => {
    const value = imported(model(texts))
    expect(value.summary.problems).toContainEqual(
      expect.objectContaining({ code: 'import.question', at: 'design', message: expect.stringContaining('"Who restores?"') }),
    )
    expect(value.design.settings.design?.foreign).toMatchObject({ questions: { 'Who restores?': '' } })
  })

  test('a text that is none is kept', () => {
    const { design } = imported(model({ abuse_cases: { Odd: ['a', 1] } }))
    expect(rowsOf(design.threats)).toMatchObject([{ statement: 'Odd', foreign: { text: ['a', 1] } }])
  })

  test('the overview says what the system is for', () => {
    const { design } = imported(model({ business_overview: { description: 'Sells.', images: null }, date: '2020-01-01' }))
    expect(design.settings.design).toMatchObject({ name: 'Shop', purpose: 'Sells.', foreign: { date: '2020-01-01' } })
  })
})

test('links and risks with the names of a section are only names', () => {
  const words = ['constructor', 'toString', '__proto__2', 'title', 'technical_assets']
  const value = imported(
    model({
      technical_assets: Object.fromEntries(
        words.map(word => [word, { id: word, type: word, communication_links: { [word]: link({ target: word }) } }]),
      ),
    }),
  )
  expectSound(value.design)
  for (const word of words) expect(named(value.design.flows, word).target).toBe(named(value.design.elements, word).id)
})
