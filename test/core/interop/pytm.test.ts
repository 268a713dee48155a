import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import { readPytm } from '../../../core/interop/pytm/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { expectSound, imported, named, read, refused, stamp } from './imported.ts'

type Things = Readonly<Record<string, unknown>>

/** The short form, as a person writes it. */
function model(more: Things = {}): Things {
  return {
    name: 'Shop',
    boundaries: [{ name: 'Net' }, { name: 'Inner', inBoundary: 'Net' }],
    elements: [
      { __class__: 'Actor', name: 'User' },
      { __class__: 'Server', name: 'Web', inBoundary: 'Net' },
      { __class__: 'Datastore', name: 'Base', inBoundary: 'Inner', data: ['Orders'] },
    ],
    data: [{ name: 'Orders', classification: 'SENSITIVE' }],
    flows: [{ name: 'Buy', source: 'User', sink: 'Web', data: ['Orders'] }],
    ...more,
  }
}

function withElement(more: Things, rest: Things = {}): Things {
  return model({
    elements: [...(model().elements as readonly Things[]), { __class__: 'Process', name: 'Extra', ...more }],
    ...rest,
  })
}

function withFlow(more: Things, rest: Things = {}): Things {
  return model({ flows: [{ name: 'Extra', source: 'User', sink: 'Web', ...more }], ...rest })
}

/** What only a dump has: every element in a list of its own kind as well. */
const DUMP = { actors: [], assets: [], threatsFile: 'threats.json' }

const finding = (more: Things = {}) => ({
  id: '1',
  threat_id: 'INP01',
  target: 'Web',
  description: 'Overflow',
  details: 'Too much.',
  severity: 'High',
  mitigations: 'Check it.',
  condition: 'target.x is False',
  ...more,
})

const whats = (value: { summary: { losses: readonly { what: string }[] } }) => value.summary.losses.map(({ what }) => what)
const codes = (value: { summary: { problems: readonly { code: string }[] } }) => value.summary.problems.map(({ code }) => code)

