import { describe, expect, test } from 'vitest'
import { read, refusalOf, vulnerabilitiesIn } from './reading.ts'

const advisory = (rest: object = {}) => ({
  source: 101,
  name: 'debug',
  severity: 'moderate',
  url: 'https://github.com/advisories/GHSA-gxpj-cx7g-858c',
  ...rest,
})
const entry = (via: readonly unknown[], rest: object = {}) => ({ severity: 'high', via, ...rest })
const audit = (vulnerabilities: unknown, rest: object = {}) => ({
  auditReportVersion: 2,
  vulnerabilities,
  metadata: { dependencies: { total: 500 } },
  ...rest,
})
const names = (value: unknown) => vulnerabilitiesIn(value).found.map(one => `${one.package} ${one.id} ${one.severity}`)
const GHSA = 'GHSA-gxpj-cx7g-858c'

describe('npm 7 and later', () => {
  test('one for each package and advisory; those that depend on it are not counted again', () => {
    const value = audit({
      vercel: entry(['fun', 'node'], { isDirect: true }),
      fun: entry(['debug']),
      node: entry(['debug']),
      debug: entry([advisory(), advisory({ source: 102, severity: 'high', url: 'https://example.com' }), advisory()]),
    })
    expect(names(value)).toEqual([`debug ${GHSA} medium`, 'debug npm-102 high'])
    expect(vulnerabilitiesIn(value).oddities).toEqual([])
    expect(vulnerabilitiesIn(value)).toMatchObject({ packages: 500, succeeded: undefined, disagreements: [] })
  })

  test('the same advisory against two packages counts twice', () => {
    expect(names(audit({ a: entry([advisory({ name: 'a' })]), b: entry([advisory({ name: 'b' })]) }))).toHaveLength(2)
  })

  test('a name that leads nowhere counts by itself, once', () => {
    const value = audit({ debug: entry([advisory(), 'ms']), other: entry(['ms']) })
    expect(names(value)).toEqual([`debug ${GHSA} medium`, 'ms no advisory named unknown'])
  })

  test('names that only lead in a circle are each counted', () => {
    const value = audit({ a: entry(['b']), b: entry(['a']), c: entry(['a'], { severity: 'low' }), d: entry([]) })
    expect(names(value)).toEqual([
      'a no advisory named high',
      'b no advisory named high',
      'c no advisory named low',
      'd no advisory named high',
    ])
  })

  test('a total that is not that of the list', () => {
    const metadata = { vulnerabilities: { total: 3 } }
    expect(vulnerabilitiesIn(audit({ debug: entry([advisory()]) }, { metadata }))).toMatchObject({
      packages: undefined,
      disagreements: [
        { pointer: '/metadata/vulnerabilities/total', text: 'the total declares 3 packages as hit and the list holds 1' },
      ],
    })
  })

  test.each([
    [500, 500],
    ['500', 500],
    ['', undefined],
    [-1, undefined],
    [1.5, undefined],
    [null, undefined],
    ['5e2', undefined],
  ])('%j packages', (total, packages) => {
    expect(vulnerabilitiesIn(audit({}, { metadata: { dependencies: { total } } })).packages).toBe(packages)
  })

  test.each([
    ['critical', 'critical'],
    ['HIGH', 'high'],
    ['moderate', 'medium'],
    ['info', 'low'],
    ['urgent', 'unknown'],
    ['constructor', 'unknown'],
    [7, 'unknown'],
  ])('severity %s is %s', (severity, expected) => {
    expect(vulnerabilitiesIn(audit({ debug: entry([advisory({ severity })]) })).found[0]?.severity).toBe(expected)
  })

  test.each([
    ['another version', audit({}, { auditReportVersion: 3 }), 'x:/auditReportVersion'],
    ['no vulnerabilities', audit(undefined), 'x:/vulnerabilities'],
    ['a list of them', audit([]), 'x:/vulnerabilities'],
    ['an entry without via', audit({ 'a/b': {} }), 'x:/vulnerabilities/a~1b'],
    ['a via that is a number', audit({ a: entry([7]) }), 'x:/vulnerabilities/a/via/0'],
    ['an error beside the list', audit({}, { error: { summary: 'no' } }), 'x:/error'],
  ])('refused: %s', (_name, value, at) => {
    expect(refusalOf(value)).toMatchObject({ code: 'evidence.npm-audit', at })
  })
})

