import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type AnySchema } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindingOf, type Judged } from '../../core/evidence/binding.ts'
import { readEvidence } from '../../core/evidence/read.ts'
import type { EvidenceItem, ScanFacts, TestFacts } from '../../core/evidence/types.ts'
import { digestOfText } from '../../core/model/digest.ts'
import type { Check, Expression } from '../../core/model/types.ts'
import { evaluateChecklist } from '../../core/verdict/evaluate.ts'
import type { CheckVerdict, VerdictRecord } from '../../core/verdict/record.ts'
import { renderRecord } from '../../core/verdict/render.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus')
const folder = (name: string) => path.join(corpus, 'evidence', name)
const filesIn = (name: string) => (existsSync(folder(name)) ? readdirSync(folder(name)).sort() : [])
const textOf = (kind: string, name: string) => readFileSync(path.join(folder(kind), name), 'utf8')

const SARIF = [
  ...filesIn('sarif').map(name => ['sarif', name] as const),
  ...filesIn('fuzz')
    .filter(name => name.endsWith('.sarif'))
    .map(name => ['fuzz', name] as const),
]
const JUNIT = filesIn('junit').map(name => ['junit', name] as const)
const COMMIT = 'a'.repeat(40)

function itemOf(kind: string, name: string, judged: Judged = { commit: COMMIT, uncommitted: [] }): EvidenceItem {
  return itemOfText(name, textOf(kind, name), judged)
}

function itemOfText(name: string, text: string, judged: Judged): EvidenceItem {
  const reading = readEvidence(name, text)
  const digest = digestOfText(text)
  const evidence = reading.ok ? reading.value : undefined
  const binding = bindingOf({
    digest,
    evidence,
    sidecar: undefined,
    signed: false,
    subjectNow: undefined,
    uncovered: undefined,
    judged,
  })
  return { file: name, slot: 'e', digest, reading, binding }
}

const bound = (item: EvidenceItem): EvidenceItem => ({
  ...item,
  exitCode: 0,
  binding: { state: 'bound', reported: 'self', sentence: 'Bound.' },
})

const NO_ERRORS: Expression = { findings: { from: { slot: 'e' }, max: 0, where: { level: ['error'] } } }
const NOTHING: Expression = { findings: { from: { slot: 'e' }, max: 0 } }
const ALL_TESTS: Expression = { tests: { from: { slot: 'e' }, match: ['*'], min: 1 } }

function recordOf(verify: Expression, items: readonly EvidenceItem[]): VerdictRecord {
  const slice = digestOfText('slice')
  const check: Check = {
    id: 'C-00000001',
    statement: 'It holds.',
    from: ['T-00001'],
    severity: 'major',
    how: 'machine',
    slice,
    allowSelfReported: true,
    verify,
  }
  const digest = digestOfText('x')
  return evaluateChecklist({ id: 'L-00001', workItem: 'W-00001', slice, checks: [check] }, items, {
    at: '2026-11-22T16:00:00Z',
    design: digest,
    policy: digest,
    change: { source: 'commit', commit: COMMIT, fileFacts: {} },
    ledger: { entries: [], heads: [], ok: true, problems: [] },
    signed: new Set(),
  })
}

function outcome(verify: Expression, item: EvidenceItem): string {
  const { verdict, reason } = recordOf(verify, [item]).checks[0] as CheckVerdict
  return verdict === 'inconclusive' ? reason : verdict
}

function scanOf(name: string): ScanFacts {
  const { reading } = itemOf('sarif', name)
  if (!reading.ok || !reading.value.facts.scan) throw new Error(`${name} is not read`)
  return reading.value.facts.scan
}

function testsOf(name: string): TestFacts {
  const { reading } = itemOf('junit', name)
  if (!reading.ok || !reading.value.facts.tests) throw new Error(`${name} is not read`)
  return reading.value.facts.tests
}

