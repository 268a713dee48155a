import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import { looksLikeThreatclHcl } from '../../../core/interop/threatcl/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { folderOf } from '../../../core/model/write.ts'
import { ends } from '../../support/ends.ts'
import { expectSound, named } from './imported.ts'
import { loss, lossesIn, readHcl, SHOP } from './threatcl-text.ts'

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
