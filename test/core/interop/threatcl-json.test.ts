import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import type { ReadModel } from '../../../core/interop/reading/building.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { folderOf } from '../../../core/model/write.ts'
import { expectSound, named } from './imported.ts'
import { loss, lossesIn, readHcl, readJson } from './threatcl-text.ts'

describe('the JSON form', () => {
  const json = {
    spec_version: '0.8.0',
    threatmodel: {
      Shop: {
        author: '@someone',
        information_asset: { orders: { information_classification: 'Confidential' } },
        usecase: [{ description: 'One' }, { description: 'Two' }],
        threat: [
          {
            'Orders are read': {
              description: `By $\${anybody}`,
              stride: ['Tampering'],
              information_asset_refs: ['orders', `\${information_asset.orders}`],
              control: { Lock: { description: `\${import.control.lock.description}`, implemented: true } },
            },
          },
          { description: 'An old one', expanded_control: [{ Guard: { description: 'Guards' } }, { Wall: {} }] },
        ],
        data_flow_diagram_v2: {
          'a/b': {
            process: [{ Web: {} }, { Worker: {} }],
            trust_zone: { Net: { data_store: { Store: {} }, external_element: { User: {} } } },
            flow: {
              https: [
                { from: 'User', to: 'Web' },
                { from: 'Web', to: 'Store' },
              ],
            },
          },
        },
      },
    },
  }
  const model = readJson(json)
  const { design } = model

  test('says the same in other signs', () => {
    const hcl = readHcl(`
spec_version = "0.8.0"
threatmodel "Shop" {
  author = "@someone"
  information_asset "orders" { information_classification = "Confidential" }
  usecase { description = "One" }
  usecase { description = "Two" }
  threat "Orders are read" {
    description = "By $\${anybody}"
    stride = ["Tampering"]
    information_asset_refs = ["orders", information_asset.orders]
    control "Lock" {
      description = import.control.lock.description
      implemented = true
    }
  }
  threat {
    description = "An old one"
    expanded_control "Guard" { description = "Guards" }
    expanded_control "Wall" {}
  }
  data_flow_diagram_v2 "a/b" {
    process "Web" {}
    process "Worker" {}
    trust_zone "Net" {
      data_store "Store" {}
      external_element "User" {}
    }
    flow "https" {
      from = "User"
      to = "Web"
    }
    flow "https" {
      from = "Web"
      to = "Store"
    }
  }
}`)
    const plain = (read: ReadModel) =>
      new Map([...folderOf(read.design)].map(([path, text]) => [path, text.replaceAll('model.json', 'model.hcl')]))
    expectSound(design)
    expect(plain(model)).toEqual(plain(hcl))
    expect(countsOf(design)).toMatchObject({ elements: 4, flows: 2, boundaries: 1, threats: 2, mitigations: 3, dataAssets: 1 })
    expect(lossesIn(model)).toEqual(lossesIn(hcl))
  })

  test('texts are templates: doubled signs mean themselves, and references are followed', () => {
    const threat = named(design.threats, 'Orders are read')
    expect(threat.description).toBe(`By \${anybody}`)
    expect(threat.data).toEqual({ [named(design.data, 'orders').id]: true })
    expect(threat.foreign).toBeUndefined()
    expect(named(design.mitigations, 'Lock').foreign).toEqual({ description: { expression: 'import.control.lock.description' } })
  })

  test('losses point into the file', () => {
    expect(loss(model, '1 value written as import.control.lock.description')?.at).toBe(
      '/threatmodel/Shop/threat/0/Orders are read/control/Lock/description',
    )
    expect(
      loss(readJson({ threatmodel: { 'a/b': { mermaid: { 'x~y': { content: '1' } } } } }), '1 embedded diagram of "a/b"')?.at,
    ).toBe('/threatmodel/a~1b/mermaid/x~0y')
  })

  test('a name over several models', () => {
    const twice = readJson({
      threatmodel: [{ A: { threat: { x: { description: 'One' } } } }, { A: { threat: { x: { description: 'Two' } } } }],
    })
    expectSound(twice.design)
    expect(
      rowsOf(twice.design.threats)
        .map(({ description }) => description)
        .toSorted(),
    ).toEqual(['One', 'Two'])
  })
})
