import { describe, expect, test } from 'vitest'
import { readThreatcl, readThreatclHcl } from '../../../core/interop/threatcl/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, named, stamp } from './imported.ts'
import { loss, lossesIn, readHcl, refused } from './threatcl-text.ts'

describe('several models in a file', () => {
  const model = readHcl(
    ['A', 'B']
      .map(
        name => `threatmodel "${name}" {
  description = "The ${name} of it"
  author = "x"
  information_asset "gold" { information_classification = "Confidential" }
  threat "theft" {
    description = "Somebody takes it"
    information_asset_refs = ["gold"]
  }
  data_flow_diagram_v2 "Overview" {
    process "Web" {}
  }
}`,
      )
      .join('\n'),
  )
  const { design } = model

  test('are one design, whose rows say which they are of', () => {
    expectSound(design)
    expect(design.settings.design).toMatchObject({ name: 'A, B', purpose: 'A: The A of it\n\nB: The B of it' })
    expect(
      rowsOf(design.threats)
        .map(({ provenance }) => provenance.originalId)
        .toSorted(),
    ).toEqual(['A/theft', 'B/theft'])
    expect(
      rowsOf(design.diagrams)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['A: Overview', 'B: Overview'])
    expect(loss(model, 'The line between 2 threat models')).toMatchObject({
      at: 'model.hcl:13:1',
      why: expect.stringContaining('"A", "B"'),
    })
  })

  test('and keep their own assets', () => {
    const goldOf = (name: string) => rowsOf(design.data).find(({ provenance }) => provenance.originalId === `${name}/gold`)?.id
    for (const name of ['A', 'B']) {
      const threat = rowsOf(design.threats).find(({ provenance }) => provenance.originalId === `${name}/theft`)
      expect(Object.keys(threat?.data ?? {})).toEqual([goldOf(name)])
    }
  })
})

describe('what a file leaves open', () => {
  const diagram = (body: string) => readHcl(`threatmodel "M" {\n data_flow_diagram_v2 "D" {\n${body}\n}\n}`)

  test('of two with one name the first is meant, and both are told', () => {
    const { design, report } = diagram('process "A" {}\ndata_store "A" {}\nflow "f" {\nfrom = "A"\nto = "A"\n}')
    expectSound(design)
    const process = rowsOf(design.elements).find(({ kind }) => kind === 'process')?.id
    expect(rowsOf(design.flows)).toMatchObject([{ source: process, target: process }])
    expect(report.problems.map(({ code }) => code)).toEqual(['import.sameId'])
  })

  test('a short name that two share means neither', () => {
    const { design } = diagram('process "Web App" {}\nprocess "web app" {}\nflow "f" {\nfrom = "web_app"\nto = "Web App"\n}')
    const [flow] = rowsOf(design.flows)
    expect(flow?.source).toBeUndefined()
    expect(flow?.target).toBe(named(design.elements, 'Web App').id)
  })

  test('an element in the block of one zone that names another lies in the block', () => {
    const model = diagram('trust_zone "A" {\n process "P" { trust_zone = "B" }\n}\ntrust_zone "B" {}')
    const element = named(model.design.elements, 'P')
    expect(element.boundary).toBe(named(model.design.boundaries, 'A').id)
    expect(element.foreign).toEqual({ trust_zone: 'B' })
    expect(lossesIn(model)).toContain('trust_zone of Process "P"')
  })

  test('zones within zones', () => {
    const { design } = diagram('trust_zone "A" {\n trust_zone "B" {\n process "P" {}\n flow "f" {\nfrom = "P"\nto = "P"\n}\n}\n}')
    expectSound(design)
    expect(named(design.boundaries, 'B').parent).toBe(named(design.boundaries, 'A').id)
    expect(named(design.elements, 'P').boundary).toBe(named(design.boundaries, 'B').id)
    expect(rowsOf(design.flows)).toHaveLength(1)
  })

  test('references to what is not there are losses and stay under foreign', () => {
    const model = readHcl(`threatmodel "M" {
  threat "T" {
    description = var.text
    stride = var.stride
    information_asset_refs = ["gone", information_asset.gone]
  }
  threat {}
  data_flow_diagram_v2 "D" {
    data_store "S" {
      information_asset = "gone"
      trust_zone = trust_zone.gone
    }
  }
}`)
    expectSound(model.design)
    expect(named(model.design.threats, 'T').foreign).toEqual({
      description: { expression: 'var.text' },
      stride: { expression: 'var.stride' },
      information_asset_refs: ['gone', { expression: 'information_asset.gone' }],
    })
    expect(named(model.design.elements, 'S').foreign).toEqual({
      information_asset: 'gone',
      trust_zone: { expression: 'trust_zone.gone' },
    })
    expect(lossesIn(model)).toEqual(
      expect.arrayContaining([
        '1 value written as var.text',
        'information_asset_refs of Threat "T"',
        'information_asset of Data store "S"',
        'trust_zone of Data store "S"',
        'Name of 1 threat',
      ]),
    )
  })

  test('blocks, labels and keys that nobody knows are kept as the JSON form has them', () => {
    const { design } = readHcl(`extra "x" { a = 1 }
threatmodel "M" "second" {
  threat "T" {
    description = "d"
    ticket = 7
    seen "by" "me" { at = [1, { b = "c" }] }
    seen "by" "you" {}
  }
}`)
    expectSound(design)
    expect(named(design.threats, 'T').foreign).toEqual({
      ticket: 7,
      seen: [{ by: { me: { at: [1, { b: 'c' }] } } }, { by: { you: {} } }],
    })
    expect(design.settings.design?.foreign).toEqual({
      extra: { x: { a: 1 } },
      threatmodel: { M: { 'block labels': ['M', 'second'] } },
    })
  })

  test('long names and texts are cut and kept', () => {
    const long = 'x'.repeat(5000)
    const { design } = readHcl(
      `threatmodel "${long}" {\n threat "${long}" { description = "${long}" }\n information_asset "${long}" {}\n}`,
    )
    expectSound(design)
    expect(rowsOf(design.data)[0]).toMatchObject({ name: expect.stringMatching(/^x{399}…$/) })
    expect(JSON.stringify(rowsOf(design.threats)[0])).toContain(long)
  })

  test('a file without a model is refused', () => {
    expect(refused(readThreatclHcl('model.hcl', 'component "control" "x" {}\n', stamp))).toMatchObject({
      code: 'threatcl.noModel',
      at: 'model.hcl',
      message: 'The file holds no threatmodel block, only 1 control for others to import.',
    })
    for (const threatmodel of [undefined, null, [], 'x', 5, [1]])
      expect(refused(readThreatcl('model.json', { threatmodel }, stamp)).code).toBe('threatcl.noModel')
    expect(refused(readThreatclHcl('model.hcl', 'threatmodel "x" {', stamp))).toMatchObject({
      code: 'hcl.syntax',
      at: 'model.hcl:1:1',
    })
  })
})