describe.skipIf(!existsSync(corpus))('real evidence', () => {
  test('every SARIF and JUnit file is read, or refused with one problem that says where', () => {
    const refused = [...SARIF, ...JUNIT].flatMap(([kind, name]) => {
      const { reading } = itemOf(kind, name)
      if (reading.ok) return []
      expect(reading.problems).toHaveLength(1)
      return [[name, reading.problems[0].code, reading.problems[0].at]]
    })
    expect(SARIF.length + JUNIT.length).toBe(29)
    expect(refused).toEqual([
      ['chainloop__report-control-chars.sarif', 'json.syntax', 'chainloop__report-control-chars.sarif:35:9'],
      [
        'publish-unit-test-result-action__corrupt-xml.xml',
        'evidence.xml',
        'publish-unit-test-result-action__corrupt-xml.xml:11:22',
      ],
    ])
  })

  test('no other kind of evidence is taken for one of the two, and none makes the reader fall over', () => {
    const kinds = readdirSync(folder('.'), { withFileTypes: true }).filter(
      entry => entry.isDirectory() && !['sarif', 'junit', 'lockfiles'].includes(entry.name),
    )
    const names = kinds
      .flatMap(({ name: kind }) => filesIn(kind).map(name => [kind, name] as const))
      .filter(([, name]) => !name.endsWith('.sarif'))
    expect(names.length).toBeGreaterThan(70)
    for (const [kind, name] of names) {
      const { reading } = itemOf(kind, name)
      if (reading.ok) expect(['sarif', 'junit'], name).not.toContain(reading.value.format)
      else expect(reading.problems[0].code, name).toMatch(/^(?:evidence|json|file)\./)
    }
  })

  test('as many results and tests as a second, separately written count finds', () => {
    for (const [kind, name] of SARIF) {
      const { reading } = itemOf(kind, name)
      if (!reading.ok || reading.value.format !== 'sarif') continue
      const log = JSON.parse(textOf(kind, name)) as { runs: { results?: unknown[] }[] }
      expect(reading.value.facts.scan?.results.length, name).toBe(
        log.runs.reduce((sum, run) => sum + (run.results?.length ?? 0), 0),
      )
    }
    for (const [, name] of JUNIT.filter(([, file]) => !file.includes('corrupt'))) {
      const plain = textOf('junit', name).replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')
      expect(testsOf(name).cases.length, name).toBe(plain.match(/<testcase[\s>/]/g)?.length ?? 0)
    }
  })
})

describe.skipIf(!existsSync(corpus))('levels that tools leave to their rules', () => {
  test.each([
    ['django-defectdojo__codeQL-output.sarif', 0, 11],
    ['django-defectdojo__issue_10191.json', 0, 35],
    ['scorecard__check8.sarif', 0, 6],
    ['chainloop__report.sarif', 7, 7],
    ['secretlint__output.sarif', 2, 2],
  ])('%s: %i results say error, %i are', (name, literal, effective) => {
    const log = JSON.parse(textOf('sarif', name)) as { runs: { results: { level?: string }[] }[] }
    expect(log.runs.flatMap(run => run.results).filter(({ level }) => level === 'error')).toHaveLength(literal)
    expect(scanOf(name).results.filter(({ level }) => level === 'error')).toHaveLength(effective)
  })

  test('CWE from tags, taxa and relationships', () => {
    const named = (name: string) => scanOf(name).results.filter(({ cwe }) => cwe.length > 0).length
    expect([
      named('django-defectdojo__codeQL-output.sarif'),
      named('django-defectdojo__issue_10191.json'),
      named('django-defectdojo__flawfinder.sarif'),
    ]).toEqual([25, 77, 54])
    const { reading } = itemOf('fuzz', 'django-defectdojo__mayhem_code_one_vuln.sarif')
    expect(reading.ok && reading.value.facts.scan?.results[0]?.cwe).toEqual(['CWE-20'])
  })

  test('suppressed: two outside, one in the source; an empty list is none', () => {
    expect(
      scanOf('django-defectdojo__suppression_test.sarif')
        .results.map(({ suppressed }) => suppressed)
        .filter(Boolean),
    ).toHaveLength(3)
  })
})

