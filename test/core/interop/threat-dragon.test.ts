import { describe, expect, test } from 'vitest'
import { expectSound, imported, named, read } from './imported.ts'
import { type Cell, cellsV1, cellsV2, ids, modelV1, modelV2, threat } from './models.ts'

describe('an empty model', () => {
  test('gives an empty design with its name', () => {
    const { design, summary } = imported({ version: '2.0.0', summary: { title: 'New threat model' }, detail: { diagrams: [] } })
    expectSound(design)
    expect(design.settings.design?.name).toBe('New threat model')
    expect(design.policy.policy?.preset).toBe('team')
    expect(summary).toMatchObject({ format: 'threat-dragon-v2', formatVersion: '2.0.0', losses: [], problems: [] })
    expect(Object.values(summary.counts).every(count => count === 0)).toBe(true)
  })

  test('without a title still has a name', () => {
    expect(imported({ detail: { diagrams: [{}] } }).design.settings.design?.name).toBe('Unnamed model')
  })
})

describe('version 2', () => {
  const { design, summary } = imported(modelV2())

  test('fits our schemas and is counted by what it holds', () => {
    expectSound(design)
    expect(summary.counts).toEqual({
      elements: 3,
      processes: 1,
      dataStores: 1,
      externalEntities: 1,
      flows: 2,
      boundaries: 2,
      unresolvedBoundaries: 1,
      dataAssets: 0,
      threats: 1,
      mitigations: 0,
      acceptances: 0,
      requirements: 0,
      diagrams: 1,
    })
  })

  test('provenance names tool, file and original id', () => {
    expect(named(design.elements, 'Shop').provenance).toMatchObject({
      kind: 'import',
      at: '2026-11-22T16:00:00Z',
      by: 'Security lead',
      tool: 'OWASP Threat Dragon 2.3.0',
      file: 'model.json',
      originalId: ids.shop,
    })
  })

  test('flows join the elements their ends name; a loose end keeps its point', () => {
    const order = named(design.flows, 'Order')
    expect([order.source, order.target]).toEqual([named(design.elements, 'Customer').id, named(design.elements, 'Shop').id])
    const query = named(design.flows, 'Unnamed data flow')
    expect(query.target).toBeUndefined()
    const diagram = Object.keys(design.diagrams)[0]
    expect(design.layout[`${diagram}.${query.id}`]).toEqual({ id: `${diagram}.${query.id}`, end: { x: 600, y: 200 } })
    expect(design.layout[`${diagram}.${order.id}`]?.vertices).toEqual([{ x: 200, y: 40 }])
    expect(summary.problems.map(({ code, at }) => [code, at])).toEqual([['import.looseEnd', query.id]])
  })

  test('boxes hold what they are drawn around, and the report says that this is a guess', () => {
    const company = named(design.boundaries, 'Company')
    const network = named(design.boundaries, 'Database network')
    expect(network.parent).toBe(company.id)
    expect(company.membership).toBe('geometry')
    expect(named(design.elements, 'Shop').boundary).toBe(company.id)
    expect(named(design.elements, 'Orders').boundary).toBe(network.id)
    expect(named(design.elements, 'Customer').boundary).toBeUndefined()
    expect(summary.losses).toContainEqual(
      expect.objectContaining({ at: '/detail/diagrams/0', what: 'What lies inside 2 trust boundaries' }),
    )
  })

  test('an open curve stays a question', () => {
    expect(named(design.boundaries, 'Internet').membership).toBe('unresolved')
    expect(summary.losses).toContainEqual(
      expect.objectContaining({ at: '/detail/diagrams/0/cells/7', what: 'Trust boundary "Internet", drawn as an open curve' }),
    )
  })

  test('text blocks are told and kept with their diagram', () => {
    expect(summary.losses).toContainEqual(expect.objectContaining({ at: '/detail/diagrams/0/cells/8', what: 'Text "Read me"' }))
    expect(Object.values(design.diagrams)[0]?.foreign).toMatchObject({ diagramType: 'STRIDE', cells: [{ id: ids.text }] })
  })

  test('the envelope is kept as it was', () => {
    expect(design.settings.design).toMatchObject({
      name: 'Shop',
      purpose: 'Sells things.',
      foreign: { version: '2.3.0', summary: { owner: 'Security lead', id: 0 }, detail: { reviewer: 'Reviewer' } },
    })
  })
})

