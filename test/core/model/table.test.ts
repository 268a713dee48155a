import { describe, expect, test } from 'vitest'
import { rowAt, rowIds, sizeOf, tableFrom } from '../../../core/model/table.ts'

type Row = { readonly id: string; readonly at: number }
const row = (id: string, at = 0): Row => ({ id, at })

describe('tableFrom', () => {
  test('rows in order, and in none, are listed by id', () => {
    expect(rowIds(tableFrom([row('E-a'), row('E-b'), row('E-c')]))).toEqual(['E-a', 'E-b', 'E-c'])
    expect(rowIds(tableFrom([row('E-c'), row('E-a'), row('E-b')]))).toEqual(['E-a', 'E-b', 'E-c'])
  })

  test('of two rows with one id the later counts, once', () => {
    const table = tableFrom([row('E-a', 1), row('E-a', 2), row('E-b', 3)])
    expect(sizeOf(table)).toBe(2)
    expect(rowAt(table, 'E-a')?.at).toBe(2)
  })

  test('a row called __proto__ is no row and lends none', () => {
    const table = tableFrom([row('__proto__'), row('E-a')])
    expect(rowIds(table)).toEqual(['E-a'])
    expect(rowAt(table, 'id')).toBeUndefined()
    expect(rowIds(table)).toEqual(['E-a'])
    expect(rowIds(tableFrom([row('E-a'), row('__proto__')]))).toEqual(['E-a'])
  })
})
