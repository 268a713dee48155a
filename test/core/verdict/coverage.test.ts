import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import type { CoverageMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, itemOf, judge, junit, outcome, recordOf, SIGNED, STALE, testcase, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<CoverageMatcher> = {}) =>
  checkOf({ coverage: { from: { slot: 'cov' }, paths: ['src/pay/**'], minPercent: 80, ...rest } })
/** A tracefile of files with so many lines, so many of them hit. */
const lcov = (...files: readonly (readonly [string, number, number, string?])[]) =>
  files
    .map(([path, lines, hit, extra = '']) => {
      const data = Array.from({ length: lines }, (_, i) => `DA:${i + 1},${i < hit ? 1 : 0}\n`).join('')
      return `SF:${path}\n${data}${extra}end_of_record\n`
    })
    .join('') || 'TN:\n'
const cov = (text: string, rest = {}) => itemOf('cov.info', text, rest)
const second = (text: string, rest = {}) => itemOf('b.info', text, { slot: 'cov', ...rest })
const good = lcov(['src/pay/a.ts', 10, 8])
const bad = lcov(['src/pay/a.ts', 10, 7])

describe('lines of the named files', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['enough', asks(), [cov(good)], 'pass'],
    ['too few', asks(), [cov(bad)], 'fail'],
    [
      'enough on the whole, too few in one file',
      asks(),
      [cov(lcov(['src/pay/a.ts', 10, 1], ['src/pay/b.ts', 1000, 1000]))],
      'fail',
    ],
    ['too few elsewhere', asks(), [cov(good + lcov(['src/b.ts', 10, 0]))], 'pass'],
    ['below the root of another machine', asks(), [cov(lcov(['/ci/shop/src/pay/a.ts', 10, 8]))], 'pass'],
    ['not listed', asks(), [cov(lcov(['src/b.ts', 10, 10]))], 'missing'],
    ['one of two named files not listed', asks({ paths: ['src/pay/a.ts', 'src/pay/b.ts'] }), [cov(good)], 'missing'],
    ['no file at all', asks(), [cov(lcov())], 'nothing-examined'],
    ['no line that can run', asks(), [cov(lcov(['src/pay/a.ts', 0, 0]))], 'nothing-examined'],
    ['fewer files than asked', asks({ minFiles: 2 }), [cov(good)], 'missing'],
    ['the same file twice is one file', asks({ minFiles: 2 }), [cov(good), second(good)], 'missing'],
    ['as many files as asked', asks({ minFiles: 2 }), [cov(good), second(lcov(['src/pay/b.ts', 1, 1]))], 'pass'],
    ['the better of two reports counts', asks(), [cov(bad), second(good)], 'pass'],
    ['a better report that is not bound', asks(), [cov(bad), second(good, UNBOUND)], 'unbound'],
    ['totals that do not agree', asks(), [cov(lcov(['src/pay/a.ts', 10, 10, 'LF:20\n']))], 'contradictory'],
    ['totals that do not agree, elsewhere', asks(), [cov(good + lcov(['src/b.ts', 10, 10, 'LF:20\n']))], 'pass'],
    ['a run that ended badly', asks(), [cov(good, { exitCode: 1 })], 'tool-failed'],
    ['a run that ended badly, and too few', asks(), [cov(bad, { exitCode: 1 })], 'fail'],
    ['cut off', asks(), [cov(good.slice(0, -5))], 'unreadable'],
    ['one cut off beside a good one', asks(), [cov(good), second('SF:a')], 'unreadable'],
    ['a test report in the slot', asks(), [itemOf('cov.xml', junit(testcase('a')))], 'missing'],
    ['unbound', asks(), [cov(good, UNBOUND)], 'unbound'],
    ['unbound, and too few', asks(), [cov(bad, UNBOUND)], 'fail'],
    ['of another commit', asks(), [cov(bad, STALE)], 'stale-commit'],
    ['of a run without a file', asks(), [cov(good, { without: 'src/pay/a.ts' })], 'missing'],
    ['another tool', asks({ from: { slot: 'cov', tool: 'c8' } }), [cov(good, { tool: 'nyc' })], 'missing'],
    ['the tool', asks({ from: { slot: 'cov', tool: 'c8' } }), [cov(good, { tool: 'C8' })], 'pass'],
    ['self-reported where a signature is asked', { ...asks(), allowSelfReported: false }, [cov(good)], 'self-reported'],
    ['signed where a signature is asked', { ...asks(), allowSelfReported: false }, [cov(good, SIGNED)], 'pass'],
  ])('%s', (_name, check, evidence, expected) => expect(outcome(judge(check, evidence))).toBe(expected))

  test('equal paths in two modules: the worse counts', () => {
    const line = (covered: number) => `<sourcefile name="A.java"><line nr="1" mi="1" ci="${covered}"/></sourcefile>`
    const group = (covered: number) => `<group name="g"><package name="p">${line(covered)}</package></group>`
    const item = cov(`<report name="r">${group(1)}${group(0)}${group(1)}</report>`)
    expect(outcome(judge(asks({ paths: ['p/**'] }), [item]))).toBe('fail')
  })
  test('too old', () => expect(outcome(judge(asks(), [cov(good)], { maxAgeDays: 7 }))).toBe('stale-time'))
})

test('says which lines, and what the report lists instead', () => {
  expect(judge(asks(), [cov(bad)])).toMatchObject({
    sentence: 'Tests ran through 7 of 10 lines of src/pay/a.ts; 80 % are asked in each file.',
    evidence: [{ pointer: 'line 1' }],
  })
  expect(judge(asks(), [cov(good)])).toMatchObject({
    sentence: 'Tests ran through 8 of 10 lines of src/pay/a.ts.',
    selfReported: true,
  })
  expect(judge(asks({ paths: ['lib/**'] }), [cov(good)]).sentence).toBe(
    'None of 1 file in the report is named "lib/**"; it lists src/pay/a.ts.',
  )
  expect(describeExpression(asks({ minFiles: 3 }).verify ?? {})).toBe(
    'Tests ran through at least 80 % of the lines of each of at least 3 files in src/pay/**, in evidence "cov".',
  )
})

test('evidence that any matcher asks for is not called unused', () => {
  const verify = { any: [asks().verify ?? {}, { fuzz: { from: { slot: 'fuzz' }, minExecutions: 1, minSeconds: 1 } }] }
  const items = [cov(good), itemOf('fuzz.txt', ''), itemOf('other.txt', '')]
  const unused = recordOf([checkOf(verify)], items).problems.filter(({ code }) => code === 'evidence.unused')
  expect(unused.map(({ at }) => at)).toEqual(['other.txt'])
})

test('a line that nobody ran never turns a fail into a pass', () => {
  const files = fc.array(fc.tuple(fc.constantFrom('src/pay/a.ts', 'src/pay/b.ts', 'src/c.ts'), fc.nat(5), fc.nat(5)), {
    maxLength: 4,
  })
  const textOf = (list: readonly (readonly [string, number, number])[]) =>
    lcov(...list.map(([path, hit, more]) => [path, hit + more, hit] as const))
  fc.assert(
    fc.property(files, fc.constantFrom('src/pay/a.ts', 'src/pay/b.ts'), (list, path) => {
      const before = judge(asks(), [cov(textOf(list))]).verdict
      const after = judge(asks(), [cov(`${textOf(list)}SF:${path}\nDA:99,0\nend_of_record\n`)]).verdict
      if (before === 'fail') expect(after).toBe('fail')
      if (list.every(([, hit, more]) => hit + more === 0)) expect(before).not.toBe('pass')
    }),
  )
})
