import { describe, expect, test } from 'vitest'
import { coberturaCounts, type LineCounts, lcovCounts } from './coverage-counts.ts'
import { hasEvidence, type RealFile, realFiles, refusedOf } from './evidence-files.ts'

const files = realFiles('coverage')

function countsOf({ name, reading }: RealFile): LineCounts {
  if (!reading.ok || !reading.value.facts.coverage) throw new Error(`${name} holds no coverage`)
  return Object.fromEntries(reading.value.facts.coverage.files.map(({ path, lines, hit }) => [path, [lines, hit]]))
}

describe.skipIf(!hasEvidence)('real coverage reports', () => {
  test('as many lines, hit and not, in each file as a second, separately written count finds', () => {
    expect(refusedOf(files)).toEqual([])
    for (const file of files)
      expect(countsOf(file), file.name).toEqual(file.name.endsWith('.info') ? lcovCounts(file.text) : coberturaCounts(file.text))
  })

  test('files and lines of each report', () => {
    const sums = files.map(file => {
      const counts = Object.values(countsOf(file))
      return [
        file.name,
        counts.length,
        counts.reduce((sum, [lines]) => sum + lines, 0),
        counts.reduce((sum, [, hit]) => sum + hit, 0),
      ]
    })
    expect(sums).toEqual([
      ['chainloop__cobertura-empty.xml', 0, 0, 0],
      ['chainloop__cobertura.xml', 1, 6, 4],
      ['cobertura-parse-1.0.5__sample.xml', 4, 101, 90],
      ['generated__gcovr-cobertura.xml', 3, 22, 18],
      ['generated__td-cov_cobertura-coverage.xml', 47, 1214, 1014],
      ['generated__vb-cov_lcov.info', 22, 618, 618],
      ['generated__yjs-cov_lcov.info', 30, 11526, 10615],
      ['lcov-parse-1.0.0__lcov.info', 1, 54, 54],
    ])
  })

  test('no file declares lines that it does not list; two reports declare totals of more than they hold', () => {
    const coverage = files.flatMap(({ name, reading }) =>
      reading.ok && reading.value.facts.coverage ? [{ name, ...reading.value.facts.coverage }] : [],
    )
    expect(coverage.flatMap(one => one.files.filter(({ disagreement }) => disagreement !== undefined))).toEqual([])
    expect(coverage.filter(({ oddities }) => oddities.length > 0).map(({ name }) => name)).toEqual([
      'chainloop__cobertura-empty.xml',
      'cobertura-parse-1.0.5__sample.xml',
    ])
  })
})
