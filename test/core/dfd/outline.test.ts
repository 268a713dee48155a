import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outlineOf } from '../../../core/dfd/outline.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { boundary, designOf, element, flow } from '../model/designs.ts'

function drawn(design: Design): readonly string[] {
  return outlineOf(design).map(row => `${'  '.repeat(row.depth)}${row.id}`)
}

describe('outlineOf', () => {
  test('the empty design has no rows', () => {
    expect(outlineOf(EMPTY_DESIGN)).toEqual([])
  })

  test('boundaries, then elements, each by name; flows under their source', () => {
    const design = designOf(
      boundary('B-00001'),
      boundary('B-00002', 'B-00001'),
      element('E-00001', { name: 'b', boundary: 'B-00001' }),
      element('E-00002', { name: 'a', boundary: 'B-00001' }),
      element('E-00003', { boundary: 'B-00002' }),
      element('E-00004'),
      flow('F-00001', 'E-00001', 'E-00002'),
      flow('F-00002'),
    )
    expect(drawn(design)).toEqual([
      'B-00001',
      '  B-00002',
      '    E-00003',
      '  E-00002',
      '  E-00001',
      '    F-00001',
      'E-00004',
      'F-00002',
    ])
    expect(outlineOf(design).find(row => row.id === 'F-00001')).toEqual({
      kind: 'flow',
      id: 'F-00001',
      depth: 2,
      under: 'E-00001',
    })
  })

  test('a circle is cut at its first boundary, and a lost one is left out', () => {
    const design = designOf(boundary('B-00002', 'B-00001'), boundary('B-00001', 'B-00002'), boundary('B-00003', 'B-00009'))
    expect(drawn(design)).toEqual(['B-00001', '  B-00002', 'B-00003'])
  })

  test('everything drawn comes up exactly once, however the boundaries lie', () => {
    const id = (prefix: string) => fc.integer({ min: 0, max: 7 }).map(n => `${prefix}-0000${n}`)
    const maybe = fc.option(id('B'), { nil: undefined })
    fc.assert(
      fc.property(fc.array(fc.tuple(id('B'), maybe)), fc.array(fc.tuple(id('E'), maybe)), (boundaries, elements) => {
        const rows = [
          ...boundaries.map(([b, p]) => boundary(b, p)),
          ...elements.map(([e, b]) => element(e, b ? { boundary: b } : {})),
        ]
        const design = designOf(...rows)
        expect(
          outlineOf(design)
            .map(row => row.id)
            .sort(),
        ).toEqual([...Object.keys(design.boundaries), ...Object.keys(design.elements)].sort())
      }),
      { numRuns: 300 },
    )
  })

  test('two thousand nested boundaries do not exhaust the stack', () => {
    const id = (n: number) => `B-${String(n).padStart(5, '0')}`
    const rows = Array.from({ length: 2000 }, (_, n) => boundary(id(n), n === 0 ? undefined : id(n - 1)))
    expect(outlineOf(designOf(...rows)).at(-1)).toMatchObject({ id: id(1999), depth: 1999 })
  })
})
