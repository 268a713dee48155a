import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOfText } from '../../../core/model/digest.ts'
import type { ChangedText } from '../../../core/verdict/changed-lines.ts'
import { isTestFile } from '../../../core/verdict/kept-tests.ts'
import { narrowingOf } from '../../../core/verdict/narrowing.ts'
import { steeredBy } from '../../../core/verdict/scanner-config.ts'
import { silencerIn } from '../../../core/verdict/suppressions.ts'
import type { CommitsMatcher } from '../../../schemas/generated/types.ts'
import { answered, changeOf, checkOf, itemOf, judge, junit, ledgerOf, outcome, testcase } from './scenes.ts'

const side = (text: string) => ({ sha256: digestOfText(text), text })
const file = (path: string, before: string | undefined, after: string | undefined): ChangedText => ({
  path,
  ...(before === undefined ? {} : { before: side(before) }),
  ...(after === undefined ? {} : { after: side(after) }),
})
const changed = (...files: readonly ChangedText[]) =>
  changeOf({ changed: files.map(({ path }) => path), narrowing: narrowingOf(files) })
const verdictOf = (commits: CommitsMatcher, ...files: readonly ChangedText[]) =>
  judge(checkOf({ commits }), [], { change: changed(...files) })

describe('new suppressions', () => {
  const asks: CommitsMatcher = { noNewSuppressions: true }
  test.each([
    ['// nosemgrep', true],
    ['exec(cmd) # nosec B602', true],
    ['/* eslint-disable no-eval */', true],
    ['x = 1  # type: ignore[assignment]', true],
    ['x = 1  # type : ignore', true],
    ['//nolint:gosec', true],
    ['@SuppressWarnings("unchecked")', true],
    ['  eslint-disable no-eval', true],
    ['<!-- codeql[js/xss] -->', true],
    ['#trivy:ignore:AVD-AWS-0001', true],
    ['// @ts-expect-error', true],
    ['  # pragma: no cover', true],
    ['const nosemgrep = 1', false],
    ['call("eslint-disable")', false],
    ['// nosemgrepper', false],
    ['const kind = { type: "ignore" }', false],
    ['plain', false],
  ])('%s', (line, is) => expect(silencerIn(line) !== undefined).toBe(is))

  test('is cited with path and line', () => {
    const done = verdictOf(asks, file('src/a.ts', 'a\nb', 'a\n// nosemgrep\nb'))
    expect(done).toMatchObject({ verdict: 'fail', sentence: '1 new suppression: src/a.ts:2 (nosemgrep).' })
    expect(done.evidence.map(({ pointer }) => pointer)).toEqual(['src/a.ts:2'])
  })
  test.each([
    ['one that stood there before', [file('a.ts', '// nosemgrep\nrun()', 'x\n// nosemgrep\nrun()')], 'pass'],
    ['one that moves above other code', [file('a.ts', '// nosemgrep\nsafe()\nrun()', 'safe()\n// nosemgrep\nrun()')], 'fail'],
    ['one more of the same', [file('a.ts', 'f() // nosec', 'f() // nosec\nf() // nosec')], 'fail'],
    ['a file that moves as it is', [file('a.ts', '// nosemgrep', undefined), file('b.ts', undefined, '// nosemgrep')], 'pass'],
    ['a new file with one', [file('b.ts', undefined, '// nosemgrep')], 'fail'],
    ['one that goes', [file('a.ts', '// nosemgrep', '')], 'pass'],
    ['words about it', [file('README.md', '', '// nosemgrep')], 'pass'],
    ['an entry of an ignore file', [file('.semgrepignore', 'a/\n', 'a/\nsrc/\n')], 'fail'],
    ['a comment in an ignore file', [file('.semgrepignore', 'a/\n', 'a/\n# why\n')], 'pass'],
    ['a vulnerability set aside', [file('osv-scanner.toml', '', '[[IgnoredVulns]]\nid = "X"\n')], 'fail'],
    ['code that is no text any more', [{ path: 'a.ts', before: side('a'), after: { sha256: digestOfText('b') } }], 'limit-hit'],
    ['an image', [{ path: 'a.png', after: { sha256: digestOfText('b') } }], 'pass'],
    ['nothing changed', [], 'nothing-examined'],
  ] as const)('%s', (_name, files, expected) => expect(outcome(verdictOf(asks, ...files))).toBe(expected))
  test('without a base nobody knows', () => {
    expect(outcome(judge(checkOf({ commits: asks }), [], { change: changeOf({ changed: ['a.ts'] }) }))).toBe('missing')
  })
  test('wherever it is added, it is found; whatever else is added, nothing turns from fail to pass', () => {
    const line = fc.constantFrom('a()', 'b()', '// c', '', '  d')
    fc.assert(
      fc.property(fc.array(line), fc.array(line), fc.nat(20), (old, now, at) => {
        const after = [...now.slice(0, at), '// nosemgrep', ...now.slice(at)].join('\n')
        expect(outcome(verdictOf(asks, file('a.ts', old.join('\n'), after)))).toBe('fail')
      }),
    )
  })
  test('costs one pass over a file, however many lines say the same', () => {
    const many = '// nosemgrep\n'.repeat(100_000)
    expect(outcome(verdictOf(asks, file('a.ts', many, many)))).toBe('pass')
    expect(outcome(verdictOf(asks, file('a.ts', 'x'.repeat(2_000_000), `${'//'.repeat(1_000_000)} nosemgrep`)))).toBe('fail')
  })
})

