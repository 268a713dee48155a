import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { ScanFacts } from '../../../core/evidence/types.ts'

function scanned(runs: unknown, rest: object = {}): ScanFacts {
  const read = readEvidence('x.sarif', JSON.stringify({ version: '2.1.0', runs, ...rest }))
  if (!read.ok) throw new Error(read.problems[0].message)
  if (!read.value.facts.scan) throw new Error('not SARIF')
  return read.value.facts.scan
}

const run = (results: unknown, driver: object = {}, rest: object = {}) => ({
  tool: { driver: { name: 'Tool', ...driver } },
  results,
  ...rest,
})

describe('empty logs', () => {
  test('no runs is valid and says that nobody looked', () => expect(scanned([])).toEqual({ runs: [], results: [] }))
  test('absent results are not empty results', () => {
    expect(scanned([run(undefined)]).runs[0]?.hasResults).toBe(false)
    expect(scanned([run(null)]).runs[0]?.hasResults).toBe(false)
    expect(scanned([run([])]).runs[0]?.hasResults).toBe(true)
  })
  test('results kept in another file are not here', () => {
    const facts = scanned([run([], {}, { externalPropertyFileReferences: { results: [{ location: { uri: 'r.json' } }] } })])
    expect(facts.runs[0]?.hasResults).toBe(false)
  })
})

describe('level of a result', () => {
  const rules = [
    { id: 'A', defaultConfiguration: { level: 'error' } },
    { id: 'B', defaultConfiguration: { level: 'note' } },
    { id: 'C' },
  ]
  test.each([
    ['stated', { ruleId: 'A', level: 'note' }, 'note'],
    ['stated wins over kind', { ruleId: 'A', level: 'error', kind: 'pass' }, 'error'],
    ['kind that is no failure', { ruleId: 'A', kind: 'notApplicable' }, 'none'],
    ['of the rule by id', { ruleId: 'A' }, 'error'],
    ['of the rule by index', { ruleIndex: 1 }, 'note'],
    ['index before id', { ruleId: 'A', ruleIndex: 1 }, 'note'],
    ['hierarchical id', { ruleId: 'A/1/2' }, 'error'],
    ['rule reference', { rule: { id: 'A' } }, 'error'],
    ['rule without a level', { ruleId: 'C' }, 'warning'],
    ['unknown rule', { ruleId: 'Z' }, 'warning'],
    ['index out of range falls to the id', { ruleId: 'A', ruleIndex: 9 }, 'error'],
    ['no rule at all', {}, 'warning'],
    ['nonsense', { level: 7, ruleIndex: -1, ruleId: 3 }, 'warning'],
  ])('%s', (_name, result, level) => {
    expect(scanned([run([{ message: { text: 'm' }, ...result }], { rules })]).results[0]?.level).toBe(level)
  })

  test('the same id in an extension is found by component and index', () => {
    const tool = {
      driver: { name: 'Tool', rules: [{ id: 'A', defaultConfiguration: { level: 'note' } }] },
      extensions: [{ name: 'more', rules: [{ id: 'A', defaultConfiguration: { level: 'error' } }] }],
    }
    const facts = scanned([
      {
        tool,
        results: [
          { ruleId: 'A', rule: { index: 0, toolComponent: { index: 0 } } },
          { ruleId: 'A', ruleIndex: 0 },
        ],
      },
    ])
    expect(facts.results.map(result => result.level)).toEqual(['error', 'note'])
  })
})

describe('CWE of a result', () => {
  const cwe = (result: object, rule: object = {}, rest: object = {}) =>
    scanned([run([{ ruleId: 'A', ...result }], { rules: [{ id: 'A', ...rule }] }, rest)]).results[0]?.cwe
  test.each([
    ['tags as CodeQL writes them', {}, { properties: { tags: ['security', 'external/cwe/cwe-079'] } }, {}, ['CWE-79']],
    ['tags as Semgrep writes them', {}, { properties: { tags: ['CWE-89: SQL Injection'] } }, {}, ['CWE-89']],
    ['relationships', {}, { relationships: [{ target: { id: '327', toolComponent: { name: 'CWE' } } }] }, {}, ['CWE-327']],
    ['relationships with a full id', {}, { relationships: [{ target: { id: 'CWE-22' } }] }, {}, ['CWE-22']],
    [
      'taxa by index of the taxonomy',
      { taxa: [{ id: '20', toolComponent: { index: 0 } }] },
      {},
      { taxonomies: [{ name: 'CWE' }] },
      ['CWE-20'],
    ],
    ['numbers of another taxonomy', { taxa: [{ id: '20', toolComponent: { name: 'OWASP' } }] }, {}, {}, []],
    ['prose, when nothing else says it', {}, { shortDescription: { text: 'Weak hash (CWE-327).' } }, {}, ['CWE-327']],
    ['address of the catalogue', {}, { helpUri: 'https://cwe.mitre.org/data/definitions/89.html' }, {}, ['CWE-89']],
    [
      'several, once each',
      { properties: { cwe: ['CWE-89', 'cwe-089'] } },
      { properties: { tags: ['CWE-20'] } },
      {},
      ['CWE-20', 'CWE-89'],
    ],
    ['none', {}, {}, {}, []],
  ])('%s', (_name, result, rule, rest, expected) => {
    expect(cwe(result, rule, rest)).toEqual(expected)
  })
})

