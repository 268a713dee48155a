import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../core/evidence/types.ts'
import type { VulnerabilitiesMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, hit, itemOf, judge, outcome, SIGNED, STALE, sarif, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<VulnerabilitiesMatcher> = {}) =>
  checkOf({ vulnerabilities: { from: { slot: 'deps' }, max: 0, minPackages: 1, ...rest } })

const deps = (value: unknown, rest: Partial<EvidenceItem> = {}, file = 'deps.json') =>
  itemOf(file, typeof value === 'string' ? value : JSON.stringify(value), rest)

const weakness = (id: string, rest: object = {}) => ({ VulnerabilityID: id, PkgName: 'a', Severity: 'HIGH', ...rest })
const trivy = (Vulnerabilities: readonly object[], rest: object = {}) => ({
  SchemaVersion: 2,
  ArtifactName: '.',
  Results: [{ Target: 'go.mod', Class: 'lang-pkgs', Packages: [{}, {}, {}], Vulnerabilities, ...rest }],
})
const blind = trivy([], { Packages: undefined })

const osv = (...packages: readonly object[]) => ({ results: [{ source: { path: 'go.mod' }, packages }] })
const osvClean = { package: { name: 'b', version: '1' } }
const osvHit = (id: string, rest: object = {}) => ({ package: { name: 'a', version: '1' }, groups: [{ ids: [id], ...rest }] })

const npm = (count: number, total: number | undefined = undefined) => ({
  auditReportVersion: 2,
  vulnerabilities: Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `p${at}`,
      { severity: 'high', via: [{ source: at, name: `p${at}`, severity: 'high' }] },
    ]),
  ),
  metadata: { dependencies: { total: 500 }, ...(total === undefined ? {} : { vulnerabilities: { total } }) },
})

const grype = (db: object, rest: object = {}) => ({ matches: [], descriptor: { name: 'grype', db }, ...rest })
const ignored = { vulnerability: { id: 'CVE-9' }, artifact: { name: 'a' } }

describe('at most so many known vulnerabilities', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['none found, and packages shown', asks(), [deps(trivy([]))], 'pass'],
    ['none found by npm in 500 packages', asks({ minPackages: 500 }), [deps(npm(0))], 'pass'],
    ['one', asks(), [deps(trivy([weakness('CVE-1')]))], 'fail'],
    ['one, and one may be', asks({ max: 1 }), [deps(trivy([weakness('CVE-1')]), { exitCode: 1 })], 'pass'],
    ['two, and one may be', asks({ max: 1 }), [deps(npm(2))], 'fail'],
    ['one in an unbound report', asks(), [deps(npm(1), UNBOUND)], 'fail'],
    ['a report on something else', asks(), [deps(sarif({ results: [hit()] }))], 'missing'],
    ['about another commit', asks(), [deps(trivy([]), STALE)], 'stale-commit'],
    ['severities that are not asked for', asks({ severity: ['critical'] }), [deps(trivy([weakness('CVE-1')]))], 'pass'],
    [
      'one that nobody rated always counts',
      asks({ severity: ['critical'] }),
      [deps(trivy([weakness('C', { Severity: '' })]))],
      'fail',
    ],
    ['one of the severities', asks({ severity: ['critical', 'high'] }), [deps(trivy([weakness('CVE-1')]))], 'fail'],
    ['in other packages', asks({ packages: ['b*'] }), [deps(trivy([weakness('CVE-1')]))], 'pass'],
    ['in these packages', asks({ packages: ['b*', 'a'] }), [deps(trivy([weakness('CVE-1')]))], 'fail'],
    ['in a package without a name', asks({ packages: ['b*'] }), [deps(trivy([weakness('C', { PkgName: '' })]))], 'fail'],
    ['of another tool', asks({ from: { slot: 'deps', tool: 'npm' } }), [deps(trivy([]))], 'missing'],
    ['of this tool', asks({ from: { slot: 'deps', tool: 'trivy' } }), [deps(trivy([]))], 'pass'],
    ['of this tool, by its sidecar', asks({ from: { slot: 'deps', tool: 'aqua' } }), [deps(trivy([]), { tool: 'Aqua' })], 'pass'],
    [
      'unreadable, of who knows which tool',
      asks({ from: { slot: 'deps', tool: 'npm' } }),
      [deps('{'), deps(npm(0))],
      'unreadable',
    ],
    [
      'unreadable, of another tool',
      asks({ from: { slot: 'deps', tool: 'npm' } }),
      [deps('{', { tool: 'x' }), deps(npm(0))],
      'pass',
    ],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })
})

