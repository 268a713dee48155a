import { ok, type Result, refuse } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf, instantOfMs, wholeOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence, Made, Oddity, TestCase, TestFacts, TestStatus } from './types.ts'

/** Whether JSON is a CTRF report; older reporters leave the name of the format out. */
export function isCtrf(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.results)) return false
  const { results, reportFormat } = value
  return reportFormat === 'CTRF' || (Object.hasOwn(results, 'summary') && Object.hasOwn(results, 'tests'))
}

/** Facts of a CTRF 1.0 report (ctrf.io). What its schema forbids is noted; a list of tests is all that must be there. */
export function readCtrf(file: string, value: unknown): Result<Evidence> {
  const report = objectOf(value)
  const results = objectOf(report.results)
  if (!Array.isArray(results.tests))
    return refuse({
      code: 'evidence.shape',
      at: `${file}#/results/tests`,
      message: 'The CTRF report holds no list of tests.',
      cure: 'Use a newer version of the reporter, or have the runner write JUnit XML.',
    })
  const oddities: Oddity[] = []
  const odd = (pointer: string, text: string) => void oddities.push({ pointer, text })
  if (report.reportFormat !== 'CTRF') odd('', 'names no report format')
  if (textOf(report.specVersion) === undefined) odd('', 'names no version of CTRF')
  const tests = listOf(results.tests)
  const cases = tests.map((test, index) => caseOf(test, `/results/tests/${index}`, odd))
  const disagreements = isObject(results.summary) ? compareSummary(results.summary, tests, cases) : []
  if (!isObject(results.summary)) odd('/results', 'holds no summary to compare with')
  const facts: TestFacts = { cases, disagreements, oddities }
  return ok({ format: 'ctrf', made: madeOf(report, results, odd), facts: { tests: facts } })
}

type Odd = (pointer: string, text: string) => void

const STATUSES: Readonly<Record<string, TestStatus>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'skipped',
  other: 'unclear',
}

function caseOf(value: unknown, pointer: string, odd: Odd): TestCase {
  const test = objectOf(value)
  const name = textOf(test.name)
  if (name === undefined) odd(pointer, 'has no name')
  const suite = Array.isArray(test.suite)
    ? test.suite.flatMap(part => textOf(part) ?? []).join(' > ')
    : (textOf(test.suite) ?? '')
  const place = suite === '' ? textOf(test.filePath) : suite
  return { pointer, id: [place, name].filter(part => part !== undefined).join('::'), status: statusOf(test, pointer, odd) }
}

/** Passed only when run again is flaky, whether the reporter says so, counts retries or lists the attempts. */
function statusOf(test: Loose, pointer: string, odd: Odd): TestStatus {
  const stated = textOf(test.status) ?? ''
  const known = Object.hasOwn(STATUSES, stated) ? STATUSES[stated] : undefined
  if (known === undefined) odd(pointer, `has the status "${shown(stated, 40)}", which CTRF does not know`)
  if (known !== 'passed') return known ?? 'unclear'
  const retries = wholeOf(test.retries)
  if (test.retries !== undefined && retries === undefined) odd(pointer, 'counts its retries with something that is no number')
  const again = listOf(test.retryAttempts).some(attempt => objectOf(attempt).status === 'failed')
  return test.flaky === true || (retries ?? 0) > 0 || again ? 'flaky' : 'passed'
}

type Disagreement = TestFacts['disagreements'][number]

/** Where the totals cannot be those of the tests; totals that are missing or no numbers say nothing. */
function compareSummary(summary: Loose, tests: readonly unknown[], cases: readonly TestCase[]): readonly Disagreement[] {
  const wrong: Disagreement[] = []
  const compare = (word: string, held: number, isWrong = (declared: number) => declared !== held) => {
    const declared = wholeOf(summary[word])
    const noun = word === 'tests' ? 'tests' : `${word} tests`
    if (declared !== undefined && isWrong(declared))
      wrong.push({ pointer: `/results/summary/${word}`, text: `the summary declares ${declared} ${noun} and ${held} are listed` })
  }
  compare('tests', tests.length)
  for (const word of Object.keys(STATUSES)) compare(word, tests.filter(test => objectOf(test).status === word).length)
  const isFlaky = (test: unknown, index: number) => objectOf(test).flaky === true || cases[index]?.status === 'flaky'
  const flaky = tests.filter(isFlaky).length
  compare('flaky', flaky, declared => declared > flaky)
  return wrong
}

function madeOf(report: Loose, results: Loose, odd: Odd): Made {
  const { name, version } = objectOf(results.tool)
  const commit = textOf(objectOf(results.environment).commit)
  const isWhole = commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)
  if (commit !== undefined && !isWhole) odd('/results/environment/commit', 'is no full commit id')
  const at = instantOf(report.timestamp) ?? instantOfMs(wholeOf(objectOf(results.summary).stop))
  return {
    commits: isWhole ? [commit] : [],
    ...(textOf(name) === undefined ? {} : { tool: textOf(name) as string }),
    ...(textOf(version) === undefined ? {} : { version: textOf(version) as string }),
    ...(at === undefined ? {} : { at }),
  }
}
