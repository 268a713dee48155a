import { describe, expect, test } from 'vitest'
import type { FindingsMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, hit, itemOf, judge, outcome, SIGNED, SQL_RULE, STALE, sarif, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<FindingsMatcher> = {}) =>
  checkOf({ findings: { from: { slot: 'sast' }, max: 0, where: { cwe: ['CWE-89'] }, ...rest } })
const sast = (text: string, rest = {}) => itemOf('sast.sarif', text, rest)
const clean = sarif({ results: [] })
const dirty = sarif({ results: [hit()] })
const quiet = { rest: { invocations: undefined } }

describe('at most so many results', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['nothing found by a tool that looked', asks(), [sast(clean)], 'pass'],
    ['something found', asks(), [sast(dirty)], 'fail'],
    ['as many as allowed', asks({ max: 1 }), [sast(dirty)], 'pass'],
    ['more than allowed', asks({ max: 1 }), [sast(sarif({ results: [hit(), hit()] }))], 'fail'],
    [
      'two runs add up',
      asks({ max: 1 }),
      [sast(sarif({ results: [hit()], rest: { automationDetails: { id: 'js' } } }, { results: [hit()] }))],
      'fail',
    ],
    ['found by one of two tools', asks(), [sast(sarif({ results: [] }, { results: [hit()], name: 'Other' }))], 'fail'],
    [
      'of another weakness',
      asks({ where: { cwe: ['CWE-79', 'CWE-89'] } }),
      [sast(sarif({ results: [hit({ ruleId: 'x' })] }))],
      'pass',
    ],
    ['of another level', asks({ where: { level: ['error'] } }), [sast(sarif({ results: [hit({ level: 'note' })] }))], 'pass'],
    ['level that comes from the rule', asks({ where: { level: ['error'] } }), [sast(dirty)], 'fail'],
    ['in another folder', asks({ where: { paths: ['lib/**'] } }), [sast(dirty)], 'pass'],
    ['in the folder', asks({ where: { paths: ['src/**'] } }), [sast(dirty)], 'fail'],
    [
      'in the folder on another machine',
      asks({ where: { paths: ['src/**'] } }),
      [sast(sarif({ results: [hit({}, 'file:///ci/shop/src/a.ts')] }))],
      'fail',
    ],
    ['nobody knows where', asks({ where: { paths: ['lib/**'] } }), [sast(sarif({ results: [hit({ locations: [] })] }))], 'fail'],
    ['of the rule', asks({ where: { rule: ['sql-*'] } }), [sast(dirty)], 'fail'],
    ['of another rule', asks({ where: { rule: ['xss'] } }), [sast(dirty)], 'pass'],
    ['gone since the baseline', asks(), [sast(sarif({ results: [hit({ baselineState: 'absent' })] }))], 'pass'],
    ['a kind that is no finding', asks(), [sast(sarif({ results: [hit({ kind: 'pass' })] }))], 'pass'],
    ['a kind left to a person', asks(), [sast(sarif({ results: [hit({ kind: 'review' })] }))], 'cannot-tell'],
    ['suppressed', asks(), [sast(sarif({ results: [hit({ suppressions: [{ kind: 'inSource' }] })] }))], 'contradictory'],
    [
      'suppressed long ago',
      asks(),
      [sast(sarif({ results: [hit({ suppressions: [{ kind: 'inSource' }], baselineState: 'unchanged' })] }))],
      'pass',
    ],
    [
      'suppression rejected',
      asks(),
      [sast(sarif({ results: [hit({ suppressions: [{ kind: 'inSource', status: 'rejected' }] })] }))],
      'fail',
    ],
    ['another tool', asks({ from: { slot: 'sast', tool: 'CodeQL' } }), [sast(clean)], 'missing'],
    [
      'a longer name of the tool',
      asks({ from: { slot: 'sast', tool: 'semgrep' } }),
      [sast(sarif({ results: [], name: 'Semgrep OSS' }))],
      'pass',
    ],
    [
      'a name that only begins alike',
      asks({ from: { slot: 'sast', tool: 'sem' } }),
      [sast(sarif({ results: [], name: 'Semgrep' }))],
      'missing',
    ],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })
})

