import { describe, expect, test } from 'vitest'
import { modelProblems } from '../../../core/dfd/checks.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow } from '../../../core/model/types.ts'
import { asset, boundary, designOf, element, flow } from '../model/designs.ts'

const inside = { attributes: { exposedToInternet: 'no' } } as const
const api = element('E-00001', { name: 'API', boundary: 'B-00001', ...inside })
const store = element('E-00002', { name: 'Ledger', kind: 'dataStore', boundary: 'B-00001', ...inside })
const user = element('E-00003', { name: 'Customer', kind: 'externalEntity' })
const stated = { protocol: 'HTTPS', encryption: 'yes', authentication: 'no' } as const
const WHOLE: readonly AnyRow[] = [
  boundary('B-00001'),
  api,
  store,
  user,
  flow('F-00001', 'E-00003', 'E-00001', stated),
  flow('F-00002', 'E-00001', 'E-00002'),
]

function codes(...rows: readonly AnyRow[]): readonly string[] {
  const last = new Map([...WHOLE, ...rows].map(row => [row.id, row]))
  return modelProblems(designOf(...last.values())).map(problem => `${problem.code} ${problem.at}`)
}

describe('modelProblems', () => {
  test('an empty design and a whole one have none', () => {
    expect(modelProblems(EMPTY_DESIGN)).toEqual([])
    expect(codes()).toEqual([])
  })

  test.each<readonly [string, readonly AnyRow[], readonly string[]]>([
    ['entity to store', [flow('F-00003', 'E-00003', 'E-00002', stated)], ['dfd.flow.noProcess F-00003']],
    ['entity to itself', [flow('F-00003', 'E-00003', 'E-00003')], ['dfd.flow.noProcess F-00003']],
    ['a loose source', [flow('F-00003', undefined, 'E-00001')], ['dfd.flow.loose F-00003']],
    ['both ends loose', [flow('F-00003')], ['dfd.flow.loose F-00003']],
    [
      'a crossing that says nothing',
      [flow('F-00003', 'E-00001', 'E-00003')],
      ['dfd.crossing.authentication F-00003', 'dfd.crossing.encryption F-00003', 'dfd.crossing.protocol F-00003'],
    ],
    [
      'a crossing that says unknown',
      [flow('F-00003', 'E-00001', 'E-00003', { ...stated, encryption: 'unknown' })],
      ['dfd.crossing.encryption F-00003'],
    ],
    ['a crossing out of scope', [flow('F-00003', 'E-00001', 'E-00003', { outOfScope: 'old' })], []],
    ['an element alone', [element('E-00004', inside)], ['dfd.element.noFlows E-00004']],
    ['an element alone and out of scope', [element('E-00004', { outOfScope: 'old' })], []],
    ['data without class', [asset('D-00001')], ['dfd.data.class D-00001']],
    ['an open line', [boundary('B-00002', undefined, { membership: 'unresolved' })], ['dfd.boundary.unresolved B-00002']],
    ['a process of unknown exposure', [{ ...api, attributes: {} } as AnyRow], ['dfd.element.exposure E-00001']],
    [
      'a store of unknown exposure',
      [{ ...store, attributes: { exposedToInternet: 'unknown' } } as AnyRow],
      ['dfd.element.exposure E-00002'],
    ],
    [
      'several, in the order of ids',
      [asset('D-00001'), element('E-00004')],
      ['dfd.data.class D-00001', 'dfd.element.exposure E-00004', 'dfd.element.noFlows E-00004'],
    ],
  ])('%s', (_name, rows, expected) => {
    expect(codes(...rows)).toEqual(expected)
  })

  test('says that data does not move itself, and between what', () => {
    const [problem] = modelProblems(designOf(...WHOLE, flow('F-00003', 'E-00003', 'E-00002', { name: 'order', ...stated })))
    expect(problem?.message).toBe(
      'Data does not move itself: "order" runs from external entity "Customer" to data store "Ledger", and neither is a process.',
    )
  })

  test('questions end with a question mark, everything has a cure', () => {
    const design = designOf(
      element('E-00001'),
      asset('D-00001'),
      boundary('B-00001', undefined, { membership: 'unresolved' }),
      flow('F-00001'),
    )
    for (const problem of modelProblems(design)) {
      expect(problem.cure).toMatch(/\.$/)
      if (problem.severity === 'info') expect(problem.message).toContain('?')
      else expect(problem.message).toMatch(/\.$/)
    }
  })
})
