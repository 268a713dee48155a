import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../core/evidence/read.ts'
import { hasEvidence, realFiles } from './evidence-files.ts'

const files = ['junit', 'ctrf', 'coverage', 'fuzz', 'zap']
  .flatMap(realFiles)
  .filter(({ name, reading }) => reading.ok && !name.endsWith('.sarif'))

describe.skipIf(!hasEvidence)('damage', () => {
  test('a file cut off anywhere is refused, or was cut where nobody can see it and says no more than before', () => {
    let cuts = 0
    for (const { name, text, reading } of files)
      fc.assert(
        fc.property(fc.nat({ max: text.trimEnd().length - 1 }), length => {
          cuts++
          const read = readEvidence(name, text.slice(0, length))
          if (!read.ok) {
            expect(read.problems, name).toHaveLength(1)
            return
          }
          const [whole, left] = [reading, read].map(one => (one.ok ? one.value.facts : {}))
          expect(['lcov', 'afl'], `${name} at ${length}`).toContain(read.value.format)
          if (read.value.format === 'afl') expect({ ...left?.fuzz, target: '' }).toEqual({ ...whole?.fuzz, target: '' })
          for (const file of left?.coverage?.files ?? []) expect(whole?.coverage?.files).toContainEqual(file)
        }),
        { numRuns: text.length > 100_000 ? 10 : 40 },
      )
    expect(files.length).toBeGreaterThan(25)
    expect(cuts).toBeGreaterThan(700)
  })
})