describe('nothing found is no proof unless packages were read', () => {
  test.each([
    ['Trivy without a list of packages', asks(), [deps(blind)], 'nothing-examined'],
    ['Trivy without any target', asks(), [deps({ SchemaVersion: 2, ArtifactName: '.' })], 'nothing-examined'],
    [
      'OSV-Scanner that lists only what was hit',
      asks({ max: 1 }),
      [deps(osv(osvHit('GO-1')), { exitCode: 1 })],
      'nothing-examined',
    ],
    ['OSV-Scanner with nothing, ended with 0', asks(), [deps({ results: [] })], 'nothing-examined'],
    ['OSV-Scanner with all packages', asks(), [deps(osv(osvClean))], 'pass'],
    ['OSV-Scanner that found nothing to scan', asks(), [deps({ results: [] }, { exitCode: 128 })], 'nothing-examined'],
    ['the same beside a list of packages', asks(), [deps(osv(osvClean), { exitCode: 128 })], 'nothing-examined'],
    ['OSV-Scanner after an error', asks(), [deps(osv(osvClean), { exitCode: 127 })], 'tool-failed'],
    ['OSV-Scanner that ended with 1 and shows nothing', asks(), [deps(osv(osvClean), { exitCode: 1 })], 'tool-failed'],
    ['Grype, which never shows what it read', asks(), [deps(grype({}))], 'nothing-examined'],
    ['nothing but matches', asks(), [deps({ matches: [] })], 'nothing-examined'],
    ['fewer packages than asked for', asks({ minPackages: 4 }), [deps(trivy([]))], 'nothing-examined'],
    ['as many as asked for', asks({ minPackages: 3 }), [deps(trivy([]))], 'pass'],
    ['one report that shows it beside one that does not', asks(), [deps(blind), deps(trivy([]), {}, 'deps.2.json')], 'pass'],
    ['an error of npm', asks(), [deps({ message: '405', error: { summary: '' } })], 'unreadable'],
    ['a file of no bytes', asks(), [deps('')], 'unreadable'],
    ['the word null', asks(), [deps('null')], 'unreadable'],
    [
      'one that cannot be read beside a good one',
      asks(),
      [deps(trivy([])), deps('{"results":[', {}, 'deps.2.json')],
      'unreadable',
    ],
    ['npm that ended badly', asks(), [deps(npm(0), { exitCode: 1 })], 'tool-failed'],
    ['npm that found what may be', asks({ max: 1 }), [deps(npm(1), { exitCode: 1 })], 'pass'],
    ['npm with a code of its own', asks({ max: 1 }), [deps(npm(1), { exitCode: 2 })], 'tool-failed'],
    ['Trivy with a code that a person chose', asks({ max: 1 }), [deps(trivy([weakness('C')]), { exitCode: 42 })], 'pass'],
    ['a total that is larger than the list', asks({ max: 1 }), [deps(npm(1, 2))], 'contradictory'],
    ['a database that is not sound', asks(), [deps(grype({ error: 'checksum' }))], 'tool-failed'],
    ['a resource that was not scanned', asks(), [deps({ ClusterName: 'c', Resources: [{ Error: 'x' }] })], 'tool-failed'],
    ['not bound', asks(), [deps(trivy([]), UNBOUND)], 'unbound'],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })

  test('self-reported where a signature is asked for', () => {
    const strict = { ...asks(), allowSelfReported: false }
    expect(outcome(judge(strict, [deps(trivy([]))]))).toBe('self-reported')
    expect(outcome(judge(strict, [deps(trivy([]), SIGNED)]))).toBe('pass')
    expect(judge(asks(), [deps(trivy([]))]).selfReported).toBe(true)
  })

  test('old evidence', () => {
    const at = (endedAt: string) => outcome(judge(asks(), [deps(trivy([]), { endedAt })], { maxAgeDays: 7 }))
    expect(at('2026-11-20T16:00:00Z')).toBe('pass')
    expect(at('2026-11-01T16:00:00Z')).toBe('stale-time')
  })
})

