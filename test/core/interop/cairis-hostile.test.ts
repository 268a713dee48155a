import { describe, expect, test } from 'vitest'
import { readCairis } from '../../../core/interop/cairis/read.ts'
import { countsOf } from '../../../core/interop/counts.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { flow, model, PARTS, read, refused } from './cairis-text.ts'
import { named, stamp } from './imported.ts'

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
