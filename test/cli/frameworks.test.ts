import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exclusionId } from '../../core/frameworks/exclusions.ts'
import type { Coverage, FrameworkRow } from '../../core/frameworks/types.ts'
import { ExampleRepository, WORK } from './example-repository.ts'

let repo: ExampleRepository
beforeAll(() => {
  repo = ExampleRepository.passing()
}, 240_000)
afterAll(() => repo?.remove())

function covered(framework: string): readonly FrameworkRow[] {
  const ran = repo.run('architect', 'frameworks', framework, '--json')
  expect(ran.code, ran.err).toBe(0)
  return (ran.json() as Coverage).frameworks.flatMap(one => one.rows)
}

const row = (framework: string, id: string) => covered(framework).find(one => one.id === id)

/** One story, told in order: each step stands on the one before. */
describe('skeptic frameworks', () => {
  test('a change that passes proves what its checks ask for, once the verdict is in the ledger', () => {
    expect(row('owasp-asvs', 'V8.2.2')?.state).toBe('planned')
    repo.do('architect', 'verify', WORK)
    const proven = row('owasp-asvs', 'V8.2.2')
    expect(proven).toMatchObject({ state: 'proven' })
    expect(proven?.answers[0]?.links.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['mitigation', 'threat', 'check', 'entry']),
    )
    expect(row('cwe-top-25', 'CWE-639')?.state).toBe('proven')
    expect(row('owasp-asvs', 'V4.3.1')?.state).toBe('notAddressed')
  }, 120_000)

  test('the table of all frameworks counts it, and says that it is no certificate', () => {
    const { code, out } = repo.run('architect', 'frameworks')
    expect(code).toBe(0)
    expect(out).toMatch(/^owasp-asvs +5\.0\.0 +[1-9]/m)
    expect(out).toContain('Coverage is not certification')
  }, 60_000)

  test('the report on frameworks holds the same', () => {
    const { code, out } = repo.run('architect', 'report', '--kind', 'frameworks')
    expect(code).toBe(0)
    expect(out).toMatch(/^\| V8\.2\.2 \|.*\| proven \| control AUTHZ-OBJECT \([1-9]\d* of \d+\)/m)
  }, 60_000)

  test('a design that moved on makes the verdict stale', () => {
    for (const file of repo.files('threat-model/mitigations'))
      repo.editJson(`threat-model/mitigations/${file}`, value => ({ ...value, statement: 'Something else is done.' }))
    expect(row('owasp-asvs', 'V8.2.2')).toMatchObject({
      state: 'planned',
      remarks: expect.arrayContaining(['stale']) as string[],
    })
  }, 60_000)

  test('a framework that is not there is refused, with those that are', () => {
    const { code, err } = repo.run('architect', 'frameworks', 'owasp-asvs-4')
    expect(code).toBe(3)
    expect(err).toMatch(/no framework "owasp-asvs-4".*nist-ssdf/s)
  })

  test('an entry is called not applicable, told with reason and person everywhere, and asked again when that is withdrawn', () => {
    const reason = 'Nothing here speaks GraphQL.'
    repo.do('architect', 'frameworks', 'owasp-asvs', 'V4.3.1', 'V8.2.2', '--not-applicable', reason, '--until', '2999-01-31')
    expect(row('owasp-asvs', 'V4.3.1')).toMatchObject({
      state: 'notApplicable',
      excluded: { reason, by: 'architect', expires: '2999-01-31', standing: 'counts' },
    })
    expect(row('owasp-asvs', 'V8.2.2')).toMatchObject({ state: 'planned', excluded: { standing: 'contradicted' } })
    const { out } = repo.run('architect', 'frameworks', 'owasp-asvs', 'V4.3.1')
    expect(out).toMatch(/^V4\.3\.1 +not applicable .*Not applicable, says architect \(.*until 2999-01-31\): Nothing here/m)
    expect(out).not.toMatch(/^V4\.3\.2/m)
    for (const format of ['md', 'html', 'csv', 'json']) {
      const which = format === 'csv' ? ['--table', 'not-applicable'] : []
      const report = repo.run('architect', 'report', '--kind', 'frameworks', '--format', format, ...which)
      expect(report.code, report.err).toBe(0)
      for (const said of [reason, 'architect', '2999-01-31', 'contradicts what was decided']) expect(report.out).toContain(said)
    }
    const changed = repo.run('architect', 'diff', 'HEAD')
    expect(changed.out).toContain(`calls V4.3.1 of owasp-asvs not applicable until 2999-01-31: "${reason}"`)
    repo.do('architect', 'frameworks', 'owasp-asvs', 'V4.3.1', 'V8.2.2', '--withdraw')
    expect(row('owasp-asvs', 'V4.3.1')?.state).toBe('notAddressed')
    expect(repo.run('architect', 'diff', 'HEAD').out).not.toContain('not applicable')
  }, 120_000)

  test.each([
    [['owasp-asvs', 'V4.3.1', '--not-applicable', ' '], /needs a reason/],
    [['owasp-asvs', 'V99.1', '--not-applicable', 'No.'], /no entry "V99\.1".*lists its entries/s],
    [['owasp-asvs-4', 'V1.1', '--not-applicable', 'No.'], /no framework "owasp-asvs-4".*nist-ssdf/s],
    [['owasp-asvs', 'V4.3.1', '--not-applicable', 'No.', '--until', '2020-01-01'], /no day after today/],
    [['owasp-asvs', 'V4.3.1', '--until', '2999-01-01'], /--not-applicable/],
    [['owasp-asvs', '--not-applicable', 'No.'], /No entry is named/],
    [['owasp-asvs', 'V4.3.1', '--withdraw'], /Nobody decided/],
    [['owasp-asvs', 'V4.3.1', '--confirm', '--withdraw'], /one decision at a time/],
  ])('%j is refused, and nothing is written', (words, said) => {
    const { code, err } = repo.run('architect', 'frameworks', ...words)
    expect(code).toBe(3)
    expect(err).toMatch(said)
    expect(repo.git('status', '--porcelain', 'threat-model/exclusions')).toBe('')
  })

  test('a decision on an entry that only a newer program lists is told, and can be withdrawn', () => {
    const id = exclusionId('owasp-asvs', 'V99.1')
    const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' }
    const decision = { id, framework: 'owasp-asvs', entry: 'V99.1', reason: 'No.', provenance }
    repo.write({ [`threat-model/exclusions/${id}.json`]: JSON.stringify(decision) })
    for (const words of [['frameworks'], ['frameworks', 'gdpr'], ['report', '--kind', 'frameworks']])
      expect(repo.run('architect', ...words).out).toMatch(/exclusions\/Q-.*\.json.*V99\.1.*--withdraw/)
    const { problems } = repo.run('architect', 'frameworks', '--json').json() as { readonly problems: readonly object[] }
    expect(problems).toMatchObject([{ code: 'exclusion.noEntry', at: `exclusions/${id}.json:/entry` }])
    repo.do('architect', 'frameworks', 'owasp-asvs', 'V99.1', '--withdraw')
    expect(repo.run('architect', 'frameworks').out).not.toContain('V99.1')
  }, 60_000)
})
