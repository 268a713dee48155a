import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateGate } from '../../../core/gate/evaluate.ts'
import { sliceOf } from '../../../core/gate/slice.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, UNDECIDED } from './transfers.ts'

/** The same design with the rows of every table, and the keys of every row, in another order. */
function shuffled(design: Design, seed: number): Design {
  let state = seed
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state
  }
  const mix = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const entries = Object.entries(value).map(([key, inner]) => [next(), key, mix(inner)] as const)
    return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, key, inner]) => [key, inner]))
  }
  return Object.fromEntries(TABLE_NAMES.map(name => [name, mix(design[name])])) as Design
}

test('the order of rows and keys changes nothing', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(TRANSFERS, UNDECIDED), (seed, design) => {
      const other = shuffled(design, seed)
      for (const workItem of [undefined, ID.work, ID.otherWork]) {
        const input = { at: AT, ...(workItem === undefined ? {} : { workItem }) }
        expect(JSON.stringify(evaluateGate(other, PACKS, input))).toBe(JSON.stringify(evaluateGate(design, PACKS, input)))
      }
    }),
    { numRuns: 25 },
  )
})

test('an edit outside the slice never changes its digest', () => {
  const digestOf = (design: Design) => {
    const slice = sliceOf(design, PACKS, { workItem: ID.work, at: AT })
    return slice.ok ? slice.value.digest : ''
  }
  const before = digestOf(TRANSFERS)
  const outside = fc.constantFrom(
    ['elements', ID.fraud],
    ['requirements', ID.otherRequirement],
    ['flows', ID.score],
    ['workItems', ID.otherWork],
  )
  fc.assert(
    fc.property(outside, fc.string({ minLength: 1 }), ([table, id], text) => {
      const rows = TRANSFERS[table as 'elements']
      const row = rows[id as string]
      const edited = { ...TRANSFERS, [table as string]: { ...rows, [id as string]: { ...row, description: text } } }
      expect(digestOf(edited)).toBe(before)
    }),
    { numRuns: 40 },
  )
})