describe('an error is JSON too, and never a report without findings', () => {
  test.each([
    [{ error: { code: 'ENOAUDIT', summary: 'The registry may not support audit.', detail: '' } }, /may not support/],
    [{ message: '405 Method Not Allowed', error: { summary: '', detail: '' } }, /405/],
    [{ error: { code: 'ERR_PNPM_AUDIT_BAD_RESPONSE', message: 'It answered 500.' } }, /answered 500/],
    [{ error: { code: '' } }, /does not say which/],
  ])('%j', (value, said) => {
    expect(refusalOf(value)).toMatchObject({ code: 'evidence.npm-audit', at: 'x:/error', message: expect.stringMatching(said) })
  })
})

const old = (rest: object = {}) => ({
  id: 146,
  module_name: 'growl',
  severity: 'critical',
  cves: ['CVE-2017-16042'],
  cwe: null,
  patched_versions: '>=1.10.2',
  findings: [{ version: '1.9.2', paths: ['mocha>growl'] }],
  ...rest,
})
const six = (advisories: unknown, rest: object = {}) => ({
  actions: [],
  advisories,
  metadata: { totalDependencies: 43 },
  ...rest,
})

describe('npm 6', () => {
  test('one for each advisory and version, however many ways lead to it', () => {
    const findings = [
      { version: '1.9.2', paths: ['a>growl', 'b>growl'] },
      { version: '1.8.0', paths: ['c>growl'] },
    ]
    const { found, packages } = vulnerabilitiesIn(six({ 146: old({ findings }) }))
    expect(packages).toBe(43)
    expect(found.map(({ pointer, version }) => [pointer, version])).toEqual([
      ['/advisories/146/findings/0', '1.9.2'],
      ['/advisories/146/findings/1', '1.8.0'],
    ])
    expect(found[0]).toMatchObject({ id: 'CVE-2017-16042', aliases: ['npm-146'], fixedIn: '>=1.10.2', severity: 'critical' })
  })

  test('an advisory without findings still counts', () => {
    expect(vulnerabilitiesIn(six({ 146: old({ findings: [] }), 147: old({ findings: null }) })).found).toHaveLength(2)
  })

  test.each([
    ['as many as ways', { low: 3 }, 0],
    ['as many as versions', { low: 2 }, 0],
    ['as many as advisories', { critical: 1, low: 0 }, 0],
    ['none said', {}, 0],
    ['more than are listed', { critical: 4 }, 1],
    ['none, and one is listed', { critical: 0 }, 1],
  ])('totals: %s', (_name, vulnerabilities, wrong) => {
    const findings = [{ version: '1', paths: ['a', 'b'] }, { version: '2' }]
    const value = six({ 1: old({ findings }) }, { metadata: { vulnerabilities } })
    expect(vulnerabilitiesIn(value).disagreements).toHaveLength(wrong)
  })

  test('refused: advisories that are a list, an advisory that is a word', () => {
    expect(refusalOf(six([])).at).toBe('x:/advisories')
    expect(refusalOf(six({ 1: 'x' })).at).toBe('x:/advisories/1')
  })
})

describe('pnpm writes the shape of npm 6', () => {
  test.each([
    ['without actions', { advisories: {}, metadata: { totalDependencies: 9 } }, 'pnpm-audit', 'pnpm'],
    ['with ways that begin at a package', six({ 1: old({ findings: [{ paths: ['.>growl'] }] }) }), 'pnpm-audit', 'pnpm'],
    ['npm itself', six({ 1: old() }), 'npm-audit', 'npm'],
    ['npm itself, by its run', { advisories: {}, metadata: {}, runId: 'x' }, 'npm-audit', 'npm'],
  ])('%s', (_name, value, format, tool) => {
    expect(read(value)).toMatchObject({ format, made: { tool } })
  })

  test('the advisory is named as GitHub names it', () => {
    const value = { advisories: { 1: old({ cves: null, github_advisory_id: GHSA }) }, metadata: {} }
    expect(vulnerabilitiesIn(value).found[0]).toMatchObject({ id: GHSA, aliases: ['npm-146'] })
  })

  test('ignored ones show as a total that is too large', () => {
    const value = { advisories: {}, metadata: { vulnerabilities: { high: 1 } } }
    expect(vulnerabilitiesIn(value).disagreements).toHaveLength(1)
  })
})