/** The usual rule: pass unless some result says error. */
function naive(text: string): string {
  try {
    const log = JSON.parse(text) as { runs: { results?: { level?: string }[] }[] }
    return log.runs.some(run => run.results?.some(({ level }) => level === 'error')) ? 'fail' : 'pass'
  } catch {
    return 'crash'
  }
}

describe.skipIf(!existsSync(corpus))('where a naive gate passes', () => {
  const table = SARIF.map(([kind, name]) => [name, naive(textOf(kind, name)), outcome(NO_ERRORS, itemOf(kind, name))] as const)

  test('ours never does', () => {
    const passed = table.filter(([, simple]) => simple === 'pass')
    expect(passed).toHaveLength(12)
    const tally: Record<string, number> = {}
    for (const [, , ours] of passed) tally[ours] = (tally[ours] ?? 0) + 1
    expect(tally).toEqual({ fail: 5, unbound: 3, 'nothing-examined': 2, 'tool-failed': 1, 'stale-commit': 1 })
  })

  test('what the naive gate fails, ours fails; what breaks it, ours calls unreadable', () => {
    expect(table.filter(([, simple]) => simple === 'fail').map(([, , ours]) => ours)).toEqual(['fail', 'fail', 'fail'])
    expect(table.filter(([, simple]) => simple === 'crash').map(([, , ours]) => ours)).toEqual(['unreadable'])
  })

  test.each([
    ['django-defectdojo__no_runs.sarif', 'nothing-examined'],
    ['django-defectdojo__spotbugs.sarif', 'tool-failed'],
    ['chainloop__report-control-chars.sarif', 'unreadable'],
    ['django-defectdojo__bash-report.sarif', 'stale-commit'],
    ['generated__td-eslint.sarif', 'unbound'],
  ])('%s: %s', (name, expected) => expect(outcome(NO_ERRORS, itemOf('sarif', name))).toBe(expected))

  test('the one report that names a commit passes for that commit, on its own word', () => {
    const commit = '288c68d1ba1f35ebeff1d1bdb032186a23f0ea5b'
    const check = recordOf(NO_ERRORS, [itemOf('sarif', 'django-defectdojo__bash-report.sarif', { commit, uncommitted: [] })])
      .checks[0]
    expect(check).toMatchObject({ verdict: 'pass', selfReported: true })
  })

  test('bound by a sidecar, failed tools and empty reports still prove nothing', () => {
    const of = (kind: string, name: string) => outcome(NO_ERRORS, bound(itemOf(kind, name)))
    expect(of('sarif', 'django-defectdojo__no_runs.sarif')).toBe('nothing-examined')
    expect(of('sarif', 'django-defectdojo__spotbugs.sarif')).toBe('tool-failed')
    expect(of('fuzz', 'django-defectdojo__mayhem_api_no_vulns.sarif')).toBe('nothing-examined')
    expect(of('sarif', 'generated__td-eslint.sarif')).toBe('pass')
    expect(outcome(NOTHING, bound(itemOf('sarif', 'django-defectdojo__spotbugs.sarif')))).toBe('fail')
  })
})