describe('elements, flows and data', () => {
  test('an empty model is an empty design', () => {
    const { design, summary } = imported({ name: 'x', boundaries: [], elements: [], flows: [] })
    expect(summary).toMatchObject({ format: 'pytm', losses: [], problems: [] })
    expectSound(design)
  })

  test('the short form is joined as it says', () => {
    const { design } = imported(model())
    expectSound(design)
    const orders = named(design.data, 'Orders')
    expect(named(design.flows, 'Buy')).toMatchObject({
      source: named(design.elements, 'User').id,
      target: named(design.elements, 'Web').id,
      data: { [orders.id]: true },
    })
    expect(named(design.elements, 'Base')).toMatchObject({
      boundary: named(design.boundaries, 'Inner').id,
      data: { [orders.id]: true },
    })
    expect(named(design.boundaries, 'Inner').parent).toBe(named(design.boundaries, 'Net').id)
  })

  test.each([
    ['Actor', 'externalEntity'],
    ['ExternalEntity', 'externalEntity'],
    ['Datastore', 'dataStore'],
    ['Server', 'process'],
    ['Lambda', 'process'],
    ['ServerlessFunc', 'process'],
    ['Process', 'process'],
    ['SetOfProcesses', 'process'],
    ['LLM', 'process'],
  ])('a %s is known', (className, kind) => {
    const value = imported(withElement({ __class__: className }))
    expect(named(value.design.elements, 'Extra').kind).toBe(kind)
    expect(codes(value)).not.toContain('import.kind')
  })

  test('an LLM is an AI model', () => {
    const { design } = imported(withElement({ __class__: 'LLM', hasRAG: true }))
    expect(named(design.elements, 'Extra').attributes).toEqual({ isAiModel: 'yes', retrievesContent: 'yes' })
  })

  test.each(['Robot', undefined, 7, 'constructor'])('the class %s is asked about', className => {
    const value = imported(withElement({ __class__: className }))
    expectSound(value.design)
    expect(named(value.design.elements, 'Extra').kind).toBe('process')
    expect(codes(value)).toContain('import.kind')
  })

  test('controls are read nested and flat, as the versions write them', () => {
    for (const said of [{ controls: { validatesInput: true, usesMFA: true } }, { validatesInput: true, usesMFA: true }]) {
      const row = named(imported(withElement(said)).design.elements, 'Extra')
      expect(row.attributes).toEqual({ validatesInput: 'yes' })
      expect(row.foreign).toEqual('controls' in said ? { controls: { usesMFA: true } } : { usesMFA: true })
    }
  })

  test('a false is an answer where a person wrote it, and none in a dump', () => {
    const said = { controls: { isEncryptedAtRest: false, validatesInput: true } }
    expect(named(imported(withElement(said)).design.elements, 'Extra').attributes).toEqual({
      encryptsAtRest: 'no',
      validatesInput: 'yes',
    })
    const dumped = imported(withElement(said, DUMP))
    expect(named(dumped.design.elements, 'Extra').attributes).toEqual({ validatesInput: 'yes' })
    expect(named(dumped.design.elements, 'Extra')).not.toHaveProperty('foreign')
    expect(whats(dumped)).toContain('Every false, every empty value and every NONE')
  })

  test('what is out of scope says so, in either form', () => {
    for (const rest of [{}, DUMP])
      expect(named(imported(withElement({ inScope: false }, rest)).design.elements, 'Extra').outOfScope).toBe('No reason stated.')
    expect(named(imported(withElement({ inScope: true }, DUMP)).design.elements, 'Extra')).not.toHaveProperty('outOfScope')
  })

  test.each([
    [{ controls: { isEncrypted: true } }, { encryption: 'yes' }],
    [{ isEncrypted: true }, { encryption: 'yes' }],
    [{ tlsVersion: 'TLSVersion.TLSv12' }, { encryption: 'yes' }],
    [{ controls: { implementsAuthenticationScheme: true } }, { authentication: 'yes' }],
    [{ protocol: 'HTTPS' }, { protocol: 'HTTPS' }],
    [{ description: 'A', note: 'B' }, { description: 'A\n\nB' }],
    [{ order: 3 }, { foreign: { order: 3 } }],
    [{ isResponse: true, responseTo: 'Buy' }, { foreign: { isResponse: true, responseTo: 'Buy' } }],
    [{ data: 'Orders' }, { data: expect.anything() }],
  ])('a flow with %j', (said, row) => {
    const { design } = imported(withFlow(said))
    expectSound(design)
    expect(named(design.flows, 'Extra')).toMatchObject(row)
  })

  test('nothing said of a flow is nothing known', () => {
    const flow = named(
      imported(withFlow({ controls: { isEncrypted: false }, tlsVersion: 'TLSVersion.NONE', protocol: '' }, DUMP)).design.flows,
      'Extra',
    )
    for (const key of ['encryption', 'authentication', 'protocol', 'foreign']) expect(flow).not.toHaveProperty(key)
  })

  test('things are named by name or by uuid', () => {
    const { design } = imported(
      withElement({ uuid: 'u-1' }, { flows: [{ name: 'By uuid', source: 'u-1', sink: { name: 'Web' } }] }),
    )
    expect(named(design.flows, 'By uuid')).toMatchObject({
      source: named(design.elements, 'Extra').id,
      target: named(design.elements, 'Web').id,
    })
  })

  test('data may name the flows that carry it', () => {
    const value = imported(withFlow({}, { data: [{ name: 'Orders', carriedBy: ['Extra', 'gone'] }] }))
    expect(named(value.design.flows, 'Extra').data).toEqual({ [named(value.design.data, 'Orders').id]: true })
    expect(whats(value)).toContain('A flow that carries Data "Orders"')
  })

  test.each([
    [{ classification: 'PUBLIC' }, 'D0'],
    [{ classification: 'Classification.RESTRICTED' }, 'D2'],
    [{ classification: 'Classification.SECRET' }, 'D4'],
    [{ classification: 'TOP_SECRET' }, 'D4'],
    [{ classification: 'PUBLIC', isCredentials: true }, 'D4'],
    [{ isPII: true }, 'D3'],
    [{ classification: 'Classification.UNKNOWN' }, undefined],
    [{}, undefined],
  ])('data with %j has the class %s', (said, dataClass) => {
    expect(named(imported(model({ data: [{ name: 'Orders', ...said }] })).design.data, 'Orders').class).toBe(dataClass)
  })

  test('links that lead nowhere are told', () => {
    const value = imported(withFlow({ source: 'gone', sink: null, data: ['lost'] }))
    expectSound(value.design)
    expect(codes(value).filter(code => code === 'import.looseEnd')).toHaveLength(2)
    expect(named(value.design.flows, 'Extra').foreign).toMatchObject({ source: 'gone', data: ['lost'] })
    const lost = imported(withElement({ inBoundary: 'gone' }))
    expect(named(lost.design.elements, 'Extra').foreign).toMatchObject({ inBoundary: 'gone' })
    expect(whats(lost)).toContain('A link of Element "Extra"')
  })

  test('boundaries in a circle are cut', () => {
    const value = imported(
      model({
        boundaries: [
          { name: 'Net', inBoundary: 'Inner' },
          { name: 'Inner', inBoundary: 'Net' },
        ],
      }),
    )
    expectSound(value.design)
    expect(codes(value)).toContain('import.circle')
  })

  test('an element that only the actors or assets name is an element', () => {
    const value = imported(
      model({ ...DUMP, actors: [{ name: 'User' }, { name: 'Guest' }], assets: [{ __class__: 'Server', name: 'Cache' }] }),
    )
    expectSound(value.design)
    expect(value.summary.counts.elements).toBe(5)
    expect(named(value.design.elements, 'Guest').kind).toBe('externalEntity')
  })

  test('ids come from names, so that another element before it changes none', () => {
    const id = (value: unknown) => named(imported(value).design.elements, 'Base').id
    const elements = model().elements as readonly Things[]
    expect(id(model({ elements: [{ __class__: 'Server', name: 'New' }, ...elements] }))).toBe(id(model()))
  })
})