describe('nothing found is no proof unless somebody looked', () => {
  const silent = { executionSuccessful: false }
  const trouble = (level: string, uri?: string) => ({
    rest: {
      invocations: [
        {
          executionSuccessful: true,
          toolExecutionNotifications: [
            {
              level,
              message: { text: 'could not parse' },
              ...(uri ? { locations: [{ physicalLocation: { artifactLocation: { uri } } }] } : {}),
            },
          ],
        },
      ],
    },
  })
  test.each([
    ['no runs', asks(), [sast(sarif())], 'nothing-examined'],
    ['no list of results', asks(), [sast(sarif({}))], 'nothing-examined'],
    ['no list of results in one of two runs', asks(), [sast(sarif({ results: [] }, { name: 'Other' }))], 'nothing-examined'],
    [
      'an empty list and nothing else',
      asks({ where: {} }),
      [sast(sarif({ results: [], rules: [], ...quiet }))],
      'nothing-examined',
    ],
    ['an empty list, no rule, a good end', asks({ where: {} }), [sast(sarif({ results: [], rules: [] }))], 'nothing-examined'],
    [
      'rules and nobody who says how it ended',
      asks(),
      [sast(sarif({ results: [], ...quiet }), { exitCode: undefined })],
      'nothing-examined',
    ],
    ['rules and a good exit code', asks(), [sast(sarif({ results: [], ...quiet }))], 'pass'],
    [
      'files it saw',
      asks({ where: {} }),
      [sast(sarif({ results: [], rules: [], rest: { artifacts: [{ location: { uri: 'src/a.ts' } }] } }))],
      'pass',
    ],
    ['no rule for the weakness', asks({ where: { cwe: ['CWE-79'] } }), [sast(clean)], 'nothing-examined'],
    ['the tool says it failed', asks(), [sast(sarif({ results: [], rest: { invocations: [silent] } }))], 'tool-failed'],
    [
      'the tool says it failed, and found something',
      asks(),
      [sast(sarif({ results: [hit()], rest: { invocations: [silent] } }))],
      'fail',
    ],
    ['exit code 2 and no result', asks(), [sast(clean, { exitCode: 2 })], 'tool-failed'],
    ['exit code 1 and no result', asks(), [sast(clean, { exitCode: 1 })], 'tool-failed'],
    ['exit code 1 and results elsewhere', asks(), [sast(sarif({ results: [hit({ ruleId: 'x' })] }), { exitCode: 1 })], 'pass'],
    ['an error of the tool itself', asks(), [sast(sarif({ results: [], ...trouble('error') }))], 'tool-failed'],
    ['a warning of the tool itself', asks(), [sast(sarif({ results: [], ...trouble('warning') }))], 'pass'],
    [
      'a warning about a file in question',
      asks({ where: { paths: ['src/**'] } }),
      [sast(sarif({ results: [], ...trouble('warning', 'src/a.ts') }))],
      'tool-failed',
    ],
    [
      'an error about a file that is not in question',
      asks({ where: { paths: ['src/**'] } }),
      [sast(sarif({ results: [], ...trouble('error', 'docs/a.ts') }))],
      'pass',
    ],
    ['a rule that must have run', asks({ mustHaveRun: { rules: ['sql-injection'] } }), [sast(clean)], 'pass'],
    ['a rule that did not', asks({ mustHaveRun: { rules: ['taint'] } }), [sast(clean)], 'nothing-examined'],
    [
      'files that must have been seen',
      asks({ mustHaveRun: { paths: ['src/**'] } }),
      [sast(sarif({ results: [], rest: { artifacts: [{ location: { uri: 'src/a.ts' } }] } }))],
      'pass',
    ],
    [
      'files that were not',
      asks({ mustHaveRun: { paths: ['src/**'] } }),
      [sast(sarif({ results: [], rest: { artifacts: [{ location: { uri: 'lib/a.ts' } }] } }))],
      'nothing-examined',
    ],
    ['a test report in the slot', asks(), [sast('<testsuites/>')], 'missing'],
    ['not readable', asks(), [sast('{')], 'unreadable'],
    ['raw control characters', asks(), [sast(clean.replace('Scanner', 'Scan\rner'))], 'unreadable'],
    ['one not readable beside a good one', asks(), [sast(clean), itemOf('b.sarif', '{', { slot: 'sast' })], 'unreadable'],
    ['unbound', asks(), [sast(clean, UNBOUND)], 'unbound'],
    ['unbound, and something found', asks(), [sast(dirty, UNBOUND)], 'fail'],
    ['of another commit', asks(), [sast(clean, STALE)], 'stale-commit'],
    ['of another commit, and something found', asks(), [sast(dirty, STALE)], 'stale-commit'],
    ['self-reported where a signature is asked', { ...asks(), allowSelfReported: false }, [sast(clean)], 'self-reported'],
    ['signed', { ...asks(), allowSelfReported: false }, [sast(clean, SIGNED)], 'pass'],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence as never))).toBe(expected)
  })
})