describe('ticked and unticked boxes', () => {
  test('a default that nobody touched never becomes a no', () => {
    const { design } = imported(modelV2())
    for (const element of Object.values(design.elements)) expect(element.attributes).toBeUndefined()
    for (const flow of Object.values(design.flows)) {
      expect(flow).not.toHaveProperty('encryption')
      expect(flow).not.toHaveProperty('publicNetwork')
      expect(flow).not.toHaveProperty('protocol')
    }
    expect(JSON.stringify(design)).not.toContain('"no"')
  })

  test.each([
    ['actor', { providesAuthentication: true }, { foreign: { providesAuthentication: true } }],
    ['process', { handlesCardPayment: true }, { codeClasses: { payment: true } }],
    [
      'process',
      { isWebApplication: true, privilegeLevel: 'root' },
      { foreign: { isWebApplication: true, privilegeLevel: 'root' } },
    ],
    ['store', { isALog: true, storesCredentials: true }, { attributes: { isLog: 'yes', storesCredentials: 'yes' } }],
    ['store', { isEncrypted: true, isSigned: true }, { attributes: { encryptsAtRest: 'yes' }, foreign: { isSigned: true } }],
    ['flow', { isEncrypted: true, isPublicNetwork: true }, { encryption: 'yes', publicNetwork: 'yes' }],
    ['flow', { isBidirectional: true, protocol: ' HTTPS ' }, { bidirectional: true, protocol: 'HTTPS' }],
    ['flow', { isEncrypted: 'yes' }, { foreign: { isEncrypted: 'yes' } }],
    ['process', { outOfScope: true, reasonOutOfScope: 'Bought in.' }, { outOfScope: 'Bought in.' }],
    ['process', { outOfScope: true, reasonOutOfScope: ' ' }, { outOfScope: 'No reason stated.' }],
    ['process', { outOfScope: 'true' }, { foreign: { outOfScope: 'true' } }],
    ['process', { outOfScope: false, reasonOutOfScope: 'Was out once.' }, { foreign: { reasonOutOfScope: 'Was out once.' } }],
    ['process', { description: 'Line one\r\nline two' }, { description: 'Line one\nline two' }],
    ['process', { description: 7 }, { foreign: { description: 7 } }],
    ['process', { owner: 'Team A', empty: null }, { foreign: { owner: 'Team A', empty: null } }],
    ['process', { name: 'Two\nlines' }, { name: 'Two lines', foreign: { name: 'Two\nlines' } }],
    ['process', { name: '  ' }, { name: 'Unnamed process' }],
  ])('%s %j', (shape, data, row) => {
    const { design } = imported(modelV2([{ id: 'a', shape, data: { name: 'Thing', ...data } }]))
    expectSound(design)
    const [got] = [...Object.values(design.elements), ...Object.values(design.flows)]
    const { id: _id, kind: _kind, provenance: _provenance, ...rest } = got as Record<string, unknown> & { kind?: string }
    expect(rest).toEqual({ name: 'Thing', ...row })
  })
})