describe('the rest of a result', () => {
  const first = (result: object, rest: object = {}) => scanned([run([{ ruleId: 'A', ...result }], {}, rest)]).results[0]
  const at = (uri: string) => ({ locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 3 } } }] })

  test('has a pointer, a path and a line', () => {
    expect(first(at('src/a%20b.ts'))).toMatchObject({ pointer: '/runs/0/results/0', path: 'src/a b.ts', line: 3 })
    expect(first(at('file:///home/ci/src/a.ts'))?.path).toBe('/home/ci/src/a.ts')
    expect(first(at('./src/a.ts'))?.path).toBe('src/a.ts')
    expect(first(at('src\\a.ts'))?.path).toBe('src/a.ts')
    expect(first(at('%ZZ'))?.path).toBe('%ZZ')
  })
  test('a path may stand in the list of artifacts', () => {
    const result = { locations: [{ physicalLocation: { artifactLocation: { index: 1 } } }] }
    expect(first(result, { artifacts: [{}, { location: { uri: 'b.ts' } }] })?.path).toBe('b.ts')
  })
  test.each([
    [undefined, false],
    [[], false],
    [[{ kind: 'inSource' }], true],
    [[{ kind: 'external', status: 'accepted' }], true],
    [[{ kind: 'external', status: 'underReview' }], false],
    [[{ kind: 'inSource' }, { kind: 'external', status: 'rejected' }], false],
  ])('suppressions %j', (suppressions, expected) => {
    expect(first({ suppressions })?.suppressed).toBe(expected)
  })
})

describe('what a run says of itself', () => {
  test.each([
    [undefined, undefined],
    [[], undefined],
    [[{}], undefined],
    [[{ executionSuccessful: true }], true],
    [[{ executionSuccessful: true }, { executionSuccessful: false }], false],
  ])('invocations %j', (invocations, expected) => {
    expect(scanned([run([], {}, { invocations })]).runs[0]?.succeeded).toBe(expected)
  })
  test('tool, version, rules, revision and files', () => {
    const facts = scanned([
      run(
        [],
        { semanticVersion: '1.2.0', rules: [{ id: 'A' }, { id: 'A' }, {}] },
        {
          versionControlProvenance: [{ revisionId: 'abc' }, {}],
          artifacts: [{ location: { uri: 'a.ts' } }, {}],
          automationDetails: { id: 'js/' },
        },
      ),
    ])
    expect(facts.runs[0]).toMatchObject({
      tool: 'Tool',
      version: '1.2.0',
      rules: ['A'],
      revisions: ['abc'],
      artifacts: ['a.ts'],
      category: 'js/',
    })
  })
  test('notifications of trouble', () => {
    const facts = scanned([
      run(
        [],
        {},
        {
          invocations: [
            {
              toolExecutionNotifications: [
                { level: 'error', message: { text: 'x' } },
                { level: 'note', message: { text: 'y' } },
                { message: { text: 'z' } },
              ],
            },
          ],
        },
      ),
    ])
    expect(facts.runs[0]?.troubles.map(({ level, text }) => [level, text])).toEqual([
      ['error', 'x'],
      ['warning', 'z'],
    ])
  })
})

describe('refused with a place', () => {
  test.each([
    [{ version: '2.0.0', runs: [] }, '/version'],
    [{ version: '2.1.0', runs: {} }, '/runs'],
    [{ version: '2.1.0', runs: [1] }, '/runs/0'],
    [{ version: '2.1.0', runs: [{}] }, '/runs/0/tool/driver'],
    [{ version: '2.1.0', runs: [run({})] }, '/runs/0/results'],
    [{ version: '2.1.0', runs: [run([]), run([{}, null])] }, '/runs/1/results/1'],
  ])('%j', (log, pointer) => {
    const read = readEvidence('x.sarif', JSON.stringify(log))
    expect(read.ok ? '' : read.problems[0].at).toBe(`x.sarif:${pointer}`)
  })
})
