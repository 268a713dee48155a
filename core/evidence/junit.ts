import { ok, type Result } from '../support/result.ts'
import { addCase, addSuite, compareTotals, newTally, type Tally } from './junit-totals.ts'
import { instantOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence, TestCase, TestStatus } from './types.ts'
import { type Attributes, type Stop, walkXml } from './xml.ts'

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
  | { readonly kind: 'case'; readonly pointer: string; readonly id: string; status: TestStatus; outcomes: readonly TestStatus[] }
  | { readonly kind: 'other' }

/** Characters of a name that is held against globs; no test is named like that. */
const LONGEST_NAME = 1_000_000

/** Facts of a JUnit XML report, a format without a standard: elements are counted, totals only compared. */
export function readJunit(file: string, text: string): Result<Evidence> {
  const cases: TestCase[] = []
  const disagreements: { pointer: string; text: string }[] = []
  const frames: Frame[] = []
  let last: string | undefined
  const walked = walkXml(file, text, {
    roots: ['testsuites', 'testsuite'],
    open(name, attributes, stop) {
      const parent = frames.at(-1)
      const frame = opened(name, attributes, parent, stop)
      frames.push(frame)
      if (parent?.kind === 'case') noteOutcome(parent, name)
      else if (parent?.kind === 'suite' && (name === 'failure' || name === 'error'))
        disagreements.push({ pointer: parent.pointer, text: `reports ${name === 'error' ? 'an' : 'a'} ${name} outside any test` })
      const at = frame.kind === 'suite' ? instantOf(attributes.timestamp) : undefined
      if (at !== undefined && (last === undefined || at > last)) last = at
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
  if (!walked.ok) return walked
  const made = { commits: [], ...(last === undefined ? {} : { at: last }) }
  return ok({ format: 'junit', made, facts: { tests: { cases, disagreements, oddities: [] } } })
}

const OTHER: Frame = { kind: 'other' }

function opened(name: string, attributes: Attributes, parent: Frame | undefined, stop: Stop): Frame {
  if (name === 'testsuites' || name === 'testsuite') {
    const pointer = parent?.kind === 'suite' ? `${parent.pointer}/${name}[${++parent.suites}]` : `/${name}`
    return { kind: 'suite', pointer, attributes, tally: newTally(), suites: 0, cases: 0 }
  }
  if (name !== 'testcase' || parent?.kind !== 'suite') return OTHER
  const pointer = parent.pointer + stepOf(++parent.cases)
  const id = flat(idOf(attributes))
  if (id.length > LONGEST_NAME)
    stop({
      code: 'evidence.limit',
      message: `A test has a name of ${id.length} characters; ${LONGEST_NAME} are read.`,
      cure: 'Have the runner keep data out of the names of tests.',
    })
  return { kind: 'case', pointer, id, status: statedStatus(attributes), outcomes: NONE }
}

const NONE: readonly TestStatus[] = []
const steps: string[] = []

/** Last step of a pointer; one text for all suites, for there are hundreds of thousands of tests. */
function stepOf(test: number): string {
  if (test > 10_000) return `/testcase[${test}]`
  for (let next = steps.length; next <= test; next++) steps.push(`/testcase[${next}]`)
  return steps[test] ?? ''
}

/** The parser hands over a chain of pieces, one for each entity; asked for a character, the engine makes one text of it and lets them go. */
function flat(text: string): string {
  return text.charCodeAt(0) >= 0 ? text : ''
}

function idOf({ classname, name }: Attributes): string {
  return classname ? (name ? `${classname}::${name}` : classname) : (name ?? '')
}

const NOT_RUN: ReadonlySet<string> = new Set(['notrun', 'disabled', 'skipped', 'ignored', 'pending'])

/** Some runners say in attributes alone that a test did not run. */
function statedStatus({ status, result }: Attributes): TestStatus {
  if (status !== undefined && NOT_RUN.has(status.toLowerCase())) return 'skipped'
  return result !== undefined && /^(?:skipped|suppressed)$/i.test(result) ? 'skipped' : 'passed'
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
  frame.outcomes = [...frame.outcomes, outcome]
  if (WORST_FIRST.indexOf(outcome) < WORST_FIRST.indexOf(frame.status)) frame.status = outcome
}

function suiteName({ name }: Attributes): string {
  return name ? `suite "${shown(name, 80)}"` : 'the report'
}
