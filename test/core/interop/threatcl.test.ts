import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReadModel } from '../../../core/interop/building.ts'
import { countsOf } from '../../../core/interop/counts.ts'
import { type Loss, lossesOf } from '../../../core/interop/import-report.ts'
import { looksLikeThreatclHcl, readThreatcl, readThreatclHcl } from '../../../core/interop/threatcl.ts'
import { parseJson } from '../../../core/model/json.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { folderOf } from '../../../core/model/write.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import { ends } from '../../support/ends.ts'
import { expectSound, named, stamp } from './imported.ts'
import { mutated, mutations } from './mutations.ts'

type Fields = Readonly<Record<string, unknown>>

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problems[0].at}: ${result.problems[0].message}`)
  return result.value
}

function readHcl(text: string): ReadModel {
  return value(readThreatclHcl('model.hcl', text, stamp))
}

function readJson(root: Fields): ReadModel {
  return value(readThreatcl('model.json', root, stamp))
}

function refused(result: Result<ReadModel>): Problem {
  if (result.ok) throw new Error('it was read')
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0].cure).toBeTruthy()
  return result.problems[0]
}

function lossesIn({ report }: ReadModel): readonly string[] {
  return lossesOf(report).map(({ what }) => what)
}

function loss({ report }: ReadModel, what: string): Loss | undefined {
  return lossesOf(report).find(one => one.what === what)
}

/** A small model of our own that holds one of everything. */
const SHOP = `
# What the shop fears.
spec_version = "0.8.0"

variable "who" {
  value = "somebody"
}

component "control" "lock" {
  description = "Lock it"
}