describe('configuration of scanners, runners and the pipeline', () => {
  const asks: CommitsMatcher = { keepsScannerConfig: true }
  test.each([
    ...['.github/workflows/ci.yml', 'conftest.py', 'pkg/conftest.py', '.eslintrc.json', 'web/eslint.config.mjs', 'pytest.ini'],
    ...[
      'vitest.config.ts',
      'vitest.setup.ts',
      'test/setup.ts',
      'tox.ini',
      '.semgrepignore',
      'osv-scanner.toml',
      '.gitlab-ci.yml',
    ],
    ...[
      'sonar-project.properties',
      '.github/codeql/codeql-config.yml',
      'jest.config.js',
      'package.json',
      'CODEOWNERS',
      '.coveragerc',
    ],
  ])('%s steers', path => expect(steeredBy(path)).toBeDefined())
  test.each(['src/a.ts', 'README.md', 'docs/ci.md', 'test/a.test.ts'])('%s does not', path => {
    expect(steeredBy(path)).toBeUndefined()
  })
  test.each([
    ['touched', [file('.semgrepignore', 'a', 'a\nb')], 'cannot-tell'],
    ['a new file that runners load by themselves', [file('conftest.py', undefined, 'x')], 'cannot-tell'],
    ['deleted', [file('.github/workflows/ci.yml', 'on: push', undefined)], 'fail'],
    [
      'replaced by another',
      [file('.eslintrc.json', '{}', undefined), file('eslint.config.js', undefined, 'export default []')],
      'cannot-tell',
    ],
    ['a step that may fail', [file('.github/workflows/ci.yml', 'a:', 'a:\n  continue-on-error: true')], 'fail'],
    ['tests switched off in a build', [file('pom.xml', '<a/>', '<a/>\n<skipTests>true</skipTests>')], 'fail'],
    ['a build otherwise', [file('pom.xml', '<a/>', '<b/>')], 'pass'],
    ['scripts of a package', [file('package.json', '{"scripts":{"test":"a"}}', '{"scripts":{"test":"b"}}')], 'cannot-tell'],
    ['scripts of a package gone', [file('package.json', '{"scripts":{"test":"a"}}', '{}')], 'fail'],
    ['other parts of a package', [file('package.json', '{"version":"1"}', '{"version":"2"}')], 'pass'],
    ['a package that is no JSON', [file('package.json', '{}', '{')], 'cannot-tell'],
    ['a section', [file('pyproject.toml', '[tool.pytest.ini_options]\na=1', '[tool.pytest.ini_options]\na=2')], 'cannot-tell'],
    ['another section', [file('pyproject.toml', '[project]\na=1', '[project]\na=2')], 'pass'],
    ['code alone', [file('src/a.ts', 'a', 'b')], 'pass'],
    ['nothing changed', [], 'nothing-examined'],
  ] as const)('%s', (_name, files, expected) => expect(outcome(verdictOf(asks, ...files))).toBe(expected))

  test('what is touched is for a second person to say; a fail stays one', () => {
    const entry = answered('reviewer', {})
    const context = { ledger: ledgerOf(entry), change: changed(file('tox.ini', 'a', 'b')) }
    expect(outcome(judge(checkOf({ commits: asks }), [], context))).toBe('pass')
    expect(outcome(judge(checkOf({ commits: asks }, { allowSelfReported: false }), [], context))).toBe('cannot-tell')
    const gone = { ...context, change: changed(file('tox.ini', 'a', undefined)) }
    expect(outcome(judge(checkOf({ commits: asks }), [], gone))).toBe('fail')
  })
})

