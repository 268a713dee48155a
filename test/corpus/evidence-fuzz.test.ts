import { describe, expect, test } from 'vitest'
import { hasEvidence, realFiles, refusedOf } from './evidence-files.ts'
import { fuzzCounts } from './fuzz-counts.ts'

const files = realFiles('fuzz')

describe.skipIf(!hasEvidence)('real reports of fuzzers', () => {
  test('the same numbers as a second, separately written count finds', () => {
    const stats = files.filter(({ name }) => name.includes('fuzzer_stats'))
    expect(stats).toHaveLength(1)
    for (const { name, text, reading } of stats)
      expect(reading.ok && reading.value.facts.fuzz, name).toMatchObject(fuzzCounts(text))
  })
  test('Mayhem writes SARIF', () => {
    expect(files.flatMap(({ reading }) => (reading.ok ? [reading.value.format] : []))).toEqual(['sarif', 'sarif', 'sarif', 'afl'])
    for (const { name, text, reading } of files.filter(file => file.name.endsWith('.sarif'))) {
      const { runs } = JSON.parse(text) as { runs: { results: unknown[] }[] }
      expect(reading.ok && reading.value.facts.scan?.results.length, name).toBe(runs.flatMap(run => run.results).length)
    }
  })
  test('what is refused says what to hand in instead', () => {
    expect(refusedOf(files)).toEqual([
      ['django-defectdojo__gitlab_api_fuzzing_1_vuln_v15.json', 'evidence.format', ''],
      ['generated__afl_plot_data', 'evidence.format', ''],
    ])
    for (const { reading } of files.filter(one => !one.reading.ok))
      expect(reading.ok ? '' : reading.problems[0].cure).toMatch(/hand in/i)
  })
})
