import { describe, expect, test } from 'vitest'
import { read, refusalOf, vulnerabilitiesIn } from './reading.ts'

const match = (rest: object = {}, artifact: object = {}) => ({
  vulnerability: { id: 'GHSA-1', severity: 'High', fix: { versions: ['2.0'], state: 'fixed' }, ...rest },
  relatedVulnerabilities: [{ id: 'CVE-1' }, { id: 'GHSA-1' }],
  artifact: { name: 'a', version: '1.0', purl: 'pkg:npm/a@1.0', ...artifact },
})
const descriptor = { name: 'grype', version: '0.111.0', timestamp: '2026-04-17T23:38:56.476472537-06:00' }

describe('Grype', () => {
  test('a match is one weakness in one package', () => {
    const { format, made, facts } = read({ matches: [match()], descriptor })
    expect([format, made]).toEqual([
      'grype',
      { tool: 'Grype', version: '0.111.0', at: '2026-04-17T23:38:56.476472537-06:00', commits: [] },
    ])
    expect(facts.vulnerabilities).toEqual({
      packages: undefined,
      succeeded: undefined,
      found: [
        {
          pointer: '/matches/0',
          id: 'GHSA-1',
          aliases: ['CVE-1'],
          severity: 'high',
          package: 'a',
          version: '1.0',
          purl: 'pkg:npm/a@1.0',
          fixedIn: '2.0',
          setAside: false,
        },
      ],
      oddities: [],
    })
  })

  test.each([
    ['nothing but matches', { matches: [match()] }],
    ['nothing but an empty list of them', { matches: [] }],
    ['a descriptor, and null for what was ignored', { matches: [], ignoredMatches: null, descriptor, extra: 1 }],
  ])('is told by its content: %s', (_name, value) => expect(read(value).format).toBe('grype'))

  test('ignored matches are set aside, not gone', () => {
    const { found } = vulnerabilitiesIn({ matches: [], ignoredMatches: [match()], descriptor })
    expect(found.map(({ pointer, setAside }) => [pointer, setAside])).toEqual([['/ignoredMatches/0', true]])
  })

  test.each([
    ['Negligible', 'low'],
    ['Unknown', 'unknown'],
    [null, 'unknown'],
  ])('severity %s is %s', (severity, expected) => {
    expect(vulnerabilitiesIn({ matches: [match({ severity })] }).found[0]?.severity).toBe(expected)
  })

  test.each([
    ['up to version 5', { built: '2024-04-10T01:25:07Z', error: null }, '2024-04-10T01:25:07Z'],
    ['from version 6 on', { status: { built: '2026-04-17T06:58:16Z', valid: true } }, '2026-04-17T06:58:16Z'],
    ['without a zone', { built: '2024-04-10T01:25:07' }, undefined],
    ['a day that is none', { built: '2024-13-10T01:25:07Z' }, undefined],
    ['the year 1', { built: '0001-01-01T00:00:00Z' }, undefined],
    ['a number', { built: 1712712307 }, undefined],
    ['null', null, undefined],
  ])('time of the database, %s', (_name, db, built) => {
    const facts = vulnerabilitiesIn({ matches: [], descriptor: { ...descriptor, db } })
    expect([facts.databaseAt, facts.succeeded]).toEqual([built, undefined])
  })

  test.each([
    ['an error', { built: '2024-04-10T01:25:07Z', error: 'checksum' }],
    ['not valid', { status: { valid: false } }],
    ['an error that is an object', { status: { error: { why: 1 } } }],
  ])('a database that is not sound: %s', (_name, db) => {
    expect(vulnerabilitiesIn({ matches: [], descriptor: { ...descriptor, db } })).toMatchObject({ succeeded: false })
  })

  test.each([
    ['matches that are none', { matches: null, descriptor }, 'x:/matches'],
    ['a match without a package', { matches: [match(), { vulnerability: {} }], descriptor }, 'x:/matches/1'],
    ['ignored ones that are no list', { matches: [], ignoredMatches: {}, descriptor }, 'x:/ignoredMatches'],
  ])('refused: %s', (_name, value, at) => expect(refusalOf(value)).toMatchObject({ code: 'evidence.grype', at }))

  test('matches of something else', () => {
    expect(refusalOf({ matches: [{ rule: 1 }], took: 3 }).code).toBe('evidence.format')
  })
})
