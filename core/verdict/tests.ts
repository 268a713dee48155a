import type { TestsMatcher } from '../../schemas/generated/types.ts'
import { nameMatches } from '../evidence/globs.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, TestCase, TestFacts } from '../evidence/types.ts'
import { by } from '../support/order.ts'
import type { Scene } from './context.ts'
import { noticedWithout } from './fails-without.ts'
import { allOf, type Judgement, open, proven, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { citation, doubtOf, factsIn, isFrom, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

type Report = { readonly item: EvidenceItem; readonly facts: TestFacts; readonly matched: readonly TestCase[] }

/** Named tests passed: listed, run, not skipped, not flaky, in reports whose totals agree. */
export function judgeTests(matcher: TestsMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const reports = items.flatMap(item => reportOf(item, matcher.match))
  const judged =
    failureIn(reports) ??
    unreadableOf(items) ??
    emptiness(reports, matcher) ??
    weakness(reports, matcher) ??
    provenBy(reports, matcher, scene)
  if (judged.verdict !== 'pass' || matcher.failsWithout === undefined) return judged
  const passed = new Set(reports.flatMap(report => report.matched.map(test => test.id)))
  return allOf([judged, noticedWithout(matcher.failsWithout, { matcher, passed, scene })])
}

function reportOf(item: EvidenceItem, match: readonly string[]): readonly Report[] {
  const facts = factsIn(item, 'tests')
  if (!facts) return []
  return [{ item, facts, matched: facts.cases.filter(({ id }) => match.some(glob => nameMatches(glob, id))) }]
}

function isBad({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error'
}

/** A test that failed in one report and passed in another is a contradiction, not a failure. */
function failureIn(reports: readonly Report[]): Judgement | undefined {
  const bad = reports.flatMap(report => report.matched.filter(isBad).map(test => ({ report, test })))
  if (bad.length === 0) return undefined
  const disputed = bad.flatMap(({ report, test }) => {
    const other = reports.find(one => one !== report && goodIn(one).has(test.id))
    return other ? [{ report, test, other }] : []
  })
  const agreed = bad.filter(({ test }) => !disputed.some(one => one.test === test))
  if (agreed.length > 0)
    return refuted(`${namesOf(agreed.map(({ test }) => test))} did not pass.`, {
      evidence: agreed.map(({ report, test }) => cite(report, test)),
    })
  const [first] = disputed
  if (!first) return undefined
  const passed = first.other.matched.find(test => test.id === first.test.id)
  return open(
    'contradictory',
    `"${shown(first.test.id)}" failed in ${shown(first.report.item.file)} and passed in ${shown(first.other.item.file)}.`,
    { evidence: [cite(first.report, first.test), ...(passed ? [cite(first.other, passed)] : [])] },
  )
}

const goodIds = new WeakMap<Report, ReadonlySet<string>>()

function goodIn(report: Report): ReadonlySet<string> {
  const found = goodIds.get(report) ?? new Set(report.matched.filter(test => test.status === 'passed').map(test => test.id))
  goodIds.set(report, found)
  return found
}

function emptiness(reports: readonly Report[], { from, match, min }: TestsMatcher): Judgement | undefined {
  if (reports.length === 0) return open('missing', `Evidence "${shown(from.slot)}" holds no test report.`)
  if (reports.some(report => report.matched.length > 0)) return undefined
  const disagreeing = reports.find(report => report.facts.disagreements.length > 0)
  if (disagreeing) return disagreement(disagreeing)
  const total = reports.reduce((sum, report) => sum + report.facts.cases.length, 0)
  const evidence = reports.map(report => citation(report.item))
  if (total === 0) return open('nothing-examined', 'The test report holds no test.', { evidence })
  return open(
    'missing',
    `None of ${counted(total, 'test')} is named ${shownList(match.map(glob => `"${glob}"`))}; ${min} must be.`,
    { evidence },
  )
}

function weakness(reports: readonly Report[], { allowFlaky }: TestsMatcher): Judgement | undefined {
  const of = (status: TestCase['status']) =>
    reports.flatMap(report => report.matched.filter(test => test.status === status).map(test => ({ report, test })))
  const skipped = of('skipped')
  if (skipped.length > 0)
    return open('nothing-examined', `${namesOf(skipped.map(({ test }) => test))} did not run: skipped.`, {
      evidence: skipped.map(({ report, test }) => cite(report, test)),
    })
  const flaky = allowFlaky === true ? [] : of('flaky')
  if (flaky.length > 0)
    return open('flaky', `${namesOf(flaky.map(({ test }) => test))} passed only when run again.`, {
      evidence: flaky.map(({ report, test }) => cite(report, test)),
    })
  const unclear = of('unclear')
  if (unclear.length > 0)
    return open('cannot-tell', `${namesOf(unclear.map(({ test }) => test))} ended neither passed nor failed.`, {
      evidence: unclear.map(({ report, test }) => cite(report, test)),
    })
  const disagreeing = reports.find(report => report.matched.length > 0 && report.facts.disagreements.length > 0)
  if (disagreeing) return disagreement(disagreeing)
  const crashed = reports.find(
    ({ item, facts }) => item.exitCode !== undefined && item.exitCode !== 0 && !facts.cases.some(isBad),
  )
  return crashed
    ? open(
        'tool-failed',
        `${shown(crashed.item.file)} lists no failed test, yet the runner ended with exit code ${crashed.item.exitCode}.`,
        {
          evidence: [citation(crashed.item)],
        },
      )
    : undefined
}

function disagreement({ item, facts: { disagreements } }: Report): Judgement {
  return open('contradictory', `In ${shown(item.file)} ${disagreements[0]?.text}.`, {
    evidence: disagreements.map(({ pointer }) => citation(item, pointer)),
  })
}

/** Names count once however often they are listed: a test run twice is one test. */
function provenBy(reports: readonly Report[], { match, min }: TestsMatcher, scene: Scene): Judgement {
  const doubted = reports
    .filter(report => report.matched.length > 0)
    .map(report => ({ report, doubt: doubtOf(report.item, scene) }))
  const trusted = doubted.filter(({ doubt }) => doubt === undefined).map(({ report }) => report)
  const tests = distinct(trusted)
  const evidence = tests.map(({ report, test }) => cite(report, test))
  if (tests.length >= min) {
    const self = trusted.some(({ item }) => item.binding.reported !== 'signed')
    return proven(`${namesOf(tests.map(({ test }) => test))} ran and passed.`, { evidence, selfReported: self })
  }
  const all = distinct(reports)
  const doubt = doubted.find(one => one.doubt !== undefined)?.doubt
  if (doubt && all.length >= min) return doubt
  return open(
    'missing',
    `${counted(all.length, 'test')} of ${min} named ${shownList(match.map(glob => `"${glob}"`))} ran and passed.`,
    { evidence },
  )
}

function distinct(reports: readonly Report[]): readonly { readonly report: Report; readonly test: TestCase }[] {
  const byId = new Map<string, { report: Report; test: TestCase }>()
  for (const report of reports) for (const test of report.matched) if (!byId.has(test.id)) byId.set(test.id, { report, test })
  return [...byId.values()].sort(by(({ test }) => test.id))
}

function cite(report: Report, test: TestCase): Citation {
  return citation(report.item, test.pointer)
}

function namesOf(tests: readonly TestCase[]): string {
  const names = [...new Set(tests.map(test => test.id))].sort()
  return `${names.length === 1 ? 'The test' : `${names.length} tests`} ${shownList(names.map(name => `"${name}"`))}`
}

/** What it asks, in one sentence. */
export function describeTests({ from, match, min, allowFlaky, failsWithout }: TestsMatcher): string {
  const flaky = allowFlaky ? ', flaky ones included' : ''
  const without =
    failsWithout === undefined ? '' : `; at least one fails when ${shown(failsWithout)} is as it was before the change`
  return `At least ${counted(min, 'test')} named ${shownList(match.map(quoted))} ran and passed${flaky}, in ${sourceWords(from)}${without}.`
}