describe('shapes and names', () => {
  test.each([
    [{ shape: 'trust-broundary-curve', data: {} }, 'boundaries'],
    [{ shape: 'trust-boundary-box', data: {} }, 'boundaries'],
    [{ data: { type: 'tm.Store' } }, 'elements'],
    [{ shape: 'edge', data: { type: 'tm.Flow' } }, 'flows'],
  ] as const)('%j is kept among the %s', (cell, table) => {
    expect(Object.keys(imported(modelV2([cell])).design[table])).toHaveLength(1)
  })

  test('a box without a size encloses nothing that anybody could know', () => {
    const { design, summary } = imported(modelV2([{ shape: 'trust-boundary-box', position: { x: 0, y: 0 } }]))
    expect(Object.values(design.boundaries)[0]?.membership).toBe('unresolved')
    expect(summary.counts).toMatchObject({ boundaries: 0, unresolvedBoundaries: 1 })
  })

  test.each([
    [{ shape: 'trust-boundary-box', data: {}, attrs: { label: { text: 'Cloud' } } }, 'Cloud'],
    [{ shape: 'flow', data: { name: '' }, labels: ['Order'] }, 'Order'],
    [{ shape: 'flow', data: {}, labels: [{ attrs: { labelText: { text: 'Order' } } }] }, 'Order'],
  ])('a name that is only drawn is found: %j', (cell, name) => {
    const { design } = imported(modelV2([cell]))
    expect([...Object.values(design.boundaries), ...Object.values(design.flows)].map(row => row.name)).toEqual([name])
  })

  test('a shape nobody knows is told with its threats kept', () => {
    const { design, summary } = imported(modelV2([{ id: 'x', shape: 'cloud', data: { name: 'Sky', threats: [threat()] } }, 7]))
    expectSound(design)
    expect(summary.losses.map(loss => loss.what)).toEqual(
      expect.arrayContaining(['Shape "cloud" "Sky"', 'A cell without shape', 'What this threat is on']),
    )
    expect(summary.counts).toMatchObject({ elements: 0, threats: 1 })
  })
})

