import { describe, expect, test } from 'vitest'
import { freshId } from '../../../core/model/create.ts'
import { computedId, newDesignId, newId, randomFrom } from '../../../core/model/identity.ts'
import { tableOf } from '../../../core/model/lookup.ts'
import { accepts } from '../../../core/model/parse.ts'
import { TABLE_NAMES, TABLES } from '../../../core/model/tables.ts'
import { designOf, element, stampOf } from './designs.ts'
import { ROWS } from './samples.ts'

describe('ids', () => {
  test.each(TABLE_NAMES.filter(table => TABLES[table].prefix !== undefined))('fresh ids of %s fit their schema', table => {
    for (const seed of ['a', 'b', 'c']) {
      const id = freshId(designOf(), table, stampOf(seed))
      expect(accepts(table, { ...ROWS[table], id })).toBe(true)
      expect(tableOf(id)).toBe(table)
    }
  })

  test('all 32 letters come up, and no others', () => {
    const random = randomFrom('letters')
    const seen = new Set(Array.from({ length: 400 }, () => newId('E', random).slice(2)).join(''))
    expect([...seen].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
  })

  test('an id that is taken is not given again', () => {
    const first = newId('E', randomFrom('x'))
    const design = designOf(element(first))
    expect(freshId(design, 'elements', stampOf('x'))).not.toBe(first)
  })

  test('chance that only ever says the same is a bug, not an endless wait', () => {
    expect(() =>
      newId(
        'E',
        () => 0.5,
        () => true,
      ),
    ).toThrow()
  })

  test('the same seed gives the same ids', () => {
    expect(newDesignId(randomFrom('s'))).toBe(newDesignId(randomFrom('s')))
    expect(newDesignId(randomFrom('s'))).not.toBe(newDesignId(randomFrom('t')))
    expect(newDesignId(randomFrom('s'))).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  })

  test('fifty thousand findings of one shape all have ids of their own', () => {
    const seen = new Set<string>()
    for (let rule = 0; rule < 50; rule++)
      for (let n = 0; n < 1000; n++)
        seen.add(computedId('N', { rule: `SI-${rule}`, flow: `F-${String(n).padStart(5, '0')}`, direction: 'forward' }))
    expect(seen.size).toBe(50_000)
  })

  test('random numbers lie in [0, 1) and go on', () => {
    const random = randomFrom('n')
    const numbers = Array.from({ length: 1000 }, random)
    expect(numbers.every(n => n >= 0 && n < 1)).toBe(true)
    expect(new Set(numbers).size).toBeGreaterThan(200)
  })

  test('computed ids follow from what they came from, not from its key order', () => {
    expect(computedId('N', { rule: 'R', flow: 'F' })).toBe(computedId('N', { flow: 'F', rule: 'R' }))
    expect(computedId('N', { rule: 'R', flow: 'F' })).not.toBe(computedId('N', { rule: 'R', flow: 'G' }))
    expect(computedId('N', { rule: 'STRIDE-1' })).toMatch(/^N-[0-9A-HJKMNP-TV-Z]{8}$/)
    expect(computedId('N', { rule: 'STRIDE-1' })).toBe('N-ZD6KHH6R')
  })
})
