import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import type { TestsMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, itemOf, judge, junit, outcome, SIGNED, STALE, testcase, UNBOUND } from './scenes.ts'

const PATH = 'src/authz.ts'
const asks = (rest: Partial<TestsMatcher> = {}) =>
  checkOf({ tests: { from: { slot: 'unit' }, match: ['authz::denies*'], min: 1, failsWithout: PATH, ...rest } })
const BAD = '<failure/>'
const a = (body = '') => testcase('denies a', body)
const b = (body = '') => testcase('denies b', body)
const first = (cases: string, rest = {}) => itemOf('unit.xml', junit(cases), rest)
const again = (cases: string, rest: object = {}, file = 'without.xml') =>
  itemOf(file, cases.startsWith('<testcase') || cases === '' ? junit(cases) : cases, {
    slot: 'unit',
    without: PATH,
    exitCode: 1,
    ...rest,
  })

describe('tests that must fail without what they test', () => {
  test.each([
    ['it failed', asks(), [first(a()), again(a(BAD))], 'pass'],
    ['it ended in error', asks(), [first(a()), again(a('<error/>'))], 'pass'],
    ['one of two failed', asks(), [first(a() + b()), again(a(BAD) + b())], 'pass'],
    ['it still passed', asks(), [first(a()), again(a(), { exitCode: 0 })], 'fail'],
    ['both still passed', asks(), [first(a() + b()), again(a() + b(), { exitCode: 0 })], 'fail'],
    ['it still passed, another test failed', asks(), [first(a()), again(a() + testcase('adds', BAD))], 'fail'],
    ['no second run', asks(), [first(a())], 'missing'],
    ['a second run without another file', asks(), [first(a()), again(a(BAD), { without: 'src/b.ts' })], 'missing'],
    ['nothing but the second run', asks(), [again(a(BAD))], 'missing'],
    ['a second run that passes is no first run', asks(), [again(a())], 'missing'],
    ['the first run failed', asks(), [first(a(BAD)), again(a(BAD))], 'fail'],
    ['not in the second run', asks(), [first(a()), again(testcase('adds', BAD))], 'missing'],
    ['one of two not in the second run, the other passed', asks(), [first(a() + b()), again(a(), { exitCode: 0 })], 'missing'],
    ['no test in the second run', asks(), [first(a()), again('')], 'missing'],
    ['a test that did not pass before', asks(), [first(a()), again(a() + b(BAD))], 'fail'],
    ['skipped in the second run', asks(), [first(a()), again(a('<skipped/>'))], 'nothing-examined'],
    ['flaky in the second run', asks(), [first(a()), again(a('<flakyFailure/>'))], 'flaky'],
    ['passed, and the runner fell over', asks(), [first(a()), again(a())], 'tool-failed'],
    ['a second run that was cut off', asks(), [first(a()), again('<testsuites>')], 'unreadable'],
    ['a second run whose totals do not agree', asks(), [first(a()), again(junit(a(BAD), 'tests="9"'))], 'contradictory'],
    ['failed and passed without it', asks(), [first(a()), again(a(BAD)), again(a(), {}, 'w2.xml')], 'contradictory'],
    ['a second run in two reports', asks(), [first(a() + b()), again(a()), again(b(BAD), {}, 'w2.xml')], 'pass'],
    ['an unbound second run', asks(), [first(a()), again(a(BAD), UNBOUND)], 'unbound'],
    ['an unbound second run in which it still passed', asks(), [first(a()), again(a(), { ...UNBOUND, exitCode: 0 })], 'fail'],
    ['a second run of another commit', asks(), [first(a()), again(a(BAD), STALE)], 'stale-commit'],
    [
      'self-reported where a signature is asked',
      { ...asks(), allowSelfReported: false },
      [first(a(), SIGNED), again(a(BAD))],
      'self-reported',
    ],
    [
      'signed where a signature is asked',
      { ...asks(), allowSelfReported: false },
      [first(a(), SIGNED), again(a(BAD), SIGNED)],
      'pass',
    ],
    [
      'another tool',
      asks({ from: { slot: 'unit', tool: 'vitest' } }),
      [first(a(), { tool: 'vitest' }), again(a(BAD), { tool: 'jest' })],
      'missing',
    ],
  ])('%s', (_name, check, evidence, expected) => expect(outcome(judge(check, evidence))).toBe(expected))
  test('without being asked for, the second run is no run at all', () => {
    const check = checkOf({ tests: { from: { slot: 'unit' }, match: ['authz::denies*'], min: 1 } })
    expect(outcome(judge(check, [first(a()), again(a(BAD))]))).toBe('pass')
    expect(outcome(judge(check, [again(a())]))).toBe('missing')
  })
})

test('says which test noticed, or that none would', () => {
  const noticed = judge(asks(), [first(a()), again(a(BAD))])
  expect(noticed.sentence).toBe('The test "authz::denies a" ran and passed. Without src/authz.ts, "authz::denies a" failed.')
  expect(noticed.evidence).toHaveLength(2)
  expect(judge(asks(), [first(a()), again(a(), { exitCode: 0 })]).sentence).toBe(
    'The test "authz::denies a" still passed without src/authz.ts, so would not notice if it were undone.',
  )
  expect(judge(asks(), [first(a())]).sentence).toBe('There is no evidence "unit" of a run without src/authz.ts.')
  expect(describeExpression(asks().verify ?? {})).toBe(
    'At least 1 test named "authz::denies*" ran and passed, in evidence "unit"; at least one fails when src/authz.ts is as it was before the change.',
  )
})

test('nothing passes without a test that failed in the second run', () => {
  const cases = fc.array(
    fc.tuple(fc.constantFrom('denies a', 'denies b'), fc.constantFrom('', BAD, '<skipped/>', '<flakyFailure/>')),
    {
      maxLength: 3,
    },
  )
  const textOf = (list: readonly (readonly [string, string])[]) => list.map(([name, body]) => testcase(name, body)).join('')
  fc.assert(
    fc.property(cases, cases, fc.constantFrom(0, 1), (one, two, exitCode) => {
      const { verdict } = judge(asks(), [first(textOf(one)), again(textOf(two), { exitCode })])
      if (verdict === 'pass') expect(two.some(([, body]) => body === BAD)).toBe(true)
      if (verdict === 'pass') expect(one.every(([, body]) => body === '')).toBe(true)
    }),
    { numRuns: 300 },
  )
})
