import { describe, expect, test } from 'vitest'
import { read, refusalOf, vulnerabilitiesIn } from './reading.ts'

const source = { path: '/a/go.mod', type: 'lockfile' }
const record = (id: string, severity?: string) => ({
  id,
  ...(severity === undefined ? {} : { database_specific: { severity } }),
  affected: [{ package: { name: 'a' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }] }],
})
const hit = (rest: object = {}) => ({
  package: { name: 'a', version: '1.0.0', ecosystem: 'Go' },
  vulnerabilities: [record('GHSA-1', 'HIGH'), record('GO-1')],
  groups: [{ ids: ['GHSA-1', 'GO-1'], aliases: ['CVE-1', 'GHSA-1'], max_severity: '' }],
  ...rest,
})
const clean = (name: string) => ({ package: { name, version: '1', ecosystem: 'Go' } })
const report = (...packages: readonly unknown[]) => ({ results: [{ source, packages }] })

describe('OSV-Scanner', () => {
  test('groups are counted, not entries: one weakness has an entry in each database', () => {
    expect(vulnerabilitiesIn(report(hit())).found).toEqual([
      {
        pointer: '/results/0/packages/0/groups/0',
        id: 'GHSA-1',
        aliases: ['GO-1', 'CVE-1'],
        severity: 'high',
        package: 'a',
        version: '1.0.0',
        fixedIn: '1.2.0',
        setAside: false,
      },
    ])
  })

  test('an entry that no group holds counts by itself', () => {
    const { found, oddities } = vulnerabilitiesIn(report(hit({ groups: [{ ids: ['GHSA-1'] }] })))
    expect(found.map(({ id }) => id)).toEqual(['GHSA-1', 'GO-1'])
    expect(oddities.map(({ pointer }) => pointer)).toEqual(['/results/0/packages/0/vulnerabilities/1'])
    expect(vulnerabilitiesIn(report(hit({ groups: undefined }))).found).toHaveLength(2)
  })

  test.each([
    ['no result at all', { results: [] }, undefined],
    ['null for results', { results: null, experimental_config: {} }, undefined],
    ['only what was hit', report(hit()), undefined],
    ['one with nothing against it', report(hit(), clean('b'), clean('c')), 3],
    ['the same package in two lockfiles', { results: [report(clean('b')).results[0], report(clean('b')).results[0]] }, 1],
    ['one that is listed for its licence', report(hit(), { ...clean('b'), license_violations: ['GPL-3.0'] }), undefined],
  ])('packages that it shows to have read: %s', (_name, value, packages) => {
    expect(vulnerabilitiesIn(value).packages).toBe(packages)
  })

  test.each([
    ['9.8', 'critical'],
    ['7', 'high'],
    [6.9, 'medium'],
    ['0.1', 'low'],
    ['0', 'unknown'],
    ['11', 'unknown'],
    ['high', 'unknown'],
    ['', 'unknown'],
    ['1e1', 'unknown'],
  ])('a score of %s is %s', (max_severity, severity) => {
    const value = report(hit({ vulnerabilities: [record('X')], groups: [{ ids: ['X'], max_severity }] }))
    expect(vulnerabilitiesIn(value).found[0]?.severity).toBe(severity)
  })

  test('what no analysis saw called is set aside, as the scanner itself does', () => {
    const asideWith = (experimentalAnalysis: unknown) =>
      vulnerabilitiesIn(report(hit({ groups: [{ ids: ['GHSA-1', 'GO-1'], experimentalAnalysis }] }))).found[0]?.setAside
    expect(asideWith({ 'GO-1': { called: false } })).toBe(true)
    expect(asideWith({ 'GO-1': { called: false }, 'GHSA-1': { called: true } })).toBe(false)
    expect(asideWith({ 'GO-1': {} })).toBe(false)
    expect(asideWith({})).toBe(false)
  })

  test('a commit stands for a version, and the source for a package without a name', () => {
    const [one] = vulnerabilitiesIn(report(hit({ package: { commit: 'abc' } }))).found
    expect([one?.package, one?.version]).toEqual(['/a/go.mod', 'abc'])
  })

  test.each([
    ['results that are none', { results: {}, experimental_config: {} }, 'evidence.format', 'x'],
    ['packages that are none', { results: [{ source, packages: 'a' }] }, 'evidence.osv-scanner', 'x:/results/0'],
    ['a list to scan, not a report', { results: [{ packages: [clean('a')] }] }, 'evidence.osv-scanner', 'x:/results/0'],
    ['an entry without a package', report({}), 'evidence.osv-scanner', 'x:/results/0/packages/0'],
    ['groups that are none', report(hit({ groups: {} })), 'evidence.osv-scanner', 'x:/results/0/packages/0/groups'],
    ['a group that is none', report(hit({ groups: ['GO-1'] })), 'evidence.osv-scanner', 'x:/results/0/packages/0/groups/0'],
    ['an advisory', { schema_version: '1.6.0', id: 'GO-1', affected: [] }, 'evidence.format', 'x'],
    ['results of something else', { results: [], errors: [], paths: {} }, 'evidence.format', 'x'],
    ['a file of no bytes', '', 'evidence.empty', 'x'],
  ])('refused: %s', (_name, value, code, at) => {
    expect(refusalOf(value)).toMatchObject({ code, at })
  })

  test('says what it is', () => {
    expect(read(report(hit()))).toMatchObject({ format: 'osv-scanner', made: { tool: 'OSV-Scanner', commits: [] } })
  })
})
