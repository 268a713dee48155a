import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageOf, partsOf } from '../../cli/mcp/pages.ts'
import { wellFormed } from '../../core/evidence/show.ts'
import { runs } from '../support/runs.ts'

const rows = fc.array(fc.string({ maxLength: 30_000 }), { maxLength: 30 })

describe('pages', () => {
  test('turned from the first to the last, they hold every row once, each within its bounds', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 100 }), (all, limit) => {
        const seen: string[] = []
        for (let from: number | undefined = 0; from !== undefined; ) {
          const page: ReturnType<typeof pageOf<string>> = pageOf(all, { from, limit })
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          expect(page.rows.length > 1 ? JSON.stringify(page.rows).length : 0).toBeLessThanOrEqual(41_000)
          expect(page.total).toBe(all.length)
          seen.push(...page.rows)
          from = page.next
        }
        expect(seen).toEqual(all)
      }),
      { numRuns: runs(50, 5_000) },
    )
  })
})

describe('parts of a text', () => {
  test('joined they are the text; none is too long, and none splits a character', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '𝔄', 'word ', '\r\n'), { maxLength: 400 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, length) => {
        const parts = partsOf(whole, length)
        expect(parts.join('')).toBe(whole)
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(length)
          expect(wellFormed(part)).toBe(part)
        }
      }),
      { numRuns: runs(200, 10_000) },
    )
  })
})
