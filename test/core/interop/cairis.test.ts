import { describe, expect, test } from 'vitest'
import { readCairis } from '../../../core/interop/cairis.ts'
import { looksLikeCairis } from '../../../core/interop/cairis-sniff.ts'
import { countsOf } from '../../../core/interop/counts.ts'
import { lossesOf } from '../../../core/interop/import-report.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Problem } from '../../../core/support/result.ts'
import { ends } from '../../support/ends.ts'
import { expectSound, named, stamp } from './imported.ts'

const HEAD = '<?xml version="1.0"?>\n<!DOCTYPE cairis_model PUBLIC "-//CAIRIS//DTD MODEL 1.0//EN" "https://example.org/x.dtd">\n'

/** Objects of each section of a small model of our own that holds one of everything. */
const PARTS = {
  tvtypes: '<threat_type name="Electronic"><description>By wire</description></threat_type>',
  cairis: `<project_settings name="Shop"><background>Once.</background><strategic_goals>Sells things.</strategic_goals>
    <rich_picture image=""/><naming_conventions><entry name="Cart"><definition>What is bought next.</definition></entry></naming_conventions>
    </project_settings>
    <environment name="Day" short_code="D"><definition>Light</definition></environment>
    <environment name="Night" short_code="N"><definition>Dark</definition></environment>`,
  people: '<role name="Customer" type="Stakeholder" short_code="C"><description>Buys.</description></role>',
  assets: `<asset name="Orders" short_code="O" type="Information" is_critical="0">
      <description>What was bought.</description><significance>Much.</significance><critical_rationale />
      <security_property environment="Day" property="confidentiality" value="Low"><rationale>Few look.</rationale></security_property>
      <security_property environment="Night" property="confidentiality" value="High"><rationale /></security_property>
      <security_property environment="Day" property="integrity" value="None"><rationale /></security_property>
      <security_property environment="Day" property="accountability" value="High"><rationale /></security_property>
    </asset>
    <asset name="Parcel" short_code="P" type="Hardware" is_critical="0"><description>A box.</description></asset>
    <asset name="Database" short_code="DB" type="Systems" is_critical="1"><description>Keeps.</description>
      <security_property environment="Day" property="integrity" value="High"><rationale /></security_property></asset>
    <asset name="Modem" short_code="M" type="Hardware" is_critical="0"><description>Calls.</description></asset>`,
  risks: `<vulnerability name="Weak lock" type="Design"><description>Old.</description>
      <vulnerability_environment name="Day" severity="Critical"><vulnerable_asset name="Database"/></vulnerability_environment></vulnerability>
    <attacker name="Thief" image=""><description>Steals.</description></attacker>
    <threat name="Orders are stolen" type="Electronic/Hacking">
      <method>By reading\n  the database.</method>
      <threat_environment name="Day" likelihood="Remote"><threat_attacker name="Thief"/>
        <threatened_asset name="Database"/><threatened_asset name="Orders"/><threatened_asset name="Modem"/>
        <threatened_property name="confidentiality" value="High"><rationale>Worth money.</rationale></threatened_property></threat_environment>
      <threat_environment name="Night" likelihood="Probable"><threat_attacker name="Thief"/><threatened_asset name="Orders"/></threat_environment>
    </threat>
    <risk name="Night theft" vulnerability="Weak lock" threat="Orders are stolen">
      <misusecase environment="Night"><narrative>He comes by night.</narrative></misusecase></risk>
    <response risk="Night theft" type="Prevent"><prevent_environment name="Night"/></response>
    <asset_association environment="Day" head_name="Database" tail_name="Orders"/>`,
  goals: `<domainproperty name="Staff" type="Hypothesis" originator="Head"><definition>Staff is trained.</definition></domainproperty>
    <goal name="Sell"/><goal name="Earn"/>
    <requirement name="Lock" reference="database" reference_type="asset" label="1" type="Security" priority="1">
      <description>The database shall be locked.</description><rationale>It is worth it.</rationale>
      <fit_criterion>Nobody gets in.</fit_criterion><originator>Standard 7</originator></requirement>
    <requirement name="Speed" reference="Day" reference_type="environment" label="2" type="Performance" priority="3">
      <description>Pages shall be fast.</description><rationale>None</rationale><fit_criterion>none</fit_criterion><originator/></requirement>
    <usecase name="Buy" author="Us" code="B"><description>Buys things.</description><actor name="Customer"/>
      <usecase_environment name="Day"><preconditions>Open.</preconditions></usecase_environment></usecase>
    <usecase name="Return" author="Us" code="R"><description>Sends back.</description></usecase>
    <countermeasure name="New lock" type="Hardware"><description>Of steel.</description>
      <countermeasure_environment name="Night" cost="Low"><countermeasure_requirement name="Lock"/>
        <target name="Weak lock" effectiveness="High"><target_response name="Prevent Night theft"/><rationale>Hard.</rationale></target>
      </countermeasure_environment></countermeasure>`,
  dataflows: `${flow('order', 'Customer entity', 'Buy process', 'Parcel')}${flow('save', 'Buy process', 'Database datastore', 'Orders')}
    <trust_boundary name="Inside"><description>Ours.</description>
      <trust_boundary_environment name="Day"><trust_boundary_component name="Buy" type="process"/>
        <trust_boundary_component name="Database" type="datastore"/></trust_boundary_environment></trust_boundary>`,
}