describe.skipIf(!existsSync(corpus))('test reports', () => {
  test.each([
    ['chainloop__TEST-org.springframework.samples.petclinic.MySqlIntegrationTests.xml', 2, 'pass'],
    ['chainloop__TEST-org.springframework.samples.petclinic.owner.OwnerControllerTests.xml', 12, 'pass'],
    ['generated__valibot-vitest-junit.xml', 202, 'pass'],
    ['gitleaks__junit_simple.xml', 2, 'fail'],
    ['publish-unit-test-result-action__TEST-uk.co.gresearch.spark.diff.DiffOptionsSuite.xml', 5, 'pass'],
    ['publish-unit-test-result-action__jest-junit.xml', 2, 'pass'],
    ['publish-unit-test-result-action__junit.fail.xml', 5, 'fail'],
    ['publish-unit-test-result-action__junit.gloo.elastic.xml', 14, 'nothing-examined'],
    ['publish-unit-test-result-action__junit.multiresult.xml', 4, 'fail'],
    ['publish-unit-test-result-action__no-cases-but-tests.xml', 0, 'contradictory'],
    ['publish-unit-test-result-action__suite-logs.xml', 1, 'fail'],
    ['publish-unit-test-result-action__testsuite-in-testsuite.xml', 5, 'pass'],
  ])('%s: %i tests, %s when bound', (name, cases, expected) => {
    expect(testsOf(name).cases).toHaveLength(cases)
    expect(outcome(ALL_TESTS, bound(itemOf('junit', name)))).toBe(expected)
    expect(outcome(ALL_TESTS, itemOf('junit', name))).toBe(expected === 'pass' ? 'unbound' : expected)
  })

  test('the cut-off one is unreadable, not four tests of which none failed', () => {
    const item = bound(itemOf('junit', 'publish-unit-test-result-action__corrupt-xml.xml'))
    expect(outcome(ALL_TESTS, item)).toBe('unreadable')
  })

  test('declared totals that no element stands for', () => {
    expect(testsOf('publish-unit-test-result-action__no-cases-but-tests.xml').disagreements.map(({ text }) => text)).toEqual([
      'suite "pytest" declares 6 tests and holds 0',
      'suite "pytest" declares 1 failed tests and holds 0',
      'suite "pytest" declares 2 skipped tests and holds 0',
    ])
  })

  test('several results in one test: the worst counts', () => {
    expect(testsOf('publish-unit-test-result-action__junit.multiresult.xml').cases.map(({ status }) => status)).toEqual([
      'error',
      'failed',
      'skipped',
      'passed',
    ])
  })
})

describe.skipIf(!existsSync(corpus))('damage', () => {
  const whole = [
    ...SARIF.map(([kind, name]) => [name, textOf(kind, name), NOTHING] as const),
    ...SARIF.map(([kind, name]) => [name, textOf(kind, name), NO_ERRORS] as const),
    ...JUNIT.map(([kind, name]) => [name, textOf(kind, name), ALL_TESTS] as const),
  ]
  test('a file cut off anywhere never passes, however well it is bound', () => {
    let cuts = 0
    for (const [name, text, verify] of whole) {
      const end = text.trimEnd().length - 1
      fc.assert(
        fc.property(fc.nat({ max: end }), length => {
          cuts++
          const item = bound(itemOfText(name, text.slice(0, length), { commit: COMMIT, uncommitted: [] }))
          expect(outcome(verify, item), `${name} at ${length}`).not.toBe('pass')
        }),
        { numRuns: text.length > 100_000 ? 5 : 20 },
      )
    }
    expect(cuts).toBeGreaterThan(600)
  })
})

describe.skipIf(!existsSync(corpus))('what we write of it', () => {
  const items = [...SARIF, ...JUNIT].map(([kind, name]) => itemOf(kind, name))
  const records = [NO_ERRORS, NOTHING, ALL_TESTS, { all: [NOTHING, ALL_TESTS] }].map(verify => recordOf(verify, items))
  const rendered = (format: string) => {
    const text = renderRecord(records, format)
    return text.ok ? text.value : ''
  }

  test('SARIF fits the schema of OASIS', () => {
    const schema = JSON.parse(readFileSync(path.join(corpus, 'schemas/sarif/sarif-schema-2.1.0.json'), 'utf8')) as Record<
      string,
      unknown
    >
    // draft 04 differs from 07 here only in how it names itself
    const { id: _id, $schema: _schema, ...body } = schema
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(body as AnySchema)
    expect(validate(JSON.parse(rendered('sarif'))) ? [] : validate.errors).toEqual([])
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false)
  })

  test('JUnit is read back with totals that agree', () => {
    const read = readEvidence('x', rendered('junit'))
    expect(read.ok && [read.value.facts.tests?.cases.length, read.value.facts.tests?.disagreements]).toEqual([4, []])
  })
})