threatmodel "Shop" {
  description = "Sells things."
  author      = "@someone"
  imports     = ["controls.hcl", "more.hcl"]
  including   = "base.hcl"

  attributes {
    new_initiative  = "true"
    internet_facing = true
    initiative_size = "Small"
  }

  additional_attribute "segment" { value = "dmz" }

  information_asset "Customer Orders" {
    description                = "What people buy"
    information_classification = "restricted"
    source                     = "web"
  }
  information_asset "prices" { information_classification = "Public" }
  information_asset "plans" { information_classification = "Eyes only" }

  usecase { description = "People buy things." }
  exclusion { description = "Keys are kept by a service." }

  third_party_dependency "payment" {
    description       = "Takes the money"
    saas              = true
    uptime_dependency = "hard"
    uptime_notes      = "Nobody can pay"
  }

  threat "Orders are read" {
    description            = <<-EOT
      Somebody reads orders.

      All of them.
    EOT
    stride                 = ["Info Disclosure", "Elevation Of Privilege"]
    impacts                = ["Confidentiality", "Integrity"]
    information_asset_refs = ["Customer Orders", information_asset.prices]
    control_imports        = ["import.control.lock"]

    risk {
      likelihood = "Very High"
      impact     = "low"
      rationale  = "Seen before"
    }

    control "Check who asks" {
      description          = "At every call"
      implemented          = true
      implementation_notes = "In the gateway"
      risk_reduction       = 50
      attribute "team" { value = "A" }
    }
    expanded_control "Encrypt" {
      description = import.control.encrypt.description
      implemented = false
    }
    proposed_control {
      description = "Look at the logs"
    }
  }

  threat {
    description = "Something else"
    control     = "Guards"
    stride      = ["Spoofing", "Magic"]
  }

  data_flow_diagram_v2 "Overview" {
    import = "drawn.json"

    external_element "Customer" { trust_zone = "Internet" }
    process "Web App" {}
    trust_zone "Data Centre" {
      process "Worker" { trust_zone = "data-centre" }
      data_store "Store" {
        information_asset = "customer_orders"
      }
    }
    process "Cron" { trust_zone = trust_zone.data_centre }

    flow "https" {
      from     = "Customer"
      to       = process.web_app
      protocol = "TLS 1.3"
    }
    flow "sql" {
      from = "web-app"
      to   = "Store"
    }
    flow "sql" {
      from = "Store"
      to   = "Web App"
    }
    flow "queue" {
      from = "Web App"
      to   = "Nothing"
    }
  }

  data_flow_diagram {
    process "Web App" {}
  }

  mermaid "Sketch" {
    content = "graph TD; A-->B"
  }
}
`

describe('a threatcl model in HCL', () => {
  const model = readHcl(SHOP)
  const { design } = model

  test('fits our schemas and is counted by what it holds', () => {
    expectSound(design)
    expect(model.formatVersion).toBe('0.8.0')
    expect(countsOf(design)).toMatchObject({
      elements: 6,
      processes: 4,
      dataStores: 1,
      externalEntities: 1,
      flows: 4,
      boundaries: 2,
      dataAssets: 3,
      threats: 2,
      mitigations: 4,
      diagrams: 2,
    })
    expect(Object.keys(design.assumptions)).toHaveLength(2)
    expect(design.settings.design).toMatchObject({ name: 'Shop', purpose: 'Sells things.' })
  })

  test('information assets are data with the class of their classification', () => {
    expect(named(design.data, 'Customer Orders')).toMatchObject({
      class: 'D3',
      description: 'What people buy',
      foreign: { source: 'web' },
    })
    expect(named(design.data, 'prices').class).toBe('D0')
    const plans = named(design.data, 'plans')
    expect(plans.class).toBeUndefined()
    expect(plans.foreign).toEqual({ information_classification: 'Eyes only' })
    expect(lossesIn(model)).toContain('Class of 1 information asset')
  })

  test('threats keep text, categories, impact, rating and the data they hit', () => {
    const threat = named(design.threats, 'Orders are read')
    expect(threat).toMatchObject({
      description: 'Somebody reads orders.\n\nAll of them.',
      categories: { informationDisclosure: true, elevationOfPrivilege: true },
      impact: 'Confidentiality, Integrity',
      likelihood: 5,
      impactScale: 2,
      provenance: { kind: 'import', file: 'model.hcl', tool: 'threatcl 0.8.0', originalId: 'Shop/Orders are read' },
    })
    expect(threat.data).toEqual({
      [named(design.data, 'Customer Orders').id]: true,
      [named(design.data, 'prices').id]: true,
    })
    expect(threat.foreign).toEqual({ control_imports: ['import.control.lock'], risk: { rationale: 'Seen before' } })
  })

  test('a threat without a name is called by its text, and a word that is no category is kept', () => {
    const threat = named(design.threats, 'Something else')
    expect(threat.categories).toEqual({ spoofing: true })
    expect(threat.foreign).toEqual({ stride: ['Spoofing', 'Magic'] })
    expect(threat.description).toBeUndefined()
  })

  test('controls mitigate the threat they stand in, as far as they say', () => {
    const threat = named(design.threats, 'Orders are read').id
    expect(named(design.mitigations, 'Check who asks')).toMatchObject({
      threats: { [threat]: true },
      status: 'implemented',
      description: 'At every call',
      foreign: { risk_reduction: 50, implementation_notes: 'In the gateway', attribute: { team: { value: 'A' } } },
      provenance: { originalId: 'Shop/Orders are read/Check who asks' },
    })
    expect(named(design.mitigations, 'Encrypt')).toMatchObject({
      threats: { [threat]: true },
      status: 'planned',
      foreign: { description: { expression: 'import.control.encrypt.description' } },
    })
    expect(named(design.mitigations, 'Look at the logs').status).toBe('planned')
    expect(named(design.mitigations, 'Guards').threats).toEqual({ [named(design.threats, 'Something else').id]: true })
    expect(loss(model, '1 value written as import.control.encrypt.description')?.at).toMatch(/^model\.hcl:\d+:7$/)
    expect(lossesIn(model)).toContain('Status of 2 controls')
  })

  test('elements lie in the zone around them or the one they name', () => {
    const centre = named(design.boundaries, 'Data Centre')
    expect(centre).toMatchObject({ membership: 'stated', kind: 'unknown' })
    for (const name of ['Worker', 'Store', 'Cron']) expect(named(design.elements, name).boundary, name).toBe(centre.id)
    expect(named(design.elements, 'Customer')).toMatchObject({
      kind: 'externalEntity',
      boundary: named(design.boundaries, 'Internet').id,
    })
    expect(named(design.elements, 'Store')).toMatchObject({
      kind: 'dataStore',
      data: { [named(design.data, 'Customer Orders').id]: true },
    })
    expect(named(design.elements, 'Store').foreign).toBeUndefined()
  })

  test('flows are joined by name and by the short names threatcl makes', () => {
    const [https, there, back, queue] = rowsOf(design.flows)
      .toSorted((a, b) => String(a.provenance.originalId).localeCompare(String(b.provenance.originalId)))
      .toSorted((a, b) => ['https', 'sql', 'queue'].indexOf(a.name) - ['https', 'sql', 'queue'].indexOf(b.name))
    const app = named(design.diagrams, 'Overview').elements ?? {}
    const web = rowsOf(design.elements).find(({ id, name }) => name === 'Web App' && app[id])?.id
    const store = named(design.elements, 'Store').id
    expect(https).toMatchObject({ source: named(design.elements, 'Customer').id, target: web, protocol: 'TLS 1.3' })
    expect([there, back].map(flow => [flow?.source, flow?.target])).toEqual(
      expect.arrayContaining([
        [web, store],
        [store, web],
      ]),
    )
    expect(queue).toMatchObject({ source: web, foreign: { to: 'Nothing' } })
    expect(queue?.target).toBeUndefined()
    expect(loss(model, 'to of Data flow "queue"')?.why).toContain('"Nothing"')
    expect(model.report.problems).toMatchObject([{ code: 'import.looseEnd', at: queue?.id }])
  })

  test('each diagram is one of ours, with elements of its own', () => {
    expect(Object.keys(named(design.diagrams, 'Overview').elements ?? {})).toHaveLength(5)
    expect(Object.keys(named(design.diagrams, 'Shop').elements ?? {})).toHaveLength(1)
    expect(rowsOf(design.elements).filter(({ name }) => name === 'Web App')).toHaveLength(2)
    expect(lossesIn(model)).toContain('Sameness of 1 element drawn on several diagrams')
  })

  test('what is left out and depended on is assumed; use cases are kept for whoever writes requirements', () => {
    expect(named(design.assumptions, 'Keys are kept by a service.').description).toBeUndefined()
    expect(named(design.assumptions, 'payment: Takes the money')).toMatchObject({
      consequence: 'Nobody can pay',
      foreign: { saas: true, uptime_dependency: 'hard' },
    })
    expect(lossesIn(model)).toEqual(
      expect.arrayContaining(['Kind of 1 exclusion', 'Kind of 1 third-party dependency', '1 use case of "Shop"']),
    )
  })

  test('what has no row is kept for the whole, and every other file is named', () => {
    expect(design.settings.design?.foreign).toEqual({
      variable: { who: { value: 'somebody' } },
      component: { lock: { description: 'Lock it', 'block type': 'control' } },
      threatmodel: {
        Shop: {
          author: '@someone',
          imports: ['controls.hcl', 'more.hcl'],
          including: 'base.hcl',
          attributes: { new_initiative: 'true', internet_facing: true, initiative_size: 'Small' },
          additional_attribute: { segment: { value: 'dmz' } },
          usecase: { description: 'People buy things.' },
          data_flow_diagram_v2: { Overview: { import: 'drawn.json' } },
          mermaid: { Sketch: { content: 'graph TD; A-->B' } },
        },
      },
    })
    for (const file of ['controls.hcl', 'more.hcl', 'base.hcl', 'drawn.json'])
      expect(lossesIn(model)).toContain(`What "${file}" would add to "Shop"`)
    expect(lossesIn(model)).toEqual(
      expect.arrayContaining([
        'Imported control import.control.lock',
        '1 component block',
        '1 variable block',
        '1 embedded diagram of "Shop"',
      ]),
    )
  })

  test('is the same when read again, and keeps its ids when another model is put before it', () => {
    expect(folderOf(readHcl(SHOP).design)).toEqual(folderOf(design))
    const { design: both } = readHcl(`threatmodel "Other" {\n threat "x" { description = "y" }\n}\n${SHOP}`)
    for (const table of ['elements', 'flows', 'boundaries', 'data', 'threats', 'mitigations', 'assumptions', 'diagrams'] as const)
      expect(Object.keys(both[table]), table).toEqual(expect.arrayContaining(Object.keys(design[table])))
  })
})

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

describe('hostile files', () => {
  test('100,000 threats, zones, or links are refused', () => {
    const threats = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`t${i}`, { description: 'x' }]))
    expect(refused(readThreatcl('model.json', { threatmodel: { M: { threat: threats } } }, stamp))).toMatchObject({
      code: 'import.tooMany',
      message: expect.stringContaining('objects'),
    })
    const elements = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`p${i}`, { trust_zone: `z${i}` }]))
    const drawn = { threatmodel: { M: { data_flow_diagram_v2: { D: { process: elements } } } } }
    expect(refused(readThreatcl('model.json', drawn, stamp)).message).toContain('zones')
    const refs = Array.from({ length: 200_001 }, () => 'x')
    const linked = { threatmodel: { M: { threat: { T: { information_asset_refs: refs } } } } }
    expect(refused(readThreatcl('model.json', linked, stamp)).message).toContain('links')
  })

  test('the largest model that is read comes to its end', () => {
    const all = <T>(n: number, one: (i: number) => T) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${i}`, one(i)]))
    const model = ends(() =>
      readJson({
        threatmodel: all(3, () => ({
          threat: all(5000, i => ({
            description: 'x',
            information_asset_refs: [`n${i}`, 'gone'],
            control: all(2, () => ({ description: 'y' })),
          })),
          information_asset: all(5000, () => ({})),
          data_flow_diagram_v2: all(2, () => ({
            process: all(5000, () => ({})),
            flow: all(5000, i => ({ from: `n${i}`, to: `n_${i}` })),
          })),
        })),
      }),
    )
    expect(countsOf(model.design)).toMatchObject({ elements: 30_000, threats: 15_000, flows: 30_000, mitigations: 30_000 })
  })

  test('words that every object knows are only words', () => {
    const { design } = readHcl(`threatmodel "constructor" {
  constructor { toString = 1 }
  information_asset "hasOwnProperty" { information_classification = "constructor" }
  threat "valueOf" {
    stride = ["toString", "constructor"]
    toString {}
    risk {
      likelihood = "constructor"
      impact = "constructor"
    }
    control "constructor" { implemented = "toString" }
  }
  data_flow_diagram_v2 "toString" {
    process "constructor" { trust_zone = "valueOf" }
    flow "x" {
      from = "toString"
      to = "constructor"
    }
  }
}`)
    expectSound(design)
    expect(rowsOf(design.threats)[0]?.categories).toEqual({})
    expect(rowsOf(design.flows)[0]?.source).toBeUndefined()
  })

  const whole = {
    spec_version: '0.8.0',
    variable: { a: { value: 'b' } },
    component: { control: { c: { description: 'd' } } },
    threatmodel: {
      M: {
        description: 'x',
        author: 'y',
        imports: ['a.hcl'],
        attributes: { new_initiative: true },
        information_asset: { a: { information_classification: 'Public' }, b: {} },
        usecase: { description: 'u' },
        exclusion: [{ description: 'e' }],
        third_party_dependency: { t: { description: 'd', uptime_notes: 'n' } },
        threat: {
          T: {
            description: 'd',
            impacts: ['Integrity'],
            stride: ['Tampering'],
            information_asset_refs: ['a'],
            risk: { likelihood: 'low', impact: 'high', severity: 'low' },
            control: { C: { description: 'd', implemented: true, risk_reduction: 5, attribute: { k: { value: 'v' } } } },
          },
        },
        data_flow_diagram_v2: {
          D: {
            process: { P: { trust_zone: 'Z' } },
            trust_zone: { Z: { data_store: { S: { information_asset: 'a' } }, trust_zone: { Y: {} } } },
            flow: { f: [{ from: 'P', to: 'S', protocol: 'x' }] },
          },
        },
        data_flow_diagram: { process: { P: {} } },
        mermaid: { m: { content: 'g' } },
      },
    },
  }

  test('wrong types anywhere give a sound design or a refusal, and throw nothing', () => {
    fc.assert(
      fc.property(mutations, changes => {
        const root = parseJson('model.json', mutated(whole, changes))
        if (!root.ok || typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) return
        const result = readThreatcl('model.json', root.value as Fields, stamp)
        if (result.ok) expectSound(result.value.design)
        else refused(result)
      }),
      { numRuns: 600 },
    )
  })

  test('a broken text is refused with its place, or read soundly', () => {
    fc.assert(
      fc.property(
        fc.nat(SHOP.length),
        fc.nat(40),
        fc.constantFrom('', '"', '{', '}', '=', 'x', '\n', '[', '1'),
        (from, length, piece) => {
          const result = readThreatclHcl('model.hcl', SHOP.slice(0, from) + piece + SHOP.slice(from + length), stamp)
          if (result.ok) expectSound(result.value.design)
          else expect(refused(result).at).toMatch(/^model\.hcl/)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('how a file begins', () => {
  test.each([
    ['spec_version = "0.1"', true],
    ['\uFEFF\r\n spec_version="0.1"', true],
    ['# a\n// b\n/* c\n */ threatmodel "x" {', true],
    ['threatmodel x{}', true],
    ['spec_version: 0.1', false],
    ['threatmodel: x', false],
    ['# spec_version = 1', false],
    ['/* spec_version = 1', false],
    ['resource "aws_s3_bucket" "b" {', false],
    ['variable "x" {}', false],
    ['{"spec_version": "0.1"}', false],
    ['', false],
  ])('%j: %s', (head, is) => {
    expect(looksLikeThreatclHcl(head)).toBe(is)
  })

  test('is seen in megabytes that begin like one', () => {
    for (const head of [
      '#\n'.repeat(2_000_000),
      '/* */'.repeat(800_000),
      ' '.repeat(5_000_000),
      `threatmodel "${'x'.repeat(5_000_000)}`,
      `threatmodel${' '.repeat(5_000_000)}`,
    ])
      expect(ends(() => looksLikeThreatclHcl(head))).toBe(false)
  })
})
