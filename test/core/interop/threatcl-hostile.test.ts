import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf } from '../../../core/interop/counts.ts'
import { readThreatcl, readThreatclHcl } from '../../../core/interop/threatcl/read.ts'
import { parseJson } from '../../../core/model/json.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { expectSound, stamp } from './imported.ts'
import { mutated, mutations } from './mutations.ts'
import { type Fields, readHcl, readJson, refused, SHOP } from './threatcl-text.ts'

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
