import { describe, expect, test } from 'vitest'
import { evidenceIn, factsOf, problemOf } from './facts-of.ts'

const NEW = {
  start_time: '1700000000',
  last_update: '1700000100',
  run_time: '60',
  execs_done: '20548',
  saved_crashes: '1',
  saved_hangs: '2',
  edges_found: '7',
  afl_version: '++4.04c',
  command_line: 'afl-fuzz -i in -o out -- ./t : @@',
}
const OLD = {
  start_time: '1500000000',
  last_update: '1500000090',
  execs_done: '9',
  paths_total: '4',
  unique_crashes: '0',
  unique_hangs: '1',
  afl_version: '2.52b',
  command_line: './t',
}
const stats = (fields: object, rest: object = {}) =>
  Object.entries({ ...fields, ...rest })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(18)}: ${value}\n`]))
    .join('')

describe('fuzzer_stats', () => {
  test('of AFL++ 4', () => {
    expect(evidenceIn(stats(NEW))).toEqual({
      format: 'afl',
      made: { tool: 'AFL++', version: '4.04c', commits: [], at: '2023-11-14T22:15:00.000Z' },
      facts: {
        fuzz: { executions: 20548, seconds: 60, edges: 7, crashes: 1, hangs: 2, target: 'afl-fuzz -i in -o out -- ./t : @@' },
      },
    })
  })
  test('with the older names: no time of its own, and no edges, which is not none', () => {
    expect(evidenceIn(stats(OLD).replaceAll('\n', '\r\n'))).toMatchObject({
      made: { tool: 'AFL', version: '2.52b' },
      facts: { fuzz: { executions: 9, seconds: 90, edges: undefined, crashes: 0, hangs: 1 } },
    })
  })
  test('edges that are no number are unknown', () =>
    expect(factsOf('fuzz', stats(NEW, { edges_found: 'x' })).edges).toBeUndefined())
  test.each([
    ['no executions', { execs_done: undefined }, 'execs_done', 'x:1:1'],
    ['half a number', { execs_done: '20.5' }, 'execs_done', 'x:4:1'],
    ['no crashes', { saved_crashes: undefined }, 'saved_crashes or unique_crashes', 'x:1:1'],
    ['negative hangs', { saved_hangs: '-1' }, 'saved_hangs or unique_hangs', 'x:6:1'],
    ['no time', { run_time: undefined, last_update: undefined }, 'run_time', 'x:1:1'],
    ['no last line', { command_line: undefined }, 'command line', 'x:1:1'],
    ['a time that runs back', { run_time: undefined, last_update: '1' }, 'run_time', 'x:1:1'],
  ])('%s is refused', (_name, rest, names, at) => {
    expect(problemOf(stats(NEW, rest))).toMatchObject({ code: 'evidence.shape', at, message: expect.stringContaining(names) })
  })
  test('several in one file are refused', () => {
    expect(problemOf(stats(NEW) + stats(NEW))).toMatchObject({ code: 'evidence.several', at: 'x:10:1' })
  })
})

describe('formats that are known and not read say what to hand in instead', () => {
  test.each([
    ['# relative_time, cycles_done\n60, 9\n', 'fuzzer_stats'],
    ['# unix_time, cycles_done\n60, 9\n', 'fuzzer_stats'],
    ['\uFEFF<?xml version="1.0"?><TestRun/>', 'JUnit XML'],
    ['<test-results/>', 'JUnit XML'],
    ['<test-run/>', 'JUnit XML'],
    ['<assemblies/>', 'JUnit XML'],
    ['{"stats":{},"tests":[]}', 'JUnit XML'],
    ['{"version":"15","vulnerabilities":[],"scan":{"type":"api_fuzzing"}}', 'SARIF'],
    ['{"template-id":"a"}\n{"template-id":"b"}', 'SARIF'],
  ])('%s', (text, cure) => {
    expect(problemOf(text)).toMatchObject({
      code: 'evidence.format',
      at: expect.stringMatching(/^x/),
      message: expect.stringMatching(/ is a | is plot_data /),
      cure: expect.stringContaining(cure),
    })
  })
})
