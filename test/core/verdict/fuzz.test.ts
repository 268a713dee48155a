import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import type { FuzzMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, itemOf, judge, outcome, SIGNED, STALE, sarif, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<FuzzMatcher> = {}) =>
  checkOf({ fuzz: { from: { slot: 'fuzz' }, minExecutions: 1000, minSeconds: 60, ...rest } })
const FIELDS = { executions: 1000, seconds: 60, edges: 7, crashes: 0, hangs: 0 }
const stats = (rest: { readonly [K in keyof typeof FIELDS]?: number | undefined } = {}) => {
  const { executions, seconds, edges, crashes, hangs } = { ...FIELDS, ...rest }
  return [
    'start_time : 1700000000',
    `run_time : ${seconds}`,
    `execs_done : ${executions}`,
    `saved_crashes : ${crashes}`,
    `saved_hangs : ${hangs}`,
    ...(edges === undefined ? [] : [`edges_found : ${edges}`]),
    'afl_version : ++4.04c',
    'command_line : afl-fuzz -i in -o out -- ./parse @@',
  ].join('\n')
}
const fuzz = (text: string, rest = {}) => itemOf('fuzz.txt', text, rest)
const second = (text: string, rest = {}) => itemOf('b.txt', text, { slot: 'fuzz', ...rest })

describe('a fuzzer that ran long enough', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['just enough', asks(), [fuzz(stats())], 'pass'],
    ['a crash', asks(), [fuzz(stats({ crashes: 1 }))], 'fail'],
    ['a crash after too short a run', asks(), [fuzz(stats({ crashes: 1, seconds: 1 }))], 'fail'],
    ['as many crashes as allowed', asks({ maxCrashes: 1 }), [fuzz(stats({ crashes: 1 }))], 'pass'],
    [
      'crashes of two fuzzers add up',
      asks({ maxCrashes: 1 }),
      [fuzz(stats({ crashes: 1 })), second(stats({ crashes: 1, edges: 9 }))],
      'fail',
    ],
    ['those of a copy do not', asks({ maxCrashes: 1 }), [fuzz(stats({ crashes: 1 })), second(stats({ crashes: 1 }))], 'pass'],
    ['too few executions', asks(), [fuzz(stats({ executions: 999 }))], 'missing'],
    ['too short', asks(), [fuzz(stats({ seconds: 59 }))], 'missing'],
    ['two halves are no whole', asks(), [fuzz(stats({ seconds: 30 })), second(stats({ seconds: 31 }))], 'missing'],
    ['one of two ran long enough', asks(), [fuzz(stats({ seconds: 1 })), second(stats())], 'pass'],
    ['too few edges', asks({ minEdges: 8 }), [fuzz(stats())], 'missing'],
    ['ran nothing', asks(), [fuzz(stats({ executions: 0 }))], 'nothing-examined'],
    ['reached no code', asks(), [fuzz(stats({ edges: 0 }))], 'nothing-examined'],
    ['does not say what it reached', asks(), [fuzz(stats({ edges: undefined }))], 'cannot-tell'],
    ['hangs are told, not judged', asks(), [fuzz(stats({ hangs: 3 }))], 'pass'],
    ['the target', asks({ target: './parse' }), [fuzz(stats())], 'pass'],
    ['another target', asks({ target: './render' }), [fuzz(stats())], 'missing'],
    ['a crash in another target', asks({ target: './render' }), [fuzz(stats({ crashes: 1 }))], 'missing'],
    ['a run that ended badly', asks(), [fuzz(stats(), { exitCode: 1 })], 'tool-failed'],
    ['plot_data instead', asks(), [fuzz('# relative_time, x')], 'unreadable'],
    ['a scanner report in the slot', asks(), [fuzz(sarif({ results: [] }))], 'missing'],
    ['unbound', asks(), [fuzz(stats(), UNBOUND)], 'unbound'],
    ['unbound, and a crash', asks(), [fuzz(stats({ crashes: 1 }), UNBOUND)], 'fail'],
    ['of another commit', asks(), [fuzz(stats({ crashes: 1 }), STALE)], 'stale-commit'],
    ['the tool, as the report names it', asks({ from: { slot: 'fuzz', tool: 'afl++' } }), [fuzz(stats())], 'pass'],
    ['another tool', asks({ from: { slot: 'fuzz', tool: 'honggfuzz' } }), [fuzz(stats())], 'missing'],
    ['self-reported where a signature is asked', { ...asks(), allowSelfReported: false }, [fuzz(stats())], 'self-reported'],
    ['signed where a signature is asked', { ...asks(), allowSelfReported: false }, [fuzz(stats(), SIGNED)], 'pass'],
  ])('%s', (_name, check, evidence, expected) => expect(outcome(judge(check, evidence))).toBe(expected))
  test('too old', () => expect(outcome(judge(asks(), [fuzz(stats())], { maxAgeDays: 7 }))).toBe('stale-time'))
})

test('says what ran and what is asked', () => {
  expect(judge(asks(), [fuzz(stats({ hangs: 1 }))]).sentence).toBe(
    'The fuzzer ran 1000 times in 60 seconds, reached 7 edges and left no crash and 1 hang.',
  )
  expect(judge(asks(), [fuzz(stats({ executions: 1, seconds: 2 }))]).sentence).toBe(
    'fuzz.txt shows only 1 of 1000 executions, 2 of 60 seconds.',
  )
  expect(judge(asks({ target: './render' }), [fuzz(stats())]).sentence).toBe(
    'The fuzzer was run as "afl-fuzz -i in -o out -- ./parse @@"; "./render" must be in it.',
  )
  expect(describeExpression(asks({ target: './parse' }).verify ?? {})).toBe(
    'A fuzzer of "./parse" made at least 1000 executions in at least 60 seconds, reached at least 1 edge and left no crash, in evidence "fuzz".',
  )
})

test('another crash never turns a fail into a pass, and what ran nothing never passes', () => {
  const run = fc.record({ executions: fc.nat(2000), seconds: fc.nat(120), edges: fc.nat(2), crashes: fc.nat(2) })
  fc.assert(
    fc.property(fc.array(run, { maxLength: 3 }), run, (runs, more) => {
      const items = runs.map((one, index) => itemOf(`f${index}.txt`, stats(one), { slot: 'fuzz' }))
      const before = judge(asks(), items).verdict
      if (before === 'fail')
        expect(judge(asks(), [...items, itemOf('g.txt', stats(more), { slot: 'fuzz' })]).verdict).toBe('fail')
      if (before === 'pass') expect(runs.some(one => one.executions > 0 && one.edges > 0)).toBe(true)
    }),
  )
})