describe('threats', () => {
  const withThreats = (...threats: object[]) => modelV2([{ id: ids.shop, shape: 'process', data: { name: 'Shop', threats } }])

  test('hang on their element with category, and severity stays foreign', () => {
    const { design, summary } = imported(withThreats(threat()))
    const row = Object.values(design.threats)[0]
    expect(row).toMatchObject({
      statement: 'Someone poses as a customer',
      description: 'Passwords are guessed.',
      categories: { spoofing: true },
      elements: { [Object.keys(design.elements)[0] as string]: true },
      foreign: { severity: 'High', number: 1 },
    })
    expect(row).not.toHaveProperty('likelihood')
    expect(row).not.toHaveProperty('impactScale')
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: 'Severity of 1 threat' }))
  })

  test.each([
    ['Open', 'Lock accounts.', 'planned', undefined],
    ['Open', '', undefined, undefined],
    [undefined, 'Lock accounts.', 'planned', undefined],
    ['Mitigated', 'Lock accounts.', 'implemented', undefined],
    ['Mitigated', 'Provide remediation for this threat or a reason if status is N/A', undefined, undefined],
    ['NotApplicable', 'No accounts.', undefined, 'avoid'],
    ['Not Applicable', 'No accounts.', undefined, 'avoid'],
    ['Accepted', 'Small loss.', undefined, 'accept'],
    ['Transferred', 'Insured.', undefined, 'transfer'],
    ['Avoided', 'Not built.', undefined, 'avoid'],
    ['Eliminated', 'Not built.', undefined, 'avoid'],
    ['Thinking', 'Lock accounts.', 'planned', undefined],
  ])('%s with %j: mitigation %s, response %s', (status, mitigation, planned, response) => {
    const { design } = imported(withThreats(threat({ status, mitigation })))
    expectSound(design)
    expect(Object.values(design.mitigations).map(row => row.status)).toEqual(planned ? [planned] : [])
    expect(Object.values(design.acceptances).map(row => row.response)).toEqual(response ? [response] : [])
    for (const row of Object.values(design.acceptances)) {
      expect(row).toMatchObject({ owner: 'Security lead', reason: mitigation })
      expect(row).not.toHaveProperty('approver')
    }
  })

  test('what the design cannot say yet is asked, and the word is kept', () => {
    const problems = (fields: Cell) => {
      const { design, summary } = imported(withThreats(threat(fields)))
      return [summary.problems.map(problem => problem.code), Object.values(design.threats)[0]?.foreign?.status]
    }
    expect(problems({ status: 'Mitigated', mitigation: '' })).toEqual([['import.mitigatedHow'], 'Mitigated'])
    expect(problems({ status: 'Thinking' })).toEqual([['import.status'], 'Thinking'])
    expect(problems({ status: 'Accepted' })).toEqual([['import.approver'], undefined])
  })

  test('a decision nobody owns is not taken over', () => {
    const model = modelV2(
      [{ shape: 'process', data: { threats: [threat({ status: 'Accepted', mitigation: 'Small loss.' })] } }],
      {
        summary: { title: 'Shop', owner: ' ' },
      },
    )
    const { design, summary } = imported(model)
    expect(design.acceptances).toEqual({})
    expect(Object.values(design.threats)[0]?.foreign).toMatchObject({ status: 'Accepted', mitigation: 'Small loss.' })
    expect(summary.problems.map(problem => problem.code)).toEqual(['import.noOwner'])
  })

  test('texts that Threat Dragon starts with say nothing', () => {
    const { design } = imported(
      withThreats(
        threat({ title: 'New STRIDE threat', description: 'Anyone may\nread it.' }),
        threat({ description: 'Anna kuvaus tälle uhkalle' }),
      ),
    )
    expect(named(design.threats, 'Anyone may read it.').foreign?.title).toBe('New STRIDE threat')
    expect(named(design.threats, 'Someone poses as a customer')).not.toHaveProperty('description')
  })

  test('several lines of mitigation become one sentence, with the lines beside it', () => {
    const { design } = imported(withThreats(threat({ mitigation: 'Lock.\n\nTell.' })))
    expect(Object.values(design.mitigations)[0]).toMatchObject({ statement: 'Lock. Tell.', description: 'Lock.\n\nTell.' })
  })

  test('threats without ids, with the same id or without anything stay apart', () => {
    const { design, summary } = imported(
      withThreats(threat({ id: undefined }), threat({ id: undefined }), threat(), threat(), {}),
    )
    expectSound(design)
    expect(summary.counts.threats).toBe(5)
    expect(named(design.threats, 'Unnamed threat').categories).toEqual({})
  })
})

describe('version 1', () => {
  const { design, summary } = imported(modelV1())

  test('is read from its own places', () => {
    expectSound(design)
    expect(summary).toMatchObject({ format: 'threat-dragon-v1', formatVersion: '1' })
    const order = named(design.flows, 'Order')
    expect(order).toMatchObject({
      source: named(design.elements, 'Customer').id,
      target: named(design.elements, 'Shop').id,
      encryption: 'yes',
      publicNetwork: 'yes',
      protocol: 'HTTPS',
    })
    expect(named(design.elements, 'Shop').foreign).toEqual({ privilegeLevel: 'Limited' })
    expect(summary.counts).toMatchObject({ unresolvedBoundaries: 1, boundaries: 0, threats: 1, acceptances: 1 })
  })

  test('a file may hold diagrams of both versions', () => {
    const model = {
      ...modelV2(),
      detail: { diagrams: [{ id: 0, cells: cellsV2() }, { id: 1, diagramJson: { cells: cellsV1() } }, null] },
    }
    const { design, summary } = imported(model)
    expectSound(design)
    expect(summary.counts).toMatchObject({ diagrams: 2, elements: 5 })
    expect(summary.losses).toContainEqual(expect.objectContaining({ at: '/detail/diagrams/2', what: 'A diagram' }))
  })
})