function flow(name: string, from: string, to: string, ...assets: readonly string[]): string {
  const end = (word: string, text: string) => {
    const at = text.lastIndexOf(' ')
    return `${word}_name="${text.slice(0, at)}" ${word}_type="${text.slice(at + 1)}"`
  }
  const carried = assets.map(asset => `<dataflow_asset name="${asset}"/>`).join('')
  return `<dataflow name="${name}" environment="Day" ${end('from', from)} ${end('to', to)}>${carried}</dataflow>`
}

function model(more: Partial<Record<keyof typeof PARTS | 'other', string>> = {}): string {
  const sections = Object.entries({ ...PARTS, ...more }).map(([name, text]) => `<${name}>\n${text}\n</${name}>\n`)
  return `${HEAD}<cairis_model>\n${sections.join('')}</cairis_model>\n`
}

function read(text: string) {
  const result = readCairis('model.xml', text, stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  const { design, report, formatVersion } = result.value
  expectSound(design)
  for (const { at } of lossesOf(report)) expect(at).toMatch(/^model\.xml:\d+:\d+$/)
  return { design, formatVersion, losses: lossesOf(report), problems: report.problems, counts: countsOf(design) }
}

/** The one problem of a refusal, which must be complete. */
function refused(text: string): Problem {
  const result = readCairis('model.xml', text, stamp)
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  const [problem] = result.problems
  expect(problem).toMatchObject({
    severity: 'error',
    at: expect.stringMatching(/^model\.xml/),
    cure: expect.stringMatching(/\.$/),
  })
  expect(problem.message.length).toBeLessThan(400)
  return problem
}

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

/** Line and column of the first place where that stands in the model. */
function lineOf(text: string): string {
  const before = model().slice(0, model().indexOf(text))
  return `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`
}

describe('what a file leaves open', () => {
  test.each([
    ['Incredible', 1],
    ['Improbable', 1],
    ['Remote', 2],
    ['Occasional', 3],
    ['Probable', 4],
    ['Frequent', 5],
    ['constructor', undefined],
  ])('a likelihood %s is %s', (word, step) => {
    const { design } = read(
      model({ risks: `<threat name="T" type="x"><threat_environment name="Day" likelihood="${word}"/></threat>` }),
    )
    expect(named(design.threats, 'T').likelihood).toBe(step)
  })

  test.each([
    ['Functional', 'functional', undefined],
    ['Legal', 'compliance', undefined],
    ['Operational', 'operational', undefined],
    ['Usability', 'functional', 'Usability'],
    ['Cultural_and_Political', 'functional', 'Cultural_and_Political'],
    ['toString', 'functional', 'toString'],
  ])('a requirement of type %s is %s', (type, kind, kept) => {
    const { design } = read(
      model({ goals: `<requirement name="R" type="${type}" priority="x"><description>D</description></requirement>` }),
    )
    const row = named(design.requirements, 'D')
    expect([row.kind, row.foreign?.type, row.priority, row.foreign?.priority]).toEqual([kind, kept, undefined, 'x'])
  })

  test.each(['Accept', 'Transfer'])('a risk answered with %s leaves its threat open and asks', type => {
    const { design, problems } = read(model({ risks: `${PARTS.risks}<response risk="Night theft" type="${type}"/>` }))
    expect(design.acceptances).toEqual({})
    expect(problems).toMatchObject([{ code: 'import.noOwner', at: named(design.threats, 'Orders are stolen').id }])
  })

  test('an information asset that is a data store is both, and the store holds it', () => {
    const { design } = read(model({ dataflows: flow('save', 'Buy process', 'Orders datastore', 'Orders') }))
    expect(named(design.elements, 'Orders').data).toEqual({ [named(design.data, 'Orders').id]: true })
    expect(named(design.elements, 'Orders').description).toBe('What was bought.')
  })

  test('one name of two types is two elements; one described nowhere is one by its name', () => {
    const flows = flow('a', 'Modem entity', 'Modem datastore') + flow('b', 'Stranger entity', 'Buy process')
    const { design, losses } = read(model({ dataflows: flows }))
    expect(rowsOf(design.elements).filter(({ name }) => name === 'Modem')).toHaveLength(2)
    expect(named(design.elements, 'Stranger').kind).toBe('externalEntity')
    expect(losses.map(({ what }) => what)).toContain('Description of 1 element')
  })

  test('a type that means nothing is told by the name, else the end hangs loose', () => {
    const { design, losses, problems } = read(
      model({ dataflows: flow('a', 'Customer thing', 'Modem thing') + flow('b', 'Buy thing', ' x') }),
    )
    const a = named(design.flows, 'a')
    expect(a.source).toBe(named(design.elements, 'Customer').id)
    expect(a.target).toBeUndefined()
    expect(a.foreign).toMatchObject({ to_name: 'Modem', to_type: 'thing' })
    expect(losses.map(({ what }) => what)).toContain('The target of Data flow "a"')
    expect(problems.filter(({ code }) => code === 'import.looseEnd').map(({ at }) => at)).toEqual([
      a.id,
      named(design.flows, 'b').id,
    ])
  })

  test('links that lead nowhere are losses at their place and stay under foreign', () => {
    const { design, losses } = read(
      model({
        risks: `<threat name="T" type="x"><threat_environment name="Day" likelihood="Remote"><threatened_asset name="nothing"/></threat_environment></threat>
          <risk name="R" vulnerability="v" threat="nobody"/><response risk="none" type="Accept"/>`,
        goals: `<requirement name="Q" reference="gone"><description>D</description></requirement>
          <countermeasure name="C"><countermeasure_environment><target name="x"><target_response name="Prevent y"/></target></countermeasure_environment></countermeasure>`,
        dataflows: `${flow('f', 'A entity', 'B process', 'missing')}<trust_boundary name="Z"><trust_boundary_environment>
          <trust_boundary_component name="Modem" type="what"/></trust_boundary_environment></trust_boundary>`,
      }),
    )
    for (const name of ['nothing', 'nobody', 'none', 'gone', 'x', 'Prevent y', 'missing', 'Modem'])
      expect(
        losses.filter(({ why }) => why.startsWith(`It names "${name}",`)),
        name,
      ).toHaveLength(1)
    expect(design.settings.design?.foreign).toMatchObject({ risk: [{ name: 'R' }], response: [{ risk: 'none' }] })
    expect(named(design.flows, 'f').foreign).toMatchObject({ dataflow_asset: [{ name: 'missing' }] })
    expect(named(design.mitigations, 'C').threats).toBeUndefined()
  })

  test('of two with one name the first is meant, and both come in', () => {
    const { design, losses } = read(
      model({
        risks: `${'<threat name="T" type="x"><method>M</method></threat>'.repeat(2)}<risk name="R" threat="T" vulnerability="V"/>`,
      }),
    )
    expect(rowsOf(design.threats)).toHaveLength(2)
    expect(rowsOf(design.threats).filter(({ prerequisite }) => prerequisite === 'V')).toHaveLength(1)
    expect(losses.map(({ what }) => what)).toContain('Name of 1 threat')
  })

  test('the same flow in another environment is another flow, and nothing to complain of', () => {
    const one = flow('order', 'Customer entity', 'Buy process', 'Orders')
    const { counts, losses } = read(model({ dataflows: one + one.replace('"Day"', '"Night"') }))
    expect(counts.flows).toBe(2)
    expect(losses.map(({ what }) => what)).not.toContain('Name of 1 data flow')
  })

  test('an element in a second boundary stays in the first', () => {
    const second = PARTS.dataflows.slice(PARTS.dataflows.indexOf('<trust_boundary ')).replace('"Inside"', '"Second"')
    const { design, losses } = read(model({ dataflows: PARTS.dataflows + second }))
    expect(named(design.elements, 'Buy').boundary).toBe(named(design.boundaries, 'Inside').id)
    expect(losses.map(({ what }) => what)).toContain('Another trust boundary around 2 elements')
  })

  test('objects nobody knows and attributes of sections are kept', () => {
    const { design, losses } = read(
      model({ other: '<gadget name="G"><part size="1"/>text</gadget>' }).replace('<other>', '<other id="7">'),
    )
    expect(design.settings.design?.foreign).toMatchObject({
      gadget: [{ name: 'G', part: [{ size: '1' }], '#text': 'text' }],
      other: { id: '7' },
    })
    expect(losses.map(({ what }) => what)).toContain('1 gadget')
  })

  test('terms of a glossary that do not fit are kept as they were', () => {
    const entries = ['x'.repeat(101), 'fits', '__proto__', 'fits'].map(
      name => `<entry name="${name}"><definition>d</definition></entry>`,
    )
    const cairis = `<project_settings name="S"><naming_conventions>${entries.join('')}</naming_conventions></project_settings>`
    const settings = read(model({ cairis })).design.settings.design
    expect(settings?.glossary).toEqual({ fits: 'd' })
    expect(settings?.foreign).toMatchObject({ project_settings: { naming_conventions: [{ entry: [{}, {}, {}, {}] }] } })
  })

  test('an empty model is a design without rows', () => {
    const { design, counts } = read(`${HEAD}<cairis_model/>`)
    expect(design.settings.design?.name).toBe('Unnamed model')
    expect(Object.values(counts).every(count => count === 0)).toBe(true)
  })

  test('ids come from names, not from the file name or the order of sections', () => {
    const turned = model()
      .replace(/(<dataflows>[\s\S]*<\/dataflows>)\n/, '')
      .replace('<cairis_model>', `<cairis_model>${/<dataflows>[\s\S]*<\/dataflows>/.exec(model())?.[0]}`)
    expect(turned).not.toBe(model())
    const ids = (text: string, name: string) => {
      const result = readCairis(name, text, stamp)
      return result.ok && Object.values(result.value.design).map(table => Object.keys(table).sort())
    }
    expect(ids(turned, 'renamed.xml')).toEqual(ids(model(), 'model.xml'))
  })
})

describe('hostile files', () => {
  test.each([
    ['', 'cairis.xml'],
    ['{"cairis_model": 1}', 'cairis.xml'],
    ['<cairis_model>', 'cairis.xml'],
    [model().slice(0, 3000), 'cairis.xml'],
    ['<threat_model/>', 'cairis.notModel'],
    ['<!DOCTYPE cairis_model [<!ENTITY a "b">]><cairis_model/>', 'cairis.doctype'],
    [`<cairis_model><goals>&a;</goals></cairis_model>`, 'cairis.xml'],
    [`<cairis_model>${'<a>'.repeat(100_000)}`, 'cairis.limit'],
    [`<cairis_model>${'<a/>'.repeat(600_000)}</cairis_model>`, 'cairis.limit'],
    [' '.repeat(17 * 1024 * 1024), 'file.large'],
    ['<cairis_model><goals><goal __proto__="x"/></goals></cairis_model>', 'cairis.key'],
    ['<cairis_model><riskanalysis><threat><__proto__/></threat></riskanalysis></cairis_model>', 'cairis.key'],
    [`<cairis_model><riskanalysis>${'<threat/>'.repeat(100_000)}</riskanalysis></cairis_model>`, 'import.tooMany'],
    [`<cairis_model><dataflows>${'<trust_boundary/>'.repeat(2001)}</dataflows></cairis_model>`, 'import.tooMany'],
    [
      `<cairis_model><dataflows><dataflow>${'<dataflow_asset/>'.repeat(200_001)}</dataflow></dataflows></cairis_model>`,
      'import.tooMany',
    ],
  ])('case %#: refused with one problem', (text, code) => {
    expect(refused(text).code).toBe(code)
  })

  test('names that every object knows are only names', () => {
    const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const { design } = read(
      model({
        assets: words.map(word => `<asset name="${word}" type="Information"/>`).join(''),
        risks: words
          .map(
            word => `<threat name="${word}"><threat_environment><threatened_asset name="${word}"/></threat_environment></threat>`,
          )
          .join(''),
        dataflows: words.map(word => flow(word, `${word} ${word}`, `${word} datastore`, word)).join(''),
      }),
    )
    for (const word of words) {
      expect(named(design.threats, word).data).toEqual({ [named(design.data, word).id]: true })
      expect(named(design.flows, word).source).toBeUndefined()
    }
  })

  test('objects with nothing in them, texts where parts belong and parts where texts belong', () => {
    const tags =
      'project_settings environment role asset vulnerability attacker threat risk response requirement usecase countermeasure domainproperty dataflow trust_boundary'
    const inner =
      'name description method threat_environment security_property naming_conventions misusecase target dataflow_asset trust_boundary_environment definition'
    const filled = inner.split(' ').map(tag => `<${tag}><b c="">${tag}</b><${tag} name=" "/></${tag}><${tag}>text</${tag}>`)
    const objects = tags
      .split(' ')
      .flatMap(tag => [`<${tag}/>`, `<${tag}>text${filled.join('')}</${tag}>`, `<${tag} name="n">${filled.join('')}</${tag}>`])
    const { counts } = read(`<cairis_model>loose<other>loose${objects.join('')}</other></cairis_model>`)
    expect(counts).toMatchObject({ threats: 3, requirements: 3, flows: 3, boundaries: 3, mitigations: 3 })
  })

  test('control characters and half characters do not reach the design', () => {
    const text = `<?xml version="1.1"?><cairis_model><x><threat name="A&#1;B&#x85;" type="&#2;"><method>&#1;</method></threat></x></cairis_model>`
    expect(rowsOf(read(text).design.threats)).toMatchObject([{ statement: 'AB' }])
  })

  test('endless texts are cut where a sentence ends and kept where there is room', () => {
    const long = 'x'.repeat(5000)
    const { design } = read(
      model({
        risks: `<threat name="${long}" type="t"><method>${long}</method></threat>`,
        goals: `<requirement name="R"><description>${long}</description></requirement>`,
        dataflows: flow(long, `${long} entity`, `${long} process`),
      }),
    )
    expect(rowsOf(design.threats)[0]?.statement).toHaveLength(4000)
    expect(rowsOf(design.threats)[0]?.description).toBe(long)
    expect(rowsOf(design.requirements)[0]?.foreign?.description).toBe(long)
    expect(rowsOf(design.flows)[0]?.name).toHaveLength(400)
    expect(rowsOf(design.flows)[0]?.foreign?.name).toBe(long)
  })

  test('a story longer than a row may carry costs only itself', () => {
    const told = `<misusecase environment="Day"><narrative>${'x'.repeat(30_000)}</narrative></misusecase>`
    const { design, losses } = read(model({ risks: PARTS.risks.replace('</risk>', `${told}</risk>`) }))
    const { foreign } = named(design.threats, 'Orders are stolen')
    expect(foreign).toMatchObject({ type: 'Electronic/Hacking', response: [{}] })
    expect(foreign?.risk).toBeUndefined()
    expect(losses.map(({ what }) => what)).toContain('Other keys of 1 object')
  })

  test('the largest file that is read comes to its end', () => {
    const many = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join('')
    const text = model({
      assets: many(40_000, i => `<asset name="a${i}" type="Information"/>`),
      risks:
        many(
          30_000,
          i => `<threat name="t${i}"><threat_environment><threatened_asset name="a${i}"/></threat_environment></threat>`,
        ) + many(40_000, i => `<risk name="r${i}" threat="t0" vulnerability="v${i}"/>`),
      dataflows:
        many(40_000, i => flow(`f${i}`, `a${i} entity`, `a0 datastore`, `a${i}`)) +
        `<trust_boundary name="B"><trust_boundary_environment>${many(20_000, i => `<trust_boundary_component name="a${i}" type="entity"/>`)}</trust_boundary_environment></trust_boundary>`,
    })
    const result = ends(() => readCairis('model.xml', text, stamp))
    expect(result.ok && countsOf(result.value.design)).toMatchObject({ elements: 40_001, flows: 40_000, threats: 30_000 })
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
