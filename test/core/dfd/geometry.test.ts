import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, centreOf, finderOf, innermostBoxOf, parentBoxOf } from '../../../core/dfd/geometry.ts'

const box = (id: string, x: number, y: number, width: number, height = width): Box => ({ id, x, y, width, height })
const outer = box('outer', 0, 0, 100)
const inner = box('inner', 10, 10, 20)

describe('innermostBoxOf', () => {
  test.each([
    ['no boxes', [], 5, 5, undefined],
    ['outside all', [outer], 101, 5, undefined],
    ['in one', [outer], 5, 5, 'outer'],
    ['in both', [outer, inner], 15, 15, 'inner'],
    ['in both, other order', [inner, outer], 15, 15, 'inner'],
    ['on the edge', [outer], 100, 100, 'outer'],
    ['just outside', [outer], 100.001, 100, undefined],
    ['in two of equal size', [box('b', 0, 0, 10), box('a', 0, 0, 10)], 5, 5, 'a'],
    ['negative coordinates', [box('n', -50, -50, 20)], -40, -40, 'n'],
  ] as const)('%s', (_name, boxes, x, y, expected) => {
    expect(innermostBoxOf(boxes, { x, y })).toBe(expected)
  })
})

describe('parentBoxOf', () => {
  test('is the smallest larger box around the centre', () => {
    const middle = box('middle', 5, 5, 50)
    expect(parentBoxOf([outer, middle, inner], inner)).toBe('middle')
    expect(parentBoxOf([outer, middle, inner], middle)).toBe('outer')
    expect(parentBoxOf([outer, middle, inner], outer)).toBeUndefined()
  })

  test('two boxes drawn on each other nest one way only', () => {
    const twins = [box('a', 0, 0, 10), box('b', 0, 0, 10)]
    expect(twins.map(twin => parentBoxOf(twins, twin))).toEqual(['b', undefined])
  })

  test('parents never run in a circle, and order does not matter', () => {
    const side = fc.integer({ min: 1, max: 6 })
    const boxes = fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), x: side, y: side, width: side, height: side }), {
      selector: found => found.id,
    })
    fc.assert(
      fc.property(boxes, all => {
        const parent = new Map(all.map(each => [each.id, parentBoxOf(all, each)]))
        const turned = [...all].reverse()
        for (const each of all) {
          expect(parentBoxOf(turned, each)).toBe(parent.get(each.id))
          expect(innermostBoxOf(turned, centreOf(each))).toBe(innermostBoxOf(all, centreOf(each)))
          let at: string | undefined = each.id
          for (let steps = 0; at !== undefined; steps++) {
            expect(steps).toBeLessThanOrEqual(all.length)
            at = parent.get(at)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('finderOf', () => {
  const at = fc.integer({ min: -3000, max: 3000 })
  const size = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.constantFrom(0, 512, 40_000))
  const box = fc.record({
    id: fc.constantFrom('B-1', 'B-2', 'B-3', 'B-4', 'B-5', 'B-6'),
    x: at,
    y: at,
    width: size,
    height: size,
  })
  const boxes = fc.uniqueArray(box, { selector: one => one.id })

  test('answers as looking at every box does', () => {
    fc.assert(
      fc.property(boxes, fc.record({ x: at, y: at }), (all, point) => {
        const { innermost, parent } = finderOf(all)
        expect(innermost(point)).toBe(innermostBoxOf(all, point))
        for (const one of all) expect(parent(one)).toBe(parentBoxOf(all, one))
      }),
    )
  })
})
