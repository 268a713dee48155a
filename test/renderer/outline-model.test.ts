import { describe, expect, test } from 'vitest'
import type { OutlineRow } from '../../core/dfd/outline.ts'
import { parentsIn, placesIn, rowStarting, visibleRows } from '../../renderer/views/model/outline-model.ts'

const row = (id: string, depth: number, under?: string): OutlineRow => ({
  kind: 'element',
  id,
  depth,
  ...(under ? { under } : {}),
})
const ROWS = [row('a', 0), row('b', 1, 'a'), row('c', 2, 'b'), row('d', 1, 'a'), row('e', 0)]
const idsOf = (rows: readonly OutlineRow[]) => rows.map(({ id }) => id).join('')

describe('the outline', () => {
  test('hides everything under what is folded, and nothing else', () => {
    expect(idsOf(visibleRows(ROWS, new Set()))).toBe('abcde')
    expect(idsOf(visibleRows(ROWS, new Set(['b'])))).toBe('abde')
    expect(idsOf(visibleRows(ROWS, new Set(['a'])))).toBe('ae')
    expect(idsOf(visibleRows(ROWS, new Set(['a', 'b', 'e'])))).toBe('ae')
  })

  test('knows parents and places in the family', () => {
    expect([...parentsIn(ROWS)].sort()).toEqual(['a', 'b'])
    expect(placesIn(ROWS).get('d')).toEqual({ at: 2, of: 2 })
    expect(placesIn(ROWS).get('e')).toEqual({ at: 2, of: 2 })
  })

  test('finds by the first letters, going round, and from letter to letter', () => {
    const texts = ['Ledger', 'Log', 'API', 'Lake']
    expect(rowStarting(texts, 'l', 0)).toBe(1)
    expect(rowStarting(texts, 'l', 1)).toBe(3)
    expect(rowStarting(texts, 'l', 3)).toBe(0)
    expect(rowStarting(texts, 'lak', 3)).toBe(3)
    expect(rowStarting(texts, 'x', 0)).toBe(-1)
  })
})
