import { expect, test } from 'vitest'
import { classAtLeast, highestClass } from '../../../core/dfd/data-class.ts'
import { asset, designOf } from '../model/designs.ts'

const design = designOf(
  asset('D-00000', 'D0'),
  asset('D-00001', 'D1'),
  asset('D-00002', 'D2'),
  asset('D-00004', 'D4'),
  asset('D-00009'),
)
const links = (...ids: readonly string[]) => Object.fromEntries(ids.map(id => [id, true as const]))

test.each([
  [undefined, undefined],
  [links(), undefined],
  [links('D-00000'), 'D0'],
  [links('D-00001', 'D-00000'), 'D1'],
  [links('D-00002', 'D-00004', 'D-00000'), 'D4'],
  [links('D-00009'), 'unknown'],
  [links('D-00009', 'D-00001'), 'unknown'],
  [links('D-00009', 'D-00002'), 'D2'],
  [links('D-00007'), 'unknown'],
] as const)('the highest class of %j is %s', (data, expected) => {
  expect(highestClass(design, data)).toBe(expected)
})

test.each([
  ['D2', 'D2', true],
  ['D3', 'D2', true],
  ['D1', 'D2', false],
  ['unknown', 'D0', false],
  [undefined, 'D0', false],
] as const)('%s reaches %s: %s', (value, floor, expected) => {
  expect(classAtLeast(value, floor)).toBe(expected)
})
