import { describe, expect, test } from 'vitest'
import type { TestStatus } from '../../core/evidence/types.ts'
import { hasEvidence, type RealFile, realFiles, refusedOf } from './evidence-files.ts'
import { ctrfCounts, junitCounts, type TestCounts } from './tests-counts.ts'

const [junit, ctrf, others] = [realFiles('junit'), realFiles('ctrf'), realFiles('junit-other')]

function countsOf({ name, reading }: RealFile): TestCounts {
  if (!reading.ok || !reading.value.facts.tests) throw new Error(`${name} holds no tests`)
  const { cases } = reading.value.facts.tests
  const of = (status: TestStatus) => cases.filter(one => one.status === status).length
  return {
    tests: cases.length,
    failed: of('failed'),
    error: of('error'),
    skipped: of('skipped'),
    flaky: of('flaky'),
    passed: of('passed'),
    unclear: of('unclear'),
  }
}

describe.skipIf(!hasEvidence)('real test reports', () => {
  test('as many tests of each status as a second, separately written count finds', () => {
    for (const file of junit.filter(({ reading }) => reading.ok))
      expect(countsOf(file), file.name).toEqual(junitCounts(file.text))
    for (const file of ctrf.filter(({ reading }) => reading.ok)) expect(countsOf(file), file.name).toEqual(ctrfCounts(file.text))
    expect([junit.length, ctrf.length, others.length]).toEqual([13, 6, 3])
  })

  test('what is refused, and where', () => {
    expect(refusedOf([...junit, ...ctrf, ...others])).toEqual([
      ['publish-unit-test-result-action__corrupt-xml.xml', 'evidence.xml', ':11:22'],
      ['ctrf__ctrf.test.json', 'evidence.format', ''],
      ['publish-unit-test-result-action__FluentValidation.Tests.trx', 'evidence.format', ':2:1'],
      ['publish-unit-test-result-action__NUnit-healthReport.xml', 'evidence.format', ':2:1'],
      ['publish-unit-test-result-action__tests.json', 'evidence.format', ''],
    ])
  })

  test('a reporter that wrote 47 of 202 tests agrees with itself, and only with itself', () => {
    const count = (files: readonly RealFile[], part: string) => {
      const file = files.find(({ name }) => name.includes(part))
      return file && countsOf(file).tests
    }
    expect([count(ctrf, 'vb_report'), count(junit, 'valibot')]).toEqual([47, 202])
  })

  test('no report in CTRF names a full commit', () => {
    expect(ctrf.flatMap(({ reading }) => (reading.ok ? reading.value.made.commits : []))).toEqual([])
  })
})
