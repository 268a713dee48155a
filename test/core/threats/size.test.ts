import { expect, test } from 'vitest'
import { applyChanges, type Change, type Fields } from '../../../core/model/change.ts'
import type { Element } from '../../../core/model/types.ts'
import { deriveFindings, placesOf } from '../../../core/threats/engine.ts'
import { drawn, packs } from './designs.ts'

const ELEMENTS = 10_000
const FLOWS = 20_000
const KINDS: readonly Element['kind'][] = ['process', 'process', 'process', 'dataStore', 'externalEntity']

/** A large design whose count of findings is known by arithmetic; ids count upwards, kinds go round. */
function large() {
  const id = (prefix: string, n: number) => `${prefix}-${String(n).padStart(5, '0')}`
  return drawn({
    elements: Array.from({ length: ELEMENTS }, (_, n) => ({ id: id('E', n), kind: KINDS[n % 5] ?? 'process' })),
    flows: Array.from({ length: FLOWS }, (_, n) => ({
      id: id('F', n),
      source: id('E', n % ELEMENTS),
      target: id('E', (n * 7 + 1) % ELEMENTS),
    })),
  })
}

test('10,000 elements and 20,000 flows give exactly what the reference table says', () => {
  const base: Record<string, number> = {
    'process process': 9,
    'process dataStore': 6,
    'dataStore process': 7,
    'process externalEntity': 5,
    'externalEntity process': 6,
  }
  const design = large()
  const expected = Object.values(design.flows).reduce((sum, { source, target }) => {
    const kinds = `${design.elements[source ?? '']?.kind} ${design.elements[target ?? '']?.kind}`
    return sum + (base[kinds] ?? 0)
  }, 0)
  expect(expected).toBeGreaterThan(100_000)
  const { count, findings } = deriveFindings(design, packs)
  expect(count).toBe(expected)
  expect(findings.length).toBe(expected)
})

test('an edit visits what it reaches and nothing else', () => {
  let design = large()
  const edit = (changes: readonly Change[]) => {
    const before = { ...placesOf(design, packs).visits }
    design = applyChanges(design, changes)
    const { places, rules, full } = placesOf(design, packs).visits
    return { places: places - before.places, rules: rules - before.rules, full: full - before.full }
  }
  const at = (table: 'elements' | 'flows', id: string, fields: Fields): Change => ({ kind: 'patch', table, id, fields })
  const degree = Object.values(design.flows).filter(({ source, target }) => source === 'E-00005' || target === 'E-00005').length
  expect(edit([at('flows', 'F-00000', { encryption: 'yes' })])).toEqual({ places: 1, rules: 9, full: 0 })
  expect(edit([at('elements', 'E-00005', { attributes: { isLog: 'yes' } })]).places).toBe(degree)
  expect(edit([at('elements', 'E-00005', { description: 'Told anew.' })])).toEqual({ places: 0, rules: 0, full: 0 })
  expect(degree).toBeLessThan(10)
  expect(edit([{ kind: 'remove', table: 'flows', id: 'F-00000' }])).toEqual({ places: 0, rules: 0, full: 0 })
  expect(edit([at('elements', 'E-00005', { boundary: 'B-00001' })]).full).toBe(0)
  for (let i = 0; i < 600; i++) expect(edit([at('flows', 'F-00007', { name: `Flow ${i}` })]).full).toBe(0)
})