describe('two reports in one slot', () => {
  const second = (text: string, rest = {}) => itemOf('sast2.sarif', text, { slot: 'sast', ...rest })
  test.each([
    ['of the same tool that disagree', [sast(clean), second(dirty)], 'contradictory'],
    ['of the same tool that both find it', [sast(dirty), second(dirty)], 'fail'],
    ['of two tools', [sast(clean), second(sarif({ results: [hit()], name: 'Other' }))], 'fail'],
    [
      'of two analyses of one tool',
      [sast(clean), second(sarif({ results: [hit()], rest: { automationDetails: { id: 'py' } } }))],
      'fail',
    ],
    ['one of another commit', [sast(clean), second(dirty, STALE)], 'pass'],
    ['the same finding twice is one finding', [sast(dirty), second(dirty)], 'pass', 1],
  ])('%s', (_name, evidence, expected, max = 0) => {
    expect(outcome(judge(asks({ max: max as number }), evidence))).toBe(expected)
  })
})

test('a verdict cites results by pointer and names them', () => {
  const verdict = judge(asks(), [sast(sarif({ results: [hit({ ruleId: 'x' }), hit()] }))])
  expect(verdict.evidence.map(({ pointer }) => pointer)).toEqual(['/runs/0/results/1'])
  expect(verdict.sentence).toBe('One result: sql-injection in src/a.ts:7; at most 0 may be.')
  expect(judge(asks(), [sast(clean)]).sentence).toBe('Scanner looked and reports nothing of this kind.')
  expect(judge(asks({ where: { rule: [SQL_RULE.id] } }), [sast(clean)]).parts[0]?.asks).toBe(
    'No results of rule sql-injection, from a scanner that is shown to have looked, in evidence "sast".',
  )
})

describe('settings and secrets that Trivy looked for', () => {
  const trivy = (Results: readonly object[]) => JSON.stringify({ SchemaVersion: 2, ArtifactName: '.', Results })
  const looked = { Target: 'Dockerfile', Class: 'config', MisconfSummary: { Successes: 22, Failures: 0 } }
  const any = asks({ where: {} })

  test('nothing wrong in a file that it names, at a place that the report has', () => {
    const verdict = judge(any, [sast(trivy([looked]))])
    expect(outcome(verdict)).toBe('pass')
    expect(verdict.evidence.map(({ pointer }) => pointer)).toEqual(['/Results/0'])
  })

  test('a secret, and a report that did not look for any', () => {
    const secret = { Target: 'a.txt', Class: 'secret', Secrets: [{ RuleID: 'github-pat', Severity: 'CRITICAL' }] }
    expect(outcome(judge(any, [sast(trivy([looked, secret]))]))).toBe('fail')
    expect(outcome(judge(any, [sast(trivy([{ Target: 'go.mod', Class: 'lang-pkgs' }]))]))).toBe('missing')
  })
})