const line = (type: string, data: unknown) => JSON.stringify({ type, data })
const found = (rest: object = {}) => line('auditAdvisory', { resolution: { path: 'a>growl' }, advisory: old(rest) })
const summary = (vulnerabilities: object = {}) => line('auditSummary', { vulnerabilities, totalDependencies: 918 })

describe('yarn 1', () => {
  test('one line for each way; each advisory counts once', () => {
    const text = `${line('warning', 'x')}\n${found()}\n${found()}\n\n${found({ id: 7, cves: [] })}\n${summary({ critical: 3 })}\n`
    expect(read(text)).toMatchObject({ format: 'yarn-audit', made: { tool: 'yarn' } })
    const facts = vulnerabilitiesIn(text)
    expect(facts.found.map(({ id, pointer }) => [id, pointer])).toEqual([
      ['CVE-2017-16042', 'line 2'],
      ['npm-7', 'line 5'],
    ])
    expect([facts.packages, facts.disagreements]).toEqual([918, []])
  })

  test('totals that are not those of the lines', () => {
    expect(vulnerabilitiesIn(`${found()}\n${summary({ critical: 1, low: 2 })}`).disagreements).toEqual([
      { pointer: 'line 2', text: 'the totals declare 3 vulnerabilities and the list holds 1' },
    ])
  })

  test.each([
    ['no line with totals', found(), 'x'],
    ['a line that is cut off', `${found()}\n${summary().slice(0, 20)}`, 'x:2'],
    ['an error', line('error', 'Your audit failed.'), 'x:1'],
    ['an error after a good start', `${found()}\n${line('error', 'no')}\n${summary()}`, 'x:2'],
    ['a line without an advisory', `${line('auditAdvisory', {})}\n${summary()}`, 'x:1'],
  ])('refused: %s', (_name, text, at) => {
    expect(refusalOf(text)).toMatchObject({ code: 'evidence.yarn-audit', at })
  })
})

const berry = (value: unknown, children: object) => JSON.stringify({ value, children })
const debug = { ID: 1094222, URL: `https://github.com/advisories/${GHSA}`, Severity: 'high', 'Tree Versions': ['2.6.8', '3.0.0'] }

describe('yarn 4', () => {
  test('one for each advisory and version; how many packages it read stays unknown', () => {
    const text = `${berry('debug', debug)}\n${berry('ms', { ID: 7, Issue: 'Slow' })}\n`
    expect(read(text)).toMatchObject({ format: 'yarn-audit', made: { tool: 'yarn' } })
    const { found, packages } = vulnerabilitiesIn(text)
    expect(packages).toBeUndefined()
    expect(found.map(one => [one.pointer, one.id, one.package, one.version, one.severity])).toEqual([
      ['line 1', GHSA, 'debug', '2.6.8', 'high'],
      ['line 1', GHSA, 'debug', '3.0.0', 'high'],
      ['line 2', 'npm-7', 'ms', undefined, 'unknown'],
    ])
  })

  test('a deprecated package is no weakness', () => {
    const { found, oddities } = vulnerabilitiesIn(berry('async-cache', { ID: 'async-cache (deprecation)', Severity: 'moderate' }))
    expect([found.length, oddities.length]).toEqual([0, 1])
    expect(vulnerabilitiesIn(berry('a', { ID: 'a (deprecation)', URL: 'https://example.com' })).found).toHaveLength(1)
  })

  test.each([
    ['a line that is cut off', `${berry('debug', debug)}\n{"value":`, 'x:2'],
    ['a line without an advisory', `${berry('debug', debug)}\n{"value":"a"}`, 'x:2'],
  ])('refused: %s', (_name, text, at) => {
    expect(refusalOf(text)).toMatchObject({ code: 'evidence.yarn-audit', at })
  })
})