describe('age of the database', () => {
  // Only a report that shows its packages can pass; the time of a database stands in Grype's, which never shows them.
  const dated = (databaseAt: string | undefined): EvidenceItem => {
    const item = deps(trivy([]))
    if (!item.reading.ok || !item.reading.value.facts.vulnerabilities) throw new Error('not read')
    const vulnerabilities = { ...item.reading.value.facts.vulnerabilities, ...(databaseAt === undefined ? {} : { databaseAt }) }
    return { ...item, reading: { ok: true, value: { ...item.reading.value, facts: { vulnerabilities } } } }
  }
  test.each([
    ['2026-11-20T16:00:00Z', 'pass'],
    ['2026-11-17T16:00:00Z', 'pass'],
    ['2026-11-17T15:59:59Z', 'stale-time'],
    ['2026-11-22T18:00:01+01:00', 'stale-time'],
    [undefined, 'stale-time'],
  ])('%s', (databaseAt, expected) => {
    expect(outcome(judge(asks({ maxDatabaseAge: 'P5D' }), [dated(databaseAt)]))).toBe(expected)
  })

  test('says how old it is', () => {
    expect(judge(asks({ maxDatabaseAge: 'P5D' }), [dated('2026-11-01T15:00:00Z')]).sentence).toBe(
      'The database of Trivy is 21 days old; at most 5 may be.',
    )
  })
})

describe('several reports', () => {
  const second = 'deps.2.json'
  test.each([
    [
      'the same report twice counts once',
      asks({ max: 1 }),
      [deps(trivy([weakness('A')])), deps(trivy([weakness('A')]), {}, second)],
      'pass',
    ],
    [
      'two of one tool add up',
      asks({ max: 1 }),
      [deps(trivy([weakness('A')])), deps(trivy([weakness('B')]), {}, second)],
      'fail',
    ],
    ['a weakness in two places counts twice', asks({ max: 1 }), [deps(trivy([weakness('A'), weakness('A')]))], 'fail'],
    [
      'two tools that name the same weakness differently',
      asks({ max: 1 }),
      [deps(trivy([weakness('CVE-1')])), deps(osv(osvHit('GHSA-1', { aliases: ['CVE-1'] }), osvClean), {}, second)],
      'pass',
    ],
    [
      'two tools that find different ones',
      asks({ max: 1 }),
      [deps(trivy([weakness('CVE-1')])), deps(osv(osvHit('GHSA-2'), osvClean), {}, second)],
      'contradictory',
    ],
    [
      'one tool that disagrees with itself about as many packages',
      asks(),
      [deps(trivy([weakness('A')])), deps(trivy([]), {}, second)],
      'contradictory',
    ],
    ['one tool, other packages', asks(), [deps(trivy([weakness('A')])), deps(trivy([], { Packages: [{}] }), {}, second)], 'fail'],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })
})

describe('what a report sets aside', () => {
  test.each([
    ['an ignored match', asks(), [deps(grype({}, { ignoredMatches: [ignored] }))], 'contradictory'],
    ['one that is not affected', asks(), [deps(trivy([weakness('A', { Status: 'not_affected' })]))], 'contradictory'],
    ['one within the limit', asks({ max: 1 }), [deps(trivy([weakness('A', { Status: 'not_affected' })]))], 'pass'],
    ['one of another severity', asks({ severity: ['low'] }), [deps(trivy([weakness('A', { Status: 'not_affected' })]))], 'pass'],
  ])('%s', (_name, check, evidence, expected) => {
    expect(outcome(judge(check, evidence))).toBe(expected)
  })
})

