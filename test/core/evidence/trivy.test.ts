import { describe, expect, test } from 'vitest'
import { read, refusalOf, scanIn, vulnerabilitiesIn } from './reading.ts'

const weakness = (rest: object = {}) => ({
  VulnerabilityID: 'CVE-1',
  PkgName: 'a',
  InstalledVersion: '1.0',
  FixedVersion: '1.1',
  PkgIdentifier: { PURL: 'pkg:golang/a@1.0' },
  Severity: 'HIGH',
  ...rest,
})
const target = (rest: object = {}) => ({ Target: 'go.mod', Class: 'lang-pkgs', Type: 'gomod', ...rest })
const report = (...Results: readonly unknown[]) => ({ SchemaVersion: 2, ArtifactName: '.', ArtifactType: 'filesystem', Results })
const setting = (rest: object = {}) => ({ ID: 'DS002', Severity: 'HIGH', Status: 'FAIL', ...rest })
const config = (rest: object = {}) => ({ Target: 'Dockerfile', Class: 'config', Type: 'dockerfile', ...rest })

describe('Trivy', () => {
  test('a weakness in a package', () => {
    const { format, made, facts } = read({
      ...report(target({ Vulnerabilities: [weakness()] })),
      CreatedAt: '2026-01-21T13:11:48.48065+01:00',
      Trivy: { Version: '0.69.0' },
    })
    expect([format, made]).toEqual([
      'trivy',
      { tool: 'Trivy', version: '0.69.0', at: '2026-01-21T13:11:48.48065+01:00', commits: [] },
    ])
    expect(facts.scan).toBeUndefined()
    expect(facts.vulnerabilities?.found).toEqual([
      {
        pointer: '/Results/0/Vulnerabilities/0',
        id: 'CVE-1',
        aliases: [],
        severity: 'high',
        package: 'a',
        version: '1.0',
        purl: 'pkg:golang/a@1.0',
        fixedIn: '1.1',
        setAside: false,
      },
    ])
  })

  test.each([
    ['no list of vulnerabilities: none were found', report(target()), [0, undefined]],
    ['null for it', report(target({ Vulnerabilities: null })), [0, undefined]],
    ['packages that are listed', report(target({ Packages: [{}, {}] }), target({ Packages: [{}] })), [0, 3]],
    ['a list of packages in one of two', report(target({ Packages: [{}, {}] }), target()), [0, 2]],
    ['no target at all', report(), [0, 0]],
    ['no list of targets', { SchemaVersion: 2, ArtifactName: '.' }, [0, 0]],
    ['settings beside packages', report(config(), target({ Vulnerabilities: [weakness()] })), [1, undefined]],
  ])('%s', (_name, value, expected) => {
    const { found, packages } = vulnerabilitiesIn(value)
    expect([found.length, packages]).toEqual(expected)
  })

  test('a report on settings alone does not speak of vulnerabilities', () => {
    expect(read(report(config({ MisconfSummary: { Successes: 22, Failures: 0 } }))).facts.vulnerabilities).toBeUndefined()
  })

  test('what it sets aside itself is set aside here', () => {
    const ExperimentalModifiedFindings = [
      { Type: 'vulnerability', Status: 'ignored', Finding: weakness({ VulnerabilityID: 'CVE-2' }) },
      { Type: 'secret', Status: 'ignored', Finding: { RuleID: 'pat', Severity: 'LOW', StartLine: 3 } },
    ]
    const value = report(target({ Vulnerabilities: [weakness({ Status: 'not_affected' })], ExperimentalModifiedFindings }))
    expect(vulnerabilitiesIn(value).found.map(({ id, setAside }) => [id, setAside])).toEqual([
      ['CVE-1', true],
      ['CVE-2', true],
    ])
    expect(scanIn(value).results.map(({ rule, suppressed }) => [rule, suppressed])).toEqual([['pat', true]])
  })

  test('the bare list of old', () => {
    const { found, packages } = vulnerabilitiesIn([{ Target: 'debian', Type: 'debian', Vulnerabilities: [weakness()] }])
    expect([found[0]?.pointer, packages]).toEqual(['/0/Vulnerabilities/0', undefined])
    expect(vulnerabilitiesIn([{ Target: 'alpine', Vulnerabilities: null }]).found).toEqual([])
  })

  test('a cluster, old and new', () => {
    const resource = { Namespace: 'default', Kind: 'Deployment', Name: 'a', Results: [target({ Vulnerabilities: [weakness()] })] }
    const settings = { Kind: 'Service', Results: [config({ Target: 'Service/a', Misconfigurations: [setting()] })] }
    const before = { ClusterName: 'c', Vulnerabilities: [resource], Misconfigurations: [settings] }
    expect(vulnerabilitiesIn(before).found[0]?.pointer).toBe('/Vulnerabilities/0/Results/0/Vulnerabilities/0')
    const [found] = scanIn(before).results
    expect([found?.pointer, found?.path]).toEqual(['/Misconfigurations/0/Results/0/Misconfigurations/0', undefined])
    expect(vulnerabilitiesIn({ ClusterName: 'c', Resources: [resource, settings] }).found).toHaveLength(1)
  })

  test('a resource that was not scanned', () => {
    const value = { ClusterName: 'c', Resources: [{ Kind: 'Pod', Error: 'no pull' }, { Results: [target(), config()] }] }
    expect(vulnerabilitiesIn(value)).toMatchObject({ succeeded: false, oddities: [{ pointer: '/Resources/0' }] })
    expect(scanIn(value).runs[0]).toMatchObject({ succeeded: false, troubles: [{ level: 'error' }] })
  })

  test('settings and secrets are findings, each kind a run', () => {
    const { runs, results } = scanIn(
      report(
        config({
          Misconfigurations: [
            setting({ CauseMetadata: { StartLine: 7 } }),
            setting({ ID: 'DS1', Severity: 'MEDIUM', Status: 'PASS' }),
            setting({ ID: 'DS3', Status: 'EXCEPTION' }),
          ],
        }),
        { Target: 'secret.txt', Class: 'secret', Secrets: [{ RuleID: 'github-pat', Severity: 'CRITICAL', StartLine: 1 }] },
      ),
    )
    expect(runs.map(run => [run.tool, run.category, run.rules, run.artifacts, run.resultCount, run.pointer])).toEqual([
      ['Trivy', 'misconfiguration', ['DS002', 'DS1', 'DS3'], ['Dockerfile'], 3, '/Results/0'],
      ['Trivy', 'secret', ['github-pat'], ['secret.txt'], 1, '/Results/1'],
    ])
    expect(results.map(one => [one.rule, one.run, one.level, one.kind, one.path, one.line, one.suppressed])).toEqual([
      ['DS002', 0, 'error', 'fail', 'Dockerfile', 7, false],
      ['DS1', 0, 'none', 'pass', 'Dockerfile', undefined, false],
      ['DS3', 0, 'error', 'fail', 'Dockerfile', undefined, true],
      ['github-pat', 1, 'error', 'fail', 'secret.txt', 1, false],
    ])
  })

  test.each([
    ['CRITICAL', 'error'],
    ['HIGH', 'error'],
    ['MEDIUM', 'warning'],
    ['LOW', 'note'],
    ['UNKNOWN', 'error'],
    [undefined, 'error'],
  ])('a setting of severity %s has level %s', (Severity, level) => {
    expect(scanIn(report(config({ Misconfigurations: [setting({ Severity })] }))).results[0]?.level).toBe(level)
  })

  test.each([
    ['another schema', { ...report(), SchemaVersion: 3 }, 'evidence.trivy', 'x:/SchemaVersion'],
    ['results that are none', { ...report(), Results: {} }, 'evidence.trivy', 'x:/Results'],
    ['a result that is none', report('go.mod'), 'evidence.trivy', 'x:/Results/0'],
    ['vulnerabilities that are none', report(target({ Vulnerabilities: {} })), 'evidence.trivy', 'x:/Results/0/Vulnerabilities'],
    ['a secret that is none', report(target({ Secrets: [7] })), 'evidence.trivy', 'x:/Results/0/Secrets/0'],
    ['resources that are none', { ClusterName: 'c', Resources: 'x' }, 'evidence.trivy', 'x:/Resources'],
    ['a resource that is none', { ClusterName: 'c', Resources: [1] }, 'evidence.trivy', 'x:/Resources/0'],
    ['licences alone', report({ Target: 'OS', Class: 'license', Licenses: [{}] }), 'evidence.trivy', 'x:/Results'],
    ['the word null', 'null', 'evidence.nothing', 'x'],
    ['an empty list', '[]', 'evidence.format', 'x'],
  ])('refused: %s', (_name, value, code, at) => expect(refusalOf(value)).toMatchObject({ code, at }))
})

describe('known files that are no evidence', () => {
  test.each([
    ['OSCAL', { 'assessment-results': {} }],
    ['Scorecard', { scorecard: {}, checks: [] }],
    ['Threat Composer', { threats: [], applicationInfo: {} }],
    ['an advisory', { schema_version: '1', id: 'GO-1', affected: [] }],
  ])('%s', (_name, value) => {
    expect(refusalOf(value)).toMatchObject({
      code: 'evidence.format',
      message: expect.stringContaining('not evidence of a kind'),
    })
  })
})
