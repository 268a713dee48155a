import { describe, expect, test } from 'vitest'
import type { TestsMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, itemOf, judge, junit, outcome, SIGNED, STALE, testcase, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<TestsMatcher> = {}) =>
  checkOf({ tests: { from: { slot: 'unit' }, match: ['authz::denies*'], min: 1, ...rest } })
const unit = (cases: string, rest = {}, attributes = '') => itemOf('unit.xml', junit(cases, attributes), rest)
const good = testcase('denies a')
const ctrf = (status: string) =>
  JSON.stringify({ results: { tool: { name: 'runner' }, summary: {}, tests: [{ name: 'denies a', suite: 'authz', status }] } })
const other = testcase('adds', '<failure/>')

describe('named tests', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['evidence of another slot', asks(), [itemOf('e2e.xml', junit(good))], 'missing'],
    ['a test that passed', asks(), [unit(good)], 'pass'],
    ['while others failed', asks(), [unit(good + other)], 'pass'],
    ['a test that failed', asks(), [unit(testcase('denies a', '<failure/>'))], 'fail'],
    ['a test in error', asks(), [unit(testcase('denies a', '<error/>'))], 'fail'],
    ['one of two failed', asks(), [unit(good + testcase('denies b', '<failure/>'))], 'fail'],
    ['the same name passes and fails in one report', asks(), [unit(good + testcase('denies a', '<failure/>'))], 'fail'],
    ['skipped', asks(), [unit(testcase('denies a', '<skipped/>'))], 'nothing-examined'],
    ['one of two skipped', asks(), [unit(good + testcase('denies b', '<skipped/>'))], 'nothing-examined'],
    ['flaky', asks(), [unit(testcase('denies a', '<flakyFailure/>'))], 'flaky'],
    ['flaky, allowed', asks({ allowFlaky: true }), [unit(testcase('denies a', '<flakyFailure/>'))], 'pass'],
    ['neither passed nor failed', asks(), [itemOf('unit.json', ctrf('other'))], 'cannot-tell'],
    ['passed, in CTRF', asks(), [itemOf('unit.json', ctrf('passed'))], 'pass'],
    [
      'the tool that the report names',
      asks({ from: { slot: 'unit', tool: 'Runner' } }),
      [itemOf('unit.json', ctrf('passed'))],
      'pass',
    ],
    ['not listed', asks(), [unit(testcase('adds'))], 'missing'],
    ['no test at all', asks(), [unit('')], 'nothing-examined'],
    ['fewer than asked', asks({ min: 2 }), [unit(good)], 'missing'],
    ['the same test twice is one test', asks({ min: 2 }), [unit(good + good)], 'missing'],
    ['as many as asked', asks({ min: 2 }), [unit(good + testcase('denies b'))], 'pass'],
    [
      'as many as asked, in two reports',
      asks({ min: 2 }),
      [unit(good), itemOf('b.xml', junit(testcase('denies b')), { slot: 'unit' })],
      'pass',
    ],
    ['totals that do not agree', asks(), [unit(good, {}, 'tests="6"')], 'contradictory'],
    ['totals that do not agree, and a failure', asks(), [unit(testcase('denies a', '<failure/>'), {}, 'tests="6"')], 'fail'],
    ['nothing but totals', asks(), [unit('', {}, 'tests="6"')], 'contradictory'],
    ['a runner that crashed after the tests', asks(), [unit(good, { exitCode: 1 })], 'tool-failed'],
    ['a runner that failed because of other tests', asks(), [unit(good + other, { exitCode: 1 })], 'pass'],
    ['a scanner report in the slot', asks(), [itemOf('unit.xml', '{"version":"2.1.0","runs":[]}')], 'missing'],
    ['another tool', asks({ from: { slot: 'unit', tool: 'vitest' } }), [unit(good, { tool: 'jest' })], 'missing'],
    ['the tool asked for', asks({ from: { slot: 'unit', tool: 'vitest' } }), [unit(good, { tool: 'Vitest' })], 'pass'],
  ])('%s: %s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })
})

describe('what the report is worth', () => {
  const cut = itemOf('unit2.xml', '<testsuites><testsuite>', { slot: 'unit' })
  const deep = itemOf('unit2.xml', '<testsuite>'.repeat(300), { slot: 'unit' })
  const failing = unit(testcase('denies a', '<failure/>'))
  test.each([
    ['cut off', asks(), [itemOf('unit.xml', '<testsuites>')], 'unreadable'],
    ['one cut off beside a good one', asks(), [unit(good), cut], 'unreadable'],
    ['over a limit', asks(), [unit(good), deep], 'limit-hit'],
    ['one cut off, and a failure', asks(), [failing, cut], 'fail'],
    ['unbound', asks(), [unit(good, UNBOUND)], 'unbound'],
    ['unbound, and a failure', asks(), [unit(testcase('denies a', '<failure/>'), UNBOUND)], 'fail'],
    ['of another commit', asks(), [unit(good, STALE)], 'stale-commit'],
    ['of another commit, and a failure', asks(), [unit(testcase('denies a', '<failure/>'), STALE)], 'stale-commit'],
    [
      'of another commit beside a current one',
      asks(),
      [itemOf('old.xml', junit(testcase('denies a', '<failure/>')), { slot: 'unit', ...STALE }), unit(good)],
      'pass',
    ],
    [
      'edited after it was made',
      asks(),
      [unit(good, { binding: { state: 'broken', reported: 'self', sentence: 'Changed.' } })],
      'contradictory',
    ],
    [
      'passed here, failed there',
      asks(),
      [unit(good), itemOf('b.xml', junit(testcase('denies a', '<failure/>')), { slot: 'unit' })],
      'contradictory',
    ],
    ['self-reported where a signature is asked', { ...asks(), allowSelfReported: false }, [unit(good)], 'self-reported'],
    ['signed where a signature is asked', { ...asks(), allowSelfReported: false }, [unit(good, SIGNED)], 'pass'],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })

  test('too old', () => {
    const old = unit(good, { endedAt: '2026-11-01T00:00:00Z' })
    expect(outcome(judge(asks(), [old], { maxAgeDays: 7 }))).toBe('stale-time')
    expect(outcome(judge(asks(), [old], { maxAgeDays: 30 }))).toBe('pass')
    expect(outcome(judge(asks(), [unit(good)], { maxAgeDays: 30 }))).toBe('stale-time')
    expect(outcome(judge(asks(), [unit(good, { endedAt: '2027-01-01T00:00:00Z' })], { maxAgeDays: 30 }))).toBe('stale-time')
  })
})

test('a verdict cites the report and the place in it, and says on whose word', () => {
  const verdict = judge(asks(), [unit(good + testcase('denies b', '<failure/>'))])
  expect(verdict.evidence).toEqual([
    { digest: unit(good + testcase('denies b', '<failure/>')).digest, pointer: '/testsuites/testsuite[1]/testcase[2]' },
  ])
  expect(verdict.sentence).toBe('The test "authz::denies b" did not pass.')
  expect(judge(asks(), [unit(good)])).toMatchObject({
    selfReported: true,
    sentence: 'The test "authz::denies a" ran and passed.',
  })
  expect(judge(asks(), [unit(good, SIGNED)]).selfReported).toBe(false)
})

test('names of tests cannot dress up as something else', () => {
  const verdict = judge(asks({ match: ['*'] }), [unit(testcase('ok\u202e'), {}, '')])
  expect(verdict.sentence).toContain('ok<U+202E>')
})