describe('findings', () => {
  test('become threats on what they are about, and nothing is rated', () => {
    const value = imported(model({ ...DUMP, findings: [finding(), finding({ id: '2', threat_id: 'DF01', target: 'Buy' })] }))
    expectSound(value.design)
    const [first] = rowsOf(value.design.threats).filter(({ elements }) => elements !== undefined)
    expect(first).toMatchObject({
      statement: 'Overflow',
      description: 'Too much.',
      categories: {},
      elements: { [named(value.design.elements, 'Web').id]: true },
      foreign: { severity: 'High', mitigations: 'Check it.' },
      provenance: { originalId: 'INP01' },
    })
    expect(first).not.toHaveProperty('likelihood')
    expect(first).not.toHaveProperty('impactScale')
    expect(
      rowsOf(value.design.threats)
        .map(({ flows }) => flows)
        .filter(Boolean),
    ).toEqual([{ [named(value.design.flows, 'Buy').id]: true }])
  })

  test('their running numbers are nobody', () => {
    const ids = (findings: readonly Things[]) => Object.keys(imported(model({ ...DUMP, findings })).design.threats).sort()
    const later = finding({ threat_id: 'AA01', target: 'User' })
    expect(ids([finding({ id: '7' })])).toEqual(ids([finding({ id: '1' })]))
    expect(ids([later, finding({ id: '2' })])).toEqual(expect.arrayContaining(ids([finding({ id: '1' })])))
  })

  test('a number leads from an element to its finding where two share a name', () => {
    const elements = [
      { __class__: 'Server', name: 'Web', description: 'first' },
      { __class__: 'Server', name: 'Web', description: 'second', findings: ['1'] },
    ]
    const { design } = imported(model({ ...DUMP, elements, flows: [], findings: [finding()] }))
    const second = rowsOf(design.elements).find(({ description }) => description === 'second')
    expect(rowsOf(design.threats)[0]?.elements).toEqual({ [second?.id ?? '']: true })
  })

  test.each([
    ['', { mitigations: 0 }, []],
    ['accepted', { mitigations: 0 }, ['import.noOwner']],
    ['mitigated: input is cut', { mitigations: 1 }, []],
    ['mitigated', { mitigations: 0 }, ['import.mitigatedHow']],
    ['we will see', { mitigations: 0 }, ['import.status']],
  ])('the response "%s"', (response, counts, problems) => {
    const value = imported(model({ ...DUMP, findings: [finding({ response })] }))
    expectSound(value.design)
    expect(value.summary.counts).toMatchObject({ threats: 1, acceptances: 0, ...counts })
    expect(codes(value)).toEqual(problems)
  })

  test('one that stands in its element as well counts once', () => {
    const value = imported(
      withElement({ findings: [finding({ target: 'Extra' })] }, { ...DUMP, findings: [finding({ target: 'Extra' })] }),
    )
    expect(value.summary.counts.threats).toBe(1)
  })

  test('excluded ones are kept, and assumptions come in', () => {
    const value = imported(
      model({ ...DUMP, excluded_findings: [finding()], assumptions: [{ name: 'Trusted', exclude: ['INP01'] }, 'Plain'] }),
    )
    expectSound(value.design)
    expect(value.summary.counts.threats).toBe(0)
    expect(whats(value)).toContain('1 excluded finding')
    expect(value.design.settings.design?.foreign).toHaveProperty('excluded_findings')
    expect(
      rowsOf(value.design.assumptions)
        .map(({ statement }) => statement)
        .sort(),
    ).toEqual(['Plain', 'Trusted'])
    expect(named(value.design.assumptions, 'Trusted').foreign).toEqual({ exclude: ['INP01'] })
  })
})

