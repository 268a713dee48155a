import { expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import type { Element, RulePack } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
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

test('10,000 elements and 20,000 flows give exactly what the reference table says, and one edit asks one flow', () => {
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
  const counted = countingReads(packs)
  const { findings } = deriveFindings(design, counted.packs)
  expect(findings.length).toBe(expected)
  expect(expected).toBeGreaterThan(100_000)
  const asked = counted.reads()
  expect(asked).toBeGreaterThan(100_000)
  const edited = applyChanges(design, [{ kind: 'patch', table: 'flows', id: 'F-00000', fields: { encryption: 'yes' } }])
  expect(deriveFindings(edited, counted.packs).findings.length).toBe(expected)
  expect(counted.reads() - asked).toBeLessThan(100)
})

/** Packs whose rules count how often somebody reads their likelihood: once for each finding that is made. */
function countingReads(originals: readonly RulePack[]) {
  let count = 0
  const rules = (pack: RulePack) =>
    pack.rules.map(rule =>
      Object.defineProperty({ ...rule }, 'likelihood', {
        enumerable: true,
        get: () => {
          count++
          return rule.likelihood
        },
      }),
    )
  return { packs: originals.map(pack => ({ ...pack, rules: rules(pack) })), reads: () => count }
}
