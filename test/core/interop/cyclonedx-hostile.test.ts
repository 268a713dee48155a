import { describe, expect, test } from 'vitest'
import { readCycloneDx } from '../../../core/interop/cyclonedx/read.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ends } from '../../support/ends.ts'
import { type Fields, model, PARTS, read, refused, risk, scenario, threat } from './cyclonedx-file.ts'
import { named, stamp } from './imported.ts'

describe('a file that cannot be read', () => {
  test('holds no model', () => {
    const bill = {
      bomFormat: 'CycloneDX',
      components: [
        { type: 'library', name: 'x' },
        { type: 'library', name: 'y' },
      ],
    }
    expect(refused(bill)).toMatchObject({ code: 'cyclonedx.noModel', message: expect.stringContaining('2 components') })
    const acting = { specFormat: 'CycloneDX', blueprints: [{ name: 'B', modelTypes: [], behaviors: { instances: [] } }] }
    expect(refused(acting).message).toContain('behaviors')
    expect(refused({})).toMatchObject({ code: 'cyclonedx.noModel' })
  })

  test('names the list that is none', () => {
    expect(refused(model({}, { assets: {} }))).toMatchObject({ code: 'cyclonedx.list', at: 'model.json:/blueprints/0/assets' })
    expect(refused(model({ threats: 'none' }))).toMatchObject({ code: 'cyclonedx.list', at: 'model.json:/threats' })
    expect(refused(model({ blueprints: {} }))).toMatchObject({ at: 'model.json:/blueprints' })
    expect(refused(model({ threats: { threats: 7 } })).message).toContain('a number')
  })

  test('is too large', () => {
    const many = (count: number, value: unknown = 0) => Array.from({ length: count }, () => value)
    expect(refused(model({}, { flows: many(100_000) }))).toMatchObject({
      code: 'import.tooMany',
      at: 'model.json:/blueprints/0/flows',
    })
    expect(refused(model({ threats: { threats: [threat({ affectedAssets: many(200_001, 'x') })] } })).message).toContain('links')
    const half = { name: 'B', zones: many(1500, { name: 'z' }) }
    expect(refused(model({ blueprints: [half, half] })).message).toContain('zones')
    const drafts = many(50_001, { type: 'threat-model', properties: [{ name: 'cdx:model:type', value: 'actor' }] })
    expect(refused({ bomFormat: 'CycloneDX', components: drafts }).code).toBe('import.tooMany')
  })

  test('or joins everything to everything, and still ends', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i)
    const twins = many.map(() => ({ 'bom-ref': 'same', type: 'service', name: 'Same' }))
    const uses = [{ assets: many.map(String), requirements: many.map(() => 'req') }]
    expect(refused(model({}, { useCases: uses })).message).toContain('links')
    // Joined one by one, a thousand risks with a hundred scenarios of twenty thousand threats are two thousand million links.
    const scenarios = many.map(i =>
      scenario({ 'bom-ref': `sc${i}`, threats: many.slice(0, i === 0 ? 20_000 : 1).map(() => 'theft') }),
    )
    const risks = many
      .slice(0, 1000)
      .map(i => risk({ 'bom-ref': `risk${i}`, relatedThreats: many.slice(0, 100).map(() => 'sc0') }))
    const file = model({ threats: { threats: [threat({})], scenarios }, risks: { risks } }, { assets: twins })
    expect(ends(() => readCycloneDx('model.json', file, stamp)).ok).toBe(true)
  })

  test('or holds wrong values everywhere, which stay or are losses', () => {
    const wrong = [
      7,
      null,
      'x',
      [],
      { 'bom-ref': {}, name: 4, zone: [], source: {}, categories: 'x', mitigations: {}, status: [] },
    ]
    const parts = Object.fromEntries(Object.keys(PARTS).map(key => [key, wrong]))
    const { design, losses } = read(
      model(
        { threats: { threats: wrong, scenarios: wrong }, controls: wrong, risks: wrong, definitions: { requirements: wrong } },
        parts,
      ),
    )
    expect(rowsOf(design.threats)).toHaveLength(2)
    expect(losses.filter(({ at }) => at.startsWith('/blueprints/0/zones/'))).not.toHaveLength(0)
  })

  test('or uses names that objects have anyway', () => {
    const names = ['__proto__', 'constructor', 'toString']
    const assets = names.map(name => ({ 'bom-ref': name, type: name, name }))
    const file = JSON.parse(
      JSON.stringify(
        model(
          {
            threats: {
              threats: [threat({ affectedAssets: names, categories: [{ taxonomy: 'STRIDE', category: 'constructor' }] })],
            },
          },
          { assets },
        ),
      ),
    ) as Fields
    const { design } = read(file)
    const theft = named(design.threats, 'Orders are stolen')
    expect(Object.keys(theft.elements ?? {})).toHaveLength(3)
    expect(theft.categories).toEqual({})
  })
})