describe('hostile and damaged files', () => {
  test.each([
    [model({ elements: {} }), 'pytm.list'],
    [model({ findings: 'x' }), 'pytm.list'],
    [model({ elements: Array.from({ length: 50_001 }, () => ({})) }), 'import.tooMany'],
    [model({ boundaries: Array.from({ length: 2001 }, () => ({})) }), 'import.tooMany'],
    [model({ flows: [{ data: Array.from({ length: 200_001 }, () => 'Orders') }] }), 'import.tooMany'],
  ])('case %#: refused with one problem', (value, code) => {
    expect(refused(value).code).toBe(code)
  })

  test('values of any kind, and the words every object knows', () => {
    for (const value of [
      null,
      '',
      'x',
      7,
      true,
      [],
      [1, null],
      {},
      { name: {} },
      { name: 'constructor' },
      { name: 'toString', __class__: 'valueOf', controls: 7 },
    ])
      for (const key of ['boundaries', 'elements', 'flows', 'data', 'findings', 'assumptions'])
        expectSound(imported(model({ [key]: [value, value] })).design)
  })

  test('the largest file that is read comes to its end', () => {
    const many = (count: number, thing: (i: number) => unknown) => Array.from({ length: count }, (_, i) => thing(i))
    const value = model({
      boundaries: many(2000, i => ({ name: `b${i}`, inBoundary: `b${i + 1}` })),
      elements: many(40_000, i => ({ __class__: 'Server', name: `e${i}`, inBoundary: 'b0', controls: { validatesInput: true } })),
      data: [{ name: 'd', carriedBy: many(40_000, i => `f${i}`) }, ...many(40_000, i => ({ name: `d${i}`, carriedBy: ['f0'] }))],
      flows: many(40_000, i => ({ name: `f${i}`, source: `e${i}`, sink: 'e0', data: ['d'] })),
      findings: many(40_000, i => finding({ id: String(i), target: `e${i}` })),
    })
    const result = ends(() => readPytm('model.json', value, stamp))
    expect(result.ok && countsOf(result.value.design)).toMatchObject({
      elements: 40_000,
      flows: 40_000,
      threats: 40_000,
      dataAssets: 40_001,
    })
  })

  test('damage gives a sound design or one refusal', () => {
    const rich = withElement(
      { findings: ['1'], uuid: 'u' },
      { ...DUMP, findings: [finding(), finding({ response: 'mitigated: so' })], assumptions: ['A'] },
    )
    expectSoundOrRefused([rich], { read, numRuns: 150 })
  })
})
