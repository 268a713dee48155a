import { describe, expect, test } from 'vitest'
import { readCairis } from '../../../core/interop/cairis/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { flow, HEAD, model, PARTS, read } from './cairis-text.ts'
import { named, stamp } from './imported.ts'

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