describe('ids', () => {
  const rowIds = (model: unknown, name?: string) => {
    const result = read(model, {}, name)
    return result.ok
      ? Object.values(result.value.design)
          .flatMap(table => Object.keys(table))
          .sort()
      : []
  }

  test('depend on the file, not on its name or the time', () => {
    expect(rowIds(modelV2(), 'other name.json')).toEqual(rowIds(modelV2()))
    expect(rowIds(modelV2()).length).toBeGreaterThan(15)
  })

  test('stay when the model moves from version 1 to 2', () => {
    const before = imported(modelV1()).design
    const after = imported(modelV2()).design
    expect(named(after.elements, 'Shop').id).toBe(named(before.elements, 'Shop').id)
    expect(named(after.flows, 'Order').id).toBe(named(before.flows, 'Order').id)
  })

  test('of two models with the same short ids differ', () => {
    const cells = [{ id: 'actor0', shape: 'actor', data: { name: 'A' } }]
    const one = imported(modelV2(cells)).design
    const other = imported(modelV2(cells, { summary: { title: 'Another' } })).design
    expect(Object.keys(one.elements)).not.toEqual(Object.keys(other.elements))
    expect(Object.keys(one.diagrams)).not.toEqual(Object.keys(other.diagrams))
  })

  test('that stand twice in a diagram give two elements and a question', () => {
    const twice = [...cellsV2(), { id: ids.shop, shape: 'process', data: { name: 'Shop again' } }]
    const { design, summary } = imported(modelV2(twice))
    expectSound(design)
    expect(named(design.flows, 'Order').target).toBe(named(design.elements, 'Shop').id)
    expect(summary.problems).toContainEqual(
      expect.objectContaining({ code: 'import.sameId', at: named(design.elements, 'Shop again').id }),
    )
  })

  test('in two diagrams mean two elements', () => {
    const model = {
      ...modelV2(),
      detail: {
        diagrams: [
          { id: 0, cells: cellsV2() },
          { id: 1, cells: cellsV2() },
        ],
      },
    }
    const { design, summary } = imported(model)
    expectSound(design)
    expect(summary.counts).toMatchObject({ diagrams: 2, elements: 6, flows: 4, threats: 2 })
    expect(Object.values(design.diagrams).map(diagram => Object.keys(diagram.elements ?? {}).length)).toEqual([3, 3])
  })
})

describe('what a drawing leaves open', () => {
  test('an element where boxes overlap goes to the smallest, and is asked about', () => {
    const box = (id: string, x: number, width: number) => ({
      id,
      shape: 'trust-boundary-box',
      position: { x, y: 0 },
      size: { width, height: 100 },
      data: { name: id },
    })
    const cells = [
      box('big', 0, 300),
      box('small', 210, 200),
      { shape: 'process', position: { x: 240, y: 40 }, size: { width: 20, height: 20 } },
    ]
    const { design, summary } = imported(modelV2(cells))
    expect(Object.values(design.elements)[0]?.boundary).toBe(named(design.boundaries, 'small').id)
    expect(summary.problems.map(problem => problem.code)).toEqual(['import.overlap'])
  })

  test('an end that names nothing of the diagram is told', () => {
    const cells = [{ id: 'f', shape: 'flow', source: { cell: 'gone' }, target: { cell: 'f' }, data: { name: 'Order' } }]
    const { summary } = imported(modelV2(cells))
    expect(summary.losses.map(({ at, what }) => [at, what])).toEqual(
      expect.arrayContaining([
        ['/detail/diagrams/0/cells/0/source', 'Source of Data flow "Order"'],
        ['/detail/diagrams/0/cells/0/target', 'Target of Data flow "Order"'],
      ]),
    )
  })

  test('numbers written as text are numbers', () => {
    const cells = [{ shape: 'process', position: { x: '10', y: '-2.5' }, size: { width: '100', height: '1e3' } }]
    expect(Object.values(imported(modelV2(cells)).design.layout)[0]).toMatchObject({ x: 10, y: -2.5 })
  })
})
