import { describe, expect, test } from 'vitest'
import { evidenceIn, factsOf, problemOf } from './facts-of.ts'

const report = (tests: unknown, rest: object = {}, top: object = {}) =>
  JSON.stringify({
    reportFormat: 'CTRF',
    specVersion: '1.0.0',
    ...top,
    results: { tool: { name: 'runner', version: '2.0' }, tests, ...rest },
  })
const one = (test: object) => factsOf('tests', report([{ name: 'a', status: 'passed', ...test }], { summary: {} }))
const summaryOf = (rest: object) => ({
  tests: 1,
  passed: 1,
  failed: 0,
  skipped: 0,
  pending: 0,
  other: 0,
  start: 0,
  stop: 0,
  ...rest,
})
const passed = { name: 'a', status: 'passed' }

describe('status of a test', () => {
  test.each([
    [{}, 'passed'],
    [{ status: 'failed' }, 'failed'],
    [{ status: 'skipped' }, 'skipped'],
    [{ status: 'pending' }, 'skipped'],
    [{ status: 'other' }, 'unclear'],
    [{ status: 'PASSED' }, 'unclear'],
    [{ status: 'constructor' }, 'unclear'],
    [{ status: undefined }, 'unclear'],
    [{ flaky: true }, 'flaky'],
    [{ flaky: true, status: 'failed' }, 'failed'],
    [{ retries: 0 }, 'passed'],
    [{ retries: 1 }, 'flaky'],
    [{ retries: '2' }, 'flaky'],
    [{ retryAttempts: [{ status: 'failed' }, { status: 'passed' }] }, 'flaky'],
    [{ retryAttempts: [{ status: 'passed' }] }, 'passed'],
  ])('%j is %s', (rest, status) => {
    expect(one(rest).cases.map(({ status: is }) => is)).toEqual([status])
  })
  test('retries that are no number are odd', () => {
    expect(one({ retries: -1 })).toMatchObject({ cases: [{ status: 'passed' }], oddities: [{ pointer: '/results/tests/0' }] })
  })
})

test('the suite, else the file, stands for the class', () => {
  const tests = [
    { ...passed, suite: ['Auth', 'Login'], filePath: 'a.test.ts' },
    { ...passed, suite: 'Auth > Login' },
    { ...passed, filePath: 'a.test.ts' },
    passed,
    { status: 'passed' },
    7,
  ]
  const { cases, oddities } = factsOf('tests', report(tests, { summary: {} }))
  expect(cases.map(({ id, pointer }) => [pointer, id])).toEqual([
    ['/results/tests/0', 'Auth > Login::a'],
    ['/results/tests/1', 'Auth > Login::a'],
    ['/results/tests/2', 'a.test.ts::a'],
    ['/results/tests/3', 'a'],
    ['/results/tests/4', ''],
    ['/results/tests/5', ''],
  ])
  expect(oddities.map(({ pointer, text }) => `${pointer} ${text}`)).toEqual([
    '/results/tests/4 has no name',
    '/results/tests/5 has no name',
    '/results/tests/5 has the status "", which CTRF does not know',
  ])
})

describe('totals against tests', () => {
  const wrong = (summary: unknown, tests: unknown = [passed]) =>
    factsOf('tests', report(tests, { summary })).disagreements.map(({ pointer, text }) => `${pointer}: ${text}`)
  test.each([
    ['agree', summaryOf({}), []],
    ['missing or no numbers', { passed: 'many', failed: 1.5 }, []],
    ['numbers as text', summaryOf({ tests: '2' }), ['/results/summary/tests: the summary declares 2 tests and 1 are listed']],
    [
      'a reporter that lost most tests',
      summaryOf({ tests: 202, passed: 202 }),
      [
        '/results/summary/tests: the summary declares 202 tests and 1 are listed',
        '/results/summary/passed: the summary declares 202 passed tests and 1 are listed',
      ],
    ],
    [
      'hidden failures',
      summaryOf({ failed: 3 }),
      ['/results/summary/failed: the summary declares 3 failed tests and 0 are listed'],
    ],
    ['flaky ones', summaryOf({ flaky: 1 }), ['/results/summary/flaky: the summary declares 1 flaky tests and 0 are listed']],
  ])('%s', (_name, summary, expected) => expect(wrong(summary)).toEqual(expected))
  test('a flaky test that failed in the end is among the flaky', () => {
    expect(wrong(summaryOf({ passed: 0, failed: 1, flaky: 1 }), [{ name: 'a', status: 'failed', flaky: true }])).toEqual([])
  })
})

describe('what it says of itself', () => {
  const commit = 'a'.repeat(40)
  const made = (rest: object, top: object = {}) => evidenceIn(report([passed], rest, top)).made
  test('tool, commit and time', () => {
    expect(made({ environment: { commit } }, { timestamp: '2026-01-01T10:00:00+02:00' })).toEqual({
      tool: 'runner',
      version: '2.0',
      commits: [commit],
      at: '2026-01-01T08:00:00.000Z',
    })
  })
  test('a short commit binds nothing', () => {
    expect(made({ environment: { commit: 'abc1234' } }).commits).toEqual([])
    expect(factsOf('tests', report([], { summary: {}, environment: { commit: 'abc1234' } })).oddities).toEqual([
      { pointer: '/results/environment/commit', text: 'is no full commit id' },
    ])
  })
  test('zero is no time, and a stamp without a zone neither', () => {
    expect(made({ summary: summaryOf({}) }).at).toBeUndefined()
    expect(made({ summary: summaryOf({ stop: 1_767_225_600_000 }) }, { timestamp: '2026-01-01T10:00:00' }).at).toBe(
      '2026-01-01T00:00:00.000Z',
    )
  })
  test('what its schema forbids is odd and lived with', () => {
    const text = JSON.stringify({ results: { tests: [passed], summary: null } })
    expect(factsOf('tests', text).oddities.map(({ text: said }) => said)).toEqual([
      'names no report format',
      'names no version of CTRF',
      'holds no summary to compare with',
    ])
  })
})

test('without a list of tests it is refused', () => {
  for (const tests of [undefined, {}, 'x'])
    expect(problemOf(report(tests))).toMatchObject({ code: 'evidence.shape', at: 'x#/results/tests' })
  expect(problemOf('{"results":{"tests":[]}}')?.code).toBe('evidence.format')
})
