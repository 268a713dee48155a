import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepts } from '../../core/model/parse.ts'
import type { AnyRow } from '../../core/model/types.ts'
import * as explaining from '../../schemas/generated/validate-entities.js'
import { change } from './design-arbitraries.ts'

const validators = {
  elements: explaining.element,
  boundaries: explaining.boundary,
  flows: explaining.flow,
  triage: explaining.triage,
  layout: explaining.layout,
}
const odd = fc.oneof(
  fc.constantFrom(null, '', 0, -1, true, [], {}, 'E-00001', { a: { b: 1 } }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
)

test('a peer’s row is judged without throwing, and as the explaining validators judge it', () => {
  const verdicts = { fits: 0, unfit: 0 }
  fc.assert(
    fc.property(change, fc.string({ maxLength: 3 }), odd, fc.nat(9), (made, key, value, pick) => {
      fc.pre(made.kind === 'put')
      const row = structuredClone(made.row) as AnyRow & Record<string, unknown>
      const fields = Object.keys(row)
      const field = pick === 9 ? key : (fields[pick % fields.length] as string)
      const inner = row[field]
      if (pick % 2 === 0 && typeof inner === 'object' && inner !== null) (inner as Record<string, unknown>)[key] = value
      else if (pick !== 1) row[field] = value
      const fits = accepts(made.table, row)
      expect(fits).toBe(validators[made.table as keyof typeof validators](row))
      verdicts[fits ? 'fits' : 'unfit']++
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(verdicts.fits, verdicts.unfit)).toBeGreaterThan(100)
})
