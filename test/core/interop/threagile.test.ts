import { describe, expect, test } from 'vitest'
import { includesOf } from '../../../core/interop/threagile/includes.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named, read, refused } from './imported.ts'
import { link, model, readWith, withAsset, withLink, withRisk } from './threagile-model.ts'

const whats = (value: { summary: { losses: readonly { what: string }[] } }) => value.summary.losses.map(({ what }) => what)
const codes = (value: { summary: { problems: readonly { code: string }[] } }) => value.summary.problems.map(({ code }) => code)

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

describe('risks and decisions', () => {
  test('an identified risk becomes a threat where it is', () => {
    const { design } = imported(
      withRisk({
        severity: 'high',
        exploitation_likelihood: 'very-likely',
        exploitation_impact: 'low',
        most_relevant_technical_asset: 'shop',
        most_relevant_communication_link: 'browser>buy',
        most_relevant_data_asset: 'orders',
        most_relevant_trust_boundary: 'cloud',
      }),
    )
    expectSound(design)
    expect(named(design.threats, 'Odd thing')).toMatchObject({
      categories: { spoofing: true },
      cwe: { 'CWE-5': true },
      likelihood: 4,
      impactScale: 2,
      elements: { [named(design.elements, 'Shop').id]: true },
      flows: { [named(design.flows, 'Buy').id]: true },
      data: { [named(design.data, 'Orders').id]: true },
      foreign: { severity: 'high', most_relevant_trust_boundary: 'cloud', title: 'Odd <b>thing</b>' },
      provenance: { originalId: 'odd@orders@shop@browser>buy@cloud' },
    })
  })

  test('nothing is rated that the file does not rate', () => {
    for (const said of [{}, { exploitation_likelihood: 'sometimes', exploitation_impact: 5 }]) {
      const threat = named(imported(withRisk(said)).design.threats, 'Odd thing')
      expect(threat).not.toHaveProperty('likelihood')
      expect(threat).not.toHaveProperty('impactScale')
    }
  })

  const asset = { most_relevant_technical_asset: 'shop' }
  test.each([
    ['unchecked', { mitigations: 0, acceptances: 0 }],
    ['in-discussion', { mitigations: 0, acceptances: 0 }],
    ['in-progress', { mitigations: 1, acceptances: 0 }],
    ['mitigated', { mitigations: 1, acceptances: 0 }],
    ['accepted', { mitigations: 0, acceptances: 1 }],
    ['false-positive', { mitigations: 0, acceptances: 1 }],
    ['postponed', { mitigations: 0, acceptances: 0 }],
  ])('%s', (status, counts) => {
    const said = { status, justification: 'Because', ticket: 'A-1', date: '2020-01-04', checked_by: 'Team lead' }
    for (const key of ['odd@shop', 'odd@*']) {
      const value = imported(withRisk(asset, {}, { [key]: said }))
      expectSound(value.design)
      expect(value.summary.counts).toMatchObject({ threats: 1, ...counts })
      expect(named(value.design.threats, 'Odd thing').foreign).toMatchObject({ risk_tracking: { [key]: said } })
      for (const row of rowsOf(value.design.mitigations))
        expect(row).toMatchObject({ statement: 'Because', status: status === 'mitigated' ? 'implemented' : 'planned' })
      for (const row of rowsOf(value.design.acceptances))
        expect(row).toMatchObject({ reason: 'Because', owner: 'Team lead', response: status === 'accepted' ? 'accept' : 'avoid' })
    }
  })

  test('of a whole id and one with stars, the whole id counts', () => {
    const tracking = { 'odd@*': { status: 'unchecked' }, 'odd@shop': { status: 'mitigated', justification: 'Done' } }
    const value = imported(withRisk(asset, {}, tracking))
    expect(value.summary.counts.mitigations).toBe(1)
    expect(whats(value)).toContain('The decision "unchecked" on "odd@*"')
  })

  test('acceptance by nobody stays open and is asked about', () => {
    const value = imported(withRisk(asset, {}, { 'odd@shop': { status: 'accepted' } }))
    expect(value.summary.counts.acceptances).toBe(0)
    expect(codes(value)).toContain('import.noOwner')
  })

  test('a decision about a risk that is not in the file becomes a threat where its assets are known', () => {
    const said = { status: 'mitigated', justification: 'Done', checked_by: 'Team lead' }
    const { design } = imported(model({ risk_tracking: { 'sql-injection@*@store@browser>buy': said } }))
    expectSound(design)
    const threat = named(design.threats, 'Sql injection at Store, Buy')
    expect(threat).toMatchObject({
      categories: {},
      elements: { [named(design.elements, 'Store').id]: true },
      flows: { [named(design.flows, 'Buy').id]: true },
      provenance: { originalId: 'sql-injection@*@store@browser>buy' },
    })
    expect(threat).not.toHaveProperty('likelihood')
    expect(threat).not.toHaveProperty('impactScale')
    expect(rowsOf(design.mitigations)).toMatchObject([
      { statement: 'Done', status: 'implemented', threats: { [threat.id]: true } },
    ])
  })

  test('the title of a category is used where the file has it', () => {
    const value = imported(withRisk(asset, {}, { 'odd@store': { status: 'unchecked' } }))
    expect(named(value.design.threats, 'Odd at Store')).toBeDefined()
  })

  test.each([
    ['x@*', 'all risks of its kind'],
    ['x', 'all risks of its kind'],
    ['x@cloud', 'trust boundary'],
    ['x@gone@*', '"gone"'],
  ])('a decision on %s is a loss, kept with the design', (key, why) => {
    const value = imported(model({ risk_tracking: { [key]: { status: 'accepted', checked_by: 'Team lead' } } }))
    expect(value.summary.counts).toMatchObject({ threats: 0, acceptances: 0 })
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: `/risk_tracking/${key}`, why: expect.stringContaining(why) }),
    )
    expect(value.design.settings.design?.foreign).toMatchObject({ risk_tracking: { [key]: { status: 'accepted' } } })
  })

  test('a part of an id that was renamed is told', () => {
    const value = imported(model({ risk_tracking: { 'x@shop@gone': { status: 'unchecked' } } }))
    expect(value.summary.counts.threats).toBe(1)
    expect(whats(value)).toContain('A part of what "x@shop@gone" is about')
  })

  test('a category without risks threatens nothing', () => {
    const value = imported(withRisk({}, { risks_identified: null }))
    expect(value.summary.counts.threats).toBe(0)
    expect(whats(value)).toContain('Risk category "Odd"')
    expect(value.design.settings.design?.foreign).toMatchObject({ individual_risk_categories: { Odd: { id: 'odd' } } })
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

describe('included files', () => {
  const main = (...names: readonly string[]) => `threagile_version: 1.0.0\ntitle: T\nincludes: ${JSON.stringify(names)}\n`
  const asset = (name: string, id: string, more = '') =>
    `technical_assets:\n  ${name}:\n    id: ${id}\n    type: process\n${more}`

  test('are merged, also from folders, and from each other', () => {
    const { design, summary } = readWith(main('a.yaml', 'parts/b.yaml'), {
      'a.yaml': asset('A', 'a'),
      'parts/b.yaml': `${asset('B', 'b')}includes: [c.yaml]\n`,
      'parts/c.yaml': asset('C', 'c'),
    })
    expect(
      rowsOf(design.elements)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['A', 'B', 'C'])
    expect(summary.problems).toEqual([])
    expectSound(design)
  })

  test('say the same as one file, with the same ids', () => {
    const whole = readWith(`threagile_version: 1.0.0\ntitle: T\n${asset('A', 'a')}  B:\n    id: b\n    type: datastore\n`, {})
    const { design } = readWith(main('a.yaml', 'b.json'), {
      'a.yaml': asset('A', 'a'),
      'b.json': JSON.stringify({ technical_assets: { B: { id: 'b', type: 'datastore' } } }),
    })
    expect(design).toEqual(whole.design)
  })

  test('are found beside the main file, or by their last name alone', () => {
    for (const name of ['models/a.yaml', 'elsewhere/a.yaml', './a.yaml', 'models\\a.yaml'])
      expect(readWith(main('a.yaml'), { [name]: asset('A', 'a') }, 'models/main.yaml').summary.counts.elements).toBe(1)
    const twice = read(main('a.yaml'), {
      others: new Map([
        ['x/a.yaml', asset('A', 'a')],
        ['y/a.yaml', asset('A', 'a')],
      ]),
    })
    expect(twice.ok && twice.value.summary.problems.map(({ code }) => code)).toEqual(['import.include'])
  })

  test('a missing one is named with its cure', () => {
    const { summary } = readWith(`${main('gone.yaml')}${asset('A', 'a')}`, {})
    expect(summary.problems).toMatchObject([
      {
        code: 'import.include',
        at: 'design',
        message: expect.stringContaining('"gone.yaml"'),
        cure: expect.stringContaining('together with'),
      },
    ])
  })

  test('nothing but missing ones is refused', () => {
    expect(refused('threagile_version: 1.0.0\nincludes: [a.yaml, b.yaml]\n')).toMatchObject({
      code: 'threagile.includes',
      at: 'model.json:/includes',
      cure: expect.stringContaining('a.yaml, b.yaml'),
    })
  })

  test('a second word for the same thing is told and not taken', () => {
    const value = readWith(`${main('a.yaml')}${asset('A', 'a', '    owner: Us\n')}`, {
      'a.yaml': `title: Other\ntags_available: [x]\n${asset('A', 'a', '    owner: Them\n')}`,
    })
    expect(named(value.design.elements, 'A').foreign).toEqual({ owner: 'Us' })
    expect(value.design.settings.design?.name).toBe('T')
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: 'a.yaml:/technical_assets/A', what: 'A second "A" of technical assets' }),
    )
    expect(value.summary.losses).toContainEqual(expect.objectContaining({ at: 'a.yaml:/title' }))
  })

  test('the same word twice is none', () => {
    const value = readWith(`${main('a.yaml')}${asset('A', 'a')}`, { 'a.yaml': asset('A', 'a') })
    expect(whats(value).filter(what => what.startsWith('A second'))).toEqual([])
  })

  test('circles are read once and told', () => {
    const value = readWith(`${main('a.yaml')}`, {
      'a.yaml': `includes: [b.yaml]\n${asset('A', 'a')}`,
      'b.yaml': `includes: [a.yaml, b.yaml]\n${asset('B', 'b')}`,
    })
    expect(value.summary.counts.elements).toBe(2)
    expect(whats(value).filter(what => what.startsWith('Included file'))).toEqual([
      'Included file "a.yaml"',
      'Included file "b.yaml"',
    ])
  })

  test.each([
    '../a.yaml',
    'x/../../a.yaml',
    '/etc/passwd',
    'C:\\a.yaml',
    '\\\\host\\a.yaml',
    'https://host/a.yaml',
    'file:a.yaml',
    '',
    '.',
  ])('a path that leads elsewhere is told and never followed: %s', name => {
    const others = { [name]: asset('Z', 'z'), 'a.yaml': asset('Z', 'z'), '../a.yaml': asset('Z', 'z') }
    const value = readWith(`${main(name)}${asset('A', 'a')}`, others)
    expect(rowsOf(value.design.elements).map(({ name }) => name)).toEqual(['A'])
    expect(value.summary.losses).toContainEqual(
      expect.objectContaining({ at: '/includes/0', why: expect.stringContaining('leads elsewhere') }),
    )
  })

  test('a broken one is refused with its own name and place', () => {
    const refusal = (text: string) => read(main('a.yaml'), { others: new Map([['a.yaml', text]]) })
    expect(refusal('a: [')).toMatchObject({
      ok: false,
      problems: [{ code: 'yaml.syntax', at: expect.stringMatching(/^a\.yaml:/) }],
    })
    expect(refusal('- a')).toMatchObject({ ok: false, problems: [{ code: 'threagile.part', at: 'a.yaml:/' }] })
    expect(refusal('technical_assets: 3')).toMatchObject({
      ok: false,
      problems: [{ code: 'threagile.section', at: 'a.yaml:/technical_assets' }],
    })
  })

  test('the command line can ask which files a main file names', () => {
    expect(includesOf(main('a.yaml', './b/c.yaml', 'a.yaml', '../x', '/y'))).toEqual(['a.yaml', 'b/c.yaml'])
    expect(includesOf('includes: [a.yaml]\n')).toEqual([])
    expect(includesOf('includes: [a.yaml]\n', true)).toEqual(['a.yaml'])
    expect(includesOf(JSON.stringify({ threagile_version: '1', includes: ['a.yaml', 3, null] }))).toEqual(['a.yaml'])
    for (const text of ['', '{', 'threagile_version: [', 'includes', 'threagile_version: 1\nincludes: a.yaml\n', '[]', 'null'])
      expect(includesOf(text)).toEqual([])
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
