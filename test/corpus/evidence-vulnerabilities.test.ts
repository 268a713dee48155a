import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../core/evidence/read.ts'
import type { Evidence } from '../../core/evidence/types.ts'
import type { Expression } from '../../core/model/types.ts'
import { checkOf, itemOf, judge, outcome } from '../core/verdict/scenes.ts'
import { counts, folders } from './vulnerabilities-counts.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')
const others = ['scorecard', 'oscal', 'threat-models']
const files = existsSync(corpus)
  ? [...folders, ...others].flatMap(folder => readdirSync(path.join(corpus, folder)).map(name => `${folder}/${name}`)).sort()
  : []
const textOf = (file: string) => readFileSync(path.join(corpus, file), 'utf8')

function evidenceIn(file: string): Evidence | undefined {
  const reading = readEvidence(file, textOf(file))
  return reading.ok ? reading.value : undefined
}

describe.skipIf(files.length === 0)('real reports on known vulnerabilities', () => {
  test('are refused only where nothing is said, with place, reason and cure', () => {
    const refused = files.flatMap(file => {
      const reading = readEvidence(file, textOf(file))
      if (reading.ok) return []
      const [{ code, at, message, cure }] = reading.problems
      expect(cure, file).toMatch(/\w{4}/)
      return [[code, at, message.slice(0, 60)]]
    })
    expect(files).toHaveLength(33)
    expect(refused).toEqual([
      [
        'evidence.npm-audit',
        'npm-audit/django-defectdojo__empty_with_error.json:/error',
        'The file holds an error of the audit, no report: "Your confi',
      ],
      [
        'evidence.npm-audit',
        'npm-audit/generated__yjs-npm-audit.json:/error',
        'The file holds an error of the audit, no report: "405 Method',
      ],
      [
        'evidence.format',
        'oscal/oscal-content__ifa_assessment-results-example.json',
        'The file is an OSCAL document, which tells what people asses',
      ],
      ['evidence.format', 'osv/osv-scanner__GO-2023-1558.json', 'The file is one advisory of the OSV database, which says not'],
      [
        'evidence.osv-scanner',
        'osv/osv-scanner__osv-scanner.json:/results/0',
        'A result names no source: a list for OSV-Scanner to read loo',
      ],
      [
        'evidence.format',
        'scorecard/chainloop__scorecard-chainloop.json',
        'The file is a Scorecard report, whose points rate a reposito',
      ],
      [
        'evidence.format',
        'threat-models/django-defectdojo__threat_composer_many_threats.json',
        'The file is a threat model, which says what could happen; th',
      ],
      [
        'evidence.nothing',
        'trivy/django-defectdojo__legacy_no_vuln.json',
        'The file holds the word null: nothing says which tool wrote ',
      ],
      [
        'evidence.trivy',
        'trivy/django-defectdojo__license_scheme.json:/Results',
        'It holds licences alone: nothing in it was looked through fo',
      ],
    ])
  })

  test.each(files)('%s: as much as a second, separately written count finds', file => {
    const evidence = evidenceIn(file)
    if (!evidence) return expect(readEvidence(file, textOf(file)).ok).toBe(false)
    const { scan, vulnerabilities } = evidence.facts
    expect(vulnerabilities?.found.length).toBe(counts.vulnerabilities?.(textOf(file)))
    expect(scan?.results.length ?? 0).toBe(counts.scan?.(textOf(file)))
  })

  test('every fact points at a place that the file has', () => {
    let places = 0
    for (const file of files) {
      const facts = evidenceIn(file)?.facts
      const value: unknown = facts === undefined ? undefined : JSON.parse(textOf(file))
      for (const { pointer } of [...(facts?.vulnerabilities?.found ?? []), ...(facts?.scan?.results ?? [])]) {
        places++
        const found = pointer
          .split('/')
          .slice(1)
          .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
          .reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step], value)
        expect(found, `${file} ${pointer}`).toBeDefined()
      }
    }
    expect(places).toBeGreaterThan(250)
  })

  test('what files that are known to be odd hold', () => {
    const packages = (file: string) => evidenceIn(file)?.facts.vulnerabilities?.packages
    expect(packages('npm-audit/django-defectdojo__no_vuln.json')).toBe(918)
    expect(packages('npm-audit/django-defectdojo__npm_audit_7_plus__no_vuln.json')).toBe(97)
    expect(packages('grype/django-defectdojo__no_vuln.json')).toBeUndefined()
    const databases = files
      .filter(file => file.startsWith('grype/'))
      .map(file => evidenceIn(file)?.facts.vulnerabilities?.databaseAt?.slice(0, 10))
    expect(databases).toEqual(['2026-04-17', '2021-12-24', '2024-04-10', '2024-02-22', '2021-10-27', undefined])
    const entries = textOf('osv/django-defectdojo__many_findings.json').match(/"schema_version"/g)?.length
    expect([entries, evidenceIn('osv/django-defectdojo__many_findings.json')?.facts.vulnerabilities?.found.length]).toEqual([
      66, 37,
    ])
    const unknown = evidenceIn('trivy/django-defectdojo__legacy_many_vulns.json')?.facts.vulnerabilities?.found
    expect(unknown?.filter(({ severity }) => severity === 'unknown')).toHaveLength(1)
    for (const file of files) expect(evidenceIn(file)?.facts.vulnerabilities?.disagreements ?? [], file).toEqual([])
  })
})

const NONE: Expression = { vulnerabilities: { from: { slot: 'e' }, max: 0, minPackages: 1 } }
const NO_CRITICAL: Expression = { vulnerabilities: { from: { slot: 'e' }, max: 0, minPackages: 1, severity: ['critical'] } }
const SETTINGS: Expression = { findings: { from: { slot: 'e' }, max: 0, where: { level: ['error'] } } }
const judged = (verify: Expression, file: string, text = textOf(file)) =>
  outcome(judge(checkOf(verify), [itemOf(file, text, { slot: 'e' })]))

describe.skipIf(files.length === 0)('verdicts on them, bound and with exit code 0', () => {
  test('only those that show their packages pass', () => {
    const tally: Record<string, number> = {}
    for (const file of files) tally[judged(NONE, file)] = (tally[judged(NONE, file)] ?? 0) + 1
    expect(tally).toEqual({ fail: 21, unreadable: 9, pass: 2, 'nothing-examined': 1 })
    expect(files.filter(file => judged(NONE, file) === 'pass')).toEqual([
      'npm-audit/django-defectdojo__no_vuln.json',
      'npm-audit/django-defectdojo__npm_audit_7_plus__no_vuln.json',
    ])
  })

  test('settings and secrets that Trivy found answer to findings', () => {
    expect(judged(SETTINGS, 'trivy/django-defectdojo__misconfigurations_and_secrets.json')).toBe('fail')
    expect(judged(SETTINGS, 'trivy/ampel__trivy.json')).toBe('fail')
    expect(judged(SETTINGS, 'trivy/django-defectdojo__kubernetes.json')).not.toBe('fail')
  })

  test('a file cut off anywhere never passes', () => {
    let cuts = 0
    for (const file of files) {
      const text = textOf(file)
      fc.assert(
        fc.property(
          fc.nat({ max: text.trimEnd().length - 1 }),
          fc.constantFrom(NONE, NO_CRITICAL, SETTINGS),
          (length, verify) => {
            cuts++
            expect(judged(verify, file, text.slice(0, length)), `${file} at ${length}`).not.toBe('pass')
          },
        ),
        { numRuns: text.length > 100_000 ? 5 : 15 },
      )
    }
    expect(cuts).toBeGreaterThan(250)
  })
})