describe('tests of the change', () => {
  const asks: CommitsMatcher = { keepsTests: true }
  const one = "test('a', () => {\n  expect(1).toBe(1)\n})\n"
  test.each(['a.test.ts', 'test/a.ts', 'pkg/test_a.py', 'a_test.go', 'src/test/java/ATest.java', 'spec/a_spec.rb'])(
    '%s is one',
    path => expect(isTestFile(path)).toBe(true),
  )
  test.each(['src/a.ts', 'test/fixture.json', 'tests/README.md', 'latest/a.ts'])('%s is none', path => {
    expect(isTestFile(path)).toBe(false)
  })
  test.each([
    ['added', [file('a.test.ts', undefined, one)], 'pass'],
    ['extended', [file('a.test.ts', one, one + one)], 'pass'],
    ['deleted', [file('a.test.ts', one, undefined)], 'fail'],
    ['moved as it is', [file('a.test.ts', one, undefined), file('b.test.ts', undefined, one)], 'pass'],
    ['moved to where no runner looks', [file('a.test.ts', one, undefined), file('b.ts', undefined, one)], 'fail'],
    [
      'moved and changed',
      [file('a.test.ts', one, undefined), file('b.test.ts', undefined, one.replaceAll('1', '2'))],
      'cannot-tell',
    ],
    [
      'deleted, while others are added',
      [file('a.test.ts', one, undefined), file('b.test.ts', undefined, "test('b', f)\ntest('c', f)")],
      'fail',
    ],
    ['skipped', [file('a.test.ts', one, one.replace('test(', 'test.skip('))], 'fail'],
    ['singled out', [file('a.test.ts', one, one.replace('test(', 'test.only('))], 'fail'],
    ['skipped before already', [file('a.test.ts', `it.skip('x')\n${one}`, `it.skip('x')\n${one}${one}`)], 'pass'],
    ['x in front', [file('a.spec.js', "it('a', f)", "xit('a', f)")], 'fail'],
    [
      'a mark in Python',
      [file('test_a.py', 'def test_a():\n  assert 1', '@pytest.mark.skip\ndef test_a():\n  assert 1')],
      'fail',
    ],
    [
      'a mark moved to another test',
      [
        file(
          'test_a.py',
          '@pytest.mark.skip\ndef test_a(): pass\ndef test_b(): pass',
          'def test_a(): pass\n@pytest.mark.skip\ndef test_b(): pass',
        ),
      ],
      'fail',
    ],
    [
      'an annotation',
      [file('src/test/ATest.java', '@Test void a() { assertTrue(x); }', '@Disabled\n@Test void a() { assertTrue(x); }')],
      'fail',
    ],
    ['Go', [file('a_test.go', 'func TestA(t *testing.T) {}', 'func TestA(t *testing.T) { t.Skip() }')], 'fail'],
    ['Rust', [file('tests/a.rs', '#[test]\nfn a() {}', '#[test]\n#[ignore]\nfn a() {}')], 'fail'],
    ['an assertion less', [file('a.test.ts', `${one}expect(2).toBe(2)`, one)], 'cannot-tell'],
    ['an assertion commented out', [file('a.test.ts', one, one.replace('  expect', '  // expect'))], 'cannot-tell'],
    ['a test less', [file('a.test.ts', `${one}test('b', f)`, one)], 'cannot-tell'],
    ['no test file', [file('src/a.ts', 'a', 'b')], 'pass'],
    ['nothing changed', [], 'nothing-examined'],
  ] as const)('%s', (_name, files, expected) => expect(outcome(verdictOf(asks, ...files))).toBe(expected))

  test('a regular expression that is tried is no test', () => {
    expect(outcome(verdictOf(asks, file('a.test.ts', `${one}if (/x/.test(y)) z()`, one)))).toBe('pass')
  })
  test('tests that ran before the change and are in no report after it', () => {
    const base = 'b'.repeat(40)
    const stale = { state: 'stale', reported: 'self', sentence: 'It was made on the base.' } as const
    const before = itemOf('before.xml', junit(testcase('a') + testcase('b')), { slot: 'unit', commit: base, binding: stale })
    const change = { ...changed(file('src/a.ts', 'a', 'b')), base }
    const of = (...cases: string[]) =>
      judge(checkOf({ commits: asks }), [before, itemOf('unit.xml', junit(cases.map(name => testcase(name)).join('')))], {
        change,
      })
    expect(of('a')).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('::b') })
    expect(outcome(of('a', 'b', 'c'))).toBe('pass')
  })
})
