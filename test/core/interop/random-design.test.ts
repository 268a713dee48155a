import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sizeOf } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import { expectSound } from './imported.ts'
import { randomDesign } from './random-design.ts'

test('random designs are sound', () => {
  fc.assert(fc.property(randomDesign(), expectSound), { numRuns: 200 })
})

test('among random designs every table has rows, and one may be kept empty', () => {
  const designs = fc.sample(randomDesign({ requirements: 0 }), { numRuns: 100, seed: 1 })
  const filled = TABLE_NAMES.filter(table => designs.some(design => sizeOf(design[table] as never) > 0))
  expect(TABLE_NAMES.filter(table => !filled.includes(table))).toEqual(['requirements'])
})
