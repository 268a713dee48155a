import { ok, type Result } from '../support/result.ts'
import { compareTotals, newTally, type Tally } from './junit-totals.ts'
import { shown } from './show.ts'
import type { TestCase, TestFacts, TestStatus } from './types.ts'
import { type Attributes, walkXml } from './xml.ts'

/** An open element of the report. */
type Frame =
  | {
      readonly kind: 'suite'
      readonly pointer: string
      readonly attributes: Attributes
      readonly tally: Tally
      suites: number
      cases: number
    }
  | { readonly kind: 'case'; readonly pointer: string; readonly id: string; status: TestStatus; readonly outcomes: TestStatus[] }
  | { readonly kind: 'other' }

/** Facts of a JUnit XML report, a format without a standard: elements are counted, totals only compared. */
export function readJunit(file: string, text: string): Result<TestFacts> {
  const cases: TestCase[] = []
  const disagreements: { pointer: string; text: string }[] = []
  const frames: Frame[] = []
  const walked = walkXml(file, text, {
    roots: ['testsuites', 'testsuite'],
    open(name, attributes) {
      const parent = frames.at(-1)
      frames.push(opened(name, attributes, parent))
      if (parent?.kind === 'case') noteOutcome(parent, name)
      else if (parent?.kind === 'suite' && (name === 'failure' || name === 'error'))
        disagreements.push({ pointer: parent.pointer, text: `reports a ${name} outside any test` })
    },
    close() {
      const frame = frames.pop()
      const parent = frames.at(-1)
      if (frame?.kind === 'case') {
        cases.push({ pointer: frame.pointer, id: frame.id, status: frame.status })
        if (parent?.kind === 'suite') addCase(parent.tally, frame)
      } else if (frame?.kind === 'suite') {
        for (const what of compareTotals(frame.attributes, frame.tally))
          disagreements.push({ pointer: frame.pointer, text: `${suiteName(frame.attributes)} ${what}` })
        if (parent?.kind === 'suite') addSuite(parent.tally, frame.tally)
      }
    },
  })
  return walked.ok ? ok({ cases, disagreements }) : walked
}

function opened(name: string, attributes: Attributes, parent: Frame | undefined): Frame {
  if (name === 'testsuites' || name === 'testsuite') {
    const pointer = parent?.kind === 'suite' ? `${parent.pointer}/${name}[${++parent.suites}]` : `/${name}`
    return { kind: 'suite', pointer, attributes, tally: newTally(), suites: 0, cases: 0 }
  }
  if (name !== 'testcase' || parent?.kind !== 'suite') return { kind: 'other' }
  const pointer = `${parent.pointer}/testcase[${++parent.cases}]`
  return { kind: 'case', pointer, id: idOf(attributes), status: statedStatus(attributes), outcomes: [] }
}

function idOf({ classname, name }: Attributes): string {
  return [classname, name].filter(part => part !== undefined && part !== '').join('::')
}

/** Some runners say in attributes alone that a test did not run. */
function statedStatus({ status, result }: Attributes): TestStatus {
  return /^(?:notrun|disabled|skipped|ignored|pending)$/i.test(status ?? '') || /^(?:skipped|suppressed)$/i.test(result ?? '')
    ? 'skipped'
    : 'passed'
}

const OUTCOMES: Readonly<Record<string, TestStatus>> = {
  failure: 'failed',
  error: 'error',
  skipped: 'skipped',
  flakyFailure: 'flaky',
  flakyError: 'flaky',
  rerunFailure: 'flaky',
  rerunError: 'flaky',
  rerun: 'flaky',
}

const WORST_FIRST: readonly TestStatus[] = ['error', 'failed', 'skipped', 'flaky', 'passed']

/** A case may hold several results; the worst one counts. */
function noteOutcome(frame: Frame & { kind: 'case' }, name: string): void {
  const outcome = Object.hasOwn(OUTCOMES, name) ? OUTCOMES[name] : undefined
  if (outcome === undefined) return
  frame.outcomes.push(outcome)
  if (WORST_FIRST.indexOf(outcome) < WORST_FIRST.indexOf(frame.status)) frame.status = outcome
}

function addCase(tally: Tally, { status, outcomes }: { status: TestStatus; outcomes: readonly TestStatus[] }): void {
  tally.ownCases++
  tally.cases++
  for (const kind of ['failed', 'error', 'skipped'] as const) {
    const elements = outcomes.filter(outcome => outcome === kind).length
    tally.most[kind] += Math.max(elements, status === kind ? 1 : 0)
    if (status === kind) tally.least[kind]++
  }
}

function addSuite(tally: Tally, inner: Tally): void {
  tally.cases += inner.cases
  for (const kind of ['failed', 'error', 'skipped'] as const) {
    tally.least[kind] += inner.least[kind]
    tally.most[kind] += inner.most[kind]
  }
}

function suiteName({ name }: Attributes): string {
  return name ? `suite "${shown(name, 80)}"` : 'the report'
}
