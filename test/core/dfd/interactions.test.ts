import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundariesAround, interactionsOf } from '../../../core/dfd/interactions.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { boundary, designOf, element, flow } from '../model/designs.ts'

/** B-00001 holds B-00002 holds B-00003; B-00004 lies beside. One element in each, E-00000 in none. */
const NESTED = [
  boundary('B-00001'),
  boundary('B-00002', 'B-00001'),
  boundary('B-00003', 'B-00002'),
  boundary('B-00004'),
  element('E-00000'),
  element('E-00001', { boundary: 'B-00001' }),
  element('E-00002', { boundary: 'B-00002' }),
  element('E-00003', { boundary: 'B-00003' }),
  element('E-00004', { boundary: 'B-00004' }),
  element('E-00014', { boundary: 'B-00004' }),
]

describe('interactionsOf', () => {
  test('the empty design has none', () => {
    expect(interactionsOf(EMPTY_DESIGN)).toEqual([])
  })

  test.each([
    ['E-00000', 'E-00000', []],
    ['E-00000', 'E-00001', ['B-00001']],
    ['E-00001', 'E-00000', ['B-00001']],
    ['E-00001', 'E-00002', ['B-00002']],
    ['E-00001', 'E-00003', ['B-00002', 'B-00003']],
    ['E-00003', 'E-00000', ['B-00001', 'B-00002', 'B-00003']],
    ['E-00003', 'E-00004', ['B-00001', 'B-00002', 'B-00003', 'B-00004']],
    ['E-00004', 'E-00014', []],
  ])('%s to %s crosses %j', (source, target, crossed) => {
    expect(interactionsOf(designOf(...NESTED, flow('F-00001', source, target)))).toEqual([
      { flow: 'F-00001', source, target, direction: 'forward', crossing: crossed.length > 0, crossed },
    ])
  })

  test('a flow both ways is two interactions, forward first', () => {
    const both = interactionsOf(designOf(...NESTED, flow('F-00001', 'E-00000', 'E-00001', { bidirectional: true })))
    expect(both.map(({ source, target, direction, crossed }) => [source, target, direction, ...crossed])).toEqual([
      ['E-00000', 'E-00001', 'forward', 'B-00001'],
      ['E-00001', 'E-00000', 'reverse', 'B-00001'],
    ])
  })

  test.each([
    ['no source', [flow('F-00001', undefined, 'E-00001')]],
    ['no target', [flow('F-00001', 'E-00001')]],
    ['a lost source', [flow('F-00001', 'E-00009', 'E-00001')]],
    ['an end that is out of scope', [element('E-00001', { outOfScope: 'bought' }), flow('F-00001', 'E-00000', 'E-00001')]],
    ['a flow that is out of scope', [flow('F-00001', 'E-00000', 'E-00001', { outOfScope: 'old' })]],
  ])('%s: none', (_name, rows) => {
    expect(interactionsOf(designOf(...NESTED, ...rows))).toEqual([])
  })

  test('a lost boundary counts as none, and cuts what lies behind it', () => {
    const rows = [
      boundary('B-00001', 'B-00009'),
      element('E-00001', { boundary: 'B-00001' }),
      element('E-00002', { boundary: 'B-00009' }),
    ]
    expect(interactionsOf(designOf(...rows, flow('F-00001', 'E-00001', 'E-00002')))[0]?.crossed).toEqual(['B-00001'])
  })

  test('boundaries in a circle are each met once', () => {
    const circle = [boundary('B-00001', 'B-00002'), boundary('B-00002', 'B-00001'), boundary('B-00003', 'B-00003')]
    const ends = [
      element('E-00001', { boundary: 'B-00001' }),
      element('E-00002', { boundary: 'B-00002' }),
      element('E-00003', { boundary: 'B-00003' }),
    ]
    const design = designOf(...circle, ...ends, flow('F-00001', 'E-00001', 'E-00002'), flow('F-00002', 'E-00001', 'E-00003'))
    expect(boundariesAround(design, 'E-00001')).toEqual(['B-00001', 'B-00002'])
    expect(boundariesAround(design, 'E-00003')).toEqual(['B-00003'])
    expect(interactionsOf(design).map(interaction => interaction.crossed)).toEqual([[], ['B-00001', 'B-00002', 'B-00003']])
  })

  test('boundariesAround goes from the inside out', () => {
    const design = designOf(...NESTED)
    expect(boundariesAround(design, 'E-00003')).toEqual(['B-00003', 'B-00002', 'B-00001'])
    expect(boundariesAround(design, 'E-00000')).toEqual([])
    expect(boundariesAround(design, 'E-00009')).toEqual([])
  })

  test('the answer stays the same object while nothing drawn changes', () => {
    const design = designOf(...NESTED, flow('F-00001', 'E-00000', 'E-00001'))
    expect(interactionsOf({ ...design, comments: {} })).toBe(interactionsOf(design))
  })
})

describe('on random drawings', () => {
  const id = (prefix: string) => fc.integer({ min: 0, max: 5 }).map(n => `${prefix}-0000${n}`)
  const rows = fc.record({
    boundaries: fc.array(fc.tuple(id('B'), fc.option(id('B'), { nil: undefined }))),
    elements: fc.array(fc.tuple(id('E'), fc.option(id('B'), { nil: undefined }))),
    flows: fc.array(fc.tuple(id('F'), id('E'), id('E'), fc.boolean())),
  })
  const drawing = rows.map(({ boundaries, elements, flows }) => [
    ...boundaries.map(([b, parent]) => boundary(b, parent)),
    ...elements.map(([e, b]) => element(e, b ? { boundary: b } : {})),
    ...flows.map(([f, s, t, bidirectional]) => flow(f, s, t, bidirectional ? { bidirectional } : {})),
  ])

  test('a boundary is crossed exactly when it is around one end', () => {
    fc.assert(
      fc.property(drawing, all => {
        const design = designOf(...all)
        for (const { source, target, crossing, crossed } of interactionsOf(design)) {
          const around = (end: string) => new Set(boundariesAround(design, end))
          const expected = Object.keys(design.boundaries).filter(b => around(source).has(b) !== around(target).has(b))
          expect(crossed).toEqual(expected.sort())
          expect(crossing).toBe(expected.length > 0)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the order of rows does not matter', () => {
    fc.assert(
      fc.property(drawing, all => {
        const last = new Map(all.map(row => [row.id, row]))
        const design = designOf(...last.values())
        const turned = designOf(...[...last.values()].reverse())
        expect(JSON.stringify(interactionsOf(turned))).toBe(JSON.stringify(interactionsOf(design)))
      }),
      { numRuns: 200 },
    )
  })
})
