import { describe, expect, test } from 'vitest'
import { cell, refsCell } from '../../../core/reports/document/blocks.ts'
import { widthsOf, withIdsWhole } from '../../../host/node/reports/docx-widths.ts'

const columns = [
  { title: 'Id', share: 1 },
  { title: 'Threat', share: 6 },
  { title: 'Decision', share: 1 },
]
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

describe('widths of columns', () => {
  test('go by their shares where every word fits, and fill the page', () => {
    expect(widthsOf(80_000, columns, [])).toEqual([10_000, 60_000, 10_000])
  })

  test('a narrow column has room for its longest word, at the cost of those with more room than they need', () => {
    const [id = 0, threat = 0, decision = 0] = widthsOf(9638, columns, [
      [cell('T-DEB1T'), cell('A customer debits another.'), cell('mitigated')],
    ])
    expect(id).toBeGreaterThan(1000)
    expect(decision).toBeGreaterThan(1000)
    expect(threat).toBeGreaterThan(5000)
    expect(sum([id, threat, decision])).toBeLessThanOrEqual(9638)
  })

  test('one endless word takes no room from the others', () => {
    const [id = 0, , decision = 0] = widthsOf(9638, columns, [[cell('T-DEB1T'), cell('x'.repeat(400)), cell('mitigated')]])
    expect(Math.min(id, decision)).toBeGreaterThan(1000)
  })

  test.each([1, 9, 40])('%d columns never need more than there is', many => {
    const some = Array.from({ length: many }, () => ({ title: 'Something long', share: 1 }))
    const widths = widthsOf(9638, some, [some.map(() => cell('unbreakable-but-long'))])
    expect(widths).toHaveLength(many)
    expect(sum(widths)).toBeLessThanOrEqual(9638)
    expect(Math.min(...widths)).toBeGreaterThan(0)
  })
})

describe('ids', () => {
  const { spans } = refsCell(['T-DEB1T', 'T-ST01E', 'T-TRA11'])

  test('go to the next line whole where there is no room', () => {
    expect(withIdsWhole(spans, 1300)).toEqual([
      { ref: 'T-DEB1T' },
      ',',
      'line end',
      { ref: 'T-ST01E' },
      ',',
      'line end',
      { ref: 'T-TRA11' },
    ])
  })

  test('stay on one line where they fit, and so does text', () => {
    expect(withIdsWhole(spans, 9000)).toEqual(spans)
    expect(withIdsWhole(['A sentence, and more of it'], 1000)).toEqual(['A sentence, and more of it'])
  })

  test('follow the word before them in the next line', () => {
    expect(withIdsWhole(['medium: ', { ref: 'T-DEB1T' }], 1500)).toEqual(['medium:', 'line end', { ref: 'T-DEB1T' }])
  })
})
