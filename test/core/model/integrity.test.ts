import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { counted } from '../../support/counted.ts'
import { asset, boundary, designOf, element, flow, requirement } from './designs.ts'
import { FULL, ROWS } from './samples.ts'

function scars(design: Design): readonly string[] {
  return integrityProblems(design).map(problem => `${problem.code} ${problem.at}`)
}

describe('integrityProblems', () => {
  test('the empty design has none', () => {
    expect(integrityProblems(EMPTY_DESIGN)).toEqual([])
  })

  test.each<readonly [string, readonly AnyRow[], readonly string[]]>([
    [
      'a whole design',
      [boundary('B-00001'), element('E-00001', { boundary: 'B-00001' }), flow('F-00001', 'E-00001', 'E-00001')],
      [],
    ],
    ['a loose flow', [flow('F-00001')], []],
    ['an element in a lost boundary', [element('E-00001', { boundary: 'B-00009' })], ['integrity.dangling E-00001']],
    ['a boundary in a lost boundary', [boundary('B-00001', 'B-00009')], ['integrity.dangling B-00001']],
    ['a flow from a lost element', [flow('F-00001', 'E-00009')], ['integrity.dangling F-00001']],
    ['a flow to a lost element', [flow('F-00001', undefined, 'E-00009')], ['integrity.dangling F-00001']],
    [
      'lost data',
      [element('E-00001', { data: { 'D-00001': true, 'D-00002': true } }), asset('D-00001')],
      ['integrity.dangling E-00001'],
    ],
    [
      'a requirement on a lost element',
      [requirement('R-00001', 'x', { elements: { 'E-00009': true } })],
      ['integrity.dangling R-00001'],
    ],
    [
      'a requirement that is a part of a lost one',
      [requirement('R-00001', 'x', { parent: 'R-00009' })],
      ['integrity.dangling R-00001'],
    ],
    [
      'requirements in a circle',
      [requirement('R-00001', 'x', { parent: 'R-00002' }), requirement('R-00002', 'x', { parent: 'R-00001' })],
      ['integrity.cycle R-00001', 'integrity.cycle R-00002'],
    ],
    ['an acceptance of a lost threat', [ROWS.acceptances], ['integrity.dangling X-00001']],
    ['a boundary in itself', [boundary('B-00001', 'B-00001')], ['integrity.cycle B-00001']],
    [
      'boundaries in a circle, and one that leads into it',
      [boundary('B-00001', 'B-00002'), boundary('B-00002', 'B-00001'), boundary('B-00003', 'B-00001')],
      ['integrity.cycle B-00001', 'integrity.cycle B-00002'],
    ],
    [
      'a finding that duplicates itself',
      [{ ...ROWS.triage, decision: 'duplicate', duplicateOf: 'N-00000001' } as AnyRow],
      ['integrity.selfDuplicate N-00000001'],
    ],
  ])('%s', (_name, rows, expected) => {
    const design = designOf(...rows.filter(row => !row.id.startsWith('N-')))
    const triage = Object.fromEntries(rows.filter(row => row.id.startsWith('N-')).map(row => [row.id, row]))
    expect(scars({ ...design, triage } as Design)).toEqual(expected)
  })

  test('names the field, the lost thing and a cure', () => {
    const [problem] = integrityProblems(designOf(element('E-00001', { boundary: 'B-00009' })))
    expect(problem?.message).toContain('boundary')
    expect(problem?.message).toContain('B-00009')
    expect(problem?.cure).toContain('B-00009')
  })

  test('computed ids cannot dangle', () => {
    expect(scars({ ...FULL, triage: {} }).filter(scar => scar.includes('T-00001'))).toEqual([])
  })

  test('each of five thousand nested boundaries is looked at a few times', () => {
    const id = (n: number) => `B-${String(n).padStart(5, '0')}`
    const rows = Array.from({ length: 5000 }, (_, n) => boundary(id(n), n === 0 ? undefined : id(n - 1)))
    const { watched, reads } = counted(rows)
    const design = designOf(...watched)
    const before = reads()
    expect(integrityProblems(design)).toEqual([])
    // Walked up from each, the chain would be read 12 million times.
    expect(reads() - before).toBeLessThan(20 * rows.length)
  })
})