describe('sentences', () => {
  const said = (check: ReturnType<typeof asks>, value: unknown, rest: Partial<EvidenceItem> = {}) =>
    judge(check, [deps(value, rest)])
  test.each([
    [said(asks(), trivy([])).sentence, 'Trivy read 3 packages and reports no known vulnerability of this kind.'],
    [
      said(asks(), trivy([weakness('CVE-1', { InstalledVersion: '1.0' })])).sentence,
      '1 known vulnerability: CVE-1 in a 1.0; at most 0 may be.',
    ],
    [
      said(asks(), { results: [] }).sentence,
      'deps.json does not show how many packages OSV-Scanner read. Its option --all-packages lists them.',
    ],
    [
      said(asks(), { results: [] }, { exitCode: 128 }).sentence,
      'OSV-Scanner ended with exit code 128: it found nothing to scan.',
    ],
    [said(asks(), npm(1, 4), {}).sentence, '1 known vulnerability: npm-0 in p0; at most 0 may be.'],
    [said(asks({ max: 1 }), npm(1, 4)).sentence, 'In deps.json the total declares 4 packages as hit and the list holds 1.'],
  ])('%s', (sentence, expected) => expect(sentence).toBe(expected))

  test('what is asked', () => {
    const full = asks({ max: 2, minPackages: 10, severity: ['critical', 'high'], packages: ['a*'], maxDatabaseAge: 'P5D' })
    expect(judge(full).parts[0]?.asks).toBe(
      'At most 2 known vulnerabilities rated critical, high or not rated in packages named "a*", from a scanner that is shown to have read at least 10 packages, with a database of at most 5 days, in evidence "deps".',
    )
    expect(judge(asks()).parts[0]?.asks).toBe(
      'No known vulnerability, from a scanner that is shown to have read at least 1 package, in evidence "deps".',
    )
  })

  test('points at what it counts', () => {
    const { evidence } = said(asks(), trivy([weakness('CVE-1')]))
    expect(evidence.map(({ pointer }) => pointer)).toEqual(['/Results/0/Vulnerabilities/0'])
  })
})

const severity = fc.constantFrom('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN', '')
const list = fc.array(
  fc
    .record({ id: fc.constantFrom('A', 'B', 'C'), severity, aside: fc.boolean() })
    .map(one => weakness(one.id, { Severity: one.severity, ...(one.aside ? { Status: 'not_affected' } : {}) })),
  { maxLength: 4 },
)
const reports = fc
  .array(fc.tuple(list, fc.constantFrom(0, 1, 3, undefined), fc.constantFrom<Partial<EvidenceItem>>({}, SIGNED, UNBOUND)), {
    maxLength: 3,
  })
  .map(all =>
    all.map(([found, packages, rest], at) =>
      deps(trivy(found, { Packages: packages === undefined ? undefined : Array(packages).fill({}) }), rest, `deps.${at}.json`),
    ),
  )
const question = fc
  .record({
    max: fc.nat(3),
    minPackages: fc.integer({ min: 1, max: 3 }),
    severity: fc.constantFrom(undefined, ['critical' as const]),
  })
  .map(({ severity: only, ...rest }) => asks({ ...rest, ...(only ? { severity: only } : {}) }))

describe('properties', () => {
  test('a weakness more never helps: it turns no fail and no doubt into a pass', () => {
    fc.assert(
      fc.property(list, severity, question, (found, rated, check) => {
        const before = judge(check, [deps(trivy(found))]).verdict
        const after = judge(check, [deps(trivy([...found, weakness('D', { Severity: rated })]))]).verdict
        if (before === 'fail') expect(after).toBe('fail')
        if (after === 'pass') expect(before).toBe('pass')
      }),
    )
  })

  test('nothing that shows its packages, nothing that is bound: never a pass', () => {
    fc.assert(
      fc.property(reports, question, (evidence, check) => {
        const shows = evidence.some(
          ({ reading, binding }) =>
            binding.state === 'bound' && reading.ok && (reading.value.facts.vulnerabilities?.packages ?? 0) > 0,
        )
        if (!shows) expect(judge(check, evidence).verdict).not.toBe('pass')
      }),
    )
  })

  test('the order of the reports does not matter', () => {
    fc.assert(
      fc.property(reports, question, (evidence, check) => {
        expect(judge(check, [...evidence].reverse())).toEqual(judge(check, evidence))
      }),
    )
  })
})
